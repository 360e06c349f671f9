"""One form for all spellings of a line: case, quotes, dashes, spaces, counters and decoration folded."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A source prints its boilerplate under every article: of the short lines seen last it is remembered what they are.
SHORT_LINE = 130  # code points
REMEMBERED_LINES = 4096  # some 5 MB

_SIGNS = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u0060": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u2026": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "\u200b": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\ufeff": "", "\u00ad": "",
    "\uff1a": ":", "\uff1b": ";", "\uff08": "(", "\uff09": ")", "\uff01": "!", "\uff1f": "?", "\uff0c": ",",
    "\uff5c": "|", "\uff0f": "/", "\u0307": "",
}  # fmt: skip
FOLDED_SIGNS = frozenset("".join(_SIGNS.values()))  # what may stand in a folded text and not in the text
_PARTED = bytes(code if code > 127 or chr(code).isalnum() or code == 10 else 32 for code in range(256))
_MARKED = bytes(48 if chr(code).isdigit() and code < 128 else code for code in range(256))  # 0 for each digit
_PIECE = re.compile(r"[^\W_]+")
_ODD_SPACES = "\t\r\x0b\x0c\x1c\x1d\x1e\x1f"  # white space of ASCII beside the blank and the line feed
_NUMBER = re.compile(r"\d\d*(?:[.,:]\d+)*")  # a single digit first: re then looks for digits alone, twice as fast
_ASCII_NUMBER = re.compile(r"[0-9][0-9]*(?:[.,:][0-9]+)*")
_GLUE = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z])")
_IS_GLUED = re.compile(r"[A-Z](?<=[^\W\d_A-Z][A-Z])(?=[^\W\d_A-Z])")  # the same place; capitals are found faster
EDGE = " \t.,:;!?|/\\>-*_#~=+()[]{}<\"'\u2022\u00b7\u25cf\u25aa\u25a0\u25ba\u25b6\u25b8\u2192\u2190\u2191\u2193\u203a\u2039\u00bf\u00a1\u3002\u300a\u300b\u3010\u3011\u3001\u2605\u2606\u2714\u2716\u00d7\u2715\u25bc\u25b2\u0964\u060c\u061f"
_BULLET = " \t-*\u2022\u00b7\u25cf\u25aa\u25a0\u25ba\u25b6\u25b8\u2192\u203a>|\u300a\u3010\u25b2\u25bc\u25c6\u25a1\u25a3"


def fold(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces, no bullet in front. Idempotent; not of equal length."""
    if not text.isascii() and "\u00ab" not in text:
        text = text.lstrip(" \t\u00bb")  # an arrow, where it isn't the first half of a German quotation
    return spaced(_plain(text.lower())).lstrip(_BULLET).rstrip()


def fold_lines(texts: Sequence[str]) -> list[str]:
    """``fold`` of each of many texts. What only a look at every sign can tell is asked once for all of them."""
    joined = _plain("\n".join(texts))
    lines = joined.split("\n")
    if len(lines) != len(texts):  # a text of several lines
        return [fold(text) for text in texts]
    if "  " in joined or any(sign in joined for sign in _ODD_SPACES):
        lines = [spaced(line) for line in lines]
    return [
        line.lower().lstrip(_BULLET).rstrip() if line.isascii() and "\u00bb" not in text and "`" not in text else fold(text)
        for line, text in zip(lines, texts, strict=True)
    ]


def _plain(text: str) -> str:
    if not text.isascii():
        for sign, plain in _SIGNS.items():  # ten times as fast as translate: most signs are absent
            if sign in text:
                text = text.replace(sign, plain)
    return text


def spaced(text: str) -> str:
    """A text with single blanks for all its white space. At both ends blanks may be left."""
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def pieces_of(folded: Sequence[str]) -> list[list[str]]:
    """Of each of many folded lines, which have no line feeds, the runs of letters and digits."""
    if not folded:
        return []
    parted = "\n".join(folded).encode("utf-8", "surrogatepass").translate(_PARTED).decode("utf-8", "surrogatepass")
    found = [part.split() for part in parted.split("\n")]
    return [  # signs beyond ASCII are still in it
        words if line.isascii() or "".join(words).isalnum() else pieces(line)
        for line, words in zip(folded, found, strict=True)
    ]


def pieces(folded: str) -> list[str]:
    """The runs of letters and digits in a folded line."""
    return folded.encode().translate(_PARTED).decode().split() if folded.isascii() else _PIECE.findall(folded)


def key(folded: str) -> str:
    """The form in which whole lines are looked up: numbers are 0, and what decorates both ends is gone."""
    if not folded.isalpha():
        folded = without_numbers(folded)
    return folded.strip(EDGE) or folded.strip()


def without_numbers(text: str) -> str:
    """0 for every number, its points, commas and colons included."""
    return (_ASCII_NUMBER if text.isascii() else _NUMBER).sub("0", text)


def without_numbers_in(lines: Sequence[str]) -> list[str]:
    """``without_numbers`` of each of many lines. Most have no digit, and that is told for all of them at once."""
    marked = "\n".join(lines).encode("utf-8", "surrogatepass").translate(_MARKED).split(b"\n")
    if len(marked) != len(lines):
        return [without_numbers(line) for line in lines]
    return [
        without_numbers(line) if b"0" in digits or not line.isascii() else line
        for line, digits in zip(lines, marked, strict=True)
    ]


def is_glued(text: str) -> bool:
    """Whether a capitalised word stands right behind a lower-case letter."""
    return _IS_GLUED.search(text) is not None


def unglued(text: str) -> str:
    """A space where a lower-case letter meets a capitalised word: ``newsletterReceive``."""
    return _GLUE.sub(" ", text)
