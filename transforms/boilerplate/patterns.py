"""Reading off a pattern what must stand in a line before it can find itself there: how the line may begin, or a word.

Source: the prefilter of literals in Cox, "Regular expression matching with a trigram index", 2012.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]  # not public, but there since the first Python 3, and tested
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from transforms.boilerplate.triggers import DIGIT, OPENING, Triggers
from transforms.language.evidence import function_words

MAX_STRINGS = 600  # beginnings, or strings, of one part of a pattern; a part with more is a part with any
MAX_CLASS = 40  # characters of a class that are told apart
COMMON = 4  # code points; a shorter word is too common to be looked for, where there is a choice

_ANY = "\ufffe"  # in a beginning: anything may follow, or nothing
_SOME_DIGIT = "\ufffd"  # in a beginning, as its first sign: a digit of any script
_EDGE = "\uffff"  # in a string: the border of a word
_WORD = re.compile(r"[^\W_]+")

_Items = list[tuple[Any, Any]]


def read_triggers(pattern: str) -> Triggers:
    """Read a pattern's triggers.

    Args:
        pattern: A regular expression, to be searched in folded lines.
    """
    tree = _parser.parse(pattern)
    openings: set[str] = set()
    words: set[str] = set()
    alternatives = list(_alternatives(list(tree), False))
    all_anchored = all(anchored for _, anchored in alternatives) and not tree.state.flags & re.MULTILINE
    for items, anchored in alternatives:
        starts = _beginnings(items) if anchored and not tree.state.flags & re.IGNORECASE else {""}
        if "" not in starts:
            openings |= starts
            continue
        needed = _best(_needed(items)) if not tree.state.flags & re.IGNORECASE else None
        if needed is None:
            return Triggers(open=True, anchored=all_anchored)
        words |= needed
    return Triggers(tuple(sorted(openings)), tuple(sorted(words)), anchored=all_anchored)


def _alternatives(items: _Items, anchored: bool) -> Iterator[tuple[_Items, bool]]:
    """The branches that a pattern begins with, each with what follows, and whether it holds at the beginning only."""
    while items:
        kind, value = items[0]
        if kind is op.AT and value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            items, anchored = items[1:], True
        elif kind is op.SUBPATTERN and not value[1] and not value[2]:
            items = [*value[3], *items[1:]]
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _alternatives([*branch, *items[1:]], anchored)
            return
        else:
            break
    yield items, anchored


# ── how a match begins ──


def _beginnings(items: _Items) -> set[str]:
    """Every match begins with one of these; an empty one stands for any."""
    return {start.partition(_ANY)[0].replace(_SOME_DIGIT, DIGIT) for start in _starts(items)}


def _starts(items: _Items) -> set[str]:
    found = {""}
    literal = ""
    for kind, value in items:
        if kind is op.LITERAL and len(literal) < OPENING:
            literal += chr(value)  # letters in a row are joined to what is before them once
            continue
        if literal:
            found, literal = _joined(found, {literal}), chr(value) if kind is op.LITERAL else ""
            if literal or all(len(start) >= OPENING or start.endswith(_ANY) for start in found):
                return found
        found = _joined(found, _starts_of(kind, value))
    return _joined(found, {literal}) if literal else found


def _joined(lefts: set[str], rights: set[str]) -> set[str]:
    done = {left for left in lefts if len(left) >= OPENING or left.endswith(_ANY)}
    going = lefts - done
    if len(going) * len(rights) > MAX_STRINGS:
        return done | {left + _ANY for left in going}
    return done | {
        left + _ANY if left and right[:1] == _SOME_DIGIT else (left + right)[:OPENING] for left in going for right in rights
    }


def _starts_of(kind: Any, value: Any) -> set[str]:
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return {""}
    if kind is op.LITERAL:
        return {chr(value)}
    if kind is op.IN:
        rest = [member for member in value if member != (op.CATEGORY, op.CATEGORY_DIGIT)]
        digit = {_SOME_DIGIT + _ANY} if len(rest) < len(value) else set()
        return digit | (_class(rest) or {_ANY}) if rest else digit
    if kind is op.SUBPATTERN and not value[1]:
        return _starts(list(value[3]))
    if kind is op.BRANCH:
        return set().union(*(_starts(list(branch)) for branch in value[1]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, body = value
        once = _starts(list(body))
        found = functools.reduce(_joined, [once] * min(least, OPENING), {""})
        for _ in range(min(most - least, OPENING)):
            found = found | _joined(found, once)
        return found
    return {_ANY}


def _class(members: _Items) -> set[str] | None:
    """The characters of a class; None for a large or an excluding one."""
    found: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < MAX_CLASS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            found.add(" ")  # the only white space of a folded line
        else:
            return None
    return found if len(found) <= MAX_CLASS else None


# ── which words a match holds ──


def _best(sets: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """The set whose words are the rarest, as far as we know: the most common of them decides, then how few they are."""
    return max(sets, key=lambda words: (min(map(_rarity, words)), -len(words), sorted(words)), default=None)


def _rarity(word: str) -> int:
    """0 for a word that stands in every text, then by length."""
    return 0 if word in function_words() else min(COMMON, len(word))


def _needed(items: _Items) -> list[frozenset[str]]:
    """Sets of words; of each, every match holds one as a whole word."""
    found: list[frozenset[str]] = []
    run = {""}
    for kind, value in items:
        strings = _strings_of(kind, value)
        if strings is not None and len(run) * len(strings) <= MAX_STRINGS:
            run = {left + right for left, right in product(run, strings)}
            continue
        found.extend(_words_of(run))
        parted = all(string and not _WORD.match(string[-1]) for string in run)
        run = strings or {_EDGE if _ends_parted(kind, value, parted) else ""}
        if strings is None:
            found.extend(_inside(kind, value))
    return [*found, *_words_of(run)]


def _inside(kind: Any, value: Any) -> list[frozenset[str]]:
    if kind is op.SUBPATTERN and not value[1]:
        return _needed(list(value[3]))
    if kind is op.BRANCH:
        best = [_best(_needed(list(branch))) for branch in value[1]]
        return [] if None in best else [frozenset().union(*filter(None, best))]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0]:
        return _needed(list(value[2]))
    return []


def _ends_parted(kind: Any, value: Any, before: bool) -> bool:
    """Whether a sign that is of no word stands at the end of a repetition, or before it where nothing is repeated."""
    if kind not in (op.MAX_REPEAT, op.MIN_REPEAT) or not (value[0] or before):
        return False
    last = _strings_of(*value[2][-1])
    return bool(last) and all(sign and not _WORD.match(sign[-1]) for sign in last)


def _words_of(run: set[str]) -> list[frozenset[str]]:
    """For each string of a run its longest whole word; nothing if one has none."""
    chosen = set()
    for string in run:
        whole = [m.group() for m in _WORD.finditer(string) if 0 < m.start() and m.end() < len(string)]
        if not whole:
            return []
        chosen.add(max(whole, key=lambda word: (_rarity(word), len(word))))  # the first of those
    return [frozenset(chosen)]


def _strings_of(kind: Any, value: Any) -> set[str] | None:
    """All that a part of a pattern can match; None if that is endless, or too much."""
    if kind is op.AT:
        return {""} if value is op.AT_NON_BOUNDARY else {_EDGE}
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return {""}
    if kind is op.LITERAL:
        return {chr(value)}
    if kind is op.IN:
        return _class(value)
    if kind is op.SUBPATTERN and not value[1]:
        return _strings(list(value[3]))
    if kind is op.BRANCH:
        branches = [_strings(list(branch)) for branch in value[1]]
        if None in branches:
            return None
        union = set().union(*(branch for branch in branches if branch))
        return union if len(union) <= MAX_STRINGS else None
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[1] <= 2:
        once = _strings(list(value[2]))
        if once is None or len(once) ** value[1] > MAX_STRINGS:
            return None
        return {"".join(parts) for times in range(value[0], value[1] + 1) for parts in product(once, repeat=times)}
    return None


def _strings(items: _Items) -> set[str] | None:
    found = {""}
    for kind, value in items:
        strings = _strings_of(kind, value)
        if strings is None or len(found) * len(strings) > MAX_STRINGS:
            return None
        found = {left + right for left, right in product(found, strings)}
    return found
