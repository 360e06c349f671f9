"""The pieces of a credit line, and which names among them are people's."""

from __future__ import annotations

import unicodedata

from schemas.article import Flow
from transforms.attribution.names import Name


class Token(Flow, gc=False):
    """A piece of a credit line."""

    kind: str  # name, initials, date, cap, lower, punct, or a class of phrases.toml
    start: int
    end: int
    text: str
    name: Name | None = None


def without_given_names(text: str, names: list[Name], in_line: bool = False) -> list[Name]:
    """Odd spellings before a capitalised word are given names: ``Ana Ruiz / EFE``; ``Afp Afp`` is not.

    In a credit line ambiguous words are, too: ``By Petra Lee``.
    """
    kept = []
    for name in names:
        after = text[name.end : name.end + 2]
        beside = len(after) == 2 and after[0] == " " and (after[1].isupper() or unicodedata.category(after[1]) == "Lo")
        doubled = beside and text.startswith(name.alias.text, name.end + 1)
        given = name.alias.slot_only or in_line and (
            name.alias.weak and name.alias.text.istitle() and name.alias.kind == "agency"
            or name.alias.wordlike and unicodedata.category(name.alias.text[-1]) == "Lo"
        )
        if not (given and beside and not doubled):
            kept.append(name)
    return kept


def is_like_surname(name: Name) -> bool:
    """Whether a name reads like one that people have: Bloomberg, Petra, Tass."""
    return name.alias.weak and name.alias.kind == "agency" and name.alias.text.istitle()


def is_compound(tokens: list[Token], i: int) -> bool:
    """``RSS-Feed``, ``PC-World``: a word of a language that goes on behind a hyphen."""
    token, behind = tokens[i], tokens[i + 1 : i + 3]
    hyphened = len(behind) == 2 and behind[0].text == "-" and behind[0].start == token.end == behind[1].start - 1
    return hyphened and behind[1].name is None and token.name is not None and token.name.alias.wordlike


def is_of_person(text: str, tokens: list[Token], i: int) -> bool:
    """Whether a name is the given name or the surname of a person who stands there."""
    token = tokens[i]
    name, before = token.name, tokens[i - 1] if i else None
    if name is None:
        return False
    close = before is not None and before.kind == "cap" and text[before.end : token.start] == " "
    single = i < 2 or tokens[i - 2].kind != "cap"
    if is_like_surname(name) and close and single:
        return True
    if close and len(before.text.rstrip(".")) == 1 and " " not in name.alias.text:
        return True  # Michael R. Bloomberg
    behind = tokens[i + 1] if i + 1 < len(tokens) and text[token.end : tokens[i + 1].start] == " " else None
    return name.alias.given and any(
        beside is not None and beside.kind == "cap" and beside.text.isupper() == token.text.isupper()
        for beside in (before if close else None, behind)
    )
