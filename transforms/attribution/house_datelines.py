"""Datelines without an agency: the house's own, HARRISBURG, Pa. — Lawmakers."""

from __future__ import annotations

import re

_STOP = re.compile(r"\s?[—–]{1,2}\s|\s-{1,2}\s|--|:\s")
_CAPS_PLACE = re.compile(r"[^\W\d_][^\W\d_'. -]{1,30}(?:[ ,.'-]{1,2}[^\W\d_][^\W\d_'.-]{0,24}){0,5}")


def house_dateline(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """A dateline without an agency: ``HARRISBURG, Pa. — Lawmakers``.

    Returns:
        Start of the place, its end, and the end of the dateline; None where the paragraph has none.
    """
    if text[start + 1 : start + 2].islower():
        return None  # most sentences
    window = text[start : min(end, start + 90)]
    found = _CAPS_PLACE.match(window)
    if found is None:
        return None
    stop = _STOP.search(window, 2, 80)
    if stop is None or not _is_caps_place(window[: stop.start()], ":" in stop[0]):
        return None
    return start, start + stop.start(), start + stop.start()


def _is_caps_place(words: str, strict: bool) -> bool:
    parts = words.replace("(", " ").replace(")", " ").split()
    if not parts or len(parts) > 7 or not parts[0].strip(",.").isupper() or len(parts[0].strip(",.")) < 3:
        return False
    capital = [p for p in parts if p.strip(",.").isupper()]
    return len(capital) == len(parts) if strict else all(p[0].isupper() or p[0].isdigit() for p in parts)
