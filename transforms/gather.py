"""Gather: bring the texts of each group of candidates together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
import numpy as np

from schemas.article import CleanArticle
from schemas.parked import ParkedClean, Reference
from schemas.reuse import Candidates, Gathered
from transforms.once import Once
from transforms.park import Shelf


class Catalogue:
    """Where every parked article lies, by its number, in columns: 24 bytes an article."""

    def __init__(self, rows: Iterable[tuple[int, Reference]]):
        ordered = sorted(rows)
        self._blocks = sorted({reference.block for _, reference in ordered})
        positions = {block: position for position, block in enumerate(self._blocks)}
        self._numbers = np.array([number for number, _ in ordered], dtype=np.int64)
        self._block = np.array([positions[reference.block] for _, reference in ordered], dtype=np.uint32)
        self._offset = np.array([reference.offset for _, reference in ordered], dtype=np.uint64)
        self._length = np.array([reference.length for _, reference in ordered], dtype=np.uint32)

    def find(self, number: int) -> Reference:
        """Where an article lies.

        Raises:
            KeyError: If no article has that number.
        """
        at = int(np.searchsorted(self._numbers, number))
        if at == len(self._numbers) or self._numbers[at] != number:
            raise KeyError(number)
        return Reference(self._blocks[self._block[at]], int(self._offset[at]), int(self._length[at]))


@dataclass(eq=False)
class GatherArticles(beam.PTransform):
    """Read the articles of every group of candidates back from where they are parked.

    Args:
        folder: Where they are parked.
        parked: Parked articles.
    """

    folder: str
    parked: beam.PCollection[ParkedClean]

    def expand(self, candidates: beam.PCollection[Candidates]) -> beam.PCollection[Gathered]:
        catalogue = (
            self.parked
            | "Rows" >> beam.Map(lambda one: (one.number, one.reference))
            | "Catalogue" >> Once(Catalogue)
        )
        return (
            candidates
            | "Recall" >> beam.ParDo(_Gather(self.folder), beam.pvalue.AsSingleton(catalogue))
        )


class _Gather(beam.DoFn):
    def __init__(self, folder: str):
        self._folder = folder

    def start_bundle(self):
        self._shelf = Shelf(self._folder, CleanArticle)

    def process(self, candidates: Candidates, catalogue: Catalogue) -> Iterator[Gathered]:
        articles = map(self._shelf.recall, sorted(map(catalogue.find, candidates.numbers)))
        yield Gathered(candidates=candidates, articles=tuple(sorted(articles, key=lambda one: one.article.id)))

    def finish_bundle(self):
        self._shelf.__exit__()
