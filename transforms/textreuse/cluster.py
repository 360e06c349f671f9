"""Stories out of measured links: sets of articles that agree with a story's body, not chains of single links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from msgspec.structs import replace

from schemas.reuse import Aligned, Component, Link, StoryPart
from transforms.textreuse.columns import NO_DAY, day_number, explicit_agencies
from transforms.textreuse.derive import derive
from transforms.textreuse.evidence import Tie, all_ties, told_share
from transforms.textreuse.linkage import AGREE, LINKAGE_ARTICLES, connected, linked, parts_small_enough
from transforms.textreuse.merged import are_one_text, find_merged
from transforms.textreuse.spans import Spans, length, overlap, union

ATTACH = 0.19  # the same, 0..1: average of the links that join two groups in which not all are linked
ATTACH_MEMBERS = 0.5  # share of each group's articles, 0..1: that these links must reach
IN_BODY = 0.5  # share, 0..1: of what ties an article to a member of a group, that the group's other members have too
APART = 0.1  # share, 0..1: of the lesser of two parts of an article; with less overlap they lie apart
BODY_SHARE = 0.5  # share of a member, 0..1: from here all of it counts as the story's, and others may have cut it
ALSO_SHARE = 0.15  # share of an article, 0..1: wording of another story from which it is a source too
ALSO_SHARE_MERGED = 0.04  # share, 0..1: the same for an article that two stories make up anyway
ALSO_OWN = 0.5  # share of that wording, 0..1: that its main story must not have
REPRESENTED = (0.9, 0.8, 0.7, 0.6)  # share of it that stands in the fuller one; the less as long as too many are left
MOST_CELLS = 1 << 24  # words of a hub times its neighbours, 2^20..2^28: beyond (64 MB) it estimates nothing


def cluster_stories(aligned: Aligned) -> Component:
    """Decide which articles are one story, and what each owes to which.

    A function of the articles and their links alone.

    Args:
        aligned: A pack of components.

    Returns:
        The component: stories, also_from, derivation.
    """
    count = len(aligned.articles)
    ties = all_ties(aligned)
    links = {
        (link.a, link.b): link for link in aligned.links if ties[link.a, link.b] in ("narrative", "quotation")
    }
    story = list(range(count))
    also: list[tuple[int, ...]] = [()] * count
    for members in connected(range(count), links):
        if len(members) == 2:
            story[members[1]] = members[0]
        else:
            _Stories(aligned, members, links, ties).tell(story, also)
    aligned = _without_forms(aligned, ties)
    return Component(articles=aligned.articles, passages=aligned.passages, reuse=_reuse(aligned, story, also))


def _without_forms(aligned: Aligned, ties: Mapping[tuple[int, int], Tie]) -> Aligned:
    """The words of a form are background, for they say of nobody who filled it in: they link nothing, and are no reuse."""
    ids = [article.article.id for article in aligned.articles]
    forms = {(ids[a], ids[b]) for (a, b), kind in ties.items() if kind == "form"}
    if not forms:
        return aligned
    passages = tuple(
        replace(passage, kind="background") if (passage.a_id, passage.b_id) in forms else passage
        for passage in aligned.passages
    )
    links = tuple(link for link in aligned.links if ties[link.a, link.b] != "form")
    return replace(aligned, passages=passages, links=links)


def _reuse(aligned: Aligned, story: Sequence[int], also: Sequence[tuple[int, ...]]) -> tuple[StoryPart, ...]:
    ids = [article.article.id for article in aligned.articles]
    owed = derive(aligned, [{story[index], *also[index]} for index in range(len(ids))])
    return tuple(
        StoryPart(
            article_id=ids[index],
            words=aligned.words[index],
            story=ids[story[index]],
            also_from=tuple(ids[other] for other in also[index]),
            derivation=owed[index].derivation,
            reused_share=owed[index].share,
            reused=owed[index].spans,
        )
        for index in range(len(ids))
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


class _Stories:
    """The stories of one connected set of articles."""

    def __init__(
        self,
        aligned: Aligned,
        members: list[int],
        links: Mapping[tuple[int, int], Link],
        ties: Mapping[tuple[int, int], Tie],
    ):
        self._words = aligned.words
        self._members = members
        self._own: dict[int, dict[int, Spans]] = {member: {} for member in members}
        self._agreement: dict[tuple[int, int], float] = {}  # of pairs that more than quotations joins
        inside = set(members)
        self._links = [pair for pair in links if pair[0] in inside]
        self._aligned = {(link.a, link.b) for link in aligned.links if link.a in inside}
        for a, b in self._links:
            link = links[a, b]
            self._own[a][b], self._own[b][a] = link.a_spans, link.b_spans
            if ties[a, b] == "narrative":
                self._agreement[a, b] = told_share(aligned, link)
        self._quoting = {pair for pair in self._links if pair not in self._agreement}
        self._source = {member: aligned.articles[member].article.publisher for member in members}
        self._day = {member: day_number(aligned.articles[member].article.first_created) for member in members}
        self._agencies = {member: explicit_agencies(aligned.articles[member]) for member in members}
        told = {
            one: {other: spans for other, spans in own.items() if _pair(one, other) in self._agreement}
            for one, own in self._own.items()
        }
        self._merged = find_merged(told, self._words, self._agencies)
        self._pure = [member for member in members if member not in self._merged]

    def tell(self, story: list[int], also: list[tuple[int, ...]]) -> None:
        """Write each member's story and further stories, as the least article of each."""
        groups = self._attach(self._agree())
        home = {member: place for place, group in enumerate(groups) for member in group}
        full = [list(group) for group in groups]
        for member in sorted(self._merged):
            regions = [length(self._region(member, group)) for group in groups]
            twins = [other for other in self._own[member] if other in self._merged and other in home]
            twins = [other for other in twins if are_one_text(member, other, self._own, self._words)]
            if twins:
                home[member] = home[min(twins)]
                full[home[member]].append(member)
            elif any(regions):
                home[member] = regions.index(max(regions))
                full[home[member]].append(member)
            else:
                home[member] = len(full)
                full.append([member])
        for member in self._members:
            story[member] = min(full[home[member]])
            others = self._further(member, home[member], groups)
            also[member] = tuple(sorted(min(full[place]) for place in others))

    def _further(self, member: int, home: int, groups: Sequence[Sequence[int]]) -> list[int]:
        own = self._own[member]
        if len(groups) < 2 or not own:
            return []
        main = self._region(member, groups[home]) if home < len(groups) else []
        least = ALSO_SHARE_MERGED if member in self._merged else ALSO_SHARE
        found = []
        for place, group in enumerate(groups):
            if place != home:
                apart = self._quoting if self._credit_others([member], group) else ()
                region = self._region(member, (one for one in group if _pair(member, one) not in apart))
                fresh = length(region) - overlap(region, main)
                if fresh and fresh >= least * self._words[member] and fresh >= ALSO_OWN * length(region):
                    found.append(place)
        return found

    def _region(self, member: int, others: Iterable[int]) -> Spans:
        """Words of an article that stand in one of the others."""
        own = self._own[member]
        return union(span for other in others for span in own.get(other, ()))

    def _agree(self) -> list[list[int]]:
        """Groups of articles that aren't merged and agree on average."""
        leader = self._leaders()
        rows = sorted(set(leader.values()))
        standing = set(rows)
        agreement = {pair: share for pair, share in self._agreement.items() if standing.issuperset(pair)}
        agreement |= self._estimates(standing)
        weight: dict[int, int] = defaultdict(int)
        for member in self._pure:
            weight[leader[member]] += 1
        group = {row: row for row in rows}
        for part in parts_small_enough(rows, agreement):
            group.update(linked(part, agreement, weight))
        sets: dict[int, list[int]] = defaultdict(list)
        for member in self._pure:
            sets[group[leader[member]]].append(member)
        return list(sets.values())

    def _leaders(self) -> dict[int, int]:
        """The article that stands for each, itself in a set small enough to compare all."""
        leader = {member: member for member in self._pure}
        for least in REPRESENTED:
            if len(set(leader.values())) <= LINKAGE_ARTICLES:
                break
            leader = self._represented(least)
        return leader

    def _represented(self, least: float) -> dict[int, int]:
        leader = {member: member for member in self._pure}
        for member in self._pure:
            fuller = [
                (self._words[other], -other)
                for other, spans in self._own[member].items()
                if other in leader
                and (self._words[other], -other) > (self._words[member], -member)
                and length(spans) >= least * self._words[member]
            ]
            if fuller:
                leader[member] = -max(fuller)[1]
        for member in leader:  # from the fuller to the fullest; each step goes to a fuller one, so it ends
            while leader[leader[member]] != leader[member]:
                leader[member] = leader[leader[member]]
        return leader

    def _estimates(self, rows: set[int]) -> dict[tuple[int, int], float]:
        """Agreement of articles that were not aligned with each other, from where they stand in a common neighbour."""
        found: dict[tuple[int, int], float] = {}
        for hub in self._members:  # a merged article too: what overlaps in it is the same part of it
            own = self._own[hub]
            others = sorted(other for other in rows.intersection(own) if _pair(hub, other) in self._agreement)
            if len(others) > LINKAGE_ARTICLES or len(others) * self._words[hub] > MOST_CELLS:
                continue
            places = combinations(range(len(others)), 2)
            unknown = [(one, two) for one, two in places if (others[one], others[two]) not in self._aligned]
            if not unknown:
                continue
            covered = np.zeros((len(others), self._words[hub]), np.float32)  # which words of the hub each one has
            for place, other in enumerate(others):
                for start, end in own[other]:
                    covered[place, start:end] = 1
            size = np.array([self._words[other] for other in others])
            share = (covered @ covered.T / np.minimum.outer(size, size)).tolist()
            for one, two in unknown:
                pair = others[one], others[two]
                found[pair] = max(share[one][two], found.get(pair, 0.0))
        return found

    def _attach(self, groups: list[list[int]]) -> list[list[int]]:
        """Give single articles, and groups that many links tie, to the group that they share most with.

        In rounds: a single article joins the group it shares most with, groups that share most with each other join.
        """
        home = {member: place for place, group in enumerate(groups) for member in group}
        while True:
            best = self._best_partners(groups, home)
            joined: set[int] = set()
            gone: set[int] = set()
            for lesser in sorted(best, key=lambda at: (len(groups[at]), min(groups[at]))):
                greater = best[lesser]
                mutual = best.get(greater) == lesser
                grows = len(groups[lesser]) == 1 and len(groups[greater]) > 1
                if lesser in joined or greater in gone or not (grows or (mutual and greater not in joined)):
                    continue
                joined |= {lesser, greater}
                gone.add(lesser)
                for member in groups[lesser]:
                    home[member] = greater
                groups[greater] = sorted(groups[greater] + groups[lesser])
                groups[lesser] = []
            if not joined:
                return sorted((group for group in groups if group), key=min)

    def _best_partners(self, groups: list[list[int]], home: dict[int, int]) -> dict[int, int]:
        """Of each group the one that it may join and shares most with."""
        bridges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for a, b in self._links:
            if a in home and b in home and home[a] != home[b]:
                lesser, greater = sorted((home[a], home[b]), key=lambda at: (len(groups[at]), -min(groups[at])))
                bridges[lesser, greater].append((a, b) if home[a] == lesser else (b, a))
        best: dict[int, tuple[int, bool, int, int]] = {}
        for (lesser, greater), pairs in bridges.items():
            if self._may_attach(groups[lesser], groups[greater], pairs):
                shared = max(length(self._own[inner][outer]) for inner, outer in pairs)
                for one, other in ((lesser, greater), (greater, lesser)):
                    rank = (shared, len(groups[other]) > 1, -min(groups[other]), other)
                    best[one] = max(best.get(one, rank), rank)
        return {one: rank[-1] for one, rank in best.items()}

    def _in_body(self, member: int, newcomer: int, group: Sequence[int]) -> bool:
        """Whether what a newcomer shares with a member is the story's, not the member's own work beside it."""
        region = self._own[member][newcomer]
        body = self._region(member, (other for other in group if other != member))
        return (
            overlap(region, body) >= IN_BODY * length(region) or length(body) >= BODY_SHARE * self._words[member]
        )

    def _only_bridged(self, group: Sequence[int], linked: set[int], other: Sequence[int]) -> bool:
        """Whether a group hangs on another only by members in which the two are parts that lie apart."""
        rest = [member for member in group if member not in linked]
        return bool(rest) and all(
            overlap(self._region(member, rest), self._region(member, other))
            < APART * min(length(self._region(member, rest)), length(self._region(member, other)))
            for member in linked
        )

    def _other_reports(self, group: Sequence[int], other: Sequence[int]) -> bool:
        """Whether two groups are reports of other days, each in several sources, or credit agencies, but none that both do."""
        if any(len({self._source[member] for member in members}) < 2 for members in (group, other)):
            return self._credit_others(group, other)
        one, two = ({self._day[member] for member in members} - {NO_DAY} for members in (group, other))
        return bool(one and two and one.isdisjoint(two)) or self._credit_others(group, other)

    def _credit_others(self, group: Sequence[int], other: Sequence[int]) -> bool:
        """Whether both groups credit agencies, but none that both do."""
        one, two = ({name for member in members for name in self._agencies[member]} for members in (group, other))
        return bool(one and two) and one.isdisjoint(two)

    def _may_attach(self, lesser: list[int], greater: list[int], pairs: list[tuple[int, int]]) -> bool:
        if all(_pair(*pair) in self._quoting for pair in pairs) and self._credit_others(lesser, greater):
            return False
        if len(lesser) == 1:
            return len(greater) == 1 or any(self._in_body(outer, inner, greater) for inner, outer in pairs)
        pairs = [pair for pair in pairs if _pair(*pair) in self._agreement]  # two groups may quote one speech
        shares = [self._agreement[_pair(*pair)] for pair in pairs]
        inner, outer = ({pair[side] for pair in pairs} for side in (0, 1))
        if self._only_bridged(lesser, inner, greater):
            return False
        if self._other_reports(lesser, greater):
            least = AGREE * sum(_pair(one, other) in self._aligned for one in lesser for other in greater)
        else:
            least = ATTACH * len(shares)
        return (
            sum(shares) >= least
            and len(inner) >= ATTACH_MEMBERS * len(lesser)
            and len(outer) >= ATTACH_MEMBERS * len(greater)
        )
