"""The page's words for the records' codes, read from words.toml."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A code's name in plain words, and what it means."""

    label: str
    means: str


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One table per field of the records."""

    status: dict[str, Term]
    role: dict[str, str]
    basis: dict[str, str]
    evidence: dict[str, str]
    place: dict[str, str]
    mention: dict[str, str]
    derivation: dict[str, str]
    kind: dict[str, Term]
    direction: dict[str, str]
    section: dict[str, Term]  # anchor -> heading and opening sentence


WORDS: Words = msgspec.toml.decode(Path(__file__).with_name("words.toml").read_bytes(), type=Words)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: 1 copy, 2 copies, 1,234 copies."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def percent(share: float) -> str:
    """A share of 0..1 as whole percent; never 0 % for something, never 100 % for less than all."""
    rounded = round(share * 100)
    if share > 0 and rounded == 0:
        return "<1\u202f%"
    if share < 1 and rounded == 100:
        return ">99\u202f%"
    return f"{rounded}\u202f%"


def moment(value: str | None) -> str:
    """A record's moment for people: 2021-06-28, or 2021-06-28 09:15 UTC."""
    if value is None:
        return "no date"
    return value if len(value) == 10 else f"{value[:10]} {value[11:16]} UTC"
