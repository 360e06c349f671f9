"""Read: from files to documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import apache_beam as beam
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from schemas.article import Document
from transforms.each import REJECTS, Rejects
from transforms.reading.documents import read_file
from transforms.reading.files import InputFile

# Files a pack, 1 to 10,000. Opening in packs costs 0.44 s for 20,000 files against 0.58 s one by one (docs/decisions.md).
PACK_FILES = 64

COUNTS = "counts"


@dataclass(eq=False)
class ReadDocuments(beam.PTransform):
    """Open every input file and cut it into documents.

    Every document that stands in a file becomes one Document or one reject; ``counts`` says how many there were.
    """

    files: Sequence[InputFile]
    rejects: Rejects

    def expand(self, pipeline: beam.Pipeline) -> tuple[beam.PCollection[Document], beam.PCollection[int]]:
        packs = [tuple(self.files[i : i + PACK_FILES]) for i in range(0, len(self.files), PACK_FILES)]
        outputs = (
            pipeline
            | "Packs" >> beam.Create(packs, reshuffle=False)
            | "Spread" >> beam.Reshuffle()
            | "Open" >> beam.ParDo(_Open()).with_outputs(REJECTS, COUNTS, main="documents")
        )
        self.rejects.keep(outputs[REJECTS])
        return outputs["documents"], outputs[COUNTS]


class _Open(beam.DoFn):
    def process(self, pack: tuple[InputFile, ...]) -> Iterator[Document]:
        for file in pack:
            count = 0
            for found in read_file(file, open_stored):
                count += 1
                yield found if isinstance(found, Document) else beam.pvalue.TaggedOutput(REJECTS, found)
            yield beam.pvalue.TaggedOutput(COUNTS, count)


def open_stored(url: str) -> BinaryIO:
    """Open a file of any filesystem that Beam knows, as it is stored.

    Raises:
        OSError: If it can't be opened.
    """
    return FileSystems.open(url, compression_type=CompressionTypes.UNCOMPRESSED)
