"""Skip: documents that an earlier run read, and that have not changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
import msgspec

from schemas.article import Document
from transforms.state.snapshot import Snapshot
from transforms.state.versions import content_digest, path_digest

UNCHANGED = "unchanged"
SEEN = "seen"


class Skipped(NamedTuple):
    """What comes out beside each other."""

    documents: beam.PCollection  # to be read
    unchanged: beam.PCollection  # a 1 for each that wasn't
    seen: beam.PCollection  # of each that is to be read: what the next run knows it by, encoded


@dataclass(eq=False)
class SkipUnchanged(beam.PTransform):
    """Let a document pass unless the state's last document at its path had the same bytes.

    Args:
        state: What earlier runs know.
    """

    state: Snapshot

    def expand(self, documents: beam.PCollection[Document]) -> Skipped:
        outputs = documents | "SkipEach" >> beam.ParDo(_Skip(self.state)).with_outputs(
            UNCHANGED, SEEN, main="documents"
        )
        return Skipped(outputs["documents"], outputs[UNCHANGED], outputs[SEEN])


class _Skip(beam.DoFn):
    def __init__(self, state: Snapshot):
        self._state = state

    def setup(self):
        self._seen = self._state.seen()

    def process(self, document: Document) -> Iterator[Document]:
        path, content = path_digest(document.path), content_digest(document.content_sha256)
        if self._seen.get(path) == content:
            yield beam.pvalue.TaggedOutput(UNCHANGED, 1)
        else:
            yield beam.pvalue.TaggedOutput(SEEN, msgspec.msgpack.encode((path, content)))
            yield document
