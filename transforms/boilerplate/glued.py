"""Cuts inside a line: a formula that a scraper glued before the first or behind the last sentence of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.boilerplate.appeals import Voice, is_own_request
from transforms.boilerplate.cue import Cue
from transforms.boilerplate.folding import EDGE, fold, key
from transforms.boilerplate.gates import Shown
from transforms.boilerplate.lines import Line
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.pieces import Removal
from transforms.boilerplate.reader import belongs_to
from transforms.boilerplate.shape import is_one_sentence

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


def glued_removals(raw: str, lines: Sequence[Line], matcher: LineMatcher, voice: Voice) -> list[Removal]:
    """Formulas at both ends of lines of raw that stay. Each is a whole sentence, or phrases before a capital letter."""
    removals: list[Removal] = []
    any_gaps = _has_gaps(raw)
    for line in lines:
        cuts = _cuts(line.text, line.shown, any_gaps and _has_gaps(line.text), matcher)
        if cuts:
            cuts = [cut for cut in cuts if not _is_own(cut, line.text, matcher, voice)]
        if cuts:
            cuts.extend(_beside(line.text, cuts))
        for start, end, cue in cuts:
            removals.append(Removal(line.start + start, line.start + end, cue.cls, cue.id))
    return removals


def _is_own(cut: Cut, text: str, matcher: LineMatcher, voice: Voice) -> bool:
    start, end, cue = cut
    return cue.spoken and is_own_request(text[start:end], cue.id, matcher.table.appeals, voice)


class _Ends(NamedTuple):
    """What is known of a line whose ends are looked at."""

    gaps: bool  # bars or wide gaps stand in it
    pronouns: frozenset[str]  # pieces of pronouns of address that stand in it
    hot: frozenset[str]  # as ``Shown`` says


def _cuts(text: str, shown: Shown, gaps: bool, matcher: LineMatcher) -> list[Cut]:
    cuts: list[Cut] = []
    end = len(text)
    ends = matcher.table.ends
    pronouns = ends.pronouns(shown)
    at_end = gaps or ends.may_end_glued(shown)
    at_front = gaps or ends.may_begin_glued(shown)
    if at_end or at_front or pronouns:
        line = _Ends(gaps, pronouns, shown.hot)
        if at_end or pronouns:
            end = _cut_end(text, at_end, line, matcher, cuts)
        if at_front or pronouns:
            _cut_front(text[:end], at_front, line, matcher, cuts)
    return cuts


def _beside(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """The one sentence that is left beside a request, if it belongs to it: ``Were you there? Tell us what you saw.``"""
    start, end = 0, len(text)
    for cut_start, cut_end, _ in sorted(cuts, key=lambda cut: cut[0]):
        if cut_start == start:
            start = cut_end
        else:
            end = min(end, cut_start)
    rest = text[start:end].strip()
    cue = cuts[0][2]
    if rest and is_one_sentence(rest) and belongs_to(cue, rest, leads=end < len(text)):
        return [(start, end, cue)]
    return []


def _has_gaps(text: str) -> bool:
    return ("|" in text and " | " in text) or ("\u2022" in text and " \u2022 " in text) or "   " in text


def _breaks(text: str, gaps: bool) -> re.Pattern[str]:
    """Where sentences part; and where wide gaps and bars do, in the few lines that have some."""
    return _GAP if gaps and _has_gaps(text) else _BREAK


def _cut_end(text: str, phrases: bool, line: _Ends, matcher: LineMatcher, cuts: list[Cut]) -> int:
    """Cut formulas behind the last sentence, of which the last may be a phrase or not; gives where the rest ends."""
    end = len(text)
    for found in reversed(list(_breaks(text, line.gaps).finditer(text, max(0, end - WINDOW)))):
        start = found.end()
        part = text[start:end]
        if not part.strip():
            continue
        cue = _formula(part, phrases, line, matcher)
        if cue is None or len(_QUOTE.findall(text, 0, start)) % 2:
            break
        cuts.append((start, end, cue))
        end, phrases = start, True
    return end


def _cut_front(text: str, phrases: bool, line: _Ends, matcher: LineMatcher, cuts: list[Cut]) -> None:
    """Cut formulas before the first sentence, of which the first may be a phrase or not."""
    start = 0
    breaks = _breaks(text, line.gaps)
    while (found := breaks.search(text, start, start + WINDOW)) is not None and found.end() < len(text):
        part = text[start : found.end()]
        cue = _formula(part, phrases, line, matcher)
        if cue is None or (text[found.start()] == "?" and matcher.phrase(key(fold(part))) is None):
            break  # a question that is no set phrase is answered by what follows
        if text[found.start()] in "?!" and text[found.end()].islower():
            break  # asked by somebody: "What do you think? the judge said."
        cuts.append((start, found.end(), cue))
        start, phrases = found.end(), True
    prefix = _prefix(text, start, matcher) if phrases else None
    if prefix is not None:
        cue, stop = prefix
        cuts.append((start, stop, cue))


def _formula(part: str, phrase: bool, line: _Ends, matcher: LineMatcher) -> Cue | None:
    """The cue of a sentence at the end of a line: a phrase, where it may be one, or a pattern that speaks to the reader.
    A story has its own sentences about subscriptions, producers and comments."""
    if not phrase and part.isascii():
        lower = part.lower()
        if not any(word in lower for word in line.pronouns):
            return None  # most sentences
    part = part.strip()
    folded = fold(part)
    words = folded.split()
    cue = matcher.phrase(key(folded)) if phrase else None
    if cue is None and matcher.addresses(words):
        cue = matcher.unit_of(part, folded, line.hot)
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
