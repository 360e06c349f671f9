"""The people who wrote an article: its authors without agencies, houses and collective terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.article import Article
from transforms.attribution.names import flat

if TYPE_CHECKING:
    from transforms.attribution.credits import Reader

_MAX_AUTHOR = 200  # characters
_PARTS = re.compile(r"[,;|/&]")


def people_of(article: Article, reader: Reader) -> tuple[str, ...]:
    """People among the authors, as printed; agencies, houses and desks taken out."""
    printed = article.authors or ((article.by,) if article.by else ())
    people: list[str] = []
    for author in printed:
        if len(author) > _MAX_AUTHOR:
            continue
        for part in _parts(author.strip(), reader, is_name=bool(article.authors)):
            if part not in people and _is_person(flat(part), article, reader):
                people.append(part)
    return tuple(people)


def _parts(text: str, reader: Reader, is_name: bool) -> list[str]:
    """The pieces between commas, slashes and the small words that join authors or lead to them.

    A word such as "de" leads to an author in a line of print; inside a name that metadata gives it is part of it.
    """
    parts, start = [], 0
    for token in reader.grammar.tokens(flat(text), 0, len(text), []):
        joins = token.kind in ("and", "with") or token.kind == "by" and not is_name
        if joins and token.text[0].islower() or token.start == 0 and token.kind == "by" or _PARTS.match(token.text):
            parts.append(text[start : token.start])
            start = token.end
    parts.append(text[start:])
    return [kept for part in parts if (kept := part.strip(" .,:-–—()[]"))]


def _is_person(part: str, article: Article, reader: Reader) -> bool:
    if reader.registry.names.find(part) or any(c.isdigit() or c in "@#" for c in part):
        return False
    words = part.split()
    if article.source and part.casefold() == article.source.casefold():
        return False
    starts = reader.registry.phrases["house_start"].words
    if (
        words[-1] in reader.registry.house_words
        or words[0] in starts
        or len(words) > 5
        or (len(words) == 1 and part.isupper())
    ):
        return False
    if part in article.authors and len(words) in (2, 3) and part.islower() and part.replace(" ", "").isalpha():
        return True  # a name that its page writes small
    tokens = reader.grammar.tokens(part, 0, len(part), [])
    return (
        any(t.kind == "cap" for t in tokens)
        and not any(t.kind == "lower" for t in tokens)
        and not (len(words) > 1 and tokens[-1].kind == "role")
    )
