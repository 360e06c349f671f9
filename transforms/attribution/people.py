"""Who wrote an article: its authors without agencies and collective terms; people, or else the house that signs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from schemas.article import Article
from transforms.attribution.lines import Grammar
from transforms.attribution.names import flat
from transforms.attribution.registry import folded

_MAX_AUTHOR = 200  # characters
_MAX_HOUSE = 6  # words
_PUBLISHER = ("jsonld.publisher.name", "jsonld.publisher", "meta.publisher", "meta.dc.publisher")
_PARTS = re.compile(r"[,;|/&]")


def authors_of(article: Article, grammar: Grammar) -> tuple[str, ...]:
    """Who wrote it, as printed: the people among its authors; where no person is named, the house or desk that is.

    An agency is never among them, and of a byline that no author was read in, only people are.
    """
    printed = article.authors or ((article.by,) if article.by else ())
    people: list[str] = []
    houses: list[str] = []
    for author in printed:
        if len(author) > _MAX_AUTHOR:
            continue
        for part in _parts(author.strip(), grammar, is_name=bool(article.authors)):
            name = flat(part)
            if _names_agency(name, grammar) or any(c in "@#" for c in part):
                continue
            if _is_person(name, article, grammar):
                people.append(part)
            elif article.authors and _is_house(name, article, grammar):
                houses.append(part)
    return tuple(dict.fromkeys(people or houses))


def _names_agency(part: str, grammar: Grammar) -> bool:
    names = grammar.registry.names.find(part)
    return bool(names) and bool(grammar.of_agencies(part, 0, len(part), names))


def _parts(text: str, grammar: Grammar, is_name: bool) -> list[str]:
    """The pieces between commas, slashes and the small words that join authors or lead to them.

    A word such as "de" leads to an author in a line of print; inside a name that metadata gives it is part of it.
    """
    parts, start = [], 0
    for token in grammar.tokens(flat(text), 0, len(text), []):
        joins = token.kind in ("and", "with") or token.kind == "by" and not is_name
        if joins and token.text[0].islower() or token.start == 0 and token.kind == "by" or _PARTS.match(token.text):
            parts.append(text[start : token.start])
            start = token.end
    parts.append(text[start:])
    return [kept for part in parts if any(map(str.isalnum, kept := part.strip(" .,:-–—()[]")))]


def _is_person(part: str, article: Article, grammar: Grammar) -> bool:
    if any(c.isdigit() for c in part):
        return False
    words = part.split()
    if article.source and part.casefold() == article.source.casefold():
        return False
    starts = grammar.registry.phrases["house_start"].words
    if (
        words[-1] in grammar.registry.house_words
        or words[0] in starts
        or len(words) > 5
        or (len(words) == 1 and part.isupper())
    ):
        return False
    if part.islower() and len(words) in (2, 3) and part.replace(" ", "").isalpha() and part in article.authors:
        return True  # a name that its page writes small
    tokens = grammar.tokens(part, 0, len(part), [])
    return (
        any(t.kind == "cap" for t in tokens)
        and not any(t.kind == "lower" for t in tokens)
        and not (len(words) > 1 and tokens[-1].kind == "role")
    )


def _is_house(part: str, article: Article, grammar: Grammar) -> bool:
    """Whether a name is a desk's, or what the publisher calls itself: its name, its site's, or the letters of that."""
    words = part.split()
    if not 0 < len(words) <= _MAX_HOUSE:
        return False
    last = words[-1].rpartition("-")[2]
    if part[0].isupper() and not grammar.registry.house_words.isdisjoint((last, last.capitalize())):
        return True
    name = folded(part)
    publishers = {folded(field.value) for field in article.metadata if field.name in _PUBLISHER}
    host = urlsplit(article.uri or "").hostname or ""
    labels = host.split(".")
    return (
        name in publishers
        or part.casefold() in (host, host.removeprefix("www."))
        or any(name == folded(label) or part.isupper() and _are_initials(name, folded(label)) for label in labels)
    )


def _are_initials(letters: str, name: str) -> bool:
    """Whether the letters stand in a name in their order, the first of them at its start."""
    rest = iter(name)
    return len(letters) > 1 and name[:1] == letters[:1] and all(letter in rest for letter in letters)
