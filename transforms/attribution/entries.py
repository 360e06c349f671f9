"""What the TOML files of agencies and terms hold, entry by entry."""

from __future__ import annotations

from typing import Literal

from schemas.article import Flow
from schemas.records import EvidenceKind

Where = Literal["dateline", "byline", "trailer", "line", "caption", "body"]


class Unless(Flow, kw_only=True, forbid_unknown_fields=True):
    """Names that mean something else beside other words: (AP) in a text that names Andhra Pradesh."""

    names: tuple[str, ...]
    near: tuple[str, ...]  # in the same block; case counts
    countries: tuple[str, ...] = ()  # where the names mean something else whatever stands beside them


class Sign(Flow, kw_only=True, forbid_unknown_fields=True):
    """A shape that only this agency's copy has."""

    id: str
    kind: EvidenceKind  # house_style and desk_initials make no claim
    pattern: str  # regular expression: matched at the start of the last words or lines, searched in any line
    gate: tuple[str, ...] = ()  # any_line: only lines that hold one of these, in whole words, are searched; \n stands before
    where: Literal["last_word", "last_line", "any_line"]
    yields_to: tuple[str, ...] = ()  # ids: it is no sign of this agency where one of these is credited
    hits: tuple[str, ...]
    misses: tuple[str, ...]


class Agency(Flow, kw_only=True, forbid_unknown_fields=True):
    """One wire service. Names are matched as written: case counts."""

    id: str
    name: str
    kind: Literal[
        "international",
        "national",
        "state",
        "regional",
        "religious",
        "financial",
        "network",
        "nonprofit-cc",
        "press-release",
    ]
    country: str  # ISO 3166-1 alpha-2
    status: Literal["active", "defunct"]
    rank: int = 1000  # where several agencies share a name, the least rank wins unless the outlet's country decides
    group: str | None = None  # id of the agency whose network it belongs to
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # mean this agency wherever they stand
    credit_only: tuple[str, ...] = ()  # mean it only where a credit, a photo credit or a quoted source can stand
    wordlike: tuple[str, ...] = ()  # of credit_only: words of a language, which prove nothing alone on a line
    given: tuple[str, ...] = ()  # of all names: people's, too, in whatever case; no agency beside such a word
    never: tuple[str, ...] = ()  # spellings that are not this agency in any place
    decoys: tuple[str, ...] = ()  # longer names that begin like this agency and are another thing
    bare_dateline: bool = False  # its datelines carry the name without brackets
    places: tuple[str, ...] = ()  # where it sits, as its datelines write them: tell it from others of the same acronym
    dateline_ends: tuple[str, ...] = ()  # what must follow the name in a dateline; empty: any of the usual
    licence: str | None = None
    wikidata: str | None = None
    traps: tuple[str, ...] = ()  # for people
    note: str | None = None  # for people
    unless: tuple[Unless, ...] = ()
    sign: tuple[Sign, ...] = ()
    hits: dict[Where, tuple[str, ...]]
    misses: dict[Where, tuple[str, ...]] = {}


class PhotoSource(Flow, kw_only=True, forbid_unknown_fields=True):
    """A name that credits a picture, never a text."""

    id: str
    name: str
    aliases: tuple[str, ...]
    agency: str | None = None  # the agency whose pictures these are


class Phrases(Flow, kw_only=True, forbid_unknown_fields=True):
    """Words of one class in a credit line, all languages together. Case and a final dot do not count."""

    words: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()  # one of these stands in every phrase and match; lines without one are not searched
    patterns: tuple[str, ...] = ()  # regular expressions, where a list of words would be long; case counts not


class Cue(Flow, kw_only=True, forbid_unknown_fields=True):
    """A wording around an agency's name, as a pair of regular expressions that end and begin at the name."""

    id: str
    before: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()  # the words with which `before` can end: without one beside the name it is not tried
    after: tuple[str, ...] = ()
    after_sure: tuple[str, ...] = ()  # proves the agency beside any word
    before_named: tuple[str, ...] = ()  # proves nothing beside a name that is ambiguous
    after_named: tuple[str, ...] = ()  # the same
    countries: tuple[str, ...] = ()  # where its language is spoken: of these it proves ambiguous names
    hits: tuple[str, ...]  # {} stands for the name
    misses: tuple[str, ...] = ()


class Patterns(Flow, kw_only=True, forbid_unknown_fields=True):
    """Regular expressions that begin at the start of a line."""

    patterns: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
