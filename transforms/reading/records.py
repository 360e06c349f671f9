"""JSON records: one object an article, with ``html`` or ``text`` and what its owner knows beside it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from schemas.article import Document, Flow, Given
from schemas.errors import Malformed
from transforms.reading.rejects import sha256


class _Given(Flow, kw_only=True):
    """The fields that are read; others are passed over."""

    id: str | int | None = None
    url: str | None = None
    source: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    html: str | None = None
    text: str | None = None


_decode = msgspec.json.Decoder(_Given).decode
_split_array = msgspec.json.Decoder(list[msgspec.Raw]).decode


def read_record(line: bytes, path: str, folder: str | None = None) -> Document:
    """Read one JSON object as a document.

    Args:
        line: The object, UTF-8.
        path: Of the record, as it stands in the records: ``file.jsonl#3``.
        folder: First folder below the input root, for a file that is this one record.

    Returns:
        The document; its content is the html, or else the text, in UTF-8.

    Raises:
        Malformed: If it isn't one JSON object, a field has another type, or both html and text are missing or blank.
    """
    try:
        record = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(f"not a JSON object of the known form: {error}") from error
    content = _present(record.html) or _present(record.text)
    if content is None:
        raise Malformed("neither 'html' nor 'text' holds anything")
    return Document(
        path=path,
        media="html" if _present(record.html) else "text",
        content=content.encode("utf-8"),
        content_sha256=sha256(line),
        content_bytes=len(line),
        given=Given(
            input_id=None if record.id is None else str(record.id),
            url=_present(record.url),
            source=_present(record.source),
            folder=folder,
            title=_present(record.title),
            byline=_present(record.byline),
            published=_present(record.published),
            charset="utf-8",
        ),
    )


def split_json(content: bytes) -> Iterator[tuple[int | None, bytes]]:
    """Cut the bytes of a ``.json`` file into records.

    Args:
        content: One object, an array of objects, or JSON Lines under the wrong name.

    Yields:
        The record's number, counted from 1 (None for a file that is one object), and its bytes.

    Raises:
        Malformed: If it begins as an array and isn't one.
    """
    content = content.removeprefix(b"\xef\xbb\xbf").strip()
    if content.startswith(b"["):
        try:
            rows = _split_array(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Malformed(f"not a JSON array: {error}") from error
        for number, row in enumerate(rows, 1):
            yield number, bytes(row)
        return
    lines = content.splitlines()
    if len(lines) > 1 and all(line.startswith(b"{") and line.endswith(b"}") for line in map(bytes.strip, lines) if line):
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line
        return
    yield None, content


def _present(value: str | None) -> str | None:
    return value if value and not value.isspace() else None
