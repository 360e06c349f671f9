"""From the leaves of a region to blocks: which is headline, standfirst, byline, date, body, and what is none of it."""

from __future__ import annotations

import re

from schemas.article import Block, BlockKind, Cut, Flow
from transforms.extraction.boxes import fold
from transforms.extraction.dates import find_moment
from transforms.extraction.leaves import Leaf
from transforms.extraction.neighbours import cut_by_neighbours
from transforms.extraction.words import starts_as_byline

# Leaves of the top of a region, where the headline stands.
_TOP = 60
# Characters from which a leaf outside of links is taken for a paragraph of the story.
_PARAGRAPH = 80
# Characters of a paragraph that may be links for the most part, as long as it is prose.
_LONG_PARAGRAPH = 200
# Lines above the first paragraph from which they may be the story themselves.
_MANY_LINES = 8
# Characters of other scripts that one of Chinese, Japanese or Korean stands for.
_DENSE = 2
# Characters up to which a leaf can be a byline, a date line or a label.
_SHORT = 160
_LABEL = 60
# Letters beside an author's name in a line that is a byline: "Von unserem Korrespondenten", a town, a date.
_AROUND_AUTHOR = 60
# Characters beside the date in a line that is one: "Updated on", "Last modified:", a name.
_AROUND_DATE = 45
# Characters up to which an item of a list below the last paragraph isn't the end of the story.
_SHORT_ITEM = 30
# The same in a line that tells the time of day too, and maybe a second date: of the last change.
_AROUND_TIMES = 60
# Characters that a leaf and the page's description must share from their start to be the same sentence.
_SAME_SENTENCE = 40
# Share of a leaf in links above which it is a link and no sentence. Range 0..1. dev halves, 2026-11-20.
_LINK = 0.85

# The same for a line that opens with a label: "Read also: …".
_LINK_BEHIND_LABEL = 0.55
_LABEL_ENDS = (":", "|", "»", ">", "–", "—", "→", "►", "👉", "▶")

_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"\d[:h]\d\d")
_STOPS = tuple('.!?…。！？؟।:"”’»›)')


class Hints(Flow, kw_only=True):
    """What the page's own metadata says the fields are."""

    titles: frozenset[str]  # folded
    surest: frozenset[str]  # of these, what JSON-LD or og:title say
    descriptions: tuple[str, ...]  # folded
    authors: tuple[str, ...]  # folded
    language: str | None


class Reading(Flow, kw_only=True):
    """The text of a region, and what its pieces are."""

    raw: str
    blocks: tuple[Block, ...]


def read_blocks(leaves: list[Leaf], hints: Hints) -> Reading:
    """Tell what each leaf is, from where it stands, what its names say and what the metadata says.

    Args:
        leaves: In document order.
        hints: From the page's metadata.

    Returns:
        Raw, the leaves' texts with blank lines between them, and one block a leaf.
    """
    kinds: list[BlockKind] = [_plain_kind(leaf) for leaf in leaves]
    cuts: list[Cut | None] = [Cut(cls=leaf.cut, rule=leaf.rule or "names") if leaf.cut else None for leaf in leaves]
    headline = _headline(leaves, hints)
    if headline is not None:
        title = fold(leaves[headline].text)
        for i, leaf in enumerate(leaves):
            if i == headline or (leaf.tag[0] == "h" or i < headline) and fold(leaf.text) in (title, *hints.titles):
                kinds[i], cuts[i] = "headline", None
    body = _first_of_body(leaves, kinds, cuts, hints, headline)
    last = _last_of_body(leaves, kinds, cuts)
    for i, leaf in enumerate(leaves):
        if kinds[i] == "headline":
            continue
        if i < body:
            kinds[i], cuts[i] = _before_body(leaf, kinds[i], cuts[i], hints, headline is None or i > headline)
        elif i > last:
            kinds[i], cuts[i] = _after_body(leaf, kinds[i], cuts[i], hints)
        else:
            kinds[i], cuts[i] = _inside_body(leaf, kinds[i], cuts[i], hints)
    cut_by_neighbours(leaves, kinds, cuts)
    return _laid_out(leaves, kinds, cuts)


def _plain_kind(leaf: Leaf) -> BlockKind:
    if leaf.cut in ("photo_caption", "photo_credit"):
        return "caption"
    return leaf.shape


def _headline(leaves: list[Leaf], hints: Hints) -> int | None:
    """The heading that is the surest title of the page, else any title, else the first h1."""
    headings = [
        (i, fold(leaf.text))
        for i, leaf in enumerate(leaves[:_TOP])
        if leaf.shape == "heading" or leaf.field == "headline"
    ]
    for titles in (hints.surest, hints.titles):
        found = [i for i, text in headings if text in titles]
        if found:
            return next((i for i in found if leaves[i].linked < 0.5), found[0])
    return next((i for i, leaf in enumerate(leaves[:_TOP]) if leaf.tag == "h1" and leaf.cut is None), None)


def _is_paragraph(leaf: Leaf) -> bool:
    size = len(leaf.text) * (_DENSE if _is_dense(leaf.text) else 1)
    if leaf.shape == "heading" or size < _PARAGRAPH:
        return False
    if size > _LONG_PARAGRAPH and leaf.text.endswith(_STOPS):
        return leaf.linked < _LINK  # a round-up links every other word
    return leaf.linked < 0.5 and size * (1 - leaf.linked) >= _PARAGRAPH


