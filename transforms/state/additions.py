"""From what a run left in its working folder to the contents of a segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.state.segment import (
    ARTICLES,
    MARKS,
    OUTCOMES,
    SEEN,
    STORIES,
    VERSIONS,
    Contents,
    table_of,
)
from transforms.textreuse.columns import ARTICLES as ARTICLE_PACKS
from transforms.textreuse.columns import BUCKETS, NO_DAY, ArticlePack, KeyPack, column


class ArticleRow(NamedTuple):
    """A new article, or a new version of one, beside its columns and its text."""

    number: int
    id: bytes  # 16 bytes
    source: str | None
    cleaned: bytes  # 16 bytes: text_digest


class FindingRow(NamedTuple):
    """What was found of an article, beside the finding itself."""

    number: int
    story: bytes  # 16 bytes
    written: bytes  # 16 bytes: hash of its last record


class StoryRow(NamedTuple):
    """A story that took others' place, or came out of one."""

    id: bytes  # 16 bytes
    replaces: tuple[bytes, ...]
    split_from: bytes | None


class Additions(NamedTuple):
    """Everything that one run adds, in any order; texts and findings in the order of their rows."""

    packs: Mapping[int, Sequence[bytes]]
    as_of: int
    articles: Sequence[ArticleRow]
    texts: Sequence[object]  # places of texts, as ``read`` takes them
    marks: Sequence[tuple[int, int, bool, int]]
    findings: Sequence[FindingRow]
    found: Sequence[object]  # places of findings, as ``read`` takes them
    stories: Sequence[StoryRow]
    versions: Sequence[tuple[int, str, str, str, str]]
    seen: Sequence[tuple[bytes, bytes]]  # digests of path and content


def contents_of(additions: Additions, read: object) -> Contents:
    """Sort everything that a run adds, for a segment.

    Args:
        additions: What the run left.
        read: Gives the encoded text or finding at a place.
    """
    order = sorted(range(len(additions.articles)), key=lambda at: additions.articles[at].number)
    rows = [additions.articles[at] for at in order]
    number = np.array([row.number for row in rows], np.int64)
    counts, keys = key_columns(additions.packs, number)
    facts = _facts(additions.packs.get(ARTICLE_PACKS, ()), number, additions.as_of)
    articles = table_of(
        ARTICLES,
        {
            "number": number,
            "id": [row.id for row in rows],
            "source": [row.source for row in rows],
            "cleaned": [row.cleaned for row in rows],
            **facts,
        },
    )
    placed = sorted(range(len(additions.findings)), key=lambda at: additions.findings[at].number)
    findings = [additions.findings[at] for at in placed]
    return Contents(
        articles=articles,
        counts=counts,
        keys=keys,
        texts=(read(additions.texts[at]) for at in order),
        marks=table_of(MARKS, _columns(MARKS, sorted(additions.marks))),
        outcomes=table_of(OUTCOMES, _columns(OUTCOMES, findings)),
        findings=(read(additions.found[at]) for at in placed),
        stories=table_of(STORIES, _columns(STORIES, sorted(additions.stories))),
        versions=table_of(
            VERSIONS,
            _columns(VERSIONS, sorted((*row[:3], bytes.fromhex(row[3]), row[4]) for row in additions.versions)),
        ),
        seen=table_of(SEEN, _columns(SEEN, sorted(additions.seen))),
    )


_NAMES = {
    MARKS: ("number", "family", "several", "component"),
    OUTCOMES: ("number", "story", "written"),
    STORIES: ("id", "replaces", "split_from"),
    VERSIONS: ("number", "crawled", "version_created", "content_sha256", "path"),
    SEEN: ("path", "content"),
}


def _columns(name: str, rows: Iterable[tuple]) -> dict[str, list]:
    names = _NAMES[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {one: list(column) for one, column in zip(names, columns, strict=True)}


def key_columns(
    packs: Mapping[int, Sequence[bytes]], number: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], list[NDArray[np.uint32]]]:
    """Keys by bucket, article after article.

    Args:
        packs: Of any composition, by bucket.
        number: The articles, ascending; keys of others are left out.

    Returns:
        How many keys each article has in each bucket; each bucket's keys.
    """
    counts = np.zeros((len(number), BUCKETS), np.uint32)
    keys: list[NDArray[np.uint32]] = []
    for bucket in range(BUCKETS):
        decoded = [msgspec.msgpack.decode(pack, type=KeyPack) for pack in packs.get(bucket, ())]
        owner = np.repeat(column(decoded, "number", np.int64), column(decoded, "keys", np.int32))
        key = column(decoded, "key", np.uint32)
        place = np.searchsorted(number, owner)
        known = number[np.minimum(place, len(number) - 1)] == owner if len(number) else np.zeros(len(owner), bool)
        place, key = place[known], key[known]
        counts[:, bucket] = np.bincount(place, minlength=len(number))
        keys.append(key[np.argsort(place, kind="stable")])
    return counts, keys


def _facts(packs: Sequence[bytes], number: NDArray[np.int64], as_of: int) -> dict[str, object]:
    """Columns of the articles, in the order of their numbers."""
    decoded = [msgspec.msgpack.decode(pack, type=ArticlePack) for pack in packs]
    known = column(decoded, "number", np.int64)
    place = np.argsort(known)[np.searchsorted(np.sort(known), number)]
    ends = np.cumsum(column(decoded, "credits", np.int32))
    agency = np.split(column(decoded, "agency", np.int64), ends[:-1]) if len(ends) else []
    day = column(decoded, "day", np.int32)
    return {
        "words": column(decoded, "words", np.int32)[place],
        "day": np.where(day == NO_DAY, as_of, day).astype(np.int32)[place],
        "keys": column(decoded, "keys", np.int32)[place],
        "agency": pa.array([agency[at] for at in place.tolist()], pa.list_(pa.int64())),
    }


def by_bucket(rows: Iterable[tuple[int, bytes]]) -> dict[int, list[bytes]]:
    """Packs by bucket."""
    packs: dict[int, list[bytes]] = defaultdict(list)
    for bucket, pack in rows:
        packs[bucket].append(pack)
    return packs
