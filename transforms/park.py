"""Park and recall: article text waits in files, only references travel through the shuffles.

20,000 articles of 4 kB through a GroupByKey took 12.7 s and 3.1 GB with the text, 0.7 s and 195 MB with the ids alone
(docs/decisions.md), so text leaves the pipeline's memory where a shuffle begins and comes back behind it.
"""

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
import msgspec
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.transforms.window import GlobalWindows

# Bytes of one block file, 64 KiB to 64 MiB: large enough that opening costs nothing beside reading, small enough that
# a block read whole is no burden and two workers get several each.
BLOCK_BYTES = 4 * 1024 * 1024


class Reference(NamedTuple):
    """Where one parked element lies."""

    block: str  # file name
    offset: int  # bytes
    length: int  # bytes


class Parked(NamedTuple):
    """What goes on in place of an element."""

    reference: Reference
    columns: Any  # what the next steps need to know of it, chosen by the caller


@dataclass(eq=False)
class Park(beam.PTransform):
    """Write elements into block files of a folder and hand on where they lie.

    Every element is in exactly one block. Which elements share a block depends on the runner's bundles and may not
    matter to anybody: a block's name is only ever used to read it.

    Args:
        folder: An existing folder on a filesystem that every worker sees.
        name: Gives an element's unique name.
        columns: Gives what travels beside the reference.
    """

    folder: str
    name: Callable[[Any], str]
    columns: Callable[[Any], Any]

    def expand(self, elements: beam.PCollection) -> beam.PCollection[Parked]:
        return elements | "WriteBlocks" >> beam.ParDo(_WriteBlocks(self.folder, self.name, self.columns))


class _WriteBlocks(beam.DoFn):
    def __init__(self, folder: str, name: Callable[[Any], str], columns: Callable[[Any], Any]):
        self._folder = folder
        self._name = name
        self._columns = columns

    def setup(self):
        self._encode = msgspec.msgpack.Encoder().encode

    def start_bundle(self):
        self._block, self._written, self._size, self._waiting = "", [], 0, []

    def process(self, element) -> Iterator[Parked]:
        if not self._written:
            self._block = hashlib.sha256(self._name(element).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        encoded = self._encode(element)
        self._waiting.append(Parked(Reference(self._block, self._size, len(encoded)), self._columns(element)))
        self._written.append(encoded)
        self._size += len(encoded)
        if self._size >= BLOCK_BYTES:
            yield from self._flush()

    def finish_bundle(self):
        for parked in self._flush():
            yield GlobalWindows.windowed_value(parked)

    def _flush(self) -> list[Parked]:
        if not self._written:
            return []
        with FileSystems.create(
            posixpath.join(self._folder, self._block), compression_type=CompressionTypes.UNCOMPRESSED
        ) as block:
            block.write(b"".join(self._written))
        parked = self._waiting
        self.start_bundle()
        return parked


@dataclass(eq=False)
class RecallBlocks(beam.PTransform):
    """Read parked elements back, block by block; their order is not kept.

    Args:
        folder: Where they were parked.
        type: The class of the elements.
    """

    folder: str
    type: type

    def expand(self, references: beam.PCollection[Reference]) -> beam.PCollection:
        return (
            references
            | "ByBlock" >> beam.Map(lambda reference: (reference.block, (reference.offset, reference.length)))
            | "Blocks" >> beam.GroupByKey()
            | "ReadBlocks" >> beam.FlatMap(_read_block, self.folder, self.type)
        )


def _read_block(grouped: tuple[str, Iterable[tuple[int, int]]], folder: str, type_: type) -> Iterator[Any]:
    block, places = grouped
    with Shelf(folder, type_) as shelf:
        for offset, length in sorted(places):
            yield shelf.recall(Reference(block, offset, length))


class Shelf:
    """Reads parked elements in any order, keeping few files open.

    Args:
        folder: Where they were parked.
        type_: The class of the elements.
    """

    OPEN_FILES = 32  # 1 to 500; far below the usual limit of 1,024 descriptors of a process

    def __init__(self, folder: str, type_: type):
        self._folder = folder
        self._decode = msgspec.msgpack.Decoder(type_).decode
        self._open: dict[str, Any] = {}

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._open.values():
            stream.close()
        self._open.clear()

    def recall(self, reference: Reference) -> Any:
        """The element that lies at a reference."""
        stream = self._open.pop(reference.block, None)
        if stream is None:
            if len(self._open) >= self.OPEN_FILES:
                self._open.pop(next(iter(self._open))).close()
            path = posixpath.join(self._folder, reference.block)
            stream = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
        self._open[reference.block] = stream  # last in the dict: most recently used
        stream.seek(reference.offset)
        return self._decode(stream.read(reference.length))