def _is_dense(text: str) -> bool:
    """Whether it is in Chinese, Japanese or Korean, which say in one character what others say in two or three."""
    start = text[:40]
    return not start.isascii() and 2 * sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in start) > len(
        start
    )


def _describes(leaf: Leaf, hints: Hints) -> bool:
    text = fold(leaf.text)[:200]
    return len(text) >= _SAME_SENTENCE // 2 and any(
        d.startswith(text[:_SAME_SENTENCE])
        and abs(len(d) - len(text)) <= 0.5 * len(d)
        or text.startswith(d[:120])
        and len(d) > _SAME_SENTENCE
        for d in hints.descriptions
    )


def _first_of_body(
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
    for n, i in enumerate(body):
        leaf = leaves[i]
        if n + 1 < len(body) and leaf.field == "standfirst" and leaves[body[n + 1]].field != "standfirst":
            if not (leaf.body and leaf.tag == "p" and leaves[body[n + 1]].parent == leaf.parent):
                continue
        if leaf.field in ("byline", "date") and len(leaf.text) < _SHORT:
            continue
        following = leaves[body[n + 1]] if n + 1 < len(body) else None
        if (
            following
            and n == 0
            and _describes(leaf, hints)
            and following.parent != leaf.parent
            and following.field != "standfirst"
        ):
            continue
        return _with_lines_above(leaves, kinds, cuts, start, i, hints)
    return body[0] if body else start


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
            or _is_date_line(above, hints)
            or _names_author(above, hints)
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


def _last_of_body(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> int:
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


def _names_author(leaf: Leaf, hints: Hints) -> bool:
    """Whether the leaf is an author's name and little else."""
    text = fold(leaf.text)
    return any(len(a) > 4 and a in text and len(text) <= len(a) + _AROUND_AUTHOR for a in hints.authors)


def _is_date_line(leaf: Leaf, hints: Hints) -> bool:
    if len(leaf.text) > _SHORT or not _YEAR.search(leaf.text):
        return False
    found = find_moment(leaf.text, True, None, hints.language)
    if found is None:
        return False
    around = len(leaf.text) - (found.end - found.start)
    return leaf.field == "date" or around <= (_AROUND_TIMES if _CLOCK.search(leaf.text) else _AROUND_DATE)


def _before_body(
    leaf: Leaf, kind: BlockKind, cut: Cut | None, hints: Hints, below_headline: bool
) -> tuple[BlockKind, Cut | None]:
    size = len(leaf.text)
    if (
        cut is not None
        and cut.cls in ("related", "about_author", "nav_menu")
        and below_headline
        and size > 24
        and leaf.linked < 0.5
        and _describes(leaf, hints)
    ):
        return "standfirst", None
    if cut is not None and cut.cls not in ("tags", "about_author", "share_bar"):
        return kind, cut
    if size <= _SHORT:
        if leaf.moment is not None or leaf.field == "date" or size < 80:
            if any(c.isdigit() for c in leaf.text) and (leaf.moment is not None or _is_date_line(leaf, hints)):
                return "date", None
        if leaf.authors or _names_author(leaf, hints) or starts_as_byline(leaf.text) or leaf.field == "byline":
            return "byline", None
    if cut is not None:
        return kind, cut
    if not below_headline:
        return kind, Cut(cls="nav_menu", rule="structure.above_headline")
    if (
        size > 24
        and leaf.linked < 0.5
        and (leaf.field == "standfirst" or _describes(leaf, hints) or size > _LABEL or leaf.text.endswith(_STOPS))
    ):
        return "standfirst", None
    if leaf.field == "date" and size < _LABEL:
        return "date", None
    return kind, Cut(cls="nav_menu", rule="structure.label_above_body")


def _after_body(leaf: Leaf, kind: BlockKind, cut: Cut | None, hints: Hints) -> tuple[BlockKind, Cut | None]:
    if cut is not None:
        return kind, cut
    if leaf.linked > _LINK:
        return kind, Cut(cls="related", rule="structure.link_below_body")
    if leaf.shape == "heading":
        return kind, Cut(cls="related", rule="structure.heading_below_body")
    if leaf.field == "date" and find_moment(leaf.text, True, None, hints.language):
        return "date", None
    if len(leaf.text) < _SHORT and (leaf.authors or _names_author(leaf, hints)):
        return "byline", None
    return kind, None


def _inside_body(leaf: Leaf, kind: BlockKind, cut: Cut | None, hints: Hints) -> tuple[BlockKind, Cut | None]:
    if cut is not None:
        return kind, cut
    if leaf.linked > _LINK and len(leaf.text) > 3 and leaf.shape != "list_item":
        return kind, Cut(cls="related", rule="structure.link")
    if leaf.linked > _LINK_BEHIND_LABEL and leaf.shape != "heading":
        label = leaf.text[: round(len(leaf.text) * (1 - leaf.linked))].rstrip()
        if label.endswith(_LABEL_ENDS) or label[:1] in _LABEL_ENDS:
            return kind, Cut(cls="related", rule="structure.link_behind_label")
    return kind, None


def _laid_out(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> Reading:
    blocks: list[Block] = []
    place = 0
    for leaf, kind, cut in zip(leaves, kinds, cuts):
        blocks.append(Block(start=place, end=place + len(leaf.text), kind=kind, cut=cut))
        place += len(leaf.text) + 2
    return Reading(raw="\n\n".join(leaf.text for leaf in leaves), blocks=tuple(blocks))
