"""Sentences that say where a text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.attribution.registry import Registry
from transforms.attribution.zones import Line

# Characters of a line that are searched, from its end; a credit sentence closes a text.
_WINDOW = 1200

_CONTRIBUTION = re.compile(
    r"contribut|contribu|beitrag|beigetragen|droeg bij|bidrog|ساهم|(?:material|information) from"
)


class PhraseReader:
    """Finds credit sentences with the phrases of a registry."""

    def __init__(self, registry: Registry):
        self._anywhere = tuple(registry.phrases["credit"].words)
        self._gates = registry.phrases["credit"].gates
        self._outside = tuple(registry.phrases["credit_outside"].words)
        self._patterns = re.compile("|".join(registry.phrases["credit"].patterns), re.I)
        self._release = tuple(registry.phrases["release"].words)

    def sentences(self, text: str, line: Line, outside: bool) -> Iterator[tuple[int, int, bool, bool]]:
        """The credit sentences of a line.

        Args:
            text: Flattened.
            line: Where to look.
            outside: Whether the line stands before or after the body, where weaker phrases are a credit too.

        Yields:
            Start, end, whether the sentence speaks of a press release, and whether of a contribution.
        """
        begin = max(line.start, line.end - _WINDOW)
        window = text[begin : line.end]
        low = window.casefold() if window.isascii() else window.lower()
        if len(low) != len(window):
            low = window
        gated = any(gate in low for gate in self._gates)
        if not gated and not outside:
            return
        spans = []
        for phrase in (self._anywhere if gated else ()) + (self._outside if outside else ()):
            at = low.find(phrase)
            while at >= 0:
                start, end = _sentence(window, low, at, at + len(phrase))
                spans.append((start, end))
                at = low.find(phrase, end)
        if gated:
            spans += [_sentence(window, low, m.start(), m.end()) for m in self._patterns.finditer(window)]
        last = -1
        for start, end in sorted(spans):
            while start < end and window[start].isspace():
                start += 1
            if start < last:
                continue
            last = end
            yield (
                begin + start,
                begin + end,
                any(word in low[start:end] for word in self._release),
                _CONTRIBUTION.search(low, start, end) is not None,
            )


def _sentence(window: str, low: str, at: int, stop: int) -> tuple[int, int]:
    start = max(window.rfind(". ", 0, at) + 1, window.rfind("\n", 0, at) + 1)
    while start > 0 and _abbreviated(window, start):
        start = max(window.rfind(". ", 0, start - 2) + 1, 0)
    end = low.find(". ", stop)
    return start, len(window) if end < 0 else end + 1


def _abbreviated(window: str, start: int) -> bool:
    """Whether the stop before a place ends an abbreviation: Washington, D.C."""
    return start >= 3 and window[start - 3] in ". " and window[start - 2].isupper()
