"""Which elements of a page are no story: what their names say, as far as a story remains."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from transforms.extraction.boxes import CUT_SHARE, MAY_BE_LONG, Survey, goes_on

# Characters of text outside links from which a block counts as a paragraph.
PARAGRAPH = 40
# Share of a page's text from which an element is the page, whatever its names say. Range 0..1.
_WHOLE = 0.75
# Characters of paragraphs that must be left of a page when all that names cut is out of it.
LEAST = 500
# Characters of paragraphs in a part that is short by its nature: above it, the name spoke of something else.
_LONGEST_CUT = 1500
# Characters of paragraphs in an offer to subscribe. Longer, it is the story behind the paywall.
_LONGEST_OFFER = 700
# How many times the paragraphs of a box inside of a story the whole story has at least.
_FAR_MORE = 3
# Characters of paragraphs beside the headline that are a story, if a short one.
_SHORT_STORY = 250
# Characters of paragraphs that names of one kind hide, from which they may be a story's rest.
_REST = 400
# What hides the rest of a story, until its reader clicks or pays, as well as menus and offers.
_BEHIND_CLICK = ("hidden ", "paywall ", "related names.readmore", "related names.read-more")
# Names that are given up at most, one after the other, when with all of them no article would be left.
_MOST_DOUBTS = 20
# What a figure may hold beside pictures; its caption is one all the same. A quotation in a figure is a pulled one.
_FRAMED = frozenset({"table", "pre"})


def settle_cuts(survey: Survey, value: list[int], last: list[int], title: int | None) -> bool:
    """Believe the names that cut, but not those that spoke of the whole page; then let them hold for all inside.

    Returns:
        Whether a story's length is left of the page with all cuts that its names ask for; else some were given up.
    """
    sums = [max(0, v) for v in value]
    for i in range(len(sums) - 1, 0, -1):
        sums[survey.parent[i]] += sums[i]
    sure = _doubt_each(survey, value, sums, last, title)
    enough = _doubt_most(survey, sums, last, title)
    for i in range(1, len(sums)):
        above = survey.parent[i]
        if survey.cut[above]:
            survey.inherited[i] = survey.cut[i] is None
            survey.cut[i] = survey.cut[i] or survey.cut[above]
            survey.shown[i] = survey.shown[i] and survey.shown[above]
    return sure and enough


def _doubt_each(survey: Survey, value: list[int], sums: list[int], last: list[int], title: int | None) -> bool:
    """Give up each name that holds what no part of its kind does.

    Returns:
        Whether none was given up only because it holds nearly all that was seen of the page.
    """
    bodies = [i for i, named in enumerate(survey.body) if named and sums[i] > LEAST]
    named = [0, *accumulate(max(0, v) if b else 0 for v, b in zip(value, _in_body(survey)))]
    behind = _behind_click(survey, sums)
    sure = True
    for i, cut in enumerate(survey.cut):
        if not cut:
            continue
        kind = cut.partition(" ")[0]
        if behind.get(kind, 0) > _REST and cut.startswith(_BEHIND_CLICK) and goes_on(survey.nodes[i]):
            survey.cut[i], survey.shown[i] = None, True
            continue
        if cut.endswith(" element.figure") and any(tag in _FRAMED for tag in survey.tag[i : min(last[i] + 1, i + 8)]):
            survey.cut[i] = None
            continue
        short = kind not in MAY_BE_LONG and sums[i] > (_LONGEST_OFFER if kind == "paywall" else _LONGEST_CUT)
        whole = sums[i] > _WHOLE * sums[0] and (kind != "comments" or sums[0] - sums[i] < PARAGRAPH)
        holds_title = title is not None and i <= title <= last[i]
        holds_body = bisect_left(bodies, i) < bisect_left(bodies, last[i] + 1)
        is_body = 0.8 * sums[i] < named[last[i] + 1] - named[i] > LEAST // 2
        own_body = (holds_body or is_body) and not _is_within_body(survey, sums, i)
        if short or whole or holds_title or own_body:
            survey.cut[i] = None
            sure = sure and (short or holds_title or own_body)
    return sure


def _doubt_most(survey: Survey, sums: list[int], last: list[int], title: int | None) -> bool:
    """Give up names, the nearest to the headline first, until a story is left. Whether one was left with all of them."""
    enough, near = False, 0
    for doubts in range(_MOST_DOUBTS):
        left = sums[0] - sum(sums[i] for i in _outermost(survey, last))
        enough = enough or not doubts and left >= LEAST
        if left >= min(LEAST, CUT_SHARE * sums[0]):
            break
        doubtful = [
            i for i in _outermost(survey, last) if left < PARAGRAPH or not (survey.cut[i] or "").startswith("comments ")
        ]
        rule = max(doubtful, key=lambda i: (sums[i] > 0, _nearness(survey, i, title), sums[i], -i), default=None)
        if rule is None or not sums[rule]:
            break
        place = _nearness(survey, rule, title)
        if left >= _SHORT_STORY and place < near:
            break  # a short story, and what stands farther from its headline than all of it
        near = place
        survey.cut = [None if cut == survey.cut[rule] else cut for cut in survey.cut]
    return enough


def _behind_click(survey: Survey, sums: list[int]) -> dict[str, int]:
    """Characters of paragraphs that names hide, by kind of name."""
    behind: dict[str, int] = {}
    for i, cut, _ in survey.said:
        if cut.startswith(_BEHIND_CLICK):
            kind = cut.partition(" ")[0]
            behind[kind] = behind.get(kind, 0) + sums[i]
    return behind


def _nearness(survey: Survey, box: int, title: int | None) -> int:
    """The number of the innermost element that holds a box and the headline: the greater, the nearer they stand."""
    if title is None:
        return 0
    around = {0}
    while title:
        title = survey.parent[title]
        around.add(title)
    while box not in around:
        box = survey.parent[box]
    return box


def _is_within_body(survey: Survey, sums: list[int], box: int) -> bool:
    """Whether an element stands in one that calls itself the body and is far more: then its own body is a box's text."""
    above = box
    while above := survey.parent[above]:
        if survey.body[above] and sums[above] >= _FAR_MORE * sums[box]:
            return True
    return False


def _in_body(survey: Survey) -> list[bool]:
    inside = list(survey.body)
    for i in range(1, len(inside)):
        inside[i] = inside[i] or inside[survey.parent[i]] and not survey.cut[i]
    return inside


def _outermost(survey: Survey, last: list[int]) -> list[int]:
    found: list[int] = []
    i = 1
    while i < len(survey.cut):
        if survey.cut[i]:
            found.append(i)
            i = last[i]
        i += 1
    return found
