"""Where a body quotes: spans between quotation marks of any style, also over several sentences or paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from transforms.textreuse.fold import DOUBLE_QUOTES

QUOTE_WORDS = 4  # words, 2..8: fewer between marks are a name or an ironic word, not a quotation
_LONGEST_DOUBLE = 1500  # code points: what isn't closed by then was no opening mark
_LONGEST_SINGLE = 500
_OPENING = frozenset("„«「『〝‚‹“‘")
_CLOSING = frozenset("」』〞")
_NO_SPACE = frozenset("「」『』〝〞")
_BEFORE = frozenset("([{—–-/:")  # besides space: what stands before an opening mark
_AFTER = frozenset(")]}—–-,.;:!?/…")  # besides space: what stands behind a closing mark


def quotations(body: str, marks: Iterable[int]) -> list[tuple[int, int]]:
    """Spans of a body that stand between quotation marks.

    What counts is how a mark stands, then its shape: papers print closing marks with the opening glyph, and the other
    way round. A mark that opens a new paragraph inside a quotation goes on with it.

    Args:
        body: Any text.
        marks: Code points of its quotation marks, ascending (Tokens.mark).

    Returns:
        Spans in code points, marks excluded, sorted and apart; single marks inside double ones are not looked at.
    """
    spans: list[tuple[int, int]] = []
    double = single = -1  # first code point behind the open mark, -1 when none is open
    for place in marks:
        mark = body[place]
        is_double = mark in DOUBLE_QUOTES
        if double >= 0 and place - double > _LONGEST_DOUBLE:
            double = -1
        if single >= 0 and place - single > _LONGEST_SINGLE:
            single = -1
        if not is_double and double >= 0:
            continue
        start = double if is_double else single
        if not _opens(body, mark, place, start >= 0):
            if start >= 0:
                while spans and spans[-1][1] > start:  # single marks inside, read before the double one proved open
                    spans.pop()
                spans.append((start, place))
                double = single = -1
        elif start < 0 or (place and body[place - 1] != "\n"):
            if is_double:
                double = place + 1
            else:
                single = place + 1
    return spans


def _opens(body: str, mark: str, place: int, is_open: bool) -> bool:
    if mark in _NO_SPACE:
        return mark not in _CLOSING
    before = body[place - 1] if place else " "
    after = body[place + 1] if place + 1 < len(body) else " "
    left = before.isspace() or before in _BEFORE
    right = after.isspace() or after in _AFTER
    if left != right:
        return left
    if mark in _OPENING:
        return not (mark in "“‘" and is_open)  # German and Czech close with them
    return False if mark in "”»’›" else not is_open
