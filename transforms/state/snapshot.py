"""A whole state as one run sees it: its tables joined over all segments, its keys and texts where they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.article import CleanArticle
from schemas.errors import ConfigurationError
from transforms.state.blocks import Blocks, Place
from transforms.state.findings import Finding
from transforms.state.manifest import SEGMENTS, Manifest
from transforms.state.segment import (
    ARTICLES,
    FINDINGS,
    MARKS,
    OUTCOMES,
    SEEN,
    STORIES,
    TEXTS,
    VERSIONS,
    Segment,
    digests,
)
from transforms.state.table import Table, mates
from transforms.textreuse.columns import BUCKETS

_FILTER_BITS = 22  # 16 to 26: bits of a key that are looked up first, in a table that a processor's cache can hold


class Known(NamedTuple):
    """The newest row of each article in one kind of table, by number ascending."""

    number: NDArray[np.int64]
    segment: NDArray[np.int32]
    row: NDArray[np.int64]  # of the segment's table
    columns: dict[str, NDArray]

    def at(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Position of each number, -1 for what isn't there."""
        if not len(self.number):
            return np.full(len(numbers), -1, np.int64)
        place = np.minimum(np.searchsorted(self.number, numbers), len(self.number) - 1)
        return np.where(self.number[place] == numbers, place, -1)


class StoryPast(NamedTuple):
    """Where a story comes from."""

    replaces: tuple[str, ...]
    split_from: str | None


