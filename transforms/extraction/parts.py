"""Parts of a page that are known by what stands together in them: a picture's caption, an offer of letters, a teaser."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from transforms.extraction.boxes import CUT_SHARE, HEADINGS, Survey

# Characters, blanks aside, of what stands alone with an image, and the pieces that it is in.
_LONGEST_CAPTION = 260
_MOST_TEXTS = 3
# Characters, blanks aside, of an offer beside a form for an address.
_LONGEST_OFFER = 300
# Characters of paragraphs that are shown of another story.
_LONGEST_TEASER = 500
# Share of the page's paragraphs that an offer or a teaser may hold. Range 0..1. dev, 2026-11-20.
_SMALL = 0.2

_ADDRESS = "input[type=email i], input[name*=mail i], input[placeholder*=mail i]"


class _Sums(NamedTuple):
    """Running sums over the boxes: those of a box and all in it are a difference of two."""

    chars: list[int]
    values: list[int]


def cut_parts(survey: Survey, value: list[int], last: list[int], title: int | None) -> None:
    """Cut what its parts show to be no story, beside what names cut.

    Args:
        survey: Its cuts are settled; further ones are added.
        value: What each box is worth as a paragraph.
        last: The last box inside of each.
        title: The box of the headline, None without one.
    """
    sums = _Sums([0, *accumulate(survey.chars)], [0, *accumulate(max(0, v) for v in value)])
    if survey.images:
        _cut_captions(survey, sums, last)
    if "form" in survey.tag:
        _cut_offers(survey, sums, last, title)
    if "article" in survey.tag:
        _cut_teasers(survey, sums, last, title)


def _cut(survey: Survey, box: int, end: int, cut: str) -> None:
    for i in range(box, end):
        survey.inherited[i] = i > box
        survey.cut[i] = cut


def _cut_captions(survey: Survey, sums: _Sums, last: list[int]) -> None:
    """What little text stands alone with an image in one element is its caption."""
    found: dict[int, int] = {}
    for box in survey.images:
        while box and sums.chars[last[box] + 1] == sums.chars[box]:
            box = survey.parent[box]
        end = last[box] + 1
        if not box or survey.cut[box] or sums.chars[end] - sums.chars[box] > _LONGEST_CAPTION:
            continue
        texts = sum(1 for chars in survey.chars[box:end] if chars)
        if texts <= _MOST_TEXTS and HEADINGS.isdisjoint(survey.tag[box:end]):
            found[box] = sums.values[end] - sums.values[box]
    if sum(found.values()) > CUT_SHARE * sums.values[-1]:
        return  # a page of pictures and short texts beside them: these texts are the story
    for box in found:
        _cut(survey, box, last[box] + 1, "photo_caption structure.beside_image")


def _cut_offers(survey: Survey, sums: _Sums, last: list[int], title: int | None) -> None:
    """What little text stands with a form for an address in one element offers letters to it."""
    for form in [i for i, tag in enumerate(survey.tag) if tag == "form" and not survey.cut[i]]:
        if survey.nodes[form].css_first(_ADDRESS) is None:
            continue
        box = form
        while (above := survey.parent[box]) and sums.chars[last[above] + 1] - sums.chars[above] <= _LONGEST_OFFER:
            box = above
        short = sums.chars[last[box] + 1] - sums.chars[box] <= _LONGEST_OFFER
        if short and _is_beside_story(survey, sums, box, last, title):
            _cut(survey, box, last[box] + 1, "newsletter structure.asks_address")


def _cut_teasers(survey: Survey, sums: _Sums, last: list[int], title: int | None) -> None:
    """An article element whose heading is a link leads to another story, however much of that it shows."""
    for box in [i for i, tag in enumerate(survey.tag) if tag == "article" and not survey.cut[i]]:
        end = last[box] + 1
        short = sums.values[end] - sums.values[box] <= _LONGEST_TEASER
        if not short or not _is_beside_story(survey, sums, box, last, title):
            continue
        heading = next((i for i in range(box, end) if survey.tag[i] in HEADINGS and survey.chars[i]), None)
        if heading is None or 2 * survey.linked[heading] <= survey.chars[heading]:
            continue
        if survey.nodes[heading].css_first('a[href^="#"]') is None:  # else the address of an entry of this story
            _cut(survey, box, end, "related structure.linked_article")


def _is_beside_story(survey: Survey, sums: _Sums, box: int, last: list[int], title: int | None) -> bool:
    """Whether a part is neither cut already, nor holds the headline or more than a little of the page's text."""
    end = last[box] + 1
    holds_title = title is not None and box <= title < end
    return not survey.cut[box] and not holds_title and sums.values[end] - sums.values[box] <= _SMALL * sums.values[-1]
