"""Fingerprint the passages of every article into packed columns."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.utils.windowed_value import WindowedValue

from schemas.article import CleanArticle
from transforms.textreuse.columns import PACK_ARTICLES, PACK_LETTERS, pack_columns


@dataclass(eq=False)
class FingerprintPassages(beam.PTransform):
    """Turn articles into columns of fingerprints by bucket.

    Each article's keys stand in exactly one pack of each bucket; which articles share a pack changes no result.
    """

    def expand(self, articles: beam.PCollection[CleanArticle]) -> beam.PCollection[tuple[int, bytes]]:
        return articles | "PackColumns" >> beam.ParDo(_Pack())


class _Pack(beam.DoFn):
    def __init__(self) -> None:
        self._in = Metrics.counter("Fingerprint", "in")
        self._pack: list[CleanArticle] = []
        self._letters = 0

    def start_bundle(self) -> None:
        self._pack, self._letters = [], 0

    def process(
        self, article: CleanArticle, window=beam.DoFn.WindowParam, timestamp=beam.DoFn.TimestampParam
    ) -> Iterator[tuple[int, bytes]]:
        self._pack.append(article)
        self._letters += len(article.cleaning.body_text)
        self._last = (timestamp, window)
        if len(self._pack) >= PACK_ARTICLES or self._letters >= PACK_LETTERS:
            yield from self._packed()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        if self._pack:
            timestamp, window = self._last
            for columns in self._packed():
                yield WindowedValue(columns, timestamp, (window,))

    def _packed(self) -> list[tuple[int, bytes]]:
        self._in.inc(len(self._pack))
        columns = pack_columns(self._pack)
        self._pack, self._letters = [], 0
        return columns
