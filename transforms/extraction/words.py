"""Bylines: how they open, and the names in them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from transforms.extraction.dates import find_moment
from transforms.extraction.opening import agency_names

# Characters up to which a line can be the house's name for itself.
_LONGEST_HOUSE = 60
# Characters below which a line that opens as a byline can be one.
_LONGEST_BYLINE = 120
# Characters up to which a byline is nothing but a word, "By" or "News", unless it is an acronym.
_SHORTEST = 4
# Letters of a word that may be small in such a name: of, la, de.
_PARTICLE = 3
# Words of what somebody is, at most.
_MOST_ROLE_WORDS = 3
# Words of a name at most. "Ludwig van der Meer de Oliveira Santos" has seven.
_MOST_WORDS = 7

_WORD = re.compile(r"\S+")
# An address or a handle, and what stands in brackets, but for a site's address: that tells a house by its name.
_BESIDE_NAME = re.compile(r"\b[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,60}|@\w+|\s[(\[][^()\[\].]*[)\]]")
_DASH = re.compile(r"\s[–—]\s")
_EDGES = " \t\n\u00a0|·•–—,;:/-"


@functools.cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}(?:{_any(_table('byline'))})(?:\s?[:：]|\b)\s{{0,3}}(?=\S)", re.I)


@functools.cache
def _joints() -> re.Pattern[str]:
    return re.compile(rf"\s*[,;|/·•–—、，；\u3000]\s*|\s+(?:{_any(_table('joining'))})\s+", re.I)


def starts_as_byline(text: str) -> bool:
    """Whether a line opens with a byline's word and goes on with a name."""
    match = _openings().match(text)
    if not match or len(text) >= _LONGEST_BYLINE:
        return False
    first = text[match.end()]
    return first.isalpha() and not first.islower()  # most scripts have no capitals


def is_house_byline(text: str) -> bool:
    """Whether a line is a desk or newsroom, as it signs for its own staff."""
    words = text.split()
    if not words or len(text) > _LONGEST_HOUSE:
        return False
    folded = " ".join(words).casefold()
    if folded in _table("house"):
        return words[0][0].isupper()
    return folded.endswith(_house_ends()) and all(len(word) <= _PARTICLE or not word[0].islower() for word in words)


def printed_byline(text: str, language: str | None) -> str:
    """What of a line is the byline, where a date, a time of day or a count of minutes stands in the same line.

    Args:
        text: A line that names who wrote, maybe with other things.
        language: BCP 47 of the page, None if that isn't known.

    Returns:
        The line itself where there is no number in it; else its stretch beside the numbers that opens as a byline, or
        the first that ends as a name. Empty for a line that names nobody: a date alone, "By" alone, "News".
    """
    if not any(c.isdigit() for c in text):
        return "" if is_opening(text) or len(text) <= _SHORTEST and not _is_acronym(text) else text
    found = find_moment(text, True, None, language)
    pieces = (text[: found.start], text[found.end :]) if found else (text,)
    runs = [run for piece in pieces for run in _without_numbers(piece) if not is_opening(run)]
    return next(filter(starts_as_byline, runs), next(filter(_ends_as_name, runs), ""))


def _ends_as_name(text: str) -> bool:
    first, last = text.split()[0], text.split()[-1]
    return not last[0].islower() and not (first.islower() and len(first) <= _PARTICLE and first not in agency_names())


def is_opening(text: str) -> bool:
    """Whether a text is nothing but a byline's word: "By", "Von:"."""
    match = _openings().match(text + " x")
    return match is not None and match.end() > len(text)


def _is_acronym(text: str) -> bool:
    return text.isupper() or text in agency_names()


def _without_numbers(piece: str) -> Iterator[str]:
    """The stretches of a line without a digit, verbatim, but for marks at the ends, labels of a date and days."""
    start = end = 0
    for word in (*_WORD.finditer(piece), None):
        if word is not None and not any(c.isdigit() for c in word[0]):
            end = word.end()
            continue
        run = piece[start:end].strip(_EDGES)
        while (first := run.split(None, 1)) and first[0].casefold().strip(",.") in _table("time"):
            run = run[len(first[0]) :].strip(_EDGES)
        if label := _before_date().search(run):
            run = run[: label.start()].strip(_EDGES)
            run = run if len(run.split()) > 1 else ""  # "Article published on"
        if any(c.isalpha() for c in run):
            yield run
        start = end = word.end() if word else len(piece)


@functools.cache
def _before_date() -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_name("plain_text.toml").read_text("utf-8"))
    labels = _any({*table["printed"], *table["changed"], *_table("weekday")})
    month = rf"(?:{_any(_table('before_day'))})\s\w{{2,3}}\.?"  # "on Feb." and the day
    return re.compile(rf"(?:^|[\W_])(?:(?:on\s)?(?:{labels})|{month})$", re.I)


def _any(words: Iterable[str]) -> str:
    """A pattern for one of several words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@functools.cache
def _table(name: str) -> frozenset[str]:
    return frozenset(tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))[name])


@functools.cache
def _house_ends() -> tuple[str, ...]:
    return tuple(joint + house for house in sorted(_table("house")) for joint in " -")


def names_in_byline(text: str) -> tuple[str, ...]:
    """The names in a byline, as printed, without the words around them, up to the first piece that is no name."""
    match = _openings().match(text)
    text = text[match.end() :] if match else text
    text = text[:400]
    if "@" in text or "(" in text or "[" in text:
        text = _BESIDE_NAME.sub("", text)
    if ("–" in text or "—" in text) and " " in (before := _DASH.split(text)[0]):
        text = before  # a place follows
    names: list[str] = []
    for part in _joints().split(text):
        part = part.strip(" .:()[]")
        if not part:
            continue
        if (
            not part[0].isupper()
            and part[0].islower()
            and names
            or len(part.split()) > _MOST_WORDS
            or any(c.isdigit() for c in part)
        ):
            break
        if not re.search(r"\.\w{2,3}$", part) and (name := _without_role(part)):
            names.append(name)
    return tuple(dict.fromkeys(names))


def is_role(text: str) -> bool:
    """Whether a text says what somebody is, and not who: "Senior Reporter", or with the last word of a post."""
    folded = text.strip(_EDGES).casefold()
    return folded in _table("role") or folded.count(" ") in (1, 2) and folded.split(" ")[-1] in _table("post")


def is_account(name: str) -> bool:
    """Whether a name is one that a site's software fills in, and nobody's: "admin"."""
    return name.strip().casefold() in _table("account")


def _without_role(part: str) -> str:
    """A name without what stands for its bearer's post behind it; empty for a post alone."""
    words = part.split() or [""]
    if words[-1].casefold() not in _role_ends():
        behind = "" if part.isascii() else next((role for role in _table("role_behind") if part.endswith(role)), "")
        return part[: -len(behind)].strip() if behind else part
    if part.casefold().endswith(_house_ends()):
        return part  # "Gazette staff reporter" is a house's name for somebody of its own
    for size in range(min(_MOST_ROLE_WORDS, len(words)), 0, -1):
        if (size == len(words) or size <= len(words) - 2) and " ".join(words[-size:]).casefold() in _table("role"):
            return " ".join(words[:-size])
    return part


@functools.cache
def _role_ends() -> frozenset[str]:
    return frozenset(role.split()[-1] for role in _table("role"))


def is_author_label(text: str) -> bool:
    """Whether a label says that an author's name follows."""
    return text.strip(" :").casefold() in _table("author_label")
