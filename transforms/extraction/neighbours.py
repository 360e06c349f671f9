"""What goes because of what stands beside it: lists of links, their headings, what is printed twice."""

from __future__ import annotations

from schemas.article import BlockKind, Cut
from transforms.extraction.leaves import Leaf

# Characters up to which a line that opens a list may be as long as a heading.
_LABEL = 60
# Characters of the shortest piece whose repetition isn't chance.
_LONG = 30
# Share of each item in links, from which a list is nothing but links. Range 0..1. dev halves, 2026-11-20.
_LINK_IN_LIST = 0.45
# Cuts whose heading goes with them.
_TAKES_ITS_HEADING = frozenset(
    {"related", "newsletter", "comments", "tags", "share_bar", "ad_marker", "donation", "survey", "media_player"}
)


def cut_by_neighbours(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> None:
    """Add cuts for what only its neighbours show to be none of the story.

    Args:
        leaves: In document order.
        kinds: What each of them is.
        cuts: Why each is no body, None where nothing speaks against it; changed in place.
    """
    _repeated(leaves, kinds, cuts)
    _lists_of_links(leaves, kinds, cuts)
    _headings_of_nothing(leaves, kinds, cuts)


def _repeated(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> None:
    """What stands a second time, word for word, is a pull quote, a caption or a teaser."""
    seen: set[str] = set()
    for i, leaf in enumerate(leaves):
        if cuts[i] is not None or kinds[i] in ("headline", "byline", "date"):
            continue
        if len(leaf.text) >= _LONG:
            text = leaf.text.casefold()
            if text in seen:
                cuts[i] = Cut(cls="related", rule="structure.repeated")
            seen.add(text)


def _lists_of_links(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> None:
    i = 0
    while i < len(leaves):
        end = i
        while end < len(leaves) and leaves[end].shape == "list_item" and leaves[end].parent == leaves[i].parent:
            end += 1
        items = leaves[i:end]
        if items and min(item.linked for item in items) > _LINK_IN_LIST and "byline" not in kinds[i:end]:
            for at in range(i, end):
                cuts[at] = cuts[at] or Cut(cls="related", rule="structure.list_of_links")
        i = max(end, i + 1)


def _headings_of_nothing(leaves: list[Leaf], kinds: list[BlockKind], cuts: list[Cut | None]) -> None:
    """A heading, or a line that opens a list, goes with what it stands over when all of that goes."""
    over: Cut | None = None  # of what follows, up to the next heading
    alive = True
    for i in range(len(leaves) - 1, -1, -1):
        opens = (
            kinds[i] == "heading"
            or len(leaves[i].text) <= _LABEL
            and (leaves[i].text.endswith(":") or leaves[i].bold > 0.9)
        )
        cut = cuts[i]
        if opens and cut is None and not alive and over is not None and over.cls in _TAKES_ITS_HEADING:
            cuts[i] = Cut(cls=over.cls, rule="structure.heading_of_" + over.cls)
        elif cut is not None and kinds[i] != "heading":
            over, alive = cut, False if over is None or not alive else alive
            continue
        if kinds[i] == "heading" or cuts[i] is None:
            over, alive = None, True
