"""Read: from files to documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import apache_beam as beam
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from schemas.article import Document
from transforms.each import REJECTS, Rejects
from transforms.reading.documents import read_portion
from transforms.reading.files import InputFile, Portion
from transforms.reading.portions import may_be_cut, plan_portions

# Files a pack, 1 to 10,000. Opening in packs costs 0.44 s for 20,000 files, one by one 0.58 s (docs/decisions.md).
PACK_FILES = 64
# Stored bytes after which a pack is closed, 1 to 64 MiB: large files are to be spread, too.
PACK_BYTES = 8 * 1024 * 1024

COUNTS = "counts"

Pack = tuple[Portion, ...]


@dataclass(eq=False)
class ReadDocuments(beam.PTransform):
    """Open every input file and cut it into documents.

    Every document that stands in a file becomes one Document or one reject.
    Gives the documents, and how many each portion of a file had (a tuple, which Beam's hints have no word for).
    """

    files: Sequence[InputFile]
    rejects: Rejects

    def expand(self, pipeline: beam.Pipeline):
        outputs = (
            pipeline
            | "Packs" >> beam.Create(pack_files(self.files), reshuffle=False)
            | "Spread packs" >> beam.Reshuffle()
            | "Cut" >> beam.FlatMap(cut_pack)
            | "Spread portions" >> beam.Reshuffle()
            | "Open" >> beam.ParDo(_Open()).with_outputs(REJECTS, COUNTS, main="documents")
        )
        self.rejects.keep(outputs[REJECTS])
        return outputs["documents"], outputs[COUNTS]


class _Open(beam.DoFn):
    def process(self, pack: Pack) -> Iterator[Document]:
        for portion in pack:
            count = 0
            for found in read_portion(portion, open_stored):
                count += 1
                yield found if isinstance(found, Document) else beam.pvalue.TaggedOutput(REJECTS, found)
            yield beam.pvalue.TaggedOutput(COUNTS, count)


def pack_files(files: Sequence[InputFile]) -> list[Pack]:
    """Small files in packs, in their order; each file that may be cut alone, so that it is cut by itself."""
    packs: list[Pack] = [(Portion(file=file),) for file in files if may_be_cut(file)]
    pack: list[Portion] = []
    size = 0
    for file in (file for file in files if not may_be_cut(file)):
        if pack and (len(pack) == PACK_FILES or size + file.size > PACK_BYTES):
            packs.append(tuple(pack))
            pack, size = [], 0
        pack.append(Portion(file=file))
        size += file.size
    return packs + ([tuple(pack)] if pack else [])


def cut_pack(pack: Pack) -> Iterator[Pack]:
    """A file that may be cut as packs of one portion each; every other pack as it is."""
    if len(pack) == 1 and may_be_cut(pack[0].file):
        for portion in plan_portions(pack[0].file, open_stored):
            yield (portion,)
    else:
        yield pack


def open_stored(url: str) -> BinaryIO:
    """Open a file of any filesystem that Beam knows, as it is stored.

    Raises:
        OSError: If it can't be opened.
    """
    return FileSystems.open(url, compression_type=CompressionTypes.UNCOMPRESSED)
