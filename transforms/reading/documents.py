"""Cut one input file into documents, within limits, and give every broken piece its reject."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from schemas.article import Document, Given
from schemas.errors import Damaged, DocumentError, Empty, Malformed, ReadError, Refused, TooLarge, Unreadable
from schemas.records import RejectRecord
from transforms.reading.files import InputFile, Kind, Portion, folder_of, kind_of
from transforms.reading.json_files import split_json, values
from transforms.reading.limits import (
    CHUNK_BYTES,
    MAX_ARRAY_BYTES,
    MAX_ARRAY_COMMAS,
    MAX_DOCUMENT_BYTES,
    MAX_REFUSED_IN_A_ROW,
)
from transforms.reading.records import read_record
from transforms.reading.rejects import reject, sha256
from transforms.reading.warc import read_warc
from transforms.reading.zip_members import read_zip

_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile, lzma.LZMAError)

OpenFile = Callable[[str], BinaryIO]
Found = Document | RejectRecord


def read_file(file: InputFile, open_file: OpenFile) -> Iterator[Found]:
    """Read every document of a file: its only portion."""
    return read_portion(Portion(file=file), open_file)


def read_portion(portion: Portion, open_file: OpenFile) -> Iterator[Found]:
    """Read every document of a portion of a file.

    Each document becomes one Document or one reject, never both, never neither; a file that breaks off yields what
    stands whole before the break and one reject for the break. The documents of all portions together are those of the
    whole file, wherever it was cut.

    Args:
        portion: What to read.
        open_file: Opens the file's url for reading bytes; may raise OSError. Files that can be cut can seek.

    Yields:
        Documents and rejects in the order of the file.
    """
    file = portion.file
    try:
        if file.refusal:
            raise Refused(file.refusal)
        kind, compressed = kind_of(file.path)
    except ReadError as error:
        yield reject(error, file.path, file.size, None)
        return
    found = 0
    try:
        with open_file(file.url) as stored:
            for one in _read_stored(portion, kind, compressed, stored):
                found += 1
                yield one
    except OSError as error:
        yield reject(Unreadable(error.strerror or str(error)), file.path, file.size, None)
        return
    if not found and portion.start == 0 and portion.end is None:
        yield reject(Empty("no document in it"), file.path, file.size, None)


def _read_stored(portion: Portion, kind: Kind, compressed: bool, stored: BinaryIO) -> Iterator[Found]:
    file = portion.file
    if kind in (Kind.WARC, Kind.ZIP) and portion.start == 0 and not stored.read(1):
        yield reject(Empty("no bytes"), file.path, 0, sha256(b""))
        return
    if kind is Kind.WARC:
        stored.seek(0)
        yield from read_warc(portion, stored, compressed)
    elif kind is Kind.ZIP:
        yield from read_zip(portion, stored, _read_stream)
    elif kind is Kind.JSON_LINES and not compressed:
        if portion.start:
            stored.seek(portion.start)
        yield from _while_hope(_lines(file.path, stored, portion), file.path)
    else:
        yield from _read_stream(file.path, file.size, kind, compressed, stored)


def _read_stream(path: str, size: int, kind: Kind, compressed: bool, stream: BinaryIO) -> Iterator[Found]:
    if compressed:
        stream = gzip.GzipFile(fileobj=stream)
    if kind is Kind.JSON_LINES:
        yield from _while_hope(_lines(path, stream), path)
        return
    limit = MAX_ARRAY_BYTES if kind is Kind.JSON else MAX_DOCUMENT_BYTES
    raw = _Unbroken(stream)
    content = io.BufferedReader(raw, CHUNK_BYTES).read(limit + 1)
    if raw.damage:
        if kind is Kind.JSON:
            yield from _while_hope(_json_before_break(path, content), path)
        yield reject(Damaged(f"compressed data breaks off: {raw.damage}"), path, size, None)
    elif len(content) > limit:
        hint = "; JSON Lines may be of any size: name a file that holds a record a line .jsonl" if kind is Kind.JSON else ""
        yield reject(TooLarge(f"more than {limit:,} bytes{hint}"), path, None, None)
    elif not content.strip():
        yield reject(Empty("no text" if content else "no bytes"), path, len(content), sha256(content))
    elif kind is Kind.JSON and content.count(b",") > MAX_ARRAY_COMMAS:
        error = TooLarge(f"more than {MAX_ARRAY_COMMAS:,} commas in one JSON file; write JSON Lines")
        yield reject(error, path, len(content), sha256(content))
    elif kind is Kind.JSON:
        yield from _while_hope(_json(path, content), path)
    else:
        yield Document(
            path=path,
            media="html" if kind is Kind.HTML else "text",
            content=content,
            content_sha256=sha256(content),
            content_bytes=len(content),
            given=Given(folder=folder_of(path)),
        )


def _json(path: str, content: bytes) -> Iterator[Found]:
    try:
        for number, record, site in split_json(content):
            if number is None:
                yield _record(record, path, folder_of(path))
            else:
                yield _record(record, f"{path}#{number}", site=site)
    except DocumentError as error:
        yield reject(error, path, len(content), sha256(content))


def _json_before_break(path: str, content: bytes) -> Iterator[Found]:
    try:
        for number, record in enumerate(values(content), 1):
            yield _record(record, f"{path}#{number}")
    except Malformed:
        return  # in the midst of a record; the caller says why it breaks


def _lines(path: str, stream: BinaryIO, portion: Portion | None = None) -> Iterator[Found]:
    """JSON Lines, one line at a time: a file may be larger than memory, a line may not."""
    number = portion.lines_before if portion else 0
    left = portion.end - portion.start if portion and portion.end is not None else None
    whole = not portion or (portion.start == 0 and portion.end is None)
    raw = _Unbroken(stream)
    buffered = io.BufferedReader(raw, CHUNK_BYTES)
    while (left is None or left > 0) and (line := buffered.readline(MAX_DOCUMENT_BYTES + 1)):
        if raw.damage and not line.endswith(b"\n"):
            break
        number += 1
        taken = len(line)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > MAX_DOCUMENT_BYTES:
            while line and not line.endswith(b"\n"):
                line = buffered.readline(MAX_DOCUMENT_BYTES)
                taken += len(line)
            error = TooLarge(f"a line of more than {MAX_DOCUMENT_BYTES:,} bytes")
            yield reject(error, f"{path}#{number}", None, None)
        elif line.strip():
            yield _record(line.strip(), f"{path}#{number}")
        else:
            breaks = _line_breaks(buffered, left and left - taken)
            number += breaks
            taken += breaks
        left = left if left is None else left - taken
    if raw.damage:
        yield reject(Damaged(f"breaks off after line {number}: {raw.damage}"), path, None, None)
    elif whole and number == 0:
        yield reject(Empty("no bytes"), path, 0, sha256(b""))


class _Unbroken(io.RawIOBase):
    """A stream that ends where its packed data breaks, so that what was unpacked before can still be read."""

    def __init__(self, stream: BinaryIO):
        self.damage: Exception | None = None
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        try:
            content = self._read(len(buffer))
        except _DAMAGE as error:
            self.damage = error
            return 0
        buffer[: len(content)] = content
        return len(content)


def _line_breaks(stream: io.BufferedReader, most: int | None) -> int:
    """Pass over the line breaks that come next, at once: packed, they cost nothing to send. Returns how many."""
    passed = 0
    while (most is None or passed < most) and (ahead := stream.peek()).startswith(b"\n"):
        count = len(ahead) - len(ahead.lstrip(b"\n"))
        count = count if most is None else min(count, most - passed)
        stream.read(count)
        passed += count
    return passed


def _while_hope(records: Iterator[Found], path: str) -> Iterator[Found]:
    """Give a file up that holds no records but what is none: each would be a line of the output."""
    refused = 0
    for found in records:
        yield found
        refused = refused + 1 if isinstance(found, RejectRecord) else 0
        if refused >= MAX_REFUSED_IN_A_ROW:
            error = Malformed(f"{MAX_REFUSED_IN_A_ROW:,} records in a row were refused; what follows here is not read")
            yield reject(error, path, None, None)
            return


def _record(record: bytes, path: str, folder: str | None = None, site: str | None = None) -> Found:
    if len(record) > MAX_DOCUMENT_BYTES:
        return reject(TooLarge(f"more than {MAX_DOCUMENT_BYTES:,} bytes"), path, len(record), None)
    try:
        return read_record(record, path, folder, site)
    except DocumentError as error:
        return reject(error, path, len(record), sha256(record))