class Snapshot:
    """Reads a state; implements ``transforms.state.table.Store``.

    Everything is read when it is first asked for. Pickles as the folder and the manifest.

    Raises:
        ConfigurationError: From any method, if a file can't be read; the message names it.
    """

    def __init__(self, folder: Path, manifest: Manifest):
        self.folder = Path(folder)
        self.manifest = manifest

    def __reduce__(self) -> tuple:
        return Snapshot, (self.folder, self.manifest)

    @cached_property
    def segments(self) -> list[Segment]:
        """All segments, later ones override earlier ones."""
        return [Segment(self.folder / SEGMENTS / entry.name, entry) for entry in self.manifest.segments]

    def newest(self, name: str, columns: Sequence[str], fixed: Sequence[str] = ()) -> Known:
        """The newest row of each article in one kind of table, with some of its columns.

        Args:
            name: Of the table.
            columns: Numbers.
            fixed: Digests of 16 bytes.
        """
        tables = [segment.table(name, ["number", *columns, *fixed]) for segment in self.segments]
        empty = np.zeros(0, np.int64)
        number = np.concatenate([empty, *(table["number"].to_numpy() for table in tables)])
        segment = np.repeat(np.arange(len(tables), dtype=np.int32), [len(table) for table in tables])
        row = np.concatenate([empty, *(np.arange(len(table)) for table in tables)])
        order = np.argsort(number, kind="stable")  # of equal numbers the latest segment comes last
        last = np.diff(number[order], append=-1) != 0
        chosen = order[last]
        if not tables:
            return Known(empty, segment, row, dict.fromkeys((*columns, *fixed), empty))
        joined = {one: np.concatenate([table[one].to_numpy() for table in tables])[chosen] for one in columns}
        joined |= {one: np.concatenate([digests(table[one]) for table in tables])[chosen] for one in fixed}
        return Known(number[chosen], segment[chosen], row[chosen], joined)

    @cached_property
    def articles(self) -> Known:
        """Articles."""
        return self.newest(ARTICLES, ["words", "day", "keys", "offset", "size", "at"], ["id", "cleaned"])

    @cached_property
    def outcomes(self) -> Known:
        """What was found of articles."""
        return self.newest(OUTCOMES, ["offset", "size", "at"], ["story", "written"])

    @cached_property
    def versions(self) -> Known:
        """The newest document of each article."""
        return self.newest(VERSIONS, [])

    @cached_property
    def table(self) -> Table:
        """All articles in numbers."""
        articles = self.articles
        marks = self.newest(MARKS, ["family", "several", "component"])
        at = marks.at(articles.number)
        credits = np.zeros(len(articles.number), np.int32)
        agencies: list[NDArray[np.int64]] = []
        for number, segment in enumerate(self.segments):
            mine = np.flatnonzero(articles.segment == number)
            lists = segment.table(ARTICLES, ["agency"])["agency"].combine_chunks()
            lists = pa.concat_arrays(lists.chunks) if isinstance(lists, pa.ChunkedArray) else lists
            if not len(lists):
                continue
            ends = lists.offsets.to_numpy().astype(np.int64)
            values = lists.values.to_numpy()
            start, count = ends[articles.row[mine]], np.diff(ends)[articles.row[mine]]
            credits[mine] = count
            agencies.append(np.stack((np.repeat(mine, count), values[ranges(start, count)])))
        found = np.concatenate(agencies, axis=1) if agencies else np.zeros((2, 0), np.int64)
        return Table(
            number=articles.number,
            words=articles.columns["words"],
            day=articles.columns["day"],
            keys=articles.columns["keys"],
            credits=credits,
            agency=found[1][np.argsort(found[0], kind="stable")],
            family=marks.columns["family"][at],
            several=marks.columns["several"][at].astype(bool),
            component=marks.columns["component"][at],
        )

    def days_of_mates(self) -> NDArray[np.int32]:
        """For each article the latest day of those that are in its component or its group of near-copies."""
        label = mates(self.table)
        latest = np.full(len(label), np.iinfo(np.int32).min, np.int32)
        np.maximum.at(latest, label, self.table.day)
        return latest[label]

    def has_older_keys(self, first_day: int) -> bool:
        """Whether articles whose mates are all older than a day still have fingerprints."""
        old = np.flatnonzero(self.days_of_mates() < first_day)
        return any(len(key) for _, key, _ in self.keys_of(old)) if len(old) else False

    @cached_property
    def _rows(self) -> list[NDArray[np.int64]]:
        """For each segment, the row of the table that each of its articles is; -1 for what was replaced."""
        rows = [np.full(segment.entry.articles, -1, np.int64) for segment in self.segments]
        for number, own in enumerate(rows):
            mine = np.flatnonzero(self.articles.segment == number)
            own[self.articles.row[mine]] = mine
        return rows

    def matching(
        self, bucket: int, wanted: NDArray[np.uint32], window: tuple[int, int]
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """See ``Store``."""
        shift = np.uint32(32 - _FILTER_BITS)
        likely = np.zeros(1 << _FILTER_BITS, bool)
        likely[wanted >> shift] = True
        keys, rows = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        for segment, own in zip(self.segments, self._rows, strict=True):
            if segment.entry.last_day < window[0] or segment.entry.first_day > window[1]:
                continue
            key = segment.keys(bucket)
            hits = np.flatnonzero(likely[key >> shift])
            found = key[hits]
            equal = wanted[np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)] == found
            row = own[np.searchsorted(segment.ends(bucket), hits[equal], side="right")]
            keys.append(found[equal][row >= 0])
            rows.append(row[row >= 0])
        return np.concatenate(keys), np.concatenate(rows)

    def keys_of(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.uint32], NDArray[np.int64]]]:
        """See ``Store``."""
        owners = self.articles.segment[rows]
        for number, segment in enumerate(self.segments):
            mine = rows[owners == number]
            if not len(mine):
                continue
            at = self.articles.row[mine]
            for bucket in range(BUCKETS):
                ends = segment.ends(bucket)
                start = np.where(at > 0, ends[at - 1], 0)
                count = ends[at] - start
                yield bucket, segment.keys(bucket)[ranges(start, count)], np.repeat(mine, count)

    def seen(self) -> dict[bytes, bytes]:
        """For each path that earlier runs read, digests of it and of its last content."""
        found: dict[bytes, bytes] = {}
        for segment in self.segments:
            table = segment.table(SEEN)
            found.update(zip(digests(table["path"]).tolist(), digests(table["content"]).tolist(), strict=True))
        return found

    def version(self, number: int) -> tuple[str, str, str, str] | None:
        """Crawl date, version date, content_sha256 and path of an article's newest document; None: not known."""
        (at,) = self.versions.at(np.array([number])).tolist()
        if at < 0:
            return None
        table = self._version_tables[self.versions.segment[at]]
        (row,) = table.slice(self.versions.row[at], 1).to_pylist()
        return row["crawled"], row["version_created"], row["content_sha256"].hex(), row["path"]

    @cached_property
    def _version_tables(self) -> list[pa.Table]:
        return [segment.table(VERSIONS) for segment in self.segments]

    @cached_property
    def _texts(self) -> list[Blocks]:
        return [Blocks(segment.folder / TEXTS) for segment in self.segments]

    @cached_property
    def _findings(self) -> list[Blocks]:
        return [Blocks(segment.folder / FINDINGS) for segment in self.segments]

    def text(self, number: int) -> CleanArticle:
        """An article of the state."""
        return self.text_at(int(self.articles.at(np.array([number]))[0]))

    def text_at(self, position: int) -> CleanArticle:
        """The article at a position of ``articles``."""
        return self._decode(_decode_article, self.read_text(position))

    def _decode(self, decode: Callable[[bytes], Any], encoded: bytes) -> Any:
        try:
            return decode(encoded)
        except msgspec.DecodeError as error:
            raise ConfigurationError(
                f"state {self.folder}: its texts were written by another release: {error}; run that one"
            ) from error

    def read_text(self, position: int) -> bytes:
        """The article at a position of ``articles``, encoded."""
        return _read(self._texts, self.articles, position)

    def finding(self, number: int) -> Finding:
        """What was found of an article."""
        position = int(self.outcomes.at(np.array([number]))[0])
        return self._decode(_decode_finding, self.read_finding(position))

    def read_finding(self, position: int) -> bytes:
        """What was found of the article at a position of ``outcomes``, encoded."""
        return _read(self._findings, self.outcomes, position)

    def story_of(self, numbers: NDArray[np.int64]) -> dict[int, tuple[str, bytes]]:
        """Story and hash of the last record of those articles that the state has."""
        at = self.outcomes.at(numbers)
        stories, written = self.outcomes.columns["story"], self.outcomes.columns["written"]
        return {
            number: (stories[place].tobytes().hex(), written[place].tobytes())
            for number, place in zip(numbers.tolist(), at.tolist(), strict=True)
            if place >= 0
        }

    def pasts(self) -> dict[str, StoryPast]:
        """Of stories that replaced others or came out of one: which."""
        found: dict[str, StoryPast] = {}
        for segment in self.segments:
            for row in segment.table(STORIES).to_pylist():
                split = row["split_from"]
                replaces = tuple(sorted(one.hex() for one in row["replaces"]))
                found[row["id"].hex()] = StoryPast(replaces, split.hex() if split else None)
        return found

    def close(self) -> None:
        """Close all files."""
        for blocks in (*self.__dict__.get("_texts", ()), *self.__dict__.get("_findings", ())):
            blocks.close()


_decode_article = msgspec.msgpack.Decoder(CleanArticle).decode
_decode_finding = msgspec.msgpack.Decoder(Finding).decode


def _read(files: list[Blocks], known: Known, position: int) -> bytes:
    columns = known.columns
    place = Place(int(columns["offset"][position]), int(columns["size"][position]), int(columns["at"][position]))
    return files[known.segment[position]].read(place)


def ranges(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """start[0], start[0] + 1, … (count[0] numbers), start[1], …"""
    total = int(count.sum())
    return np.arange(total) + np.repeat(start - (np.cumsum(count) - count), count)
