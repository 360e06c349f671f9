"""WARC files: which records are documents, and what is known of them. WET files are WARC files of texts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from schemas.article import Document, Given, Media
from schemas.errors import Damaged, DocumentError, Empty, ErrorPage, TooLarge
from schemas.records import Moment, RejectRecord
from transforms.reading.files import Portion
from transforms.reading.gzip_members import Bytes, Member, begins_member, find_first_member, find_member
from transforms.reading.http_payload import decode_payload
from transforms.reading.limits import CHUNK_BYTES, MAX_DOCUMENT_BYTES
from transforms.reading.rejects import reject, sha256

FIRST = b"WARC/"  # how every record begins

# Bytes of a record's WARC header, and of its HTTP header, 1 KiB to 1 MiB. Servers refuse HTTP headers of over 16 KiB.
MAX_HEADER_BYTES = 64 * 1024

# Broken places in one portion after which the rest of it is given up, 1 to 10,000: a file of nothing but false
# beginnings must not make more rejects than it has bytes worth reading.
MAX_BREAKS = 100

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPE = "text/plain"

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z)?$")
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.+-]{1,40})""", re.IGNORECASE)
_LENGTH = re.compile(rb"^content-length[ \t]{0,9}:[ \t]{0,9}(\d{1,18})[ \t]{0,9}\r?$", re.IGNORECASE | re.MULTILINE)

_ITERATION = {"parse_http": False, "stream_detect": False, "max_header_len": MAX_HEADER_BYTES, "buffer_size": 16 * 1024}
_HEADER_END = b"\r\n\r\n"
_RECORD_END = b"\r\n\r\n"
_FIRST_HEADER_BYTES = 2048  # usual headers have some 500

Found = Document | RejectRecord


def read_warc(portion: Portion, stored: BinaryIO, compressed: bool) -> Iterator[Found]:
    """Read the documents of a portion of a WARC file.

    Args:
        portion: Which part. Records that begin in it are its own, also where they end behind it.
        stored: The whole file, at any place; it can seek.
        compressed: Whether its records are gzip members.

    Yields:
        A document or a reject for every response with a page or a text; a reject for every place where the file breaks.
        Paths name the byte where the record begins: ``crawl.warc.gz#8123``; further records of one gzip member are
        ``#8123.2``, ``#8123.3``.
    """
    read = _members if compressed else _records
    breaks = 0
    for where, found in read(portion, stored):
        path = f"{portion.file.path}#{where}"
        if isinstance(found, Damaged):
            breaks += 1
            if breaks > MAX_BREAKS:
                error = Damaged(f"more than {MAX_BREAKS} broken records; what follows here is not read")
                yield reject(error, path, None, None)
                return
            yield reject(found, path, None, None)
        else:
            yield from found.named(path)


class _Response:
    """What was found of a record, before it has a path."""

    def __init__(self, record: WarcRecord):
        self._record = record
        self._document: tuple[Media, Given, bytes] | None = None
        self._error: tuple[DocumentError, int | None, str | None] | None = None

    def named(self, path: str) -> Iterator[Found]:
        if self._error:
            yield reject(self._error[0], path, *self._error[1:])
        elif self._document:
            media, given, content = self._document
            yield Document(
                path=path,
                media=media,
                content=content,
                content_sha256=sha256(content),
                content_bytes=len(content),
                given=given,
            )

    def read(self) -> None:
        """Read the record to its end.

        Raises:
            Damaged: If it has fewer bytes than it says, or says nothing of its length.
        """
        record = self._record
        if not (record.headers.get("Content-Length") or "").strip().isdecimal():
            raise Damaged("the record says nothing of its length")
        if record.record_type == WarcRecordType.conversion:
            self._read_text()
        elif record.record_type == WarcRecordType.response and record.is_http:
            self._read_http()
        record.reader.consume()
        if record.reader.tell() < record.content_length:
            raise Damaged(f"the record ends after {record.reader.tell():,} of {record.content_length:,} bytes")

    def _read_text(self) -> None:
        if _media_type(self._record.headers.get("Content-Type") or TEXT_TYPE) == TEXT_TYPE:
            self._take("text", self._record.reader.read(MAX_DOCUMENT_BYTES + 1), "utf-8")

    def _read_http(self) -> None:
        try:
            self._record.parse_http(auto_decode="none", max_header_len=MAX_HEADER_BYTES)
        except OSError as error:
            self._refuse(Damaged(f"the HTTP header can't be read: {error}"))
            return
        headers = self._record.http_headers
        status = headers.status_code
        content_type = headers.get("Content-Type") or self._record.headers.get("WARC-Identified-Payload-Type") or ""
        media = _media(content_type)
        if media is None or (status is not None and 300 <= status < 400):
            return  # pictures, scripts, feeds; redirects, whose targets are responses of their own
        if status is None or not 200 <= status < 300:
            said = headers.status_line or "no status"
            self._refuse(ErrorPage(f"HTTP status: {said[:80]}"))
            return
        payload = self._record.reader.read(MAX_DOCUMENT_BYTES + 1)
        try:
            if len(payload) <= MAX_DOCUMENT_BYTES:
                payload = decode_payload(
                    payload, headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or ""
                )
        except DocumentError as error:
            self._refuse(error, len(payload), sha256(payload))
            return
        charset = _CHARSET.search(content_type)
        self._take(media, payload, charset[1] if charset else None)

    def _take(self, media: Media, content: bytes, charset: str | None) -> None:
        if len(content) > MAX_DOCUMENT_BYTES:
            self._refuse(TooLarge(f"more than {MAX_DOCUMENT_BYTES:,} bytes"))
        elif not content.strip():
            self._refuse(Empty("no text" if content else "no bytes"), len(content), sha256(content))
        else:
            headers = self._record.headers
            given = Given(
                input_id=_present(headers.get("WARC-Record-ID")),
                url=_present((headers.get("WARC-Target-URI") or "").strip().strip("<>")),
                crawled=crawled(headers.get("WARC-Date") or ""),
                charset=charset,
            )
            self._document = media, given, content

    def _refuse(self, error: DocumentError, size: int | None = None, digest: str | None = None) -> None:
        self._error = error, size, digest


