"""Columns of some articles of a state beside new ones, in the forms that the search takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from transforms.state.table import Table
from transforms.textreuse.candidates import Articles, Group, Verdict, judge_bucket
from transforms.textreuse.columns import KeyPack
from transforms.textreuse.edges import Edges

_PHANTOM = 1 << 60  # the least number that no article can have


class Entries(NamedTuple):
    """Which row of a table has which key of a bucket."""

    key: NDArray[np.uint32]
    row: NDArray[np.int64]

    @staticmethod
    def empty() -> Entries:
        return Entries(np.zeros(0, np.uint32), np.zeros(0, np.int64))

    @staticmethod
    def join(parts: Sequence[Entries]) -> Entries:
        """All entries of some; repeated ones stay."""
        if not parts:
            return Entries.empty()
        return Entries(np.concatenate([one.key for one in parts]), np.concatenate([one.row for one in parts]))

    def where(self, chosen: NDArray[np.bool_]) -> Entries:
        """The chosen entries."""
        return Entries(self.key[chosen], self.row[chosen])

    def distinct(self) -> Entries:
        """Each entry once, by row and key."""
        code = np.unique(self.row << 32 | self.key.astype(np.int64))
        return Entries((code & 0xFFFFFFFF).astype(np.uint32), code >> 32)


def pack_entries(entries: Entries, table: Table) -> bytes:
    """Entries as a pack of the columns that cross the shuffle. They are distinct, so in the order of rows."""
    starts = np.flatnonzero(np.diff(entries.row, prepend=-1))
    rows = entries.row[starts]
    return msgspec.msgpack.encode(
        KeyPack(
            table.number[rows].tobytes(),
            table.words[rows].tobytes(),
            table.day[rows].tobytes(),
            np.diff(starts, append=len(entries.row)).astype(np.int32).tobytes(),
            entries.key.tobytes(),
        )
    )


class Labels(NamedTuple):
    """The group of near-copies of articles, by number ascending."""

    number: NDArray[np.int64]
    label: NDArray[np.int64]
    several: NDArray[np.bool_]  # whether the group has more articles, here or elsewhere

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Label and several of articles, all of which are here."""
        at = np.searchsorted(self.number, numbers)
        return self.label[at], self.several[at]


def judge(group: Group, labels: Labels, horizon: int) -> Verdict:
    """``judge_bucket`` with what is known of articles that share no key of the bucket."""
    number = np.unique(np.frombuffer(group.number, np.int64))
    label, several = labels.of(number)
    elsewhere = np.unique(label[several])  # one more member each: a group that has several here or elsewhere isn't single
    phantoms = _PHANTOM + np.arange(len(elsewhere))
    return judge_bucket(group, np.concatenate((number, phantoms)), np.concatenate((label, elsewhere)), horizon)


class Rows(NamedTuple):
    """Articles of the table that stay, and new ones, as one table by number."""

    articles: Articles
    row: NDArray[np.int64]  # of the state's table, -1 for a new article
    inside: NDArray[np.bool_]  # in question

    @staticmethod
    def of(table: Table, new: Articles, gone: NDArray[np.bool_], inside: NDArray[np.bool_]) -> Rows:
        """Merge both."""
        stay = np.flatnonzero(~gone)
        number = np.concatenate((table.number[stay], new.number))
        order = np.argsort(number, kind="stable")
        row = np.concatenate((stay, np.full(len(new.number), -1)))[order]
        articles = Articles(
            number[order],
            np.concatenate((table.words[stay], new.words))[order],
            np.concatenate((table.day[stay], new.day))[order],
            np.concatenate((table.keys[stay], new.keys))[order],
            (),
        )
        within = np.concatenate((inside[stay], np.ones(len(new.number), bool)))[order]
        agencies: list[tuple[int, ...]] = [()] * len(order)
        known = np.flatnonzero(within & (row >= 0))
        for place, own in zip(known.tolist(), table.agencies(row[known]), strict=True):
            agencies[place] = own
        for place, own in zip(np.flatnonzero(row < 0).tolist(), new.agencies, strict=True):
            agencies[place] = own
        return Rows(articles._replace(agencies=tuple(agencies)), row, within)

    def _ends(self, edges: Edges) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        number = self.articles.number
        a, b = (np.searchsorted(number, np.frombuffer(side, np.int64)) for side in (edges.a, edges.b))
        return self.inside[a], self.inside[b]

    def touching(self, edges: Edges) -> Edges:
        """The edges with an end inside: only their counts are whole."""
        a, b = self._ends(edges)
        return _chosen(edges, a | b)

    def within(self, verdict: Verdict) -> Verdict:
        """A verdict on the inside alone."""
        a, b = self._ends(verdict.edges)
        key, article = np.frombuffer(verdict.background, np.int64), np.frombuffer(verdict.article, np.int64)
        hit = self.inside[np.searchsorted(self.articles.number, article)]
        return Verdict(_chosen(verdict.edges, a & b), key[hit].tobytes(), article[hit].tobytes())

    def outside(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of the places that are outside."""
        places = np.unique(places)
        return self.row[places[~self.inside[places]]]

    def outside_linked(self, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows outside that near_copies, run over edges that touch the inside, put into a group with others."""
        linked = ~self.inside & (labels != self.articles.number)
        heads = np.isin(self.articles.number, labels[labels != self.articles.number]) & ~self.inside
        return self.row[linked | heads]

    def inside_articles(self) -> Articles:
        """The articles inside."""
        chosen = np.flatnonzero(self.inside)
        whole = self.articles
        agencies = tuple(whole.agencies[place] for place in chosen.tolist())
        return Articles(whole.number[chosen], whole.words[chosen], whole.day[chosen], whole.keys[chosen], agencies)

    def merge_labels(self, labels: NDArray[np.int64], table: Table) -> Labels:
        """Computed labels inside, remembered ones outside."""
        known = ~self.inside
        label = labels.copy()
        label[known] = table.family[self.row[known]]
        _, group, size = np.unique(labels, return_inverse=True, return_counts=True)
        several = size[group] > 1
        several[known] = table.several[self.row[known]]
        return Labels(self.articles.number, label, several)

    @staticmethod
    def labels_before(table: Table) -> Labels:
        """Labels as they are remembered."""
        return Labels(table.number, table.family, table.several)


def _chosen(edges: Edges, chosen: NDArray[np.bool_]) -> Edges:
    columns = ((edges.a, np.int64), (edges.b, np.int64), (edges.shared, np.int32))
    return Edges(*(np.frombuffer(one, kind)[chosen].tobytes() for one, kind in columns))
