"""Markup, made safe for the parser before it is parsed."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

# Bytes of a page that are read. The largest real articles measure 3 million, with their scripts.
_LONGEST = 12_000_000
# Elements inside of each other from which the rest of a page is left unread: the parser's time grows with the square
# of the depth, and a browser stops at 512. Real pages reach 60.
_DEEPEST = 2_000
# Tags of a page below which its depth need not be counted: nested all, they cost a quarter of a second.
_FEW_TAGS = 12_000

# Bytes without an end of a tag that are looked at. Scripts and images inside of attributes reach 350,000.
_LONG_TAG = 32_768
# Attributes of one tag, as words: the parser compares each with all before it. Real tags have fewer than 100.
_MOST_ATTRIBUTES = 4_000
# Options of all forms of a page: the parser walks over all before each of them. Lists of countries have 250.
_MOST_OPTIONS = 4_000

# Their content may be as long as it likes: the parser doesn't look into it.
_RAW = (b"<script", b"<style", b"<SCRIPT", b"<STYLE")

_OPTION = re.compile(rb"</?(?:option|optgroup)\b[^<>]{0,300}>", re.I)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
# Elements without content, and those that the next of their kind closes: they don't nest in themselves.
_FLAT = frozenset(
    (
        "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot "
        "option optgroup rp rt body html head path circle rect use g"
    ).encode().split()
)  # fmt: skip


def parse(html: str | bytes) -> LexborHTMLParser:
    """The tree of a page, given as text or as its UTF-8, without what would take the parser quadratic time."""
    return LexborHTMLParser(safe_markup(html.encode("utf-8", "ignore") if isinstance(html, str) else html))


def safe_markup(html: bytes) -> bytes:
    """The page up to where its length or the depth of its elements leaves what any article reaches.

    Args:
        html: The page, in UTF-8.

    Returns:
        The same page for all but hostile and broken ones. Of these, what would take the parser
        quadratic time is left out: endless tags, lists of thousands of options, and all behind too deep a nesting.
    """
    if len(html) > _LONGEST:
        html = html[:_LONGEST].decode("utf-8", "ignore").encode("utf-8")
    html = _without_endless_tags(html)
    if html.count(b"<") <= _FEW_TAGS:
        return html
    if html.count(b"<option") + html.count(b"<OPTION") > _MOST_OPTIONS:
        html = _OPTION.sub(b" ", html)
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return html[: tag.start()]
    return html


def _without_endless_tags(html: bytes) -> bytes:
    """Leave out tags of more attributes than any has; the stretches that must be looked at show no end of a tag."""
    parts: list[bytes] = []
    done = 0
    place = 0
    while place < len(html):
        if html.find(b">", place, place + _LONG_TAG) >= 0 or place + _LONG_TAG > len(html):
            place += _LONG_TAG
            continue
        start = html.rfind(b"<", done, place + 1)
        end = html.find(b">", place)
        end = len(html) if end < 0 else end + 1
        if (
            start >= 0
            and html[start + 1 : start + 2].isalpha()
            and not html.startswith(_RAW, start)
            and len(html[start:end].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES
        ):
            parts.append(html[done:start])
            done = end
        place = end
    return b"".join((*parts, html[done:])) if parts else html
