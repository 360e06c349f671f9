"""CSS selectors for the parts of a source's pages, from what the general extractor found on some of them.

What it takes for the text is looked up on the pages; the names around it become candidates, and a candidate is believed
when, tried on all pages, it finds that text and little else. What then is left over in the text, and stands on several
pages or was no text to the general extractor, is the drop list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from bs4.element import Tag

from transforms.extraction.boxes import fold
from transforms.extraction.layout import Layout
from transforms.extraction.vocabulary import read_names
from transforms.sources.saved import Piece, SavedPage, body_of, is_inside
from transforms.sources.selectors import LEVELS, selectors_of

# Levels above a paragraph at which the element of the whole text is looked for. Real pages need three.
_LEVELS = 6
# Share of the text below which an element cannot be that of the whole, 0..1.
_WHOLE = 0.5
# Candidates for the body that are tried on all pages, and those of them with which the pages are really read.
_TRIED = 40
_READ = 10
# Share of the general extractor's text that a layout must find on each page, or there is no layout, 0..1.
_LEAST = 0.6
# Words below which a line that repeats may be a credit line on a day without an agency ("Source: our staff"): it stays
# in the text, and the cleaning, which knows credits, learns it.
_FURNITURE_WORDS = 6
# Further selectors of the body and of the drop list that are proposed at most.
_MOST_PARTS = 12

IsCredit = Callable[[str], bool]


def propose_layout(pages: Sequence[SavedPage], is_credit: IsCredit) -> tuple[Layout | None, list[str]]:
    """Propose selectors for all parts.

    Args:
        pages: Pages of one design, at least one.
        is_credit: Whether a line names an agency; such a line is never furniture.

    Returns:
        The layout, None when no names tell the body from the rest; and notes for a person.
    """
    repeated = _repeated(pages, is_credit)
    wanted = [[piece for piece in body_of(page.pieces) if piece.text not in repeated] for page in pages]
    layout = Layout()
    fields = _fields(pages)
    for part, texts in fields.items():
        if selector := _field(pages, texts):
            layout = _extended(layout, part, (selector,))
    if not layout.by and (selector := _field(pages, [_author(page) for page in pages])):
        layout = _extended(layout, "by", (selector,))
    body = _body(pages, wanted, layout, is_credit)
    if body is None:
        return None, [
            "no class or id tells the text from the rest of the page; the general extractor goes on reading it"
        ]
    layout = body
    notes = []
    for part, texts in fields.items():
        if any(texts) and not getattr(layout, part) and part != "published":
            notes.append(f"no selector gives {part} on all pages; write one if you miss it")
    return layout, notes


def _repeated(pages: Sequence[SavedPage], is_credit: IsCredit) -> frozenset[str]:
    """Texts of more than a few words that stand on more than one page and credit nobody."""
    counts: Counter[str] = Counter()
    for page in pages:
        long = [piece for piece in page.pieces if len(piece.shown.split()) >= _FURNITURE_WORDS]
        counts.update({piece.text for piece in long if not is_credit(piece.shown)})
    return frozenset(text for text, times in counts.items() if times > 1)


# ── fields ──


def _fields(pages: Sequence[SavedPage]) -> dict[str, list[str]]:
    """What the general extractor gives for each field, folded, one a page; empty where it gives nothing."""

    def first(page: SavedPage, kind: str) -> str:
        return next((piece.text for piece in page.pieces if piece.kind == kind and not piece.cut), "")

    proofs = (page.reading.first_created_evidence for page in pages)
    printed = all(proof is None or proof.place == "raw" for proof in proofs)
    return {
        "headline": [fold(page.reading.headline or "") for page in pages],
        "standfirst": [first(page, "standfirst") for page in pages],
        "by": [first(page, "byline") for page in pages],
        # metadata knows the second, and needs no selector
        "published": [first(page, "date") for page in pages] if printed else [],
    }


def _author(page: SavedPage) -> str:
    """The author that the page's metadata names, where the extractor found no line for it."""
    authors = page.reading.authors
    return fold(authors[0]) if len(authors) == 1 else ""


def _field(pages: Sequence[SavedPage], texts: Sequence[str]) -> str | None:
    """The first selector that finds the field's text before any other on every page that has it."""
    shown = [(page, text) for page, text in zip(pages, texts) if text and page.elements(text)]
    if not shown:
        return None
    page, text = shown[0]
    seen: set[str] = set()
    for tag in page.elements(text):
        for selector in selectors_of(tag):
            if selector not in seen and all(_gives(page, text, selector) for page, text in zip(pages, texts)):
                return selector
            seen.add(selector)
    return None


