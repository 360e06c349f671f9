"""Articles that are put together from several stories."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain

from transforms.textreuse.linkage import connected
from transforms.textreuse.spans import Spans, length, overlap, union

EXPLAINED = 0.75  # share of an article, 0..1: two unconnected parts that hold so much of it are what it's made of
EXPLAINED_CREDITED = 0.4  # the same, where the parts credit different agencies
PART_WORDS = 12  # words, 8..50: least part
PART_SHARE = 0.05  # share of the article, 0..1: least part
MAIN_WORDS = 20  # words, 8..80: least greater part
MAIN_SHARE = 0.15  # share of the article, 0..1: least greater part
DISTINCT = 0.1  # share of the lesser part, 0..1: more overlap and they are no two parts
WITHIN = 0.9  # share of an article, 0..1: parts that stand in it whole may as well be cuts of it
LOOKED_AT = 24  # neighbours, 5..100: the ones that hold most of the article
DIGEST_PARTS = 3  # parts, 3..10: an article of so many unconnected ones may be a digest, however much of it is its own
DIGEST_STORIES = 2  # stories, 2..10: and is one, where its parts come from so many
DIGEST_WORDS = 20  # words, 10..80: least part of a digest, a sentence; less may be a stock phrase
BEYOND_WORDS = 20  # words, 8..80: a neighbour shares so many with others that the article hasn't: a story of its own

Neighbours = Mapping[int, Mapping[int, Spans]]  # article -> neighbour -> words of the article that it shares with it


def find_merged(neighbours: Neighbours, words: Sequence[int], agencies: Mapping[int, Sequence[str]]) -> set[int]:
    """Articles that are put together from several stories: merged copies and digests.

    What articles that credit different agencies hold apart from each other tells first. Then nothing is judged by what it
    shares with those that it told: they took it. What these and digests are, their whole copies are, too; where a text
    alone falls into two parts, whole copies speak against a merge.

    Args:
        neighbours: Links by narrative, both ways; two agencies hear one speech.
        words: Of each article.
        agencies: That each article explicitly credits.

    Returns:
        These articles.
    """
    told = {article for article in neighbours if _of_two_agencies(article, neighbours, agencies)}
    rest = _without(neighbours, told)
    found = told | _digests(rest)
    alike = ((one, other) for one, own in neighbours.items() for other in own if are_one_text(one, other, neighbours, words))
    for copies in connected(neighbours, alike if found else ()):
        if not found.isdisjoint(copies):
            found.update(copies)
    return found | _tiled(rest, words, agencies)


def are_one_text(one: int, other: int, neighbours: Neighbours, words: Sequence[int]) -> bool:
    """Whether two neighbours are copies of each other whole."""
    return (
        length(neighbours[one][other]) >= WITHIN * words[one] and length(neighbours[other][one]) >= WITHIN * words[other]
    )


def _tiled(neighbours: Neighbours, words: Sequence[int], agencies: Mapping[int, Sequence[str]]) -> set[int]:
    """Articles whose text falls into two parts that come from unconnected articles.

    The sign of a merge is that its parts tile it: copies of one story overlap, as they are cut from the bottom. Where
    both parts stand in the article whole, it may be the original and they two cuts.
    Each part must stand in an article that is not merged itself: in a story that rolls on, each version would look like
    a merge of the ones before and behind.
    """
    sides = {article: _two_parts(article, neighbours, words, agencies) for article in neighbours}
    merged = {article for article, found in sides.items() if found}
    return {article for article in merged if all(not merged.issuperset(side) for side in sides[article])}


def _digests(neighbours: Neighbours) -> set[int]:
    """Articles that hold parts of several stories: newsletters, live blogs, reviews of a week.

    The sign of a digest is that those who share one part of it have nothing to do with those who share another, once all
    that may be digests are taken away, and share more with a story of their own than the digest has. So an article from
    which several took is none: what they share with anyone comes from it.
    """
    suspects = {article for article in neighbours if len(_apart(article, neighbours, neighbours[article])) >= DIGEST_PARTS}
    if not suspects:
        return set()
    rest = _without(neighbours, suspects)
    shared = {article: length(union(chain.from_iterable(own.values()))) for article, own in rest.items()}
    home = {article: article for article in rest}
    for members in connected(rest, ((one, other) for one, own in rest.items() for other in own)):
        home |= dict.fromkeys(members, members[0])
    digests: set[int] = set()
    for article in suspects:
        others = neighbours[article].keys() & rest.keys()
        beyond = {
            other for other in others if shared[other] >= length(neighbours[other][article]) + BEYOND_WORDS
        }
        stories = {home[other] for other in _apart(article, neighbours, beyond)}
        if len(stories) >= DIGEST_STORIES:
            digests.add(article)
    return digests


def _without(neighbours: Neighbours, left: Container[int]) -> Neighbours:
    """The neighbours but those left out."""
    return {
        article: {other: spans for other, spans in own.items() if other not in left}
        for article, own in neighbours.items()
        if article not in left
    }


def _of_two_agencies(article: int, neighbours: Neighbours, agencies: Mapping[int, Sequence[str]]) -> bool:
    """Whether parts of an article that lie apart stand in unlinked ones that credit different agencies."""
    credited = _apart(article, neighbours, (other for other in neighbours[article] if agencies[other]))
    return any(not set(agencies[credited[0]]) & set(agencies[other]) for other in credited[1:])


def _apart(article: int, neighbours: Neighbours, others: Iterable[int]) -> list[int]:
    """Unlinked neighbours of an article that hold parts of it that lie apart; those with small parts, of one story, first."""
    own = neighbours[article]
    size = {other: length(own[other]) for other in others}
    found: list[int] = []
    for other in sorted(size, key=lambda other: (size[other], other)):
        if size[other] >= DIGEST_WORDS and all(
            other not in neighbours[one] and overlap(own[one], own[other]) <= DISTINCT * size[one] for one in found
        ):
            found.append(other)
    return found


def _two_parts(
    article: int, neighbours: Neighbours, words: Sequence[int], agencies: Mapping[int, Sequence[str]]
) -> tuple[list[int], ...]:
    """The neighbours that hold the one part of a merged article, and those that hold the other; () for any other."""
    own = neighbours[article]
    if len(own) < 2:
        return ()
    size = {other: length(spans) for other, spans in own.items()}
    best = sorted(own, key=lambda other: (-size[other], other))[:LOOKED_AT]
    least = max(PART_WORDS, PART_SHARE * words[article])
    for place, first in enumerate(best):
        if size[first] < max(MAIN_WORDS, MAIN_SHARE * words[article]):
            break
        for second in best[place + 1 :]:
            if size[second] < least:
                break
            if second in neighbours[first] or overlap(own[first], own[second]) > DISTINCT * size[second]:
                continue
            left, right = (
                [one for one in best if one == head or (one in neighbours[head] and one not in neighbours[other])]
                for head, other in ((first, second), (second, first))
            )
            if _tile(article, (left, right), neighbours, words, agencies):
                return left, right
    return ()


def _tile(
    article: int,
    sides: tuple[list[int], list[int]],
    neighbours: Neighbours,
    words: Sequence[int],
    agencies: Mapping[int, Sequence[str]],
) -> bool:
    """Whether two unconnected sets of articles hold two parts of an article, and most of it."""
    left, right = sides
    if any(other in neighbours[one] for one in left for other in right):
        return False
    parts = [union(span for one in side for span in neighbours[article][one]) for side in sides]
    sizes = [length(part) for part in parts]
    if overlap(*parts) > 1.5 * DISTINCT * min(sizes):
        return False
    explained = sum(sizes) / words[article]
    credited = [{name for one in side for name in agencies[one]} for side in sides]
    if all(credited):
        return not (credited[0] & credited[1]) and explained >= EXPLAINED_CREDITED
    within = [[length(neighbours[one][article]) >= WITHIN * words[one] for one in side] for side in sides]
    if all(map(any, within)) or (any(map(all, within)) and _is_reprinted(article, neighbours, words)):
        return False  # cuts of it, or cuts of it and somebody who took the rest
    return explained >= EXPLAINED


def _is_reprinted(article: int, neighbours: Neighbours, words: Sequence[int]) -> bool:
    return any(are_one_text(article, other, neighbours, words) for other in neighbours[article])
