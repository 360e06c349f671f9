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
        for part in _parts(flat(author.strip()), reader):
            if part not in people and _is_person(part, article, reader):
                people.append(part)
    return tuple(people)


def _parts(text: str, reader: Reader) -> list[str]:
    """The pieces between commas, slashes and the small words that join authors or lead to them."""
    parts, start = [], 0
    for token in reader.grammar.tokens(text, 0, len(text), []):
        if (
            token.kind in ("by", "and", "with")
            and token.text[0].islower()
            or token.start == 0
            and token.kind == "by"
            or _PARTS.match(token.text)
        ):
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
    tokens = reader.grammar.tokens(part, 0, len(part), [])
    return (
        any(t.kind == "cap" for t in tokens)
        and not any(t.kind == "lower" for t in tokens)
        and not (len(words) > 1 and tokens[-1].kind == "role")
    )
