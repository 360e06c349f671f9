"""The place in a dateline."""

from __future__ import annotations

import re
import unicodedata


def is_place(words: str, most: int) -> bool:
    """Whether words are nothing but a capitalised name of at most so many of them."""
    parts = words.split()
    return 0 < len(parts) <= most and all(p[0].isupper() or is_caseless(p[0]) for p in parts)


def is_caseless(char: str) -> bool:
    """Whether a letter is of a script without capitals."""
    return char.isalpha() and unicodedata.category(char) == "Lo"


def place_in(text: str, start: int, end: int, dates: frozenset[str], leads: frozenset[str]) -> tuple[int, int] | None:
    """The place: the words before the first date, comma apart; after a byline, the words in capitals."""
    words = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", text[start:end])]
    if words and words[0][2].casefold() in leads:
        caps = [w for w in words if w[2].strip(",.").isupper() and len(w[2].strip(",.")) > 1]
        words = words[words.index(caps[0]) :] if caps else []
    kept: list[tuple[int, int, str]] = []
    for word, following in zip(words, [*words[1:], (0, 0, "")]):
        bare = word[2].strip(".,()[]-–—/")
        if not bare:
            if kept:
                break
            continue
        if any(c.isdigit() for c in bare) or (kept and bare.rstrip(".").casefold() in dates):
            break
        if kept and kept[-1][2][-1] == "," and following[2].casefold() in dates:
            break  # a day in words
        kept.append(word)
    if not kept or not any(c.isalpha() for c in kept[0][2]):
        return None
    place = text[start + kept[0][0] : start + kept[-1][1]].rstrip(" ,.-–—/(=:")
    if place and kept[-1][2].endswith(".") and len(kept) > 1 and len(kept[-1][2]) <= 6:
        place += "."  # N.C.
    return (start + kept[0][0], start + kept[0][0] + len(place)) if place else None
