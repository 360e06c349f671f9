"""Sentences that say where a text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.attribution.registry import Registry
from transforms.attribution.zones import Line

# Characters of a line that are searched, from its end; a credit sentence closes a text.
_WINDOW = 1200

# What may stand before a phrase with which a sentence begins.
_BEGINS = re.compile(
    r"[\W_]*(?:originally |first |content |text |story |(?:re)?p(?:ublished|osted|rinted|roduced) |used )?"
)
_CONTRIBUTION = re.compile(
    r"contribut|contribu|beitrag|beigetragen|droeg bij|bidrog|ساهم|(?:material|information) from"
)


class Sentence(NamedTuple):
    """A sentence that can credit the agencies in it."""

    start: int
    end: int
    release: bool  # it speaks of a press release
    contributed: bool  # it speaks of a contribution
    about: int | None  # where it says who an agency is: a credit only if it begins with that agency's name


class PhraseReader:
    """Finds credit sentences with the phrases of a registry."""

    def __init__(self, registry: Registry):
        phrases = registry.phrases
        self._anywhere = tuple(phrases["credit"].words)
        self._gates = phrases["credit"].gates
        self._outside = tuple(phrases["credit_outside"].words)
        self._itself = tuple(phrases["credit_itself"].words)
        self._about = tuple(phrases["about"].words)
        self._patterns = re.compile("|".join(phrases["credit"].patterns), re.I)
        self._self = re.compile("|".join(phrases["itself"].patterns))
        self._corrected = re.compile("|".join(phrases["corrected"].patterns))
        self._release = tuple(phrases["release"].words)

    def sentences(self, text: str, line: Line, outside: bool) -> Iterator[Sentence]:
        """The credit sentences of a line.

        Args:
            text: Flattened.
            line: Where to look.
            outside: Whether the line stands before or after the body, where weaker phrases are a credit too.
        """
        begin = max(line.start, line.end - _WINDOW)
        window = text[begin : line.end]
        low = window.casefold() if window.isascii() else window.lower()
        if len(low) != len(window):
            low = window
        gated = any(gate in low for gate in self._gates)
        if not gated and not outside:
            return
        spans: list[tuple[int, int, int]] = []  # start and end of a sentence, and where it says who an agency is, or -1
        spans += [(a, b, -1) for _, a, b in _met(window, low, self._anywhere if gated else ())]
        if gated:
            spans += [(*_sentence(window, low, m.start(), m.end()), -1) for m in self._patterns.finditer(window)]
        if outside:
            spans += [(a, b, -1) for _, a, b in _met(window, low, self._outside)]
            for at, a, b in _met(window, low, self._itself):
                itself = _BEGINS.fullmatch(low, a, at) is not None or self._self.search(low, a, b) is not None
                if itself and self._corrected.search(low, a, b) is None:
                    spans.append((a, b, -1))
            spans += [(a, b, -1 if self._self.search(low, a, b) else at) for at, a, b in _met(window, low, self._about)]
        last = -1
        for start, end, about in sorted(spans):
            while start < end and window[start].isspace():
                start += 1
            if start < last:
                continue
            last = end
            release = any(word in low[start:end] for word in self._release)
            contributed = _CONTRIBUTION.search(low, start, end) is not None
            yield Sentence(begin + start, begin + end, release, contributed, begin + about if about >= 0 else None)


def _met(window: str, low: str, phrases: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Where phrases stand, each with the start and the end of its sentence."""
    for phrase in phrases:
        at = low.find(phrase)
        while at >= 0:
            start, end = _sentence(window, low, at, at + len(phrase))
            yield at, start, end
            at = low.find(phrase, end)


def _sentence(window: str, low: str, at: int, stop: int) -> tuple[int, int]:
    start = max(window.rfind(". ", 0, at) + 1, window.rfind("\n", 0, at) + 1)
    while start > 0 and _abbreviated(window, start):
        start = max(window.rfind(". ", 0, start - 2) + 1, 0)
    end = low.find(". ", stop)
    return start, len(window) if end < 0 else end + 1


def _abbreviated(window: str, start: int) -> bool:
    """Whether the stop before a place ends an abbreviation: Washington, D.C."""
    return start >= 3 and window[start - 3] in ". " and window[start - 2].isupper()
