"""CSS selectors by which an element of a page may be told from all others, from names that a redesign would change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

# Levels above an element whose names may stand in its selector.
LEVELS = 3
# Attributes beside class and id whose values are names; further ones that begin with data- may be.
_NAMING = ("itemprop", "data-testid", "data-component", "data-qa", "data-role", "role")
# Elements that a page has one of, or that say what they are without a name.
_TELLING = frozenset({"article", "main", "h1", "time", "figure"})
_NAME = re.compile(r"[A-Za-z][\w-]*\Z", re.ASCII)
_PARTS = re.compile(r"[-_]+")
_MODULE = re.compile(r"([A-Za-z][A-Za-z-]*_[A-Za-z-]+__)[\w-]{4,8}\Z", re.ASCII)  # Article_body__3xYz1
_VOWELS = re.compile(r"[aeiouy]", re.IGNORECASE)
_HUMPS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")  # articleBody: article, Body
# Beginnings of names that tools make up for styles of one element.
_STYLES = ("css-", "sc-", "jsx-", "svelte-", "emotion-", "makeStyles-", "jss")
_ABBREVIATION = 4  # letters up to which a lone part needs no vowel: txt, btn, html
# Classes and attributes of one element that are looked at; tools write dozens, the names come first.
_MOST_NAMES = 12


def selectors_of(tag: Tag) -> Iterator[str]:
    """Selectors that match an element, the plainest first.

    Names that a build makes up (``css-1x2y3z``) or that number an article are left out. A selector may match other
    elements, too: who asks has to try it.

    Args:
        tag: An element of a page.

    Yields:
        Each selector once: by the element's own names, then by the nearest named elements around it.
    """
    seen: set[str] = set()
    own = list(_own(tag))
    for selector in _with_parents(tag, own):
        if selector not in seen:
            seen.add(selector)
            yield selector


def _with_parents(tag: Tag, own: list[str]) -> Iterator[str]:
    yield from own
    if tag.name in _TELLING:
        yield tag.name
    above = tag.parent
    for level in range(LEVELS):
        if above is None or above.name in ("[document]", "html"):
            return
        joint = " > " if level == 0 else " "
        for name in _own(above):
            for inner in (*own[:2], tag.name):
                yield f"{name}{joint}{inner}"
        above = above.parent


def _own(tag: Tag) -> Iterator[str]:
    """Selectors by the element's own names alone."""
    identifier = _text(tag, "id")
    if is_lasting(identifier):
        yield f"#{identifier}"
    further = sorted(name for name in tag.attrs if name.startswith("data-") and is_lasting(name))[:_MOST_NAMES]
    for attribute in (*_NAMING, *further):
        value = _text(tag, attribute)
        if is_lasting(value):
            yield f"{tag.name}[{attribute}='{value}']"
    classes = _text(tag, "class").split()[:_MOST_NAMES]
    for name in classes:
        if is_lasting(name):
            yield f"{tag.name}.{name}"
        elif module := _MODULE.match(name):
            yield f"{tag.name}[class*='{module[1]}']"


def is_lasting(name: str) -> bool:
    """Whether a name is made of words, so that it will mean the same on the next page and after the next build."""
    if not _NAME.match(name) or len(name) > 60 or name.startswith(_STYLES):
        return False
    return all(_is_word(part) for part in _PARTS.split(name) if part)


def _is_word(part: str) -> bool:
    if part.isdecimal():
        return len(part) <= 2
    letters = part.rstrip("0123456789")
    if not letters.isalpha() or len(part) - len(letters) > 2:
        return False
    humps = _HUMPS.findall(letters)
    if len(humps) == 1 and len(letters) <= _ABBREVIATION:
        return letters.islower() or len(letters) == 1
    return all(_VOWELS.search(hump) for hump in humps) and len(humps) <= 4


def _text(tag: Tag, attribute: str) -> str:
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else str(value or "")
