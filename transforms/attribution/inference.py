"""Whose copy an article is when it does not say so: inferred from narrative that stands in copies that do.

Direct links only: a claim rests on passages that the article itself shares with a copy that is explicitly credited.
Quotations and background wording are no evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from schemas.article import CleanArticle
from schemas.records import CONTEXT, Evidence, InfoSource, Role
from schemas.reuse import SharedPassage
from transforms.attribution.confidence import LEAST, Support, confidence, may_stand_beside
from transforms.attribution.own import is_own_source
from transforms.attribution.registry import UNNAMED, Registry
from transforms.attribution.shares import Shown, Split, shown_by, split_joint
from transforms.composition.ids import reuse_id
from transforms.textreuse.columns import NO_DAY, day_number
from transforms.textreuse.fold import DOUBLE_QUOTES

# Passages shown as evidence of one claim; the longest that add new text. More prove no more, and records stay small.
_MOST_EVIDENCE = 8
# Days, 0..7, from a copy to which an agency contributed within which its wording speaks for the agency (the contract's
# figure for what belongs to one news moment).
_CONTRIBUTED_DAYS = 2
_OPENING = ('"', "“", "„", "«", "「", "『")  # what can open a quotation
# Passages that are too loose or too short to speak for anyone: share of equal words, and equal words. Found on the
# development sets, where they add recall to nobody and shorter ones are stock phrases ("the ministry said").
_LEAST_SIMILARITY = 0.5
_LEAST_WORDS = 4.0
_DIGEST_STORIES = 3  # 2..10: a copy that draws on so many stories, as tickers do, doesn't say which of them its credit is for


class Inference(NamedTuple):
    """What the passages of a component prove."""

    claims: dict[str, tuple[InfoSource, ...]]  # by article id; articles without an inferred claim are absent
    attributed_to: tuple[tuple[str, ...], ...]  # agency ids that each passage is evidence for


class Side(NamedTuple):
    """A passage as one of its articles sees it."""

    number: int  # of the passage
    start: int  # in this article's body
    end: int
    other: str  # article id
    other_start: int
    other_end: int
    words: float  # equal words


class View(NamedTuple):
    """What is known of the copies that one article shares narrative with."""

    shown: Mapping[str, Shown]
    splits: Mapping[str, Split]
    styles: frozenset[
        str
    ]  # agencies whose house style shows in the article, else in copies with which it shares narrative
    mates: frozenset[str]  # articles of the same story
    distributors: frozenset[str]  # agencies that hand on and do not write


def infer_claims(
    articles: Sequence[CleanArticle],
    passages: Sequence[SharedPassage],
    registry: Registry,
    stories: Mapping[str, frozenset[str]] | None = None,
) -> Inference:
    """Infer agencies for the articles of one component.

    Args:
        articles: All articles of the component.
        passages: What they share. Only narrative counts.
        registry: Names the agencies.
        stories: Of each article id the stories it draws on; None when they are not known: every two are of one story.

    Returns:
        Claims of basis inferred, each of confidence ``LEAST`` or more, with the passages it rests on; and for each
        passage, in the order given, the agencies it is evidence for.
    """
    by_id = {clean.article.id: clean for clean in articles}
    shown = {identity: found for identity, clean in by_id.items() if (found := shown_by(clean)) is not None}
    sides = _sides(passages)
    splits = split_joint(shown, sides)
    distributors = frozenset(a for copy in shown.values() for a, role in copy.agencies.items() if role == "distributor")
    distributors -= frozenset(
        a for copy in shown.values() for a, role in copy.agencies.items() if role != "distributor"
    )
    claims: dict[str, tuple[InfoSource, ...]] = {}
    used: dict[int, set[str]] = defaultdict(set)
    for identity in sorted(sides):
        clean = by_id[identity]
        mine = [
            side
            for side in sides[identity]
            if side.other in shown
            and len(stories[side.other] if stories else ()) < _DIGEST_STORIES
            and not _is_stale(clean, by_id[side.other], shown[side.other])
            and not _is_quoted(clean, by_id[side.other], side)
        ]
        if not mine or is_own_source(clean.credits):
            continue
        own = stories[identity] if stories else frozenset()
        view = View(
            shown,
            splits,
            _styles(clean, (by_id[side.other] for side in sides[identity])),
            frozenset(s.other for s in mine if not stories or own & stories[s.other]),
            distributors,
        )
        found = _claims_of(clean, mine, view, registry, passages)
        if found:
            claims[identity] = tuple(claim for claim, _ in found)
            for claim, numbers in found:
                for number in numbers:
                    used[number].add(claim.id)
    for number, passage in enumerate(passages):
        if passage.kind == "narrative" and passage.a_id in shown and passage.b_id in shown:
            used[number] |= shown[passage.a_id].agencies.keys() & shown[passage.b_id].agencies.keys()
    return Inference(claims, tuple(tuple(sorted(used[n])) if n in used else () for n in range(len(passages))))


def _sides(passages: Sequence[SharedPassage]) -> dict[str, list[Side]]:
    sides: dict[str, list[Side]] = defaultdict(list)
    for n, p in enumerate(passages):
        equal = p.words * p.similarity
        if p.kind == "narrative" and p.similarity >= _LEAST_SIMILARITY and equal >= _LEAST_WORDS:
            sides[p.a_id].append(Side(n, p.a_start, p.a_end, p.b_id, p.b_start, p.b_end, equal))
            sides[p.b_id].append(Side(n, p.b_start, p.b_end, p.a_id, p.a_start, p.a_end, equal))
    return sides


def _is_stale(clean: CleanArticle, other: CleanArticle, shown: Shown) -> bool:
    """Whether an agency only contributed to a copy of other days: what is printed of it again is background by then."""
    if shown.full:
        return False
    one, two = day_number(clean.article.first_created), day_number(other.article.first_created)
    return NO_DAY not in (one, two) and abs(one - two) > _CONTRIBUTED_DAYS


def _is_quoted(clean: CleanArticle, other: CleanArticle, side: Side) -> bool:
    """Whether the article puts a passage between quotation marks that the copy prints as its own prose.

    The marks decide at the passage's beginning: a quotation of several paragraphs is closed in the last one only.
    """
    passage = clean.cleaning.body_text[side.start : side.end]
    opens = passage[:1] in _OPENING and not any(mark in DOUBLE_QUOTES for mark in passage[1:])
    return opens and other.cleaning.body_text[side.other_start] not in DOUBLE_QUOTES


def _styles(clean: CleanArticle, copies: Iterable[CleanArticle]) -> frozenset[str]:
    """The agencies whose house style shows in the article, else in copies that share narrative with it."""
    own = frozenset(mark.agency for mark in clean.credits.marks)
    return own or frozenset(mark.agency for copy in copies for mark in copy.credits.marks)


def _claims_of(
    clean: CleanArticle, sides: list[Side], view: View, registry: Registry, passages: Sequence[SharedPassage]
) -> list[tuple[InfoSource, list[int]]]:
    """The claims of one article that reach ``LEAST``, each with the numbers of the passages that speak for it."""
    body = clean.cleaning.body_text
    explicit = {source.id: source for source in clean.credits.info_sources}
    if all(view.shown[side.other].agencies.keys() <= explicit.keys() for side in sides):
        return []  # whoever the copies credit, the article credits itself
    support = _support(view, sides, len(body.split()))
    judged = {agency: confidence(found) for agency, found in support.items() if agency not in explicit}
    kept = [
        agency
        for agency in sorted(judged, key=lambda agency: (-judged[agency], agency))
        if judged[agency] >= LEAST and (not _names_origin(explicit.values()) or may_stand_beside(support[agency]))
    ]
    claims = []
    for agency in kept:
        evidence, numbers = _evidence(body, agency, sides, view, passages)
        marks = [mark.evidence for mark in clean.credits.marks if mark.agency == agency]
        claim = InfoSource(
            id=agency,
            name=registry.agencies[agency].name if agency in registry.agencies else agency,
            role=_role(agency, sides, view.shown),
            basis="inferred",
            confidence=round(judged[agency], 4),
            joint_with=tuple(sorted(support[agency].joint - explicit.keys())),
            evidence=(*evidence, *marks),
        )
        claims.append((claim, numbers))
    return claims


def _names_origin(sources: Iterable[InfoSource]) -> bool:
    return any(source.role in ("origin", "distributor", "press_release") and source.id != UNNAMED for source in sources)


def _role(agency: str, sides: list[Side], shown: Mapping[str, Shown]) -> Role:
    roles = Counter(shown[side.other].agencies[agency] for side in sides if agency in shown[side.other].agencies)
    return min(roles, key=lambda role: (-roles[role], role))


def _support(view: View, sides: list[Side], words: int) -> dict[str, Support]:
    """How much of the article's text each agency's copies hold.

    The text is cut at the ends of all passages; of each stretch, the copies that hold it say whose it is.
    """
    edges = sorted({edge for side in sides for edge in (side.start, side.end)})
    opening: dict[int, list[int]] = defaultdict(list)  # numbers of sides by where they begin
    closing: dict[int, list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        opening[side.start].append(number)
        closing[side.end].append(number)
    parts = [_part(side, view) for side in sides]
    active: dict[int, _Part] = {}
    totals: dict[str, _Total] = defaultdict(_Total)
    for edge, following in zip(edges, edges[1:]):
        active.update((number, parts[number]) for number in opening[edge])
        for number in closing[edge]:
            del active[number]
        if active:
            for agency, stretch in _at(active.values(), view).items():
                totals[agency].add(following - edge, stretch)
    density = sum(side.words for side in sides) / max(1, sum(side.end - side.start for side in sides))
    return {agency: total.support(density, words) for agency, total in totals.items() if total.sure > 0}


class _Part(NamedTuple):
    """What one copy says of a passage that it holds."""

    alone: bool  # whether the copy credits one origin
    shares: dict[str, float]
    full: float
    same_story: bool
    origins: frozenset[str]


def _part(side: Side, view: View) -> _Part:
    copy = view.shown[side.other]
    alone = len(copy.origins) <= 1
    if alone:
        shares = dict.fromkeys(copy.agencies, 1.0)
    else:
        shares = view.splits[side.other].shares(side.other_start, side.other_end, view.styles)
        shares |= dict.fromkeys(copy.agencies.keys() - copy.origins, 1.0)  # who handed a joint credit on
    return _Part(alone, shares, copy.full, side.other in view.mates, copy.origins)


class _Stretch(NamedTuple):
    """Of a stretch of text, one agency's part."""

    share: float
    full: float
    same_story: bool
    rivals: frozenset[str]


