"""Cut one input file into documents, within limits, and give every broken piece its reject."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from schemas.article import Document, Given, Media
from schemas.errors import Damaged, DocumentError, Empty, ReadError, TooLarge, Unreadable, Unsupported
from schemas.records import RejectRecord
from transforms.reading.files import InputFile, Kind, folder_of, kind_of
from transforms.reading.records import read_record, split_json
from transforms.reading.rejects import reject, sha256

# Bytes, 1 KiB to 1 GiB. The largest of 222 development pages has 2.4 MB; a limit ten times that keeps every article
# and bounds what a compressed file can make of itself.
MAX_DOCUMENT_BYTES = 24 * 1024 * 1024

_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)


def read_file(file: InputFile, open_file: Callable[[str], BinaryIO]) -> Iterator[Document | RejectRecord]:
    """Read every document of a file.

    Each document of the file becomes one Document or one reject, never both, never neither; a file that breaks off
    yields what stands whole before the break and one reject for the break.

    Args:
        file: The file.
        open_file: Opens the file's url for reading bytes; may raise OSError.

    Yields:
        Documents and rejects in the order of the file.
    """
    try:
        if file.refusal:
            raise Unsupported(file.refusal)
        kind, compressed = kind_of(file.path)
    except ReadError as error:
        yield reject(error, file.path, file.size, None)
        return
    try:
        with open_file(file.url) as stored:
            stream = gzip.GzipFile(fileobj=stored) if compressed else stored
            if kind is Kind.JSON_LINES:
                yield from _lines(file.path, stream)
            else:
                yield from _whole(file, kind, stream)
    except OSError as error:
        yield reject(Unreadable(error.strerror or str(error)), file.path, file.size, None)


def _whole(file: InputFile, kind: Kind, stream: BinaryIO) -> Iterator[Document | RejectRecord]:
    try:
        content = stream.read(MAX_DOCUMENT_BYTES + 1)
    except _DAMAGE as error:
        yield reject(Damaged(f"compressed data breaks off: {error}"), file.path, file.size, None)
        return
    digest = sha256(content)
    if len(content) > MAX_DOCUMENT_BYTES:
        yield reject(TooLarge(f"more than {MAX_DOCUMENT_BYTES:,} bytes"), file.path, None, None)
    elif not content.strip():
        yield reject(Empty("no text" if content else "no bytes"), file.path, len(content), digest)
    elif kind is Kind.JSON:
        yield from _json(file.path, content)
    else:
        media: Media = "html" if kind is Kind.HTML else "text"
        given = Given(folder=folder_of(file.path))
        yield Document(
            path=file.path,
            media=media,
            content=content,
            content_sha256=digest,
            content_bytes=len(content),
            given=given,
        )


def _json(path: str, content: bytes) -> Iterator[Document | RejectRecord]:
    try:
        for number, record in split_json(content):
            if number is None:
                yield _record(record, path, folder_of(path))
            else:
                yield _record(record, f"{path}#{number}")
    except DocumentError as error:
        yield reject(error, path, len(content), sha256(content))


def _lines(path: str, stream: BinaryIO) -> Iterator[Document | RejectRecord]:
    """JSON Lines, one line at a time: a file may be larger than memory, a line may not."""
    number = 0
    try:
        while line := stream.readline(MAX_DOCUMENT_BYTES + 1):
            number += 1
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) > MAX_DOCUMENT_BYTES:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_DOCUMENT_BYTES)
                error = TooLarge(f"a line of more than {MAX_DOCUMENT_BYTES:,} bytes")
                yield reject(error, f"{path}#{number}", None, None)
            elif line.strip():
                yield _record(line.strip(), f"{path}#{number}")
    except _DAMAGE as error:
        yield reject(Damaged(f"breaks off after line {number}: {error}"), path, None, None)
        return
    if number == 0:
        yield reject(Empty("no bytes"), path, 0, sha256(b""))


def _record(record: bytes, path: str, folder: str | None = None) -> Document | RejectRecord:
    try:
        return read_record(record, path, folder)
    except DocumentError as error:
        return reject(error, path, len(record), sha256(record))
