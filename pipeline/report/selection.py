"""Which stories and articles a page shows, found in one pass over each file: no more is held than is shown."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec
from msgspec import Struct

from pipeline.report.limits import Limits
from pipeline.report.marks import Coverage
from schemas.records import (
    ArticleRecord,
    Basis,
    Derivation,
    RejectRecord,
    ReuseRecord,
    Role,
    Status,
    StoryInfoSource,
    StoryRecord,
)

_Ranked = TypeVar("_Ranked", bound=tuple)
_decode_article = msgspec.json.Decoder(ArticleRecord).decode
_decode_story = msgspec.json.Decoder(StoryRecord).decode


class Claim(Struct, frozen=True):
    """Of an info source, what a row of a table shows."""

    id: str
    name: str
    role: Role
    basis: Basis
    confidence: float


class Row(Struct, frozen=True):
    """Of an article record, what a row of a table shows; the decoder skips the rest."""

    id: str
    path: str
    source: str | None
    uri: str | None
    headline: str | None
    first_created: str | None
    attribution_status: Status
    derivation: Derivation
    reused_share: float
    story_id: str
    info_sources: tuple[Claim, ...]


class Agency(Struct):
    """What all stories say of one agency."""

    name: str
    roles: set[Role]
    explicit: int = 0  # articles
    inferred: int = 0  # articles
    stories: int = 0

    @property
    def only_edits(self) -> bool:
        """An outlet that edited agencies' copy, and is none itself."""
        return self.roles == {"editor"}


class Printed(Struct, frozen=True):
    """A story of several copies, as far as it must be kept in mind until it is written."""

    id: str
    size: int
    offset: int  # of its line in the stories' file
    copies: tuple[str, ...]  # the articles that stand for it, the most important ones first


class Stories(Struct):
    """What the stories' file says: all of it counted, the largest ones kept."""

    stories: int = 0
    shared: int = 0  # of several copies
    copies: int = 0  # articles in those
    agencies: dict[str, Agency] = msgspec.field(default_factory=dict)
    largest: list[Printed] = msgspec.field(default_factory=list)  # largest first, then by id
    singles: list[str] = msgspec.field(default_factory=list)  # articles without another copy, attributed ones first


class Shown(Struct):
    """One article whose fields and text the page shows."""

    offset: int = -1  # of its line in the articles' file
    coverage: Coverage = msgspec.field(default_factory=Coverage)
    passages: list[ReuseRecord] = msgspec.field(default_factory=list)
    passage_count: int = 0


class Selection(Struct):
    """Everything that the page needs at hand while it is written."""

    stories: Stories
    articles: int = 0
    sources: dict[str, Counter[Status]] = msgspec.field(default_factory=dict)  # articles of each outlet
    statuses: Counter[Status] = msgspec.field(default_factory=Counter)
    rows: dict[str, Row] = msgspec.field(default_factory=dict)
    shown: dict[str, Shown] = msgspec.field(default_factory=dict)
    reuse_count: int = 0


def select(folder: Path, limits: Limits) -> Selection:
    """Read a run's stories, articles and reuse once each.

    Memory grows with the limits and with the number of distinct sources and agencies, not with the number of records.

    Args:
        folder: Holds stories.jsonl, articles.jsonl and reuse.jsonl.
        limits: How much is shown.

    Raises:
        OSError: If a file is missing or can't be read.
        msgspec.DecodeError: If a line is no record.
    """
    selection = Selection(stories=_read_stories(folder / "stories.jsonl", limits))
    _read_articles(folder / "articles.jsonl", selection, limits)
    cited = _cited_passages(folder / "articles.jsonl", selection)
    _read_reuse(folder / "reuse.jsonl", selection, cited, limits.passages)
    return selection


def first_copies(story: StoryRecord, most: int) -> tuple[str, ...]:
    """The copies of a story that stand for it when not all can be shown.

    Its representative, then for each agency the first copy that credits it, then the others by id.
    """
    order = [story.representative_id]
    order += [agency.explicit_in[0] for agency in story.info_sources if agency.explicit_in]
    order += story.article_ids
    return tuple(dict.fromkeys(order))[:most]


def read_rejects(folder: Path, most: int) -> Iterator[RejectRecord]:
    """The first rejects in the order of their file."""
    decoder = msgspec.json.Decoder(RejectRecord)
    with (folder / "rejects.jsonl").open("rb") as lines:
        for _, line in zip(range(most), lines, strict=False):
            yield decoder.decode(line)


