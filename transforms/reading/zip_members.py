"""ZIP archives: which members are read, and why the others aren't."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import PurePosixPath
from typing import BinaryIO

from schemas.article import Document
from schemas.errors import Damaged, ReadError, Superseded, TooLarge, Unsupported
from schemas.records import RejectRecord
from transforms.reading.files import ARCHIVES, MEMBER, Kind, Portion, kind_of
from transforms.reading.limits import MAX_EXPANSION, PORTION_BYTES
from transforms.reading.rejects import reject

# Bytes of an archive's table of contents, 1 to 256 MiB; it is held in memory, some ten times as large. 64 MiB name
# about 700,000 members.
MAX_CONTENTS_BYTES = 64 * 1024 * 1024

_ENCRYPTED = 1  # bit 0 of a member's flags (APPNOTE 4.4.4)
_END = b"PK\x05\x06"
_END_BYTES = 22
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_BYTES, _END_64_BYTES = 20, 56  # of the 64-bit records, which stand before the other
_LARGEST_END = _END_BYTES + 65_535 + _LOCATOR_64_BYTES + _END_64_BYTES  # with the longest comment

_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error)

# Other ways of packing are rare, and some let the archive say how much memory they take.
_PACKING = {zipfile.ZIP_STORED: "stored", zipfile.ZIP_DEFLATED: "deflate", zipfile.ZIP_BZIP2: "bzip2"}

ReadMember = Callable[[str, int, Kind, bool, BinaryIO], Iterator[Document | RejectRecord]]


def read_zip(portion: Portion, stored: BinaryIO, read_member: ReadMember) -> Iterator[Document | RejectRecord]:
    """Read the members of a ZIP archive.

    Args:
        portion: Which members: start and end count members.
        stored: The archive; it can seek.
        read_member: Reads one member as a file of its own: path, size, kind, whether gzip-compressed, stream.

    Yields:
        What read_member yields, and one reject for every member that isn't read. Folders are no documents.
    """
    path = portion.file.path
    try:
        archive = _open(stored)
    except (Damaged, TooLarge) as error:
        yield reject(error, path, portion.file.size, None)
        return
    with closing(archive):
        members = archive.infolist()
        last = {_name(member): index for index, member in enumerate(members)}
        allowed = portion.file.size * MAX_EXPANSION
        for index, member in enumerate(members):
            allowed -= member.file_size
            if index < portion.start or (portion.end is not None and index >= portion.end):
                continue
            if member.filename.endswith("/"):  # a folder
                continue
            name = _name(member)
            try:
                if allowed < 0:
                    raise TooLarge(f"the archive unpacks to more than {MAX_EXPANSION:,} times its size")
                if last[name] != index:
                    raise Superseded("the archive holds this name again, further back, as a newer version")
                kind, compressed = _kind(member, name)
                with _open_member(archive, member) as stream:
                    yield from read_member(f"{path}{MEMBER}{name}", member.file_size, kind, compressed, stream)
            except (ReadError, OSError) as error:
                refusal = error if isinstance(error, ReadError) else Damaged(f"the member can't be read: {error}")
                yield reject(refusal, f"{path}{MEMBER}{name}", member.file_size, None)


def zip_portions(portion: Portion, stored: BinaryIO) -> Iterator[Portion]:
    """Cut an archive into portions of some PORTION_BYTES of packed members each; start and end count members.

    Raises:
        Damaged, TooLarge: If it can't be opened as an archive.
    """
    start, packed, index = 0, 0, 0
    with closing(_open(stored)) as archive:
        for index, member in enumerate(archive.infolist()):
            if packed >= PORTION_BYTES:
                yield Portion(file=portion.file, start=start, end=index)
                start, packed = index, 0
            packed += member.compress_size
    yield Portion(file=portion.file, start=start)


def _open(stored: BinaryIO) -> zipfile.ZipFile:
    try:
        stored.seek(0, 2)
        size = stored.tell()
        stored.seek(max(0, size - _LARGEST_END))
        tail = stored.read(_LARGEST_END)
        if _contents_bytes(tail) > MAX_CONTENTS_BYTES:
            raise TooLarge(f"a table of contents of more than {MAX_CONTENTS_BYTES:,} bytes")
        return zipfile.ZipFile(stored)
    except (*_BROKEN, OSError) as error:
        raise Damaged(f"not a ZIP archive, or not a whole one: {error}") from error


def _contents_bytes(tail: bytes) -> int:
    """What an archive's last records say of the size of its table of contents (APPNOTE 4.3.14 to 4.3.16)."""
    end = len(tail) - _END_BYTES if tail[-_END_BYTES:].startswith(_END) else tail.rfind(_END)
    if end < 0:
        return 0
    if tail[max(0, end - _LOCATOR_64_BYTES) : end].startswith(_LOCATOR_64):
        size = end - _LOCATOR_64_BYTES - _END_64_BYTES + 40
        return int.from_bytes(tail[max(0, size) : max(0, size) + 8], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _name(member: zipfile.ZipInfo) -> str:
    name = member.filename.encode("utf-8", "backslashreplace").decode("utf-8")
    return name if _leads_out(name) else str(PurePosixPath(name))


def _kind(member: zipfile.ZipInfo, name: str) -> tuple[Kind, bool]:
    if name in ("", "."):
        raise Unsupported("the member has no name")
    if _leads_out(name):
        raise Unsupported("the member's name leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unsupported("the member is a symbolic link")
    kind, compressed = kind_of(name)
    if kind in ARCHIVES:
        raise Unsupported("an archive inside an archive is not read; unpack it")
    if member.flag_bits & _ENCRYPTED:
        raise Unsupported("the member is encrypted; unpack the archive with its password")
    if member.compress_type not in _PACKING:
        known = ", ".join(_PACKING.values())
        raise Unsupported(f"the member is packed by method {member.compress_type}; read are {known}")
    return kind, compressed


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or name[1:2] == ":" or ".." in name.split("/")


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    try:
        return archive.open(member)
    except (*_BROKEN, RuntimeError) as error:
        raise Damaged(f"the member can't be read: {error}") from error