class _Total:
    """Sums stretches of one agency; lengths in characters."""

    def __init__(self) -> None:
        self.length = self.sure = self.full = 0.0
        self.same_story = False
        self.rivals: frozenset[str] = frozenset()

    def add(self, length: int, stretch: _Stretch) -> None:
        self.length += length
        self.sure += length * stretch.share
        self.full += length * stretch.full
        self.same_story |= stretch.same_story
        self.rivals |= stretch.rivals

    def support(self, density: float, words: int) -> Support:
        return Support(
            words=self.length * density,
            share=min(1.0, self.length * density / max(1, words)),
            certain=self.sure / self.length,
            full=self.full / self.length,
            same_story=self.same_story,
            joint=self.rivals,
        )


def _at(active: Iterable[_Part], view: View) -> dict[str, _Stretch]:
    """Whose a stretch is. Copies that credit one agency alone decide over copies that credit several."""
    alone: dict[str, int] = defaultdict(int)
    rest: dict[str, float] = defaultdict(float)
    full: dict[str, float] = defaultdict(float)
    near: set[str] = set()
    rivals: dict[str, frozenset[str]] = defaultdict(frozenset)
    for part in active:
        for agency, share in part.shares.items():
            alone[agency] += part.alone
            rest[agency] = max(rest[agency], share)
            full[agency] = max(full[agency], part.full)
            if share < 1:
                rivals[agency] |= part.origins - {agency}
            if part.same_story:
                near.add(agency)
    single = {agency: copies for agency, copies in alone.items() if copies}
    if single:
        origins = sum(copies for agency, copies in single.items() if agency not in view.distributors) or 1
        rest = {a: n / origins if a not in view.distributors else 1.0 for a, n in single.items()}
        rivals = defaultdict(frozenset)
    return {a: _Stretch(min(1.0, share), full[a], a in near, rivals[a]) for a, share in rest.items() if share > 0}


