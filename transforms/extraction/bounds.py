"""Where in a region the story's body begins and ends, and what the lines above it are."""

from __future__ import annotations

import re

from schemas.article import BlockKind, Cut, Flow
from transforms.extraction.boxes import fold
from transforms.extraction.dates import find_moment
from transforms.extraction.leaves import Leaf
from transforms.extraction.opening import opens_with_dateline
from transforms.extraction.words import starts_as_byline

# Characters up to which a leaf can be a byline, a date line or a label.
SHORT = 160
# Share of a leaf in links above which it is a link and no sentence. Range 0..1. dev halves, 2026-11-20.
LINK = 0.85
STOPS = tuple('.!?…。！？؟।:"”’»›)')
# Characters from which a leaf outside of links is taken for a paragraph of the story.
_PARAGRAPH = 80
# Characters of a paragraph that may be links for the most part, as long as it is prose.
_LONG_PARAGRAPH = 200
# Lines above the first paragraph from which they may be the story themselves.
_MANY_LINES = 8
# Characters of other scripts that one of Chinese, Japanese or Korean stands for.
_DENSE = 3
# Letters beside an author's name in a line that is a byline: "Von unserem Korrespondenten", a town, a date.
_AROUND_AUTHOR = 60
# Characters beside the date in a line that is one: "Updated on", "Last modified:", a name.
_AROUND_DATE = 45
# The same in a line that tells the time of day too, and maybe a second date: of the last change.
_AROUND_TIMES = 60
# Characters behind the date, no digit among them, up to which a line with a full stop may be one: "by Ada Holt."
_BEHIND_DATE = 15
# Characters up to which an item of a list below the last paragraph isn't the end of the story.
_SHORT_ITEM = 30
# Characters that a leaf and the page's description must share from their start to be the same sentence.
_SAME_SENTENCE = 40

_YEAR = re.compile(r"\d{4}")
_DENSE_SIGN = re.compile("[\u3040-\u9fff\uac00-\ud7a3]")
_CLOCK = re.compile(r"\d[:h]\d\d")


class Hints(Flow, kw_only=True):
    """What the page's own metadata says the fields are."""

    titles: frozenset[str]  # folded
    surest: frozenset[str]  # of these, what JSON-LD or og:title say
    descriptions: tuple[str, ...]  # folded
    authors: tuple[str, ...]  # folded
    language: str | None


def first_of_body(
    leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None], hints: Hints, headline: int | None
) -> int:
    """The first paragraph of the story: not the standfirst, byline or date line that stand above it."""
    start = 0 if headline is None else headline + 1
    body = [
        i for i in range(start, len(leaves)) if _is_paragraph(leaves[i]) and cuts[i] is None and kinds[i] != "headline"
    ]
    named = next(
        (i for i in range(start, len(leaves)) if _opens_body(leaves[i]) and cuts[i] is None and kinds[i] != "headline"),
        None,
    )
    if named is not None and body and named < body[0]:
        return named
    if body and (first := _first_of_lines(leaves, kinds, cuts, start, body)) is not None:
        return first
    if body:
        above = next((i for i in range(body[0] - 1, start - 1, -1) if cuts[i] is None), None)
        if above is not None and kinds[above] != "headline" and opens_with_dateline(leaves[above].text):
            return above
    for n, i in enumerate(body):
        leaf = leaves[i]
        if opens_with_dateline(leaf.text):
            return i
        if n + 1 < len(body) and leaf.field == "standfirst" and leaves[body[n + 1]].field != "standfirst":
            if not (leaf.body and leaf.tag == "p" and leaves[body[n + 1]].parent == leaf.parent):
                continue
        if leaf.field in ("byline", "date") and len(leaf.text) < SHORT:
            continue
        following = leaves[body[n + 1]] if n + 1 < len(body) else None
        if (
            following
            and n == 0
            and describes(leaf, hints)
            and (not _are_brothers(leaf, following) or _signs_between(leaves[i + 1 : body[1]]))
            and following.field != "standfirst"
        ):
            continue
        return _with_lines_above(leaves, kinds, cuts, start, i, hints)
    return body[0] if body else start


def _are_brothers(leaf: Leaf, following: Leaf) -> bool:
    """Whether two pieces stand side by side in one element, paragraphs of whatever tag."""
    return leaf.parent == following.parent or leaf.tag == following.tag and leaf.around == following.around


