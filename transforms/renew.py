"""Renew: from components that new articles touched to the records of the stories that changed by it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import apache_beam as beam
import msgspec

from schemas.attribution import AttributedComponent
from schemas.codec import encode_line
from schemas.records import ArticleRecord, Change, RawRecord, Record, ReuseRecord, StoryRecord
from transforms.compose import COMPOSED
from transforms.composition.articles import compose_records
from transforms.composition.naming import StoryName, lasting_names
from transforms.state.findings import Earlier, split_component
from transforms.state.snapshot import Snapshot
from transforms.textreuse.columns import article_number

FINDINGS = "findings"
STORIES = "stories"


@dataclass(eq=False)
class RenewRecords(beam.PTransform):
    """Turn components into the records of stories that are new or have changed, each story whole.

    Gives one output for each of COMPOSED, FINDINGS (what the state is to remember of each article, encoded) and STORIES
    (the names of stories that replaced others or were split, encoded).

    Args:
        state: What earlier runs know.
        earlier: What the state has of articles in question; a singleton side input.
        keep_raw: Whether each article's extracted text becomes a record, too.
        whole: Whether all stories are written, and no change is named.
    """

    state: Snapshot
    earlier: beam.pvalue.AsSingleton
    keep_raw: bool
    whole: bool

    def expand(self, components: beam.PCollection[AttributedComponent]):
        return components | "RenewEach" >> beam.ParDo(
            _Renew(self.state, self.keep_raw, self.whole), self.earlier
        ).with_outputs(*COMPOSED, FINDINGS, STORIES)


class _Renew(beam.DoFn):
    def __init__(self, state: Snapshot, keep_raw: bool, whole: bool):
        self._state, self._keep_raw, self._whole = state, keep_raw, whole

    def setup(self):
        self._pasts = self._state.pasts()

    def start_bundle(self):
        self._sizes: Counter[str] | None = None

    def process(self, attributed: AttributedComponent, earlier: dict[int, Earlier]) -> Iterator:
        if self._sizes is None:
            self._sizes = Counter(one.story for one in earlier.values())
        articles = attributed.component.articles
        known = {clean.article.id: earlier.get(article_number(clean.article.id)) for clean in articles}
        stories = {identity: one.story for identity, one in known.items() if one}
        changes: dict[str, Change] = {
            identity: "new" if one is None else "updated" if one.leaves else "context" for identity, one in known.items()
        }
        names = lasting_names(attributed.component.reuse, stories, self._pasts)
        records = list(compose_records(attributed, self._keep_raw, names, None if self._whole else changes))
        written = _hashes(records)
        touched = {
            record.id
            for record in records
            if isinstance(record, StoryRecord) and (self._whole or self._is_touched(record, known, written))
        }
        for record in _of_stories(records, touched):
            yield beam.pvalue.TaggedOutput(record.__struct_config__.tag, record)
        for name in names.values():
            if name.replaces or name.split_from:
                yield beam.pvalue.TaggedOutput(STORIES, encode_name(name))
        for finding, clean in zip(split_component(attributed), articles, strict=True):
            identity = clean.article.id
            row = (article_number(identity), names[finding.reuse.story].id, written[identity], finding)
            yield beam.pvalue.TaggedOutput(FINDINGS, msgspec.msgpack.encode(row))

    def _is_touched(self, story: StoryRecord, known: dict[str, Earlier | None], written: dict[str, bytes]) -> bool:
        return self._sizes[story.id] != story.size or any(
            known[one] is None or known[one].leaves or known[one].written != written[one] or known[one].story != story.id
            for one in story.article_ids
        )


def encode_name(name: StoryName) -> bytes:
    """A story's name as a row to remember."""
    return msgspec.msgpack.encode((name.id, name.replaces, name.split_from))


def _hashes(records: list[Record]) -> dict[str, bytes]:
    """What is written of each article, its passages with later articles among it, in 16 bytes."""
    digests = {}
    for record in records:
        if isinstance(record, ArticleRecord):
            line = encode_line(msgspec.structs.replace(record, change=None))
            digests[record.id] = blake2b(line, digest_size=16)
    for record in records:
        if isinstance(record, ReuseRecord):
            digests[record.a_id].update(encode_line(record))
    return {identity: digest.digest() for identity, digest in digests.items()}


def _of_stories(records: list[Record], stories: set[str]) -> Iterator[Record]:
    """The records of some stories, passages that reach into them included."""
    members: dict[str, bool] = defaultdict(bool)
    for record in records:
        if isinstance(record, ArticleRecord):
            members[record.id] = record.story_id in stories
    for record in records:
        if isinstance(record, StoryRecord):
            chosen = record.id in stories
        elif isinstance(record, ReuseRecord):
            chosen = members[record.a_id] or members[record.b_id]
        else:
            assert isinstance(record, ArticleRecord | RawRecord)
            chosen = members[record.id]
        if chosen:
            yield record