def crawled(date: str) -> Moment | None:
    """A WARC-Date as a moment: to the second, or the day where it says no more; None when it is none."""
    match = _DATE.match(date.strip())
    return match and match[1] + (f"{match[2]}Z" if match[2] else "")


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _media(content_type: str) -> Media | None:
    name = _media_type(content_type)
    return "html" if name in HTML_TYPES else "text" if name == TEXT_TYPE else None


def _present(value: str | None) -> str | None:
    return value if value and not value.isspace() else None


Located = tuple[str, _Response | Damaged]


def _members(portion: Portion, stored: BinaryIO) -> Iterator[Located]:
    """The records of a compressed file, member by member."""
    source = Bytes(stored)
    if not find_first_member(source, portion.start, portion.end, FIRST):
        return
    while True:
        starts = source.starts_member()
        at = source.position
        if starts is None or (portion.end is not None and at >= portion.end and begins_member(source, FIRST)):
            return  # what begins no member here is found by nobody else
        member = Member(source)
        yield from _records_of_member(member)
        if member.broken and not find_member(source, at + 1, portion.end, FIRST):
            return


def _records_of_member(member: Member) -> Iterator[Located]:
    """The records of a member, and where it breaks; afterwards it is read to its end.

    The last record is held back until the member's check sum, which comes last, vouches for it.
    """
    records = ArchiveIterator(member, **_ITERATION)
    waiting: Located | None = None
    number = 0
    while True:
        number += 1
        where = str(member.start) if number == 1 else f"{member.start}.{number}"
        found = _next(records, member.start)
        if isinstance(found, _Response):
            if waiting:
                yield waiting
            waiting = where, found
            continue
        member.drain()
        if waiting and (found or not member.broken):
            yield waiting
        elif waiting:
            where = waiting[0]
        if member.broken:
            yield where, Damaged(f"the record at byte {member.start:,} breaks off: {member.broken}")
        elif found:
            yield where, found
        return


def _next(records: ArchiveIterator, start: int) -> _Response | Damaged | None:
    try:
        record = next(records, None)
        if record is None:
            return None
        response = _Response(record)
        response.read()
        return response
    except (OSError, Damaged) as error:
        return Damaged(f"the record at byte {start:,} is none: {error}")


def _records(portion: Portion, stored: BinaryIO) -> Iterator[Located]:
    """The records of a file that isn't compressed."""
    size = stored.seek(0, os.SEEK_END)
    at: int | None = portion.start
    while at is not None and (portion.end is None or at < portion.end):
        behind = record_end(stored, at)
        if behind is None and _is_blank(stored, at):
            return
        stored.seek(at)
        try:
            if behind is None:
                raise Damaged("it doesn't begin as a record does")
            record = next(iter(ArchiveIterator(stored, **_ITERATION)))
            response = _Response(record)
            response.read()
            yield str(at), response
            at = behind
        except (OSError, Damaged) as error:
            yield str(at), Damaged(f"the record at byte {at:,} breaks off or is none: {error}")
            at = behind if behind is not None and behind <= size else _find_record(stored, at + 1)


def record_end(stored: BinaryIO, start: int) -> int | None:
    """Where the next record of an uncompressed file begins, by what this one says of its length; None if it is none."""
    stored.seek(start)
    header = stored.read(_FIRST_HEADER_BYTES)
    if _HEADER_END not in header and header.startswith(FIRST):
        header += stored.read(MAX_HEADER_BYTES)
    header, mark, _ = header.partition(_HEADER_END)
    length = _LENGTH.search(header)
    if not mark or not header.startswith(FIRST) or not length:
        return None
    return start + len(header) + len(mark) + int(length[1]) + len(_RECORD_END)


def _find_record(stored: BinaryIO, start: int) -> int | None:
    """The next line from a byte on that begins as a record does; None when there is none."""
    stored.seek(start - 1)
    mark = b"\n" + FIRST
    window = b""
    while chunk := stored.read(CHUNK_BYTES):
        window = window[-len(mark) :] + chunk
        found = window.find(mark)
        if found >= 0:
            return stored.tell() - len(window) + found + 1
    return None


def _is_blank(stored: BinaryIO, start: int) -> bool:
    """Whether nothing but blank padding follows."""
    stored.seek(start)
    while chunk := stored.read(CHUNK_BYTES):
        if chunk.strip(b"\0\r\n\t "):
            return False
    return True
