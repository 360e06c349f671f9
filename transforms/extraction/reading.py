"""From the leaves of a region to blocks: which is headline, standfirst, byline, date, body, and what is none of it."""

from __future__ import annotations

import re

from schemas.article import Block, BlockKind, Cut, Flow
from transforms.extraction.bounds import (
    LINK,
    SHORT,
    STOPS,
    Hints,
    describes,
    first_of_body,
    is_date_line,
    last_of_body,
    names_author,
)
from transforms.extraction.boxes import ends_as, fold
from transforms.extraction.dates import find_moment
from transforms.extraction.leaves import Leaf
from transforms.extraction.neighbours import cut_by_neighbours
from transforms.extraction.words import is_house_byline, printed_byline, starts_as_byline

# Leaves behind the headline among which it may stand again, behind a kicker.
_NEAR = 5
# Letters of a second headline. Decks are longer.
_LONGEST_HEADLINE = 100
# Leaves of the top of a region, where the headline stands.
_TOP = 60
# Characters of a link that is a number, or the sign of a note.
_PAGE_NUMBER = 3
# Characters of a time of day over an entry of a live blog.
_TIME = 40
# Characters from which a link with a full stop is a sentence.
_SENTENCE = 60
# Characters up to which a leaf can be a label.
_LABEL = 60
# Share of a line in links above which it is one with a label before it: "Read also: …". Range 0..1.
_LINK_BEHIND_LABEL = 0.55
_HOUR = re.compile(r"\d?\d[:.hH]\d\d\b")
_LABEL_ENDS = (":", "|", "»", ">", "–", "—", "→", "►", "👉", "▶")


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
            is_heading = leaf.tag[0] == "h" or i < headline
            if i == headline or is_heading and _is_title(fold(leaf.text), title, hints, i <= headline + _NEAR):
                kinds[i], cuts[i] = "headline", None
    body = first_of_body(leaves, kinds, cuts, hints, headline)
    last = last_of_body(leaves, kinds, cuts)
    for i, leaf in enumerate(leaves):
        if kinds[i] == "headline":
            continue
        if i < body:
            kinds[i], cuts[i] = _before_body(leaf, kinds[i], cuts[i], hints, headline is None or i > headline)
        elif i > last:
            kinds[i], cuts[i] = _after_body(leaf, kinds[i], cuts[i], hints, leaves[last].parent)
        else:
            kinds[i], cuts[i] = _inside_body(leaf, kinds[i], cuts[i], hints)
    cut_by_neighbours(leaves, kinds, cuts)
    return _laid_out(leaves, kinds, cuts)


def _plain_kind(leaf: Leaf) -> BlockKind:
    if leaf.cut in ("photo_caption", "photo_credit"):
        return "caption"
    return leaf.shape


def _is_title(text: str, headline: str, hints: Hints, near: bool) -> bool:
    """Whether a heading beside the headline is one, too; a long one that the page calls its description is the deck."""
    if text == headline or text in hints.surest or near and ends_as(text, hints.surest):
        return True
    return text in hints.titles and (len(text) <= _LONGEST_HEADLINE or text not in hints.descriptions)


