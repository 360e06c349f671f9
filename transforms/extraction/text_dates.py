"""Date lines of a plain text, and dates that are glued before its first sentence."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from schemas.records import DateEvidence, Moment
from transforms.boilerplate.cues import Cue
from transforms.boilerplate.shape import ends_with_stop, word_count
from transforms.extraction.dates import DateHabits, find_moment

DATE_LINE_CHARACTERS = 90  # code points at most
DATE_LINE_WORDS = 3  # further words in a line that is a date
GLUED_CHARACTERS = 80  # code points in which a date before a sentence ends
LABEL_CHARACTERS = 40  # code points of the longest label and the signs around it
MIN_REST_WORDS = 3  # words of that sentence at the least

_WORDS = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


class Span(NamedTuple):
    """Code points of raw, end exclusive."""

    start: int
    end: int


class FoundDates:
    """The first date of each kind that the text prints."""

    printed: Moment | None = None
    evidence: DateEvidence | None = None
    changed: Moment | None = None

    def __init__(self, habits: DateHabits):
        self.habits = habits

    def add(self, raw: str, start: int, end: int, moment: Moment, changed: bool) -> None:
        if changed and self.changed is None:
            self.changed = moment
        elif not changed and self.printed is None:
            self.printed = moment
            self.evidence = DateEvidence(place="raw", start=start, end=end, exact=raw[start:end])


@functools.cache
def _labels() -> tuple[re.Pattern[str], frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("plain_text.toml").read_text("utf-8"))
    words = sorted({*table["printed"], *table["changed"]}, key=lambda word: (-len(word), word))
    return re.compile(
        r"[\W_]{0,3}(" + "|".join(map(re.escape, words)) + r")(?=[\s:.|\d-])[\s:.|-]{0,4}", re.I
    ), frozenset(table["changed"])


def glued_date(raw: str, span: Span, dates: FoundDates) -> Span | None:
    """Where a date before a sentence ends, and where the sentence starts (as ``end`` and ``start``)."""
    line = raw[span.start : min(span.end, span.start + GLUED_CHARACTERS)]
    if _DIGIT.search(line, 0, LABEL_CHARACTERS + 12) is None:
        return None
    label = _labels()[0].match(line)
    at = label.end() if label else 0
    if _DIGIT.search(line, at, at + 12) is None:
        return None
    found = find_moment(line[at:], dates.habits.day_first, dates.habits.zone)
    if found is None or found.start > 0:
        return None
    end = span.start + at + found.end
    rest = raw[end : span.end]
    gap = len(rest) - len(rest.lstrip(" \t\u00a0|:-\u2013\u2014"))
    following = rest[gap:].lstrip("\"'\u2018\u201c\u00ab\u201e")[:1]
    if not gap or not (following.isupper() or (following.isalpha() and not following.islower())):
        return None
    if word_count(rest) < MIN_REST_WORDS:
        return None
    dates.add(raw, span.start + at, end, found.moment, bool(label) and label.group(1).lower() in _labels()[1])
    return Span(end + gap, end)


def is_date_line(raw: str, span: Span, cue_of: Callable[[str], Cue | None], dates: FoundDates) -> bool:
    """Whether a line is nothing but a date and the words around it; the date is added."""
    if span.end - span.start > DATE_LINE_CHARACTERS:
        return False
    line = raw[span.start : span.end]
    if "@" in line:  # the signature of an embedded post
        return False
    cue = cue_of(line)
    if _DIGIT.search(line) is None:
        return cue is not None and cue.cls == "date_meta"
    label = _labels()[0].match(line)
    at = label.end() if label else 0
    found = find_moment(line[at:], dates.habits.day_first, dates.habits.zone)
    if found is not None:
        others = len(_WORDS.findall(line[at : at + found.start])) + len(
            [word for word in _WORDS.findall(line[at + found.end :]) if not word.isdigit()]
        )
        if (cue is not None and cue.cls == "date_meta") or (others <= DATE_LINE_WORDS and not _is_sentence(line)):
            start = span.start + at + found.start
            changed = bool(label) and label.group(1).lower() in _labels()[1]
            dates.add(raw, start, span.start + at + found.end, found.moment, changed)
            return True
    return cue is not None and cue.cls == "date_meta"


def _is_sentence(line: str) -> bool:
    return ends_with_stop(line) and word_count(line) > DATE_LINE_WORDS + 2