def _evidence(
    body: str, agency: str, sides: list[Side], view: View, passages: Sequence[SharedPassage]
) -> tuple[list[Evidence], list[int]]:
    """The passages that the claim rests on: the strongest first, as long as they add text."""
    ranked = []
    for side in sides:
        copy = view.shown[side.other]
        if agency not in copy.agencies:
            continue
        if len(copy.origins) <= 1:
            share, rule = 1.0, "shared_wording.single_credit"
        else:
            share = view.splits[side.other].shares(side.other_start, side.other_end, view.styles).get(agency, 0.0)
            rule = "shared_wording.joint_credit"
        if share > 0:
            ranked.append((share * side.words, side, rule))
    ranked.sort(key=lambda entry: (-entry[0], entry[1].start, entry[1].other))
    taken: list[tuple[Side, str]] = []
    for _, side, rule in ranked:
        if len(taken) == _MOST_EVIDENCE:
            break
        if all(side.end <= other.start or side.start >= other.end for other, _ in taken):
            taken.append((side, rule))
    taken.sort(key=lambda entry: (entry[0].start, entry[0].other))
    proofs = [
        Evidence(
            kind="shared_wording",
            place="body",
            start=side.start,
            end=side.end,
            exact=body[side.start : side.end],
            prefix=body[max(0, side.start - CONTEXT) : side.start],
            suffix=body[side.end : side.end + CONTEXT],
            rule=rule,
            reuse_id=reuse_id(passages[side.number]),
            article_id=side.other,
        )
        for side, rule in taken
    ]
    return proofs, [side.number for _, side, _ in ranked]
