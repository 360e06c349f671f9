"""Bylines: how they open, and the names in them."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

# Words of a name at most. "Ludwig van der Meer de Oliveira Santos" has seven.
_MOST_WORDS = 7


@functools.cache
def _openings() -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    words = sorted(table["byline"], key=lambda w: (-len(w), w))
    return re.compile(r"[\W_]{0,4}(?:" + "|".join(map(re.escape, words)) + r")(?:\s?:|\b)\s{0,3}(?=\S)", re.I)


@functools.cache
def _joints() -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    words = "|".join(re.escape(w) for w in sorted(table["joining"], key=lambda w: (-len(w), w)))
    return re.compile(rf"\s*[,;|/·•–—]\s*|\s+(?:{words})\s+", re.I)


def starts_as_byline(text: str) -> bool:
    """Whether a line opens with a byline's word and goes on with a name."""
    match = _openings().match(text)
    return bool(match) and text[match.end() :][:1].isupper() and len(text) < 120


def names_in_byline(text: str) -> tuple[str, ...]:
    """The names in a byline, as printed, without the words around them, up to the first piece that is no name."""
    match = _openings().match(text)
    text = text[match.end() :] if match else text
    names: list[str] = []
    for part in _joints().split(text[:400]):
        part = part.strip(" .:()[]")
        if not part:
            continue
        if (
            not part[0].isupper()
            and part[0].islower()
            and names
            or len(part.split()) > _MOST_WORDS
            or any(c.isdigit() or c == "@" for c in part)
        ):
            break
        if not re.search(r"\.\w{2,3}$", part):
            names.append(part)
    return tuple(dict.fromkeys(names))


@functools.cache
def _labels() -> frozenset[str]:
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return frozenset(table["author_label"])


def is_author_label(text: str) -> bool:
    """Whether a label says that an author's name follows."""
    return text.strip(" :").casefold() in _labels()
