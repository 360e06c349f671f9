"""A page, read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from schemas.article import Block, Flow, MetadataField
from schemas.records import DateEvidence, Moment
from transforms.extraction.authors import authors_elsewhere, claimed_authors, find_authors
from transforms.extraction.bounds import Hints
from transforms.extraction.boxes import NO_TEXT, fold
from transforms.extraction.by_layout import LayoutReading, read_by_layout
from transforms.extraction.claimed_story import claimed_story
from transforms.extraction.dates import UNKNOWN_HABITS, DateHabits
from transforms.extraction.fields import Titles, find_dates, find_headline, read_titles
from transforms.extraction.layout import Layout
from transforms.extraction.leaves import Leaf, read_leaves
from transforms.extraction.marked_dates import marked_dates
from transforms.extraction.markup import parse
from transforms.extraction.metadata import Claims, clean, metadata_fields, read_claims
from transforms.extraction.reading import Reading, read_blocks
from transforms.extraction.refusals import Signs, check_is_article
from transforms.extraction.region import Region, find_region
from transforms.extraction.soup import cook
from transforms.extraction.words import printed_byline, starts_as_byline

# Types of schema.org for pages that hold many stories, or pictures.
_LISTS = frozenset({"collectionpage", "searchresultspage", "imagegallery", "videogallery", "mediagallery", "itemlist"})


# Characters of body below which a page is read a second time, without believing the names of its elements, and from
# which that second reading is believed instead. A story behind an unlucky name is long, a page without one stays empty.
_LITTLE = 250
_ENOUGH = 600


# Parts about other stories and by other people, and the elements that hold bylines as well.
_OF_OTHERS = frozenset({"related", "comments", "nav_menu"})
_OF_PICTURES = frozenset({"photo_caption", "photo_credit"})
_BESIDE_IMAGE = "structure.beside_image"
_WORDS_OF_NAME = range(2, 5)
_ELEMENTS = frozenset({"element.aside", "element.footer"})


class _Said(Flow, kw_only=True):
    """What a page says beside its story."""

    tree: LexborHTMLParser
    claims: Claims
    titles: Titles
    authors: tuple[str, ...]  # that the metadata names
    url: str | None
    habits: DateHabits


class PageReading(Flow, kw_only=True):
    """What a page says, before anything is removed from it. None and empty where it is silent."""

    raw: str  # visible text of the region that was chosen, in document order
    blocks: tuple[Block, ...]  # they tile raw, white space apart
    headline: str | None
    standfirst: str | None
    by: str | None  # verbatim
    authors: tuple[str, ...]  # as printed, agencies among them
    first_created: Moment | None
    first_created_evidence: DateEvidence | None
    version_created: Moment | None
    canonical: str | None  # absolute
    site_name: str | None
    declared_language: str | None  # BCP 47
    metadata: tuple[MetadataField, ...]
    by_layout: bool = False  # whether a layout of its source found the body


def read_page(
    html: str | bytes, url: str | None, layouts: Sequence[Layout] = (), habits: DateHabits = UNKNOWN_HABITS
) -> PageReading:
    """Find the article on a page and read it.

    Args:
        html: The page: its text, or the UTF-8 of it, which is faster.
        url: Where it was found, None if that isn't known.
        layouts: Where its publisher prints what, in the order in which they are tried. The first whose body selectors
            find text decides; without one, the page is read by what it shows itself.
        habits: How its publisher writes dates.

    Returns:
        The article's region as blocks, and its fields.

    Raises:
        ExtractError: The subclass says why the page is no article.
    """
    tree = parse(html)
    claims = read_claims(tree, url)
    tree.strip_tags(NO_TEXT, recursive=True)
    titles = read_titles(claims, _headings(tree))
    said = _Said(tree=tree, claims=claims, titles=titles, authors=claimed_authors(claims), url=url, habits=habits)
    for layout in layouts:
        found = read_by_layout(tree, layout)
        if found is not None:
            return _of_layout(said, found)
    hints = _hints(said)
    region, leaves, reading = _read_region(tree, hints, believe_names=True)
    if _body_size(reading) < _LITTLE:
        again = _read_region(tree, hints, believe_names=False)
        if _body_size(again[2]) > max(_ENOUGH, 4 * _body_size(reading)):
            region, leaves, reading = again
        claimed = claimed_story(claims, reading)
        if claimed and _body_size(claimed) > max(_ENOUGH, 4 * _body_size(reading)):
            leaves, reading = [], claimed
    signs = Signs(
        titles=titles.all,
        claims_article=claims.article_type is not None or "article" in claims.meta.get("og:type", ()),
        claims_list=bool(claims.types & _LISTS) or "website" in claims.meta.get("og:type", ()),
        asks_password=claims.asks_password,
        linked=region.linked,
        linked_headings=region.linked_headings,
    )
    body = tree.body
    check_is_article(
        reading.raw, reading.blocks, signs, lambda: " ".join(body.text(separator=" ").split()) if body else ""
    )
    over_story = next((reading.raw[b.start : b.end] for b in reading.blocks if b.kind == "headline"), None)
    headline = find_headline(titles, over_story)
    pairs = list(zip(leaves, reading.blocks))
    times = [leaf.moment for leaf, b in pairs if leaf.moment and b.cut is None and b.kind in ("date", "byline")]
    return _composed(said, reading.raw, reading.blocks, headline, _marked_authors(pairs), times, None)


def _marked_authors(pairs: list[tuple[Leaf, Block]]) -> list[str]:
    """Texts that are marked as the author's: in the bylines, else anywhere but beside other stories and pictures."""
    bylines = [name for leaf, b in pairs if b.kind == "byline" and b.cut is None for name in leaf.authors]
    return bylines or [name for leaf, _ in pairs if leaf.authors and _is_of_story(leaf) for name in leaf.authors]


