"""Remember: what a run adds to its state waits in files until the run commits."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apache_beam as beam
import msgspec

from transforms.write import write_part

PART_BYTES = 16 * 1024 * 1024  # of one file, 1 to 256 MiB: bounds what a worker holds
_LENGTH = struct.Struct("<I")


@dataclass(eq=False)
class Remember(beam.PTransform):
    """Write encoded rows into part files of a folder, in no order.

    Args:
        folder: An existing folder on a filesystem that every worker sees; it holds nothing else.
    """

    folder: str

    def expand(self, rows: beam.PCollection[bytes]) -> beam.PCollection[int]:
        return rows | "WriteRows" >> beam.ParDo(_WriteRows(self.folder))


class _WriteRows(beam.DoFn):
    def __init__(self, folder: str):
        self._folder = folder

    def start_bundle(self):
        self._rows: list[bytes] = []
        self._size = 0

    def process(self, row: bytes) -> Iterator[int]:
        self._rows += (_LENGTH.pack(len(row)), row)
        self._size += len(row)
        if self._size >= PART_BYTES:
            self._flush()
        return iter(())

    def finish_bundle(self):
        self._flush()

    def _flush(self):
        if not self._rows:
            return
        write_part(self._folder, b"".join(self._rows))
        self.start_bundle()


def encode_row(row: object) -> bytes:
    """A row as Remember takes it."""
    return msgspec.msgpack.encode(row)


def remembered(folder: str) -> Iterator[bytes]:
    """Read all rows of a folder back, in no order that means anything."""
    for path in sorted(Path(folder).iterdir()):
        with path.open("rb") as part:
            while head := part.read(_LENGTH.size):
                yield part.read(_LENGTH.unpack(head)[0])
