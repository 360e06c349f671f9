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
from transforms.attribution.confidence import LEAST, confidence, may_stand_beside
from transforms.attribution.own import is_own_source
from transforms.attribution.registry import UNNAMED, Registry
from transforms.attribution.shares import Shown, shown_by, split_joint
from transforms.attribution.support import Side, View, support_of
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
            _own_origin(shown.get(identity)),
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


def _own_origin(shown: Shown | None) -> str | None:
    """The one agency that an article credits with its whole text."""
    return next(iter(shown.origins)) if shown is not None and shown.full and len(shown.origins) == 1 else None


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
    support = support_of(view, sides, len(body.split()))
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


def _evidence(
    body: str, agency: str, sides: list[Side], view: View, passages: Sequence[SharedPassage]
) -> tuple[list[Evidence], list[int]]:
    """The passages that the claim rests on: the strongest first, as long as they add text."""
    ranked = []
    for side in sides:
        copy = view.shown[side.other]
        if agency not in copy.agencies:
            continue
        if side.other not in view.splits:
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
