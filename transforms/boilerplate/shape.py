"""What the form of a line says: prose ends with a stop and has many words, a teaser or a menu entry has neither."""

from __future__ import annotations

import re

PROSE_WORDS = 8  # words; from here a line with a final stop is prose. Origin: shortest lead of the example articles
LONG_WORDS = 30  # words; from here a line is prose whatever it ends with
TEASER_WORDS = 25  # words; a teaser is a headline, and no headline of the labelled sets is longer
SPACELESS_PER_WORD = 2.5  # code points a word, in scripts without spaces

_SPACELESS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_STOP = re.compile("[.!?\u2026\u3002\uff01\uff1f\u0964\u06d4\u061f]['\"\u2019\u201d\u00bb\u203a)\\]\u300d\u300f\uff09]*\\s*$")
_FULL_STOPS = (".", "\u2026", "\u3002", "\u0964", "\u06d4")
_QUESTION = re.compile("[!?\uff01\uff1f\u061f]\\s*$")
_QUOTES = "\"'\u2018\u201c\u201e\u00ab"
_SENTENCE_BREAK = re.compile("[.!?\u3002\uff01\uff1f\u0964]['\"\u2019\u201d\u00bb)]*\\s+(?=[\\w\"'\u2018\u201c\u00ab])|[\u3002\uff01\uff1f](?=.)")


def word_count(text: str) -> int:
    """Words of a text; in scripts without spaces, what its length stands for."""
    words = len(text.split())
    if not text.isascii() and words * 12 < len(text):
        words = max(words, int(len(_SPACELESS.findall(text)) / SPACELESS_PER_WORD))
    return words


def ends_with_stop(text: str) -> bool:
    """Whether the last sign, quotes and brackets apart, ends a sentence. A look at the last few characters."""
    return _STOP.search(text[-8:]) is not None


def is_prose(text: str) -> bool:
    """A paragraph of a story, as far as its form says."""
    words = word_count(text)
    return words >= LONG_WORDS or (words >= PROSE_WORDS and ends_with_stop(text))


def is_teaser(text: str) -> bool:
    """The form of a headline, a teaser or a menu entry: short, and no final full stop. One question is a headline, too."""
    if text.endswith(_FULL_STOPS):
        return False  # most lines of a story
    if ends_with_stop(text) and (
        _QUESTION.search(text[-8:]) is None or text[0] in _QUOTES or _SENTENCE_BREAK.search(text[:400]) is not None
    ):
        return False
    return word_count(text) <= TEASER_WORDS


def is_one_sentence(text: str) -> bool:
    """At most one sentence of a teaser's length."""
    return _SENTENCE_BREAK.search(text[:400]) is None and word_count(text) <= TEASER_WORDS