def _gives(page: SavedPage, text: str, selector: str) -> bool:
    found = next((one for tag in page.select(selector) if (one := fold(tag.get_text()))), "")
    return found == text or not (text and page.elements(text))


# ── the body ──


def _body(
    pages: Sequence[SavedPage], wanted: Sequence[list[Piece]], layout: Layout, is_credit: IsCredit
) -> Layout | None:
    """The layout with the selectors of body and drop that agree best with what the general extractor read."""
    tried: list[tuple[float, int, Layout]] = []
    for selector in _containers(pages, wanted)[:_READ]:
        found = _extended(layout, "body", (selector,))
        found = _with_rest(pages, wanted, found)
        found = _with_drops(pages, wanted, found, is_credit)
        if (score := _agreement(pages, wanted, found)) > 0:
            # of equals an element with all in it: it takes lists, pictures and what else will come along
            tried.append((-round(score, 3), selector.count(" ") + len(found.body), found))
    if not tried:
        return None
    return _with_figures(pages, min(tried, key=lambda one: one[:2])[2])


def _containers(pages: Sequence[SavedPage], wanted: Sequence[list[Piece]]) -> list[str]:
    """Selectors of elements that hold the text, those that agree best first."""
    shares: dict[str, list[float]] = {}
    for page, pieces in zip(pages, wanted):
        total = sum(len(piece.text) for piece in pieces) or 1
        weights: Counter[str] = Counter()
        for piece in pieces:
            weights.update({selector: len(piece.text) for selector in _around(page.element(piece.text))})
        for selector, weight in weights.items():
            shares.setdefault(selector, []).append(weight / total)
    everywhere = [s for s, found in shares.items() if len(found) == len(pages) and min(found) >= _WHOLE]
    everywhere.sort(key=lambda s: (-round(min(shares[s]), 2), s.count(" "), len(s), s))
    fits = {selector: _fit(pages, wanted, selector) for selector in everywhere[:_TRIED]}
    return sorted(fits, key=lambda s: (-round(fits[s], 2), s.count(" "), s.isalpha(), len(s), s))


def _around(tag: Tag | None) -> set[str]:
    """Selectors of an element and of those around it."""
    found: set[str] = set()
    for _ in range(_LEVELS):
        if tag is None or tag.name in ("body", "html", "[document]"):
            break
        found.update(selectors_of(tag))
        tag = tag.parent
    return found


def _fit(pages: Sequence[SavedPage], wanted: Sequence[list[Piece]], selector: str) -> float:
    """The least F1 over the pages of what a selector holds against what it should hold, in characters."""
    scores = []
    for page, pieces in zip(pages, wanted):
        matches = page.select(selector)
        inside = {id(tag) for tag in matches}
        outermost = [tag for tag in matches if not any(id(above) in inside for above in tag.parents)]
        held = sum(len(fold(tag.get_text())) for tag in outermost)
        good = sum(len(p.text) for p in pieces if (tag := page.element(p.text)) is not None and is_inside(tag, inside))
        scores.append(2 * good / max(1, held + sum(len(p.text) for p in pieces)))
    return min(scores)


def _with_rest(pages: Sequence[SavedPage], wanted: Sequence[list[Piece]], layout: Layout) -> Layout:
    """Add selectors for what of the text stands outside of its element: a sign-off, a list, a second part."""
    for page, pieces in zip(pages, wanted):
        for piece in pieces:
            tag = page.element(piece.text)
            if tag is None or len(layout.body) >= _MOST_PARTS or _is_found(page, tag, layout):
                continue
            if selector := next((s for s in selectors_of(tag) if _holds_only(pages, wanted, s)), None):
                layout = _extended(layout, "body", (selector,))
    return layout


def _is_found(page: SavedPage, tag: Tag, layout: Layout) -> bool:
    selectors = [selector for part in (*_FIELDS, "body") for selector in getattr(layout, part)]
    matched = {id(match) for selector in selectors for match in page.select(selector)}
    return is_inside(tag, matched)


def _holds_only(pages: Sequence[SavedPage], wanted: Sequence[list[Piece]], selector: str) -> bool:
    return all(
        fold(tag.get_text()) in {piece.text for piece in pieces}
        for page, pieces in zip(pages, wanted)
        for tag in page.select(selector)
    )


