"""Pages that are no articles: error, consent, paywall and login pages, lists of links, empty ones."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from schemas.article import Block, Flow
from schemas.errors import ConsentPage, ErrorPage, ExtractError, IndexPage, NoArticle, PaywallPage

# Characters of body from which a page that calls itself an article is one, whatever else stands on it.
_STORY = 250
# The same for a page that doesn't call itself one. A front page's teasers add up to more: see below.
_LONG_STORY = 900
# Characters of body below which nothing is an article. The shortest briefs of the dev halves have 150.
_LEAST = 40
# Characters of a page's text that cues are searched in.
_READ = 20_000
# Headings that are links, from which a page without a story of its own is a list. Related boxes show up to 6.
_MOST_LINKED_HEADINGS = 7
# Share of a region's text in links above which it is a list. Range 0..1.
_LINKED = 0.6

_BODY = frozenset({"paragraph", "list_item", "quote", "table", "line"})
_REASONS: dict[str, type[ExtractError]] = {
    "error_page": ErrorPage,
    "consent_page": ConsentPage,
    "paywall_page": PaywallPage,
}


class Signs(Flow, kw_only=True):
    """What a page shows of what it is."""

    titles: tuple[str, ...]  # of the title tag, h1 and metadata
    claims_article: bool  # JSON-LD or og:type call it an article
    claims_list: bool  # they call it a website, a collection or a gallery
    asks_password: bool
    linked: float  # share of the page's text in links
    linked_headings: int  # headings of the page that are links


class Refusal(Flow, kw_only=True):
    """One kind of page that is no article."""

    id: str
    reason: str
    where: str
    pattern: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@functools.cache
def refusals() -> tuple[Refusal, ...]:
    """The table of refusals.toml."""
    table = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text("utf-8"))
    return tuple(
        Refusal(**{**row, "hits": tuple(row["hits"]), "misses": tuple(row["misses"])}) for row in table["refusal"]
    )


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the table, as it is used."""
    return re.compile(pattern, re.I)


def check_is_article(raw: str, blocks: Sequence[Block], signs: Signs, page_text: Callable[[], str]) -> None:
    """Do nothing for an article.

    Args:
        raw: The region's text.
        blocks: Its blocks.
        signs: What the rest of the page shows.
        page_text: Gives all that can be read on the page, menus included. Only asked for where a story is missing.

    Raises:
        ErrorPage, ConsentPage, PaywallPage, IndexPage: For such pages, where they hold no story.
        NoArticle: For other pages without a story.
    """
    body = [raw[b.start : b.end] for b in blocks if b.cut is None and b.kind in _BODY]
    size = sum(map(len, body))
    if size >= (_STORY if signs.claims_article else _LONG_STORY):
        if not signs.claims_article:
            _check_list(body, size, signs)
        return
    text = page_text()[:_READ] if size < _STORY else " ".join(body)[:_READ]
    for refusal in refusals():
        pattern = compiled(refusal.pattern)
        said = [" ".join(m[0].split()) for place in signs.titles for m in pattern.finditer(place)]
        if refusal.where == "text":
            said += [" ".join(m[0].split()) for m in pattern.finditer(text)]
            if size >= _STORY and len({s.casefold() for s in said}) < 2:
                continue  # a story may well quote one such sentence
        if said:
            raise _REASONS[refusal.reason](f"the page says {said[0]!r}, and has only {size} characters of a story")
    if signs.asks_password and size < _STORY:
        raise PaywallPage(f"the page asks for a password, and shows only {size} characters of text")
    _check_list(body, size, signs)
    if size < _LEAST:
        raise NoArticle(f"only {size} characters of text outside of menus, captions and links")


def _check_list(body: Sequence[str], size: int, signs: Signs) -> None:
    if signs.claims_article:
        return
    headings = signs.linked_headings
    if headings >= _MOST_LINKED_HEADINGS and (signs.claims_list or size < 250 * headings):
        raise IndexPage(f"{headings} headings that are links, over {size} characters of text")
    if size < _STORY and signs.linked > _LINKED:
        raise IndexPage(
            f"{100 * signs.linked:.0f} % of the page's text stand in links, and only {size} characters in paragraphs"
        )
    if size < _STORY and signs.claims_list:
        raise IndexPage(f"the page calls itself a list or a gallery, and has only {size} characters of text")
