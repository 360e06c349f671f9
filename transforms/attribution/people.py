"""The people who wrote an article: its authors without agencies, houses and collective terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.article import Article
from transforms.attribution.names import flat

if TYPE_CHECKING:
    from transforms.attribution.credits import Reader

_MAX_AUTHOR = 200  # characters
_LEAD = re.compile(r"^(?:(?:by|von|par|por|di|door|av|af|text by|reported by|story by|written by|report by)\b:?\s+)", re.I)
_SPLIT = re.compile(r"\s?(?:,|;|\||/|\band\b|\bund\b|\bet\b|\by\b|\boch\b|\bog\b|&|\bin\b|\bwith\b|\bavec\b|\bmit\b)\s?")


def people_of(article: Article, reader: Reader) -> tuple[str, ...]:
    """People among the authors, as printed; agencies, houses and desks taken out."""
    printed = article.authors or ((article.by,) if article.by else ())
    people: list[str] = []
    for author in printed:
        if len(author) > _MAX_AUTHOR:
            continue
        text = flat(_LEAD.sub("", author.strip()))
        for part in _SPLIT.split(text):
            part = part.strip(" .,:-–—()[]")
            if part and part not in people and _is_person(part, article, reader):
                people.append(part)
    return tuple(people)


def _is_person(part: str, article: Article, reader: Reader) -> bool:
    if reader.registry.names.find(part) or any(c.isdigit() or c in "@#" for c in part):
        return False
    words = part.split()
    if article.source and part.casefold() == article.source.casefold():
        return False
    if words[-1] in reader.registry.house_words or words[0] == "The" or len(words) > 5:
        return False
    tokens = reader.grammar.tokens(part, 0, len(part), [])
    return any(t.kind == "cap" for t in tokens) and not any(t.kind == "lower" for t in tokens) and not (
        len(words) > 1 and tokens[-1].kind == "role"
    )
