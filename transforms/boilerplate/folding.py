"""One form for all spellings of a line: case, quotes, dashes, spaces, counters and decoration folded."""

from __future__ import annotations

import re

_SIGNS = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u0060": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u2026": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "\u200b": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\ufeff": "", "\u00ad": "",
    "\uff1a": ":", "\uff1b": ";", "\uff08": "(", "\uff09": ")", "\uff01": "!", "\uff1f": "?", "\uff0c": ",",
    "\uff5c": "|", "\uff0f": "/", "\u0307": "",
}  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_GLUE = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z])")
EDGE = " \t.,:;!?|/\\>-*_#~=+()[]{}<\"'\u2022\u00b7\u25cf\u25aa\u25a0\u25ba\u25b6\u25b8\u2192\u2190\u2191\u2193\u203a\u2039\u00bf\u00a1\u3002\u300a\u300b\u3010\u3011\u3001\u2605\u2606\u2714\u2716\u00d7\u2715\u25bc\u25b2\u0964\u060c\u061f"
_BULLET = " \t-*\u2022\u00b7\u25cf\u25aa\u25a0\u25ba\u25b6\u25b8\u2192\u203a>|\u300a\u3010\u25b2\u25bc\u25c6\u25a1\u25a3"


def fold(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces, no bullet in front. Idempotent; not of equal length."""
    if not text.isascii():
        if "\u00ab" not in text:
            text = text.lstrip(" \t\u00bb")  # an arrow, where it isn't the first half of a German quotation
        text = text.lower()
        for sign, plain in _SIGNS.items():  # ten times as fast as translate: most signs are absent
            if sign in text:
                text = text.replace(sign, plain)
    else:
        text = text.lower()
    return " ".join(text.split()).lstrip(_BULLET).rstrip()


def key(folded: str) -> str:
    """The form in which whole lines are looked up: numbers are 0, and what decorates both ends is gone."""
    if not folded.isalpha():
        folded = _NUMBER.sub("0", folded)
    return folded.strip(EDGE) or folded.strip()


def is_glued(text: str) -> bool:
    """Whether a capitalised word stands right behind a lower-case letter."""
    return _GLUE.search(text) is not None


def unglued(text: str) -> str:
    """A space where a lower-case letter meets a capitalised word: ``newsletterReceive``."""
    return _GLUE.sub(" ", text)
