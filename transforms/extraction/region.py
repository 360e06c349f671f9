"""Where on a page the article stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.article import Flow
from transforms.extraction.boxes import HEADINGS, SMALL, Survey, ends_as, fold, last_inside, survey_page
from transforms.extraction.cuts import LEAST, PARAGRAPH, settle_cuts
from transforms.extraction.parts import cut_parts

_CELLS = frozenset({"td", "th", "dd", "dt"})

_DIGITS = re.compile(r"\d+")

# Parts that lead to other pages, and name this one among them.
_MENUS = ("breadcrumb ", "nav_menu ")

# Characters to which a paragraph is counted at most: one long one isn't worth a story.
_LONGEST = 600
# Share of a block's text inside links above which it is a list of links. Range 0..1.
_LINKED = 0.5
# Share of its parent's paragraphs that a child must hold to be the place of the article. Range 0..1. dev, 2026-11-20.
_DOMINANT = 0.6
# Share of that which its brother of the same make must hold to be a further part of the story. Range 0..1. dev, 2026-11-20.
_PART = 0.15
# What a block that is no paragraph costs between two that are, in characters. dev, 2026-11-20.
_GAP = 30


class Region(Flow, kw_only=True):
    """The part of the page to be read, and what the page is made of."""

    root: LexborNode | None  # None: no text that could be a story
    skip: frozenset[int] = frozenset()  # mem_id of elements inside root that are left out
    cuts: dict[int, str] = {}  # mem_id of elements inside root that are no body, to the removal's class and rule
    bodies: frozenset[int] = frozenset()  # mem_id of elements inside root that call themselves the body
    linked: float = 0.0  # share of the page's text that stands in links
    linked_headings: int = 0  # headings of the page that are links


def find_region(tree: LexborHTMLParser, titles: Sequence[frozenset[str]], believe_names: bool = True) -> Region:
    """Find the element that holds the article, and what inside of it is none of it.

    Blocks are valued by the text outside of links in them. From the body tag down, the child that holds most of its
    parent's value is followed; inside of the last one, the run of blocks with the greatest sum of values is taken,
    where what is no paragraph costs.

    Args:
        tree: The page; the elements of ``NO_TEXT`` are taken out of it.
        titles: The page's titles, folded by ``fold``, the surest first. The heading that is one of them
            opens the article.
        believe_names: Whether class names may cut. On a page that is nothing without the elements that they cut, they
            spoke of something else.

    Source:
        Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009,
        for the run of blocks.
    """
    body = tree.body
    if body is None:
        return Region(root=None)
    total = len(body.text())
    survey = survey_page(body, total, believe_names, frozenset().union(*titles))
    value, last, title = _values(survey), last_inside(survey), _title(survey, titles)
    if not settle_cuts(survey, value, last, title) and (survey.sealed or survey.overlooked):
        survey = survey_page(body, total, believe_names, None)  # little is left: look into all that is cut
        value, last, title = _values(survey), last_inside(survey), _title(survey, titles)
        settle_cuts(survey, value, last, title)
    cut_parts(survey, value, last, title)
    for i, cut in enumerate(survey.cut):
        if cut:
            value[i] = 0
    sums = list(map(float, value))
    for i in range(len(sums) - 1, 0, -1):
        sums[survey.parent[i]] += max(0.0, sums[i])
    if title is not None and 2 * sum(v for v in value[title:] if v > 0) > sum(v for v in value if v > 0):
        value[:title] = [0] * title  # nothing above its headline is of the story
        other = _other_story(survey, title, value)
        value[other:] = [0] * (len(value) - other)
    place = _descend(survey, sums)
    first, end = _best_run(survey, value, place, last)
    linked = sum(survey.linked) / max(1, sum(survey.chars))
    linked_headings = survey.linked_headings + sum(
        tag in HEADINGS and 2 * links > chars > 0 for tag, chars, links in zip(survey.tag, survey.chars, survey.linked)
    )
    if first is None:
        return Region(root=None, linked=linked, linked_headings=linked_headings)
    first, end = _extended(survey, value, first, end, last)
    opening = title if title is not None and title <= first else _heading_before(survey, first)
    region = _region(survey, last, first, end, opening)
    return replace(region, linked=linked, linked_headings=linked_headings)


def _title(survey: Survey, titles: Sequence[frozenset[str]]) -> int | None:
    """The headline's box: of the headings that are a title one that no link and no menu holds, for a site's searchers."""
    headings = [(i, fold(survey.nodes[i].text())) for i, tag in enumerate(survey.tag) if tag in HEADINGS]
    exact = [i for names in titles for i, text in headings if text in names]
    own = next((i for i in exact if _is_over_text(survey, i)), None)
    if own is None:
        own = next((i for i, text in headings if ends_as(text, titles[0]) and _is_over_text(survey, i)), None)
    return own if own is not None else next(iter(exact), None)


def _is_over_text(survey: Survey, heading: int) -> bool:
    if 2 * survey.linked[heading] > survey.chars[heading]:
        return False  # it leads to the story from a list
    box = heading
    while box:
        if (survey.cut[box] or "").startswith(_MENUS):
            return False
        box = survey.parent[box]
    return True


def _other_story(survey: Survey, title: int, value: list[int]) -> int:
    """Where below the story another one starts, under a headline of the same make; the page's end if none does."""
    classes = survey.nodes[title].attributes.get("class")
    own = fold(survey.nodes[title].text())
    sum_so_far = 0
    for i in range(title + 1, len(value)):
        sum_so_far += max(0, value[i])
        if survey.tag[i] == survey.tag[title] and sum_so_far >= LEAST and not survey.cut[i]:
            node = survey.nodes[i]
            if (
                (classes or survey.tag[i] == "h1")
                and node.attributes.get("class") == classes
                and fold(node.text()) not in ("", own)
            ):
                return i
    return len(value)


