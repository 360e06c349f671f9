"""Cuts inside a line: a formula that a scraper glued before the first or behind the last sentence of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.boilerplate.cue import Cue
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.folding import EDGE, REMEMBERED_LINES, SHORT_LINE, fold, key
from transforms.boilerplate.gates import Shown
from transforms.boilerplate.lines import Line
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.pieces import Removal

WINDOW = 160  # code points looked at from each end of a line: a glued formula is a short sentence
MAX_PREFIX_WORDS = 9  # words of a formula without a stop before the sentence

_BREAK = re.compile(
    "[.!?\u3002\uff01\uff1f\u2026\u0964][\"'\u2019\u201d\u00bb)\\]]*(?:\\s+|(?=[A-Z\u00c0-\u00dd\u0410-\u042f\u00a9]))"
)
_GAP = re.compile(
    "[.!?\u3002\uff01\uff1f\u2026\u0964][\"'\u2019\u201d\u00bb)\\]]*(?:\\s+|(?=[A-Z\u00c0-\u00dd\u0410-\u042f\u00a9]))|\\s{3,}|\\s[|\u2022]\\s"
)
_WORD = re.compile(r"\S+")
_QUOTE = re.compile('["\u201c\u201d\u00ab\u00bb\u201e]')

Cut = tuple[int, int, Cue]  # start and end in the line, and what it is


def glued_removals(raw: str, lines: Sequence[Line], matcher: LineMatcher) -> list[Removal]:
    """Formulas at both ends of lines of raw that stay. Each is a whole sentence, or phrases before a capital letter."""
    removals: list[Removal] = []
    any_gaps = _has_gaps(raw)
    for line in lines:
        if len(line.text) <= SHORT_LINE:
            cuts = _short_cuts(matcher.table, line.text)
        else:
            cuts = _cuts(line.text, line.shown, any_gaps and _has_gaps(line.text), matcher)
        removals.extend(Removal(line.start + start, line.start + end, cue.cls, cue.id) for start, end, cue in cuts)
    return removals


@lru_cache(maxsize=REMEMBERED_LINES)
def _short_cuts(table: CueTable, text: str) -> tuple[Cut, ...]:
    matcher = LineMatcher(table, text)
    return tuple(_cuts(text, matcher.shown(text), _has_gaps(text), matcher))


def _cuts(text: str, shown: Shown, gaps: bool, matcher: LineMatcher) -> list[Cut]:
    cuts: list[Cut] = []
    end = len(text)
    ends = matcher.table.ends
    looked_at = gaps or ends.may_address(shown)
    if looked_at or ends.may_end_glued(shown):
        end = _cut_end(text, matcher, cuts)
    if looked_at or ends.may_begin_glued(shown):
        _cut_front(text[:end], matcher, cuts)
    return cuts


def _has_gaps(text: str) -> bool:
    return ("|" in text and " | " in text) or ("\u2022" in text and " \u2022 " in text) or "   " in text


def _breaks(text: str) -> re.Pattern[str]:
    """Where sentences part; and where wide gaps and bars do, in the few lines that have some."""
    return _GAP if _has_gaps(text) else _BREAK


def _cut_end(text: str, matcher: LineMatcher, cuts: list[Cut]) -> int:
    """Cut formulas behind the last sentence; gives where the rest ends."""
    end = len(text)
    for found in reversed(list(_breaks(text).finditer(text, max(0, end - WINDOW)))):
        start = found.end()
        part = text[start:end]
        if not part.strip():
            continue
        cue = _formula(part, matcher)
        if cue is None or len(_QUOTE.findall(text, 0, start)) % 2:
            break
        cuts.append((start, end, cue))
        end = start
    return end


def _cut_front(text: str, matcher: LineMatcher, cuts: list[Cut]) -> None:
    start = 0
    breaks = _breaks(text)
    while (found := breaks.search(text, start, start + WINDOW)) is not None and found.end() < len(text):
        cue = _formula(text[start : found.end()], matcher)
        if cue is None:
            break
        cuts.append((start, found.end(), cue))
        start = found.end()
    prefix = _prefix(text, start, matcher)
    if prefix is not None:
        cue, stop = prefix
        cuts.append((start, stop, cue))


def _formula(part: str, matcher: LineMatcher) -> Cue | None:
    """The cue of a sentence at the end of a line: a phrase, or a pattern that speaks to the reader. A story has its own
    sentences about subscriptions, producers and comments."""
    part = part.strip()
    folded = fold(part)
    words = folded.split()
    cue = matcher.phrase(key(folded))
    if cue is None and matcher.addresses(words):
        cue = matcher.unit(part)
        if cue is not None and cue.reader.address.isdisjoint(words):
            return None
    if cue is None or not cue.may_be_glued(len(words)) or not any(word[0].isalpha() for word in words):
        return None
    return cue


def _prefix(text: str, start: int, matcher: LineMatcher) -> tuple[Cue, int] | None:
    """The longest phrase before a capitalised word, where no stop parts them: ``Skip to main content Iraq has …``"""
    if not matcher.table.ends.begins_glued(text[start : start + WINDOW]):
        return None
    words = []
    for match in _WORD.finditer(text, start, start + 160):
        words.append(match)
        if len(words) > MAX_PREFIX_WORDS:
            break
    if len(words) < 4:
        return None
    for size in range(len(words) - 1, 0, -1):
        following = words[size].group().lstrip("\"'\u2018\u201c\u00ab(")
        if not following[:1].isupper() and not following[:1].isdigit():
            continue
        cue = matcher.phrase(key(fold(text[words[0].start() : words[size - 1].end()]).strip(EDGE)))
        if cue is not None and cue.glue and words[size - 1].group()[-1].isalnum():
            return cue, words[size].start()
    return None
