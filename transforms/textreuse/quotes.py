"""Where a body quotes: spans between quotation marks of any style, also over several sentences or paragraphs."""

from __future__ import annotations

import re

QUOTE_WORDS = 4  # words, 2..8: fewer between marks are a name or an ironic word, not a quotation
_LONGEST = {"double": 1500, "single": 500}  # code points: what isn't closed by then was no opening mark

_DOUBLE = '"“”„‟«»「」『』〝〞＂'
_MARKS = re.compile(rf"[{_DOUBLE}]|(?<!\w)['‘’‚‹›`](?=\w)|(?<=[\w.,!?…])['‘’‹›](?!\w)")
_OPENING = set("„«「『〝‚‹")
_CLOSING = set("」』〞")
_NO_SPACE = set("「」『』〝〞")


def quotations(body: str) -> list[tuple[int, int]]:
    """Spans of a body that stand between quotation marks.

    What counts is how a mark stands, then its shape: papers print closing marks with the opening glyph, and the other
    way round. A mark that opens a new paragraph inside a quotation goes on with it.

    Args:
        body: Any text.

    Returns:
        Spans in code points, marks excluded, sorted and apart; single marks inside double ones are not looked at.
    """
    spans: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for found in _MARKS.finditer(body):
        mark, place = found.group(), found.start()
        kind = "double" if mark in _DOUBLE else "single"
        if kind == "single" and "double" in opened and place - opened["double"] <= _LONGEST["double"]:
            continue
        start = opened.get(kind)
        if start is not None and place - start > _LONGEST[kind]:
            del opened[kind]
            start = None
        opens = _opens(body, mark, place, start is not None)
        if not opens and start is not None:
            _keep(spans, start, place)
            opened.clear()
        elif opens and (start is None or not _starts_paragraph(body, place)):
            opened[kind] = place + 1
    return spans


def _keep(spans: list[tuple[int, int]], start: int, end: int) -> None:
    while spans and spans[-1][1] > start:  # single marks that stood before a double one turned out to be open
        spans.pop()
    spans.append((start, end))


def _opens(body: str, mark: str, place: int, is_open: bool) -> bool:
    before = body[place - 1] if place else " "
    after = body[place + 1] if place + 1 < len(body) else " "
    if mark in _NO_SPACE:
        return mark not in _CLOSING
    left = before.isspace() or before in "([{—–-/:"
    right = after.isspace() or after in ")]}—–-,.;:!?/"
    if left != right:
        return left
    if mark in _OPENING or mark in _CLOSING or mark in "“”»":
        return mark in "“„«‚‹" if mark != "“" or not is_open else False
    return not is_open


def _starts_paragraph(body: str, place: int) -> bool:
    return place == 0 or body[place - 1] == "\n"
