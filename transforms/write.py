"""Write: from records to sorted part files, which the commit merges into one file each."""

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from schemas.codec import encode_line, line_order
from schemas.records import Record
from transforms.once import Once

# Bytes of one part file, 1 to 256 MiB: bounds what a worker holds while it sorts.
PART_BYTES = 16 * 1024 * 1024


@dataclass(eq=False)
class WriteParts(beam.PTransform):
    """Write records of one kind into part files, each sorted.

    Every record stands in exactly one part. Which ones share a part depends on the runner's bundles, and shows
    nowhere: parts are merged in the order of their lines.

    Args:
        folder: An existing folder on a filesystem that every worker sees; it holds nothing else.
        kind: A key of schemas.codec.RECORDS.
    """

    folder: str
    kind: str

    def expand(self, records: beam.PCollection[Record]) -> beam.PCollection[int]:
        return records | "WriteSorted" >> beam.ParDo(_WriteSorted(self.folder, self.kind))


class _WriteSorted(beam.DoFn):
    def __init__(self, folder: str, kind: str):
        self._folder = folder
        self._kind = kind

    def start_bundle(self):
        self._lines: list[bytes] = []
        self._size = 0

    def process(self, record: Record) -> Iterator[int]:
        line = encode_line(record)
        self._lines.append(line)
        self._size += len(line)
        if self._size >= PART_BYTES:
            self._flush()
        return iter(())

    def finish_bundle(self):
        self._flush()

    def _flush(self):
        if not self._lines:
            return
        self._lines.sort(key=line_order(self._kind))
        write_part(self._folder, b"".join(self._lines))
        self.start_bundle()


def write_part(folder: str, content: bytes) -> None:
    """Write a file that is named by its content, so that a bundle done twice leaves one."""
    path = posixpath.join(folder, hashlib.sha256(content).hexdigest())
    with FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED) as part:
        part.write(content)


@dataclass(eq=False)
class WriteSum(beam.PTransform):
    """Add numbers up and write the sum, in decimal digits, as a file."""

    path: str

    def expand(self, numbers: beam.PCollection[int]) -> beam.PCollection[None]:
        return numbers | "Sum" >> Once(sum) | "WriteNumber" >> beam.Map(_write_number, self.path)


def _write_number(number: int, path: str) -> None:
    with FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
        file.write(str(number).encode())


@dataclass(eq=False)
class WriteTable(beam.PTransform):
    """Write one dictionary as a JSON file, sorted by key. Takes a collection of exactly one."""

    path: str

    def expand(self, table: beam.PCollection[dict[str, Any]]) -> beam.PCollection[None]:
        return table | "WriteSorted" >> beam.Map(_write_table, self.path)


def _write_table(table: dict[str, Any], path: str) -> None:
    with FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
        file.write(msgspec.json.encode(table, order="deterministic"))
