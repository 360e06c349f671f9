"""Where names of agencies stand in a text: one pass over its words, then only the places that may hold a name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

WORD = re.compile(r"\w+")
_RUN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# Whatever parts words, as a space: bytes that are no letter or digit, and the marks of print outside ASCII.
_BREAKS = bytes(b if b >= 128 or chr(b).isalnum() else 32 for b in range(256))
_MARKS = "\u201c\u201d\u2013\u2014\u2026\u00ab\u00bb\u201e\u00a9\u2022\u00b7\u2015\u2122\u00ae\u2212\u00b4\u2039\u203a\uff08\uff09\uff1a"
# Scripts without capitals that join words or prefixes to names: found anywhere, without a look at word borders.
_JOINED = re.compile("[\u0590-\u08ff\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Characters of the same length as what they stand for, so that places stay. A handful of `replace` is ten times
# cheaper than one `translate`.
_FLAT = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u00a0", " "),
    ("\u2009", " "),
    ("\u202f", " "),
    ("\u2007", " "),
    ("\ufeff", " "),
    ("\u2011", "-"),
    ("\u2010", "-"),
    ("\u200b", " "),
    ("\u200e", " "),
    ("\u200f", " "),
)
_ENTITY = re.compile(r"&(?:#\d{2,5}|[a-z]{2,6});")


class Alias(NamedTuple):
    """One spelling, and what it stands for."""

    text: str
    ids: tuple[str, ...]  # the agencies that share it, by rank; none for a decoy
    kind: Literal["agency", "photo", "decoy", "collective"]
    weak: bool = False  # counts only where a credit or a quoted source can stand
    wordlike: bool = False
    given: bool = False  # a person's name, too
    slot_only: bool = False  # an odd spelling (afp, Afp), read only in the slot of a byline or in a joint credit


class Name(NamedTuple):
    """An alias in a text."""

    start: int
    end: int
    alias: Alias


class NameTable:
    """Finds aliases, the longest first; a name inside a longer one is not found."""

    def __init__(self, aliases: Iterable[Alias], watched: Iterable[str] = ()):
        # by the longest capitalised word of the alias, which is the rarest in texts, and the place of that word in it
        self.aliases = tuple(sorted(aliases, key=lambda alias: (-len(alias.text), alias.text, alias.kind)))
        self._by_word: dict[str, list[tuple[int, Alias]]] = {}
        self._joined: list[Alias] = []
        for alias in self.aliases:
            if _JOINED.search(alias.text):
                self._joined.append(alias)
            elif words := list(WORD.finditer(alias.text)):
                longest = max(words, key=lambda word: (word[0][0].isupper(), len(word[0])))
                self._by_word.setdefault(longest[0], []).append((longest.start(), alias))
        self._words = frozenset((*self._by_word, *watched))
        self._bytes = {word.encode(): word for word in self._words}

    def find(self, text: str) -> list[Name]:
        """All names in a text, in order and apart.

        Args:
            text: Flattened by ``flat``.
        """
        return self.look(text)[0]

    def look(self, text: str) -> tuple[list[Name], frozenset[str]]:
        """The names as ``find`` has them, and which words of names, and of those watched, the text has at all."""
        found = []
        plain = text
        if not text.isascii():
            for mark in _MARKS:
                plain = plain.replace(mark, " ")
        joined = not plain.isascii() and _JOINED.search(plain) is not None
        met = self._met(plain, joined)
        for word in met:
            aliases = self._by_word.get(word)
            at = text.find(word) if aliases else -1
            while at >= 0:
                for before, alias in aliases:
                    start = at - before
                    end = start + len(alias.text)
                    if (
                        start >= 0
                        and text.startswith(alias.text, start)
                        and not (start and _is_joined(text, start))
                        and not (end < len(text) and _joins(text, end))
                    ):
                        found.append(Name(start, end, alias))
                        break
                at = text.find(word, at + len(word))
        if joined:
            for alias in self._joined:
                at = text.find(alias.text)
                while at >= 0:
                    if _stands_alone(text, at, alias):
                        found.append(Name(at, at + len(alias.text), alias))
                    at = text.find(alias.text, at + len(alias.text))
        return (found if len(found) < 2 else _apart(found)), met

    def _met(self, text: str, joined: bool) -> frozenset[str]:
        """The known words that a text has. Bytes are split several times as fast as a pattern finds words."""
        if joined:
            return self._words.intersection(WORD.findall(text)) | self._words.intersection(_RUN.findall(text))
        met = self._bytes.keys() & text.encode("utf-8", "surrogatepass").translate(_BREAKS).split()
        return frozenset(self._bytes[word] for word in met)


def _apart(found: list[Name]) -> list[Name]:
    """In order; of names that overlap the one that begins first, of these the longer."""
    found.sort(key=lambda name: (name.start, -name.end))
    apart, end = [], -1
    for name in found:
        if name.start >= end:
            apart.append(name)
            end = name.end
    return apart


def flat(text: str) -> str:
    """The text with spaces, apostrophes and hyphens in one form each. Every character keeps its place.

    Marks without width are spaces, and an entity that was left in a text is its character, filled up with spaces.
    """
    if "&" in text:
        text = _ENTITY.sub(_as_printed, text)
    if not text.isascii():
        for char, plain in _FLAT:
            text = text.replace(char, plain)
        if "\u202c" in text:  # ends what one of the others begins
            text = text.replace("\u202a", " ").replace("\u202b", " ").replace("\u202c", " ")
    return text


def _as_printed(entity: re.Match[str]) -> str:
    return html.unescape(entity[0]).ljust(len(entity[0]))


def _is_joined(text: str, at: int) -> bool:
    """Whether what stands before a name makes another word of it: a letter of its script, or the mark of a handle."""
    char = text[at - 1]
    if char == "_":  # _AFP_, in italics
        return at > 1 and text[at - 2].isalnum()
    return char in "@#" or _is_word(char) and not _JOINED.match(char)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _joins(text: str, at: int) -> bool:
    """Whether what follows a name makes another word of it. A name may be followed by another script."""
    char = text[at]
    if char == "'" and text[at + 1 : at + 2].isupper():  # SANA'A
        return True
    if char == "." and text[at + 1 : at + 2].islower():  # tt.com
        return True
    if char == "_":  # Damascus, SANA_ The minister
        return text[at + 1 : at + 2] not in (" ", "\n", "")
    return _is_word(char) and not _JOINED.match(char)


def _stands_alone(text: str, at: int, alias: Alias) -> bool:
    """Short names of joining scripts must be words; before longer ones a prefix (ل, و, ב) may stand."""
    if not "\u0590" <= alias.text[0] <= "\u0e7f":
        return not (alias.text[0].isascii() and at and _is_word(text[at - 1]))
    end = at + len(alias.text)
    if end < len(text) and text[end].isalnum():
        return False
    start = at
    while start > 0 and at - start < 4 and text[start - 1].isalnum():
        start -= 1
    if alias.kind == "agency" and len(alias.text) <= 4:
        return start == at
    return at - start <= 3 or (start > 0 and not text[start - 1].isalnum())


def spells(before: str, acronym: str) -> bool:
    """``Armed Forces of the Philippines (AFP)``: the words before the bracket spell it out."""
    letters = [c for c in acronym if c.isalpha()]
    words = [w.strip("\"'“‘,.-") for w in before.split()]
    initials = [w[0] for w in words if w and (w[0].isupper())]
    n = len(letters)
    return n >= 2 and len(initials) >= n and [c.casefold() for c in initials[-n:]] == [c.casefold() for c in letters]
