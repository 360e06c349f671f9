"""The gzip members of a file: found from any byte on, read within bounds, whole or said to be broken.

A WARC file is compressed record by record (WARC 1.1, annex D), so a worker can start at any member.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

from transforms.reading.limits import CHUNK_BYTES

MAGIC = b"\x1f\x8b\x08"  # RFC 1952: gzip, deflate

# Bytes of an unbroken chain of members that prove its first one, 65,536 or more. A compressed file that was crawled
# lies byte by byte in a member's stored blocks, and its own members look like ours. A stored block has at most 65,535
# bytes (RFC 1951, 3.2.4), and the header of the next one cuts the chain.
PROOF_BYTES = 1 << 16

# Bytes before a doubtful start from which on the chain is walked again, 1 to 64 MiB; above that of any usual record.
LOOK_BACK_BYTES = 4 * 1024 * 1024

# Bytes, packed or unpacked, that all searches in one portion may read in vain, 16 MiB to 4 GiB; a candidate counts as
# 512 at least. In 16 MiB of compressed data one candidate is false by chance; a file of nothing else takes some 2 s.
SEARCH_BYTES = 64 * 1024 * 1024

_FIRST_BYTES = 512  # read of a candidate before it is read on: enough to see that it is none


class Bytes:
    """A stored file as one reads it member by member: what was read too far is given back."""

    def __init__(self, stored: BinaryIO):
        self._stored = stored
        self._buffer = b""
        self._next = 0  # index of the next byte in the buffer
        self._read = stored.tell()
        self.search_bytes = SEARCH_BYTES  # what is left of it

    @property
    def position(self) -> int:
        """Of the next byte to be read, as stored."""
        return self._read - len(self._buffer) + self._next

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; empty only at the end of the file."""
        if self._next == len(self._buffer):
            self._buffer, self._next = self._stored.read(CHUNK_BYTES), 0
            self._read += len(self._buffer)
        taken = self._buffer[self._next : self._next + size]
        self._next += len(taken)
        return taken

    def give_back(self, count: int) -> None:
        """Make the last bytes of what was read last the next ones again."""
        self._next -= count

    def peek(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer only at the end of the file."""
        if len(self._buffer) - self._next < size:
            more = self._stored.read(CHUNK_BYTES)
            self._buffer, self._next = self._buffer[self._next :] + more, 0
            self._read += len(more)
        return self._buffer[self._next : self._next + size]

    def seek(self, position: int) -> None:
        """Go to a byte."""
        start = self._read - len(self._buffer)
        if start <= position <= self._read:
            self._next = position - start
        else:
            self._stored.seek(position)
            self._read, self._buffer, self._next = position, b"", 0

    def find(self, mark: bytes) -> bool:
        """Go to the next place where some bytes stand; False, and at the end of the file, when there is none."""
        while len(self.peek(len(mark))) == len(mark):
            found = self._buffer.find(mark, self._next)
            if found >= 0:
                self._next = found
                return True
            self._next = len(self._buffer) - len(mark) + 1
        self._next = len(self._buffer)
        return False

    def starts_member(self) -> bool | None:
        """Whether the next bytes look like a member; None at the end of the file. Padding with zeros is passed over."""
        while (head := self.peek(len(MAGIC)))[:1] == b"\0":
            chunk = self.read(CHUNK_BYTES)
            self.give_back(len(chunk.lstrip(b"\0")))
        return head == MAGIC if head else None


class Member:
    """One member, unpacked as it is read. Has what readers of files need: read, tell, seek (refused), close.

    Attributes:
        start: Byte of the stored file.
        broken: Why it can't be read to its end; None as long as it can.
    """

    def __init__(self, source: Bytes):
        self.start = source.position
        self.broken: str | None = None
        self.cut_off = False  # broken because the file ends
        self._source = source
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._given = 0
        self._step = _FIRST_BYTES  # small members are not worth a whole chunk

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` unpacked bytes (-1: one chunk); empty at the end of the member or where it breaks."""
        wanted = size if size > 0 else CHUNK_BYTES
        while size != 0 and not self.broken and not self._unpack.eof:
            packed = self._source.read(self._step)
            self._step = min(self._step * 8, CHUNK_BYTES)
            if not packed:
                self.broken, self.cut_off = f"the file ends inside it, at byte {self._source.position:,}", True
                break
            try:
                unpacked = self._unpack.decompress(packed, wanted)
            except zlib.error as error:
                self.broken = f"its compressed data is damaged ({error})"
                break
            self._source.give_back(len(self._unpack.unused_data) or len(self._unpack.unconsumed_tail))
            if unpacked:
                self._given += len(unpacked)
                return unpacked
        return b""

    def drain(self) -> int:
        """Read to the end, so that the next member comes next. Returns how many bytes were left."""
        left = 0
        while unpacked := self.read(CHUNK_BYTES):
            left += len(unpacked)
        return left

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a member of a compressed file is read once, from its beginning")

    def close(self) -> None:
        """Nothing to do: the stored file belongs to the caller."""


def find_member(source: Bytes, start: int, end: int | None, first: bytes) -> bool:
    """Go to the next member that begins in a range.

    Args:
        source: The stored file; afterwards stands at the member.
        start: First byte where it may begin.
        end: First byte where it may not; None: the end of the file.
        first: How its contents begin.

    Returns:
        False when no member begins there, or the search took too long.
    """
    source.seek(start)
    while source.search_bytes > 0 and source.find(MAGIC) and (end is None or source.position < end):
        at = source.position
        whole, unpacked = _is_whole(source, first)
        if whole:
            source.seek(at)
            return True
        source.search_bytes -= unpacked
        source.seek(at + 1)
    return False


def find_first_member(source: Bytes, start: int, end: int | None, first: bytes) -> bool:
    """Go to the first member of a range, to where a walk over all members from the file's beginning would come.

    Args:
        source: The stored file; afterwards stands at the member.
        start: First byte of the range; the walk may begin at 0 alone without a search.
        end: First byte behind it; None: the end of the file.
        first: How members' contents begin.

    Returns:
        False when no member begins there.
    """
    if start == 0:
        source.seek(0)
        return True
    if not find_member(source, start, end, first):
        return False
    found = source.position
    back = start
    while not _is_proven(source, found):
        back = max(0, back - LOOK_BACK_BYTES)
        if back == 0:
            source.seek(0)
        elif not find_member(source, back, start, first):
            continue
        elif not _is_proven(source, source.position):
            continue
        return _walk(source, start, end, first)
    source.seek(found)
    return True


def begins_member(source: Bytes, first: bytes) -> bool:
    """Whether a whole member (or one that only the file's end cuts off) begins here: what a search would stop at.

    Args:
        source: The stored file; stands where it stood.
        first: How its contents should begin.
    """
    at = source.position
    whole = bool(source.starts_member()) and _is_whole(source, first)[0]
    source.seek(at)
    return whole


def _walk(source: Bytes, start: int, end: int | None, first: bytes) -> bool:
    """Walk over members to the first that begins at ``start`` or behind it."""
    while source.starts_member() is not None:
        at = source.position
        if at >= start and begins_member(source, first):
            return end is None or at < end
        member = Member(source)
        member.drain()
        if member.broken and not find_member(source, at + 1, end, first):
            return False
    return False


def _is_whole(source: Bytes, first: bytes) -> tuple[bool, int]:
    """Whether a member is whole (or only cut off by the file's end) and begins as it should; and the bytes it took."""
    start = source.position
    member = Member(source)
    head = b""
    while len(head) < len(first) and (unpacked := member.read(len(first) - len(head))):
        head += unpacked
    left = member.drain() if head == first else 0
    whole = head == first and (not member.broken or member.cut_off)
    return whole, max(_FIRST_BYTES, source.position - start, left)


def _is_proven(source: Bytes, start: int) -> bool:
    """Whether a chain of whole members goes on from here for PROOF_BYTES, or to the end of the file."""
    source.seek(start)
    while source.position - start <= PROOF_BYTES:
        starts = source.starts_member()
        if starts is None:
            return True
        if not starts:
            return False
        member = Member(source)
        member.drain()
        if member.broken:
            return member.cut_off
    return True