def _headline(leaves: list[Leaf], hints: Hints) -> int | None:
    """The heading that is the surest title of the page, else any title, else a line that is one, else the first h1."""
    headings = [
        (i, fold(leaf.text))
        for i, leaf in enumerate(leaves[:_TOP])
        if leaf.shape == "heading" or leaf.field == "headline"
    ]
    for titles in (hints.surest, hints.titles):
        found = [i for i, text in headings if text in titles]
        if found:
            return next((i for i in found if leaves[i].linked < 0.5), found[0])
    behind_kicker = next((i for i, text in headings if leaves[i].linked < 0.5 and ends_as(text, hints.surest)), None)
    if behind_kicker is not None:
        return behind_kicker
    own = [(i, leaf) for i, leaf in enumerate(leaves[:_TOP]) if leaf.cut is None]
    line = next((i for i, leaf in own if leaf.linked < 0.5 and fold(leaf.text) in hints.titles), None)
    return line if line is not None else next((i for i, leaf in own if leaf.tag == "h1"), None)


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
        and describes(leaf, hints)
    ):
        return "standfirst", None
    if cut is not None and cut.cls not in ("tags", "about_author", "share_bar"):
        return kind, cut
    if size <= SHORT:
        named = leaf.field != "standfirst" and (bool(leaf.authors) or names_author(leaf, hints))
        named = named or starts_as_byline(leaf.text)
        if leaf.moment is not None or leaf.field == "date" or size < 80:
            if any(c.isdigit() for c in leaf.text) and (leaf.moment is not None or is_date_line(leaf, hints)):
                return ("byline" if named and printed_byline(leaf.text, hints.language) else "date"), None
        if named or leaf.field == "byline" or is_house_byline(leaf.text):
            return "byline", None
    if cut is not None:
        return kind, cut
    if not below_headline:
        return kind, Cut(cls="nav_menu", rule="structure.above_headline")
    if (
        size > 24
        and leaf.linked < 0.5
        and (leaf.field == "standfirst" or describes(leaf, hints) or size > _LABEL or leaf.text.endswith(STOPS))
    ):
        return "standfirst", None
    if leaf.field == "date" and size < _LABEL:
        return "date", None
    return kind, Cut(cls="nav_menu", rule="structure.label_above_body")


def _after_body(leaf: Leaf, kind: BlockKind, cut: Cut | None, hints: Hints, place: int) -> tuple[BlockKind, Cut | None]:
    """``place`` is the element in which the body's last paragraph stands: a heading beside it is over short lines."""
    if cut is not None:
        return kind, cut
    if leaf.linked > LINK:
        return kind, Cut(cls="related", rule="structure.link_below_body")
    if leaf.shape == "heading" and leaf.parent != place:
        return kind, Cut(cls="related", rule="structure.heading_below_body")
    if leaf.field == "date" and find_moment(leaf.text, True, None, hints.language):
        return "date", None
    if len(leaf.text) < SHORT and (leaf.authors or names_author(leaf, hints)):
        return "byline", None
    return kind, None


def _inside_body(leaf: Leaf, kind: BlockKind, cut: Cut | None, hints: Hints) -> tuple[BlockKind, Cut | None]:
    if cut is not None:
        return kind, cut
    if (leaf.moment is not None or leaf.field == "date") and len(leaf.text) <= _TIME and _HOUR.match(leaf.text):
        return "date", None
    if leaf.linked > LINK and leaf.authors and len(leaf.text) <= _LABEL:
        return "byline", None  # who wrote this entry of a live blog
    if leaf.linked > LINK and len(leaf.text) > _PAGE_NUMBER and leaf.shape != "list_item" and not _is_sentence(leaf):
        return kind, Cut(cls="related", rule="structure.link")
    if leaf.linked > _LINK_BEHIND_LABEL and leaf.shape != "heading":
        label = leaf.text[: round(len(leaf.text) * (1 - leaf.linked))].rstrip()
        if label.endswith(_LABEL_ENDS) or label[:1] in _LABEL_ENDS:
            return kind, Cut(cls="related", rule="structure.link_behind_label")
    return kind, None


def _is_sentence(leaf: Leaf) -> bool:
    """A sentence of the story that is a link from end to end; titles of other stories bear no full stop."""
    return not leaf.card and leaf.shape == "paragraph" and len(leaf.text) >= _SENTENCE and leaf.text.endswith(".")


def _laid_out(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> Reading:
    blocks: list[Block] = []
    place = 0
    for leaf, kind, cut in zip(leaves, kinds, cuts):
        blocks.append(Block(start=place, end=place + len(leaf.text), kind=kind, cut=cut))
        place += len(leaf.text) + 2
    return Reading(raw="\n\n".join(leaf.text for leaf in leaves), blocks=tuple(blocks))
