"""How a story's first paragraph is known from a label, a byline or a standfirst: it opens with a dateline."""

from __future__ import annotations

import functools
import re

from transforms.attribution.registry import load_registry

# "BEIRUT, May 3 (Reuters) - ", "Ostrel (AFP) – ", "(Reuters) - ". Lengths in characters.
_BRACKETED = re.compile(
    r"[“\"'(]?([^\W\d_][^()\[\]\n]{1,60}?)?\s{0,2}[(\[]([^()\[\]\n]{2,40})[)\]]\s{0,2}(?:\.\s?)?[-–—―:]"
)
# Letters of a word that may be small in a place's name: of, de, la, den. Longer ones are of a sentence.
_PARTICLE = 3
# Words before the bracket: of a place, a country and a date.
_MOST_WORDS = 8
# Characters of a line that is nothing but agency and town.
_LONGEST_LINE = 60


def opens_with_dateline(text: str) -> bool:
    """Whether a paragraph begins with a place and an agency in brackets, or a line is an agency and a town.

    The shape is enough for the former, for whoever prints it; the latter is that of a reporter's name and town as well,
    so the agency must be one that is known. Without an agency a place and a dash say nothing: "EXCLUSIVE - …".
    """
    match = _BRACKETED.match(text)
    if match:
        words = (match[1] or "").split()
        bracket = match[2]
        return (
            (bracket[0].isupper() or len(bracket) == _PARTICLE and bracket.isalpha())
            and len(words) <= _MOST_WORDS
            and all(len(word) <= _PARTICLE or not word[0].islower() for word in words)
            and (not words or words[0][0].isupper())
        )
    if len(text) > _LONGEST_LINE or text.count(",") != 1:
        return False
    agency, town = (part.strip() for part in text.split(","))
    return town[:1].isupper() and town.replace(" ", "").replace("-", "").isalpha() and agency in agency_names()


@functools.cache
def agency_names() -> frozenset[str]:
    """All that the agencies of the registry are called."""
    return frozenset(
        name for agency in load_registry().agencies.values() for name in (*agency.names, *agency.credit_only)
    )