def read_article(articles: BinaryIO, offset: int) -> ArticleRecord:
    """The article whose line starts at an offset."""
    articles.seek(offset)
    return _decode_article(articles.readline())


def read_story(stories: BinaryIO, offset: int) -> StoryRecord:
    """The story whose line starts at an offset."""
    stories.seek(offset)
    return _decode_story(stories.readline())


def _read_stories(path: Path, limits: Limits) -> Stories:
    found = Stories()
    # offsets break ties: the file is sorted by id
    largest: list[tuple[int, int, Printed]] = []
    singles: list[tuple[bool, int, str]] = []
    offset = 0
    with path.open("rb") as lines:
        for line in lines:
            story = _decode_story(line)
            found.stories += 1
            _count_agencies(found.agencies, story)
            if story.size > 1:
                found.shared += 1
                found.copies += story.size
                printed = Printed(story.id, story.size, offset, first_copies(story, max(limits.copies, limits.texts)))
                _keep(largest, (story.size, -offset, printed), limits.stories)
            else:
                _keep(singles, (bool(story.info_sources), -offset, story.representative_id), limits.singles)
            offset += len(line)
    found.largest = [story for _, _, story in sorted(largest, reverse=True)]
    found.singles = [article for _, _, article in sorted(singles, reverse=True)]
    return found


def _keep(heap: list[_Ranked], entry: _Ranked, most: int) -> None:
    heapq.heappush(heap, entry)
    if len(heap) > most:
        heapq.heappop(heap)


def _count_agencies(agencies: dict[str, Agency], story: StoryRecord) -> None:
    claims: dict[str, list[StoryInfoSource]] = {}
    for claim in story.info_sources:
        claims.setdefault(claim.id, []).append(claim)
    for id, of_agency in claims.items():  # one agency may stand in two roles, and is still one
        agency = agencies.setdefault(id, Agency(of_agency[0].name, set()))
        agency.roles.update(claim.role for claim in of_agency)
        agency.explicit += len({article for claim in of_agency for article in claim.explicit_in})
        agency.inferred += len({article for claim in of_agency for article in claim.inferred_in})
        agency.stories += 1


def _read_articles(path: Path, selection: Selection, limits: Limits) -> None:
    in_tables = set(selection.stories.singles)
    for story in selection.stories.largest:
        in_tables.update(story.copies)
        selection.shown.update((id, Shown()) for id in story.copies[: limits.texts])
    selection.shown.update((id, Shown()) for id in selection.stories.singles)
    decoder = msgspec.json.Decoder(Row)
    offset = 0
    with path.open("rb") as lines:
        for line in lines:
            row = decoder.decode(line)
            selection.articles += 1
            selection.statuses[row.attribution_status] += 1
            if row.source is not None:
                selection.sources.setdefault(row.source, Counter())[row.attribution_status] += 1
            if row.id in in_tables:
                selection.rows[row.id] = row
            if row.id in selection.shown:
                selection.shown[row.id].offset = offset
            offset += len(line)
    for id in [id for id, shown in selection.shown.items() if shown.offset < 0]:
        raise ValueError(
            f"{path.name}: stories.jsonl names article {id}, which isn't in it; the files are not of one run"
        )


def _cited_passages(path: Path, selection: Selection) -> frozenset[str]:
    """The passages that a shown claim rests on: they are listed whatever the limit."""
    with path.open("rb") as articles:
        return frozenset(
            evidence.reuse_id
            for shown in selection.shown.values()
            for claim in read_article(articles, shown.offset).info_sources
            for evidence in claim.evidence
            if evidence.reuse_id is not None
        )


def _read_reuse(path: Path, selection: Selection, cited: frozenset[str], most: int) -> None:
    decoder = msgspec.json.Decoder(ReuseRecord)

    def rank(passage: ReuseRecord) -> tuple[bool, int, str]:
        return passage.id not in cited, -passage.words, passage.id

    with path.open("rb") as lines:
        for line in lines:
            passage = decoder.decode(line)
            selection.reuse_count += 1
            for id, start, end in (
                (passage.a_id, passage.a_start, passage.a_end),
                (passage.b_id, passage.b_start, passage.b_end),
            ):
                shown = selection.shown.get(id)
                if shown is None:
                    continue
                shown.coverage.add(start, end, passage.kind)
                shown.passage_count += 1
                shown.passages.append(passage)
                if len(shown.passages) > 2 * most + 1:
                    shown.passages = sorted(shown.passages, key=rank)[:most]
    for shown in selection.shown.values():
        shown.passages = sorted(shown.passages, key=rank)[:most]