def _with_drops(
    pages: Sequence[SavedPage], wanted: Sequence[list[Piece]], layout: Layout, is_credit: IsCredit
) -> Layout:
    """Add selectors for what the body's elements hold and should not."""
    noise: list[list[Tag]] = []
    good: list[list[Tag]] = []
    for page, pieces in zip(pages, wanted):
        found = body_of(page.with_layout(layout) or ())
        signed = [p for p in page.pieces if p.kind == "byline" and not p.cut]
        signed += [p for p in found if is_credit(p.shown) or _may_sign(p, page.element(p.text))]
        right = {piece.text for piece in (*pieces, *signed)}
        tags = [(piece.text not in right, page.element(piece.text)) for piece in found]
        noise.append([tag for is_bad, tag in tags if tag is not None and is_bad])
        good.append([tag for is_bad, tag in tags if tag is not None and not is_bad])
    keep = [{id(around) for tag in tags for around in (tag, *tag.parents)} for tags in good]
    for number, page in enumerate(pages):
        for tag in noise[number]:
            dropped = {id(match) for selector in layout.drop for match in page.select(selector)}
            if len(layout.drop) >= _MOST_PARTS or is_inside(tag, dropped):
                continue
            outer = _outermost(tag, keep[number])
            chosen = (s for one in outer for s in selectors_of(one) if _spares(pages, keep, good, s))
            if selector := next(chosen, None):
                layout = _extended(layout, "drop", (selector,))
    return layout


def _may_sign(piece: Piece, tag: Tag | None) -> bool:
    """Whether an agency may stand here tomorrow: short lines of text, and what calls itself the author's."""
    if piece.kind in ("paragraph", "line") and len(piece.shown.split()) < _FURNITURE_WORDS:
        return True
    around = () if tag is None else (tag, *islice(tag.parents, LEVELS))
    return any(read_names(f"{one.get('class', '')} {one.get('id', '')}").field == "byline" for one in around)


def _outermost(tag: Tag, keep: set[int]) -> list[Tag]:
    """The element and those around it that hold nothing to keep, the outermost first."""
    around: list[Tag] = []
    one: Tag | None = tag
    while one is not None and id(one) not in keep and one.name not in ("body", "html"):
        around.append(one)
        one = one.parent
    return around[::-1]


def _spares(pages: Sequence[SavedPage], keep: Sequence[set[int]], good: Sequence[list[Tag]], selector: str) -> bool:
    """Whether a selector finds nothing that holds, or stands in, text to keep."""
    for page, held, tags in zip(pages, keep, good):
        matches = {id(match) for match in page.select(selector)}
        if not matches.isdisjoint(held) or any(is_inside(tag, matches) for tag in tags):
            return False
    return True


def _with_figures(pages: Sequence[SavedPage], layout: Layout) -> Layout:
    """Add the pictures beside the text: their captions are cut from the body, and read for photo credits."""
    before = [[p.text for p in body_of(page.with_layout(layout) or ())] for page in pages]
    for page in pages:
        for piece in page.pieces:
            tag = page.element(piece.text) if piece.kind == "caption" else None
            figure = tag if tag is None or tag.name == "figure" else tag.find_parent("figure")
            if figure is None or len(layout.body) >= _MOST_PARTS or _is_found(page, figure, layout):
                continue
            for selector in selectors_of(figure):
                longer = _extended(layout, "body", (selector,))
                after = [[p.text for p in body_of(page.with_layout(longer) or ())] for page in pages]
                if after == before:
                    layout = longer
                    break
    return layout


def _agreement(pages: Sequence[SavedPage], wanted: Sequence[list[Piece]], layout: Layout) -> float:
    """The mean F1 over the pages of what a layout reads against the text wanted; 0 if it misses much on one of them."""
    scores = []
    for page, pieces in zip(pages, wanted):
        read = page.with_layout(layout)
        found = Counter({p.text: len(p.text) for p in body_of(read or ())})
        should = Counter({p.text: len(p.text) for p in pieces})
        common = (found & should).total()
        if common < _LEAST * should.total() or not should:
            return 0.0
        scores.append(2 * common / (found.total() + should.total()))
    return sum(scores) / len(scores)


_FIELDS = ("headline", "standfirst", "by", "published")


def _extended(layout: Layout, part: str, selectors: tuple[str, ...]) -> Layout:
    parts = {name: getattr(layout, name) for name in Layout.__struct_fields__}
    parts[part] = tuple(dict.fromkeys((*parts[part], *selectors)))
    return Layout(**parts)
