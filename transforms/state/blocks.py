"""Texts in compressed blocks: several to a block, because alike texts compress together, few, because one is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
import zstandard

from schemas.errors import ConfigurationError

BLOCK_PIECES = 16  # pieces of a block, 1 to 64
BLOCK_BYTES = 256 * 1024  # after which a block is closed, 16 KiB to 4 MiB, before compression
LEVEL = 6  # of zstandard, 1 to 19; measured in docs/state.md
OPEN_BLOCKS = 64  # blocks that wait decompressed, 1 to 1000

_decode = msgspec.msgpack.Decoder(list[bytes]).decode


class Place(NamedTuple):
    """Where a piece lies."""

    offset: int  # bytes from the start of the file
    size: int  # bytes of its block
    at: int  # which of the block's pieces


def write_blocks(file: BinaryIO, pieces: Iterable[bytes]) -> list[Place]:
    """Write pieces one after the other.

    Args:
        file: At its start.
        pieces: Anything; alike ones should follow each other.

    Returns:
        The place of each, in their order.
    """
    compress = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress
    places: list[Place] = []
    block: list[bytes] = []
    offset = waiting = 0

    def close() -> int:
        data = compress(msgspec.msgpack.encode(block))
        file.write(data)
        places.extend(Place(offset, len(data), at) for at in range(len(block)))
        return len(data)

    for piece in pieces:
        block.append(piece)
        waiting += len(piece)
        if len(block) == BLOCK_PIECES or waiting >= BLOCK_BYTES:
            offset += close()
            block, waiting = [], 0
    if block:
        close()
    return places


class Blocks:
    """Reads the pieces of one file.

    Raises:
        ConfigurationError: From any method, if the file is damaged; the message names it.
    """

    def __init__(self, path: Path):
        self._path = path
        self._file: BinaryIO | None = None
        self._opened: dict[int, Sequence[bytes]] = {}

    def read(self, place: Place) -> bytes:
        """The piece at a place."""
        block = self._opened.pop(place.offset, None)
        if block is None:
            block = self._read_block(place)
            if len(self._opened) >= OPEN_BLOCKS:
                self._opened.pop(next(iter(self._opened)))
        self._opened[place.offset] = block
        return block[place.at]

    def _read_block(self, place: Place) -> Sequence[bytes]:
        if self._file is None:
            self._file = self._path.open("rb")
        self._file.seek(place.offset)
        try:
            return _decode(zstandard.ZstdDecompressor().decompress(self._file.read(place.size)))
        except (zstandard.ZstdError, msgspec.DecodeError) as error:
            raise ConfigurationError(f"state {self._path}: damaged at byte {place.offset}: {error}") from error

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