def _is_of_story(leaf: Leaf) -> bool:
    if leaf.cut in _OF_PICTURES:  # an author's portrait looks like any picture
        return starts_as_byline(leaf.text) or leaf.rule == _BESIDE_IMAGE and len(leaf.text.split()) in _WORDS_OF_NAME
    return leaf.cut not in _OF_OTHERS or leaf.rule in _ELEMENTS


def _hints(said: _Said) -> Hints:
    claims, titles = said.claims, said.titles
    return Hints(
        titles=frozenset(fold(t) for t in titles.all),
        surest=frozenset(fold(t) for t in (titles.claimed, titles.shared) if t),
        descriptions=tuple(dict.fromkeys(fold(d) for d in _descriptions(claims))),
        authors=tuple(map(fold, said.authors)),
        language=claims.language,
    )


def _read_region(tree: LexborHTMLParser, hints: Hints, believe_names: bool) -> tuple[Region, list[Leaf], Reading]:
    region = find_region(tree, (hints.surest, hints.titles), believe_names)
    leaves = read_leaves(cook(region.root, region.skip, region.cuts, region.bodies)) if region.root else []
    return region, leaves, read_blocks(leaves, hints)


def _body_size(reading: Reading) -> int:
    return sum(
        b.end - b.start
        for b in reading.blocks
        if b.cut is None and b.kind in ("paragraph", "list_item", "quote", "table")
    )


def _of_layout(said: _Said, found: LayoutReading) -> PageReading:
    headline = found.headline or find_headline(said.titles, None)
    return replace(_composed(said, found.raw, found.blocks, headline, [], [], found.published), by_layout=True)


def _headings(tree: LexborHTMLParser) -> list[str]:
    texts = (" ".join(node.text(separator=" ").split()) for node in tree.css("h1")[:20])
    return [re.sub(r"\s+([:,;.!?])", r"\1", text)[:500] for text in texts if text]


def _descriptions(claims: Claims) -> list[str]:
    values = [clean(claims.article.get("description")), clean(claims.article.get("alternativeHeadline"))]
    for name in ("og:description", "description", "twitter:description"):
        values.extend(claims.meta.get(name, ()))
    return [v.removesuffix("...").removesuffix("…").rstrip() for v in values if v and len(v) > 30]


def _composed(
    said: _Said,
    raw: str,
    blocks: tuple[Block, ...],
    headline: str | None,
    marked: list[str],
    times: list[str],
    published: str | None,
) -> PageReading:
    claims = said.claims

    def texts(kind: str) -> list[str]:
        return [raw[b.start : b.end] for b in blocks if b.kind == kind and b.cut is None]

    dates = find_dates(
        claims,
        raw,
        blocks,
        published,
        said.url,
        said.habits,
        lambda: marked_dates(said.tree, times, set(map(fold, said.titles.all)), claims.language),
    )
    bylines = [line for text in texts("byline") if (line := printed_byline(text, claims.language))]
    return PageReading(
        raw=raw,
        blocks=blocks,
        headline=headline,
        standfirst="\n".join(dict.fromkeys(texts("standfirst"))) or None,
        by=next(iter(bylines), None),
        authors=find_authors(claims, said.authors, bylines, marked, lambda: authors_elsewhere(said.tree)),
        first_created=dates.first,
        first_created_evidence=dates.evidence,
        version_created=dates.version,
        canonical=claims.canonical or claims.og_url,
        site_name=next(iter(claims.meta.get("og:site_name", ())), None),
        declared_language=claims.language,
        metadata=metadata_fields(claims),
    )
