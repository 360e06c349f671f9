"""What the tests of reading share: reading bytes as a file, whole or cut, and making WARC records."""

import gzip
import io

import pytest

from schemas.article import Document
from schemas.records import RejectRecord
from transforms.reading import portions, zip_members
from transforms.reading.documents import read_portion
from transforms.reading.files import InputFile, Portion

Found = Document | RejectRecord


def read(path: str, content: bytes) -> list[Found]:
    """Read bytes as one file, in one portion."""
    file = InputFile(url="/" + path, path=path, size=len(content))
    return list(read_portion(Portion(file=file), lambda url: io.BytesIO(content)))


def summary(found: list[Found]) -> list[tuple[str, str]]:
    """Path and contents of documents, path and code of rejects."""
    return [
        (one.path, one.content.decode()) if isinstance(one, Document) else (one.path, f"{one.stage}.{one.reason}")
        for one in found
    ]


def read_cut(path: str, content: bytes, size: int) -> list[Found]:
    """Read bytes as one file that is cut into portions of a size."""
    file = InputFile(url="/" + path, path=path, size=len(content))
    with pytest.MonkeyPatch.context() as patch:
        for module in (portions, zip_members):
            patch.setattr(module, "PORTION_BYTES", size)
        cut = list(portions.plan_portions(file, lambda url: io.BytesIO(content)))
    return [found for portion in cut for found in read_portion(portion, lambda url: io.BytesIO(content))]


def record(
    block: bytes, kind: str = "response", content_type: str = "application/http; msgtype=response", **fields: str
) -> bytes:
    """One WARC record, uncompressed."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:1>",
        "WARC-Date": "2024-05-14T10:00:00Z",
        "WARC-Target-URI": "https://gazette.example/a",
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(payload: bytes, status: str = "200 OK", **fields: str) -> bytes:
    """An HTTP response, to be the block of a record."""
    named = {"Content-Type": "text/html; charset=UTF-8"}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + payload


def members(*records: bytes) -> bytes:
    """Records as a compressed WARC has them: each a gzip member."""
    return b"".join(gzip.compress(one) for one in records)