def _signs_between(leaves: list[Leaf]) -> bool:
    """Whether a byline stands among a few lines between two paragraphs: then the upper one is the deck."""
    return any(
        leaf.authors or leaf.field == "byline" or starts_as_byline(leaf.text) for leaf in leaves if leaf.cut is None
    )


def _with_lines_above(
    leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None], start: int, first: int, hints: Hints
) -> int:
    """Short lines right above the first paragraph, in the same element, are the story's: a score, a question."""
    i = first
    while (
        i > start
        and leaves[i - 1].parent == leaves[first].parent
        and cuts[i - 1] is None
        and kinds[i - 1] != "headline"
    ):
        above = leaves[i - 1]
        if (
            not _opens(above)
            or above.field
            or is_date_line(above, hints)
            or names_author(above, hints)
            or starts_as_byline(above.text)
        ):
            break
        i -= 1
    return i


def _first_of_lines(
    leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None], start: int, body: list[int]
) -> int | None:
    """A table, a calendar, a list of results: a story of short lines, which weigh more than what paragraphs follow."""
    lines = [i for i in range(start, body[0]) if cuts[i] is None and kinds[i] != "headline" and _opens(leaves[i])]
    short = sum(len(leaves[i].text) for i in lines)
    if len(lines) < _MANY_LINES or short < sum(len(leaves[i].text) for i in body):
        return None
    return lines[0]


def _opens(leaf: Leaf) -> bool:
    return (
        leaf.field not in ("byline", "date", "standfirst", "kicker")
        and leaf.linked < 0.5
        and leaf.moment is None
        and not leaf.authors
    )


def _opens_body(leaf: Leaf) -> bool:
    return leaf.body and _opens(leaf)


def last_of_body(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> int:
    for i in range(len(leaves) - 1, -1, -1):
        leaf = leaves[i]
        if cuts[i] is None and kinds[i] != "headline" and (_is_paragraph(leaf) or _ends_body(leaf)):
            return i
    return len(leaves) - 1


def _ends_body(leaf: Leaf) -> bool:
    return (
        leaf.body
        and leaf.shape in ("list_item", "table")
        and len(leaf.text) > _SHORT_ITEM
        and leaf.linked < 0.5
        and leaf.field is None
    )


def _is_paragraph(leaf: Leaf) -> bool:
    size = len(leaf.text) * (_DENSE if _is_dense(leaf.text) else 1)
    if leaf.shape == "heading" or size < _PARAGRAPH:
        return False
    if size > _LONG_PARAGRAPH and leaf.text.endswith(STOPS):
        return leaf.linked < LINK  # a round-up links every other word
    return leaf.linked < 0.5 and size * (1 - leaf.linked) >= _PARAGRAPH


def _is_dense(text: str) -> bool:
    """Whether it is in Chinese, Japanese or Korean, which say in one character what others say in two or three."""
    start = text[:40]
    return not start.isascii() and 2 * len(_DENSE_SIGN.findall(start)) > len(start)


def describes(leaf: Leaf, hints: Hints) -> bool:
    text = fold(leaf.text)[:200]
    return len(text) >= _SAME_SENTENCE // 2 and any(
        d.startswith(text[:_SAME_SENTENCE])
        and abs(len(d) - len(text)) <= 0.5 * len(d)
        or text.startswith(d[:120])
        and len(d) > _SAME_SENTENCE
        for d in hints.descriptions
    )


def names_author(leaf: Leaf, hints: Hints) -> bool:
    """Whether the leaf is an author's name and little else."""
    text = fold(leaf.text)
    return any(len(a) > 4 and a in text and len(text) <= len(a) + _AROUND_AUTHOR for a in hints.authors)


def is_date_line(leaf: Leaf, hints: Hints) -> bool:
    if len(leaf.text) > SHORT or not _YEAR.search(leaf.text):
        return False
    found = find_moment(leaf.text, True, None, hints.language)
    if found is None:
        return False
    behind = leaf.text[found.end :]
    if behind.endswith(".") and len(behind) > _BEHIND_DATE and not any(map(str.isdigit, behind)):
        return False  # "14 May 2024 was the last day of the ferry."
    around = len(leaf.text) - (found.end - found.start)
    return leaf.field == "date" or around <= (_AROUND_TIMES if _CLOCK.search(leaf.text) else _AROUND_DATE)