def _values(survey: Survey) -> list[int]:
    """Per block: characters of its paragraph, or what it costs to stand between paragraphs."""
    values: list[int] = []
    for box, (chars, linked, tag) in enumerate(zip(survey.chars, survey.linked, survey.tag)):
        if not chars or box in survey.sealed:
            values.append(0)
            continue
        own = chars - linked
        if tag == "h1":
            values.append(-_LONGEST)
        elif tag in HEADINGS:
            values.append(-_GAP // 3)
        elif own >= PARAGRAPH and linked <= _LINKED * chars:
            values.append(min(own, _LONGEST))
        else:
            values.append(-1 if tag in _CELLS else -_GAP)
    return values


def _descend(survey: Survey, sums: list[float]) -> int:
    """From the body down to the element that holds most of the paragraphs, or to several of one make that do."""
    children: dict[int, list[int]] = {}
    for i in range(1, len(sums)):
        if sums[i] > 0 and not survey.cut[i]:
            children.setdefault(survey.parent[i], []).append(i)
    place = 0
    while True:
        best = max(children.get(place, ()), key=lambda i: (sums[i], -i), default=None)
        if best is None or sums[best] < _DOMINANT * sums[place] or best not in children:
            return place
        if any(sums[i] >= _PART * sums[best] and i != best and _same_make(survey, i, best) for i in children[place]):
            return place  # the story goes on in the next part
        place = best


def _same_make(survey: Survey, box: int, other: int) -> bool:
    """Whether two elements are parts of one thing, as page builders and advertising cut a story into."""
    if not survey.tag[box] == survey.tag[other] == "div":
        return False
    one, two = survey.nodes[box].attributes, survey.nodes[other].attributes
    return all(_DIGITS.sub("", one.get(name) or "") == _DIGITS.sub("", two.get(name) or "") for name in ("class", "id"))


def _best_run(survey: Survey, value: list[int], place: int, last: list[int]) -> tuple[int | None, int]:
    best, best_first, best_end = 0, None, 0
    run, run_first = 0, None
    for i in range(place, last[place] + 1):
        v = value[i]
        if not v:
            continue
        if run_first is None or run + v <= v:
            if v <= 0:
                run, run_first = 0, None
                continue
            run, run_first = 0, i
        run += v
        if run > best:
            best, best_first, best_end = run, run_first, i
    return best_first, best_end


def _extended(survey: Survey, value: list[int], first: int, end: int, last: list[int]) -> tuple[int, int]:
    """The run, and the whole of the innermost element that holds most of it: short lines stand there as well."""
    sums: dict[int, int] = {}
    whole = 0
    for i in range(first, end + 1):
        if value[i] > 0:
            whole += value[i]
            box = i
            while survey.tag[box] in SMALL:
                box = survey.parent[box]
            sums[box] = sums.get(box, 0) + value[i]
    for i in range(len(value) - 1, 0, -1):
        if i in sums:
            above = survey.parent[i]
            sums[above] = sums.get(above, 0) + sums[i]
            if sums[i] >= _DOMINANT * whole:
                return min(first, i), max(end, last[i]) if survey.body[i] or sums[i] > 0.9 * whole else end
    return first, end


def _heading_before(survey: Survey, first: int) -> int | None:
    """Without a heading that is a title of the page, the last h1 before the story opens it."""
    return next((i for i in range(first, -1, -1) if survey.tag[i] == "h1" and fold(survey.nodes[i].text())), None)


def _region(survey: Survey, last: list[int], first: int, end: int, opening: int | None) -> Region:
    """From the opening heading to the last paragraph, and what follows that inside of the same parent."""
    begin = first if opening is None else min(opening, first)
    root = first
    while not (root <= begin and last[root] >= end):
        root = survey.parent[root]
    end = max(end, last[survey.parent[end]] if survey.parent[end] >= root else end)
    wanted: set[int] = set()
    for i in list(range(begin, min(end, last[root]) + 1)):
        if survey.shown[i] or not survey.cut[i]:
            while i not in wanted:
                wanted.add(i)
                if i == root:
                    break
                i = survey.parent[i]
    chars_before = [0, *accumulate(survey.chars)]
    wanted = {i for i in wanted if chars_before[last[i] + 1] > chars_before[i]}
    skip = {survey.nodes[i].mem_id for i in range(root, last[root] + 1) if i not in wanted}
    cuts = {survey.nodes[i].mem_id: cut for i in wanted if (cut := survey.cut[i]) and not survey.inherited[i]}
    bodies = frozenset(
        survey.nodes[i].mem_id
        for i in wanted
        if survey.body[i] and i > root and (opening is None or not i <= opening <= last[i])
    )
    for i in survey.sealed & wanted:
        _open_sealed(survey.nodes[i], skip, cuts)
    return Region(root=survey.nodes[root], skip=frozenset(skip), cuts=cuts, bodies=bodies)


def _open_sealed(node: LexborNode, skip: set[int], cuts: dict[int, str]) -> None:
    """Tell what of a sealed part that is read after all is not shown, and what in it bears a cut of its own."""
    survey = survey_page(node, len(node.text()), True, None)
    last = last_inside(survey)
    chars_before = [0, *accumulate(survey.chars)]
    for i in range(1, len(survey.nodes)):
        cut, key = survey.cut[i], survey.nodes[i].mem_id
        if chars_before[last[i] + 1] == chars_before[i] or cut and not survey.shown[i]:
            skip.add(key)
        elif cut:
            cuts[key] = cut
