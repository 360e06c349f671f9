"""The credit at the end of a paragraph: (AFP), — Reuters, /ritzau/AFP."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.attribution.lines import CreditLine, Grammar
from transforms.attribution.names import Name, spells
from transforms.attribution.tokens import is_like_surname
from transforms.attribution.zones import Line

# Characters from a paragraph's end in which its credit begins.
_REACH = 160
_END = re.compile(r"(?:[.!?…。।۔؟][”\"»'’]?\)?\s{0,3}|(?<!,)[”\"»'’]\)?\s{1,3})(?=[^\s.!?…。।۔؟”\"»'’,;])")
_SHORTENED = re.compile(r"\b[^\W\d_a-z][a-z]{0,2}\. ?$")  # Michael R., Mr.
_BRACKETS = "([【（"
_STOPS = ".!?…。！？।۔؟\"”»«'’)]-–—:*|"
_DASHED = re.compile(r"[-–—―/]{1,2}\s?(?=\S)")


def ending(
    text: str, line: Line, names: list[Name], grammar: Grammar, is_house: Callable[[tuple[int, int]], bool]
) -> tuple[int, CreditLine] | None:
    """The credit with which a paragraph ends.

    Args:
        text: Flattened.
        line: The paragraph.
        names: The names in it, in order.
        grammar: Reads the credit.
        is_house: Tells the spans of houses, ``(HARBOUR POST, dpa)``, from those of people, ``(Ann Lee, dpa)``.

    Returns:
        Where it begins, with its bracket or dash, and what it says; None where the paragraph ends otherwise.
    """
    last = names[-1]
    if line.end - last.end > 60 or last.alias.kind not in ("agency", "collective"):
        return None
    floor = max(line.start, line.end - _REACH)
    for start in _candidates(text, floor, line.end, last.start):
        inside = [n for n in names if n.start >= start]
        if not inside:
            continue
        parsed = grammar.read(text, start, line.end, inside)
        if parsed is None or not parsed.led and not all(map(is_house, parsed.people)):
            continue
        if line.tail and not line.prose and text[line.start : start].rstrip()[-1:] not in _STOPS:
            continue  # a caption that ends on who took the picture
        marked = text[start] in "([【（-–—―/"
        if text[start] in _BRACKETS and _explains(text, line, start, inside, grammar):
            continue
        if any(n.alias.wordlike for n in parsed.names) and any(t.kind == "date" for t in parsed.tokens):
            continue  # a citation: [The Anytown Times, 4/9/13]
        unsure = not marked and parsed.led.isdisjoint(("source", "with")) and len(parsed.names) < 2
        if unsure and any(n.alias.wordlike or n.alias.slot_only for n in parsed.names):
            continue
        if not marked and is_like_surname(parsed.names[0]) and _SHORTENED.search(text[max(0, start - 6) : start]):
            continue  # Michael R. Bloomberg
        if not marked and parsed.names[0].alias.kind == "collective" and not parsed.led:
            continue
        return start, parsed
    return None


def _explains(text: str, line: Line, start: int, names: list[Name], grammar: Grammar) -> bool:
    """Whether a bracket is part of the sentence: ``the Palestinian Authority (PA).``, ``in Harrisburg (PA).``"""
    before = text[line.start : start].rstrip()
    if not all(n.alias.weak for n in names) or not before or before[-1] in _STOPS:
        return False
    before = before[-_REACH:]
    if spells(before, names[0].alias.text) or spells(before.title(), names[0].alias.text):
        return True
    return text[line.end - 1] in ".。" and not any(grammar.registry.is_international(n.alias.ids) for n in names)


def _candidates(text: str, floor: int, end: int, at: int) -> list[int]:
    """Where the closing credit may begin: at the last bracket, at a dash, after the last sentence."""
    found = []
    stop = end
    while stop > floor and text[stop - 1] in ". ":
        stop -= 1
    if stop > floor and text[stop - 1] in ")]】）":
        opening = max(text.rfind(mark, floor, stop) for mark in "([【（")
        if opening >= floor and opening < at:
            found.append(opening)
    for met in _END.finditer(text, floor, at + 1):
        if met.end() <= at:
            found.append(met.end())
    dashes = [
        met.start()
        for met in _DASHED.finditer(text, floor, at + 1)
        if met.start() and text[met.start() - 1] in " .\"”'’)!?"
    ]
    return sorted(set(found + dashes[-2:]), reverse=False)[-8:]
