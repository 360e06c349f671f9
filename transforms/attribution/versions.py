"""An agency's version marks, and notes of correction."""

from __future__ import annotations

import re

from transforms.attribution.claims import Note
from transforms.attribution.registry import Registry
from transforms.attribution.zones import Line

# Marks stand at the start of a slug or headline, or of a line under it.
_WINDOW = 160  # characters of a line
_LINES = 6  # lines before the body
_NOTE_LENGTH = 600  # characters of a line without brackets that can be nothing but a note


class VersionReader:
    """Reads version marks and notes with the patterns of a registry."""

    def __init__(self, registry: Registry):
        marks = "|".join(registry.versions["mark"].patterns)
        # up to three marks, then a hyphen, a colon or a dash, or the end
        self._mark = re.compile(rf"(?:{marks})(?:[-–/ ]{{1,2}}(?:{marks})){{0,2}}(?=\s?[-–:)*]|$)")
        self._note = re.compile(rf"[(\[*_ ]{{0,3}}(?:{'|'.join(registry.versions['note'].patterns)})")

    def version(self, headline: str | None, text: str, lines: list[Line]) -> str | None:
        """The version mark of the headline, or of a line before the body: ``UPDATE 2``, ``CORRECTION``."""
        starts = [headline] if headline else []
        heads = [line for line in lines if line.zone in ("head", "headline")][:_LINES]
        for start in starts + [text[line.start : min(line.end, line.start + _WINDOW)] for line in heads]:
            if (found := self._mark.match(start[:_WINDOW])) is not None:
                return found[0].strip()
        return None

    def notes(self, text: str, lines: list[Line]) -> list[Note]:
        """Lines that are nothing but a note of correction, and such notes in brackets at the start of a line."""
        notes = []
        for line in lines:
            first = text[line.start]
            if first not in "([*_" and (line.zone == "body" and not line.tail or not first.isupper()):
                continue  # notes stand at the edges of a text, or in brackets
            if line.zone in ("off", "caption", "headline") or line.block.cut is not None:
                continue
            found = self._note.match(text, line.start, line.end)
            if found is not None and (first in "([" or line.end - line.start <= _NOTE_LENGTH):
                stop = line.end if first != "(" else _closing(text, found, line.end)
                notes.append(Note(line.start, stop, "ed_note.line"))
        return notes


def _closing(text: str, found: re.Match[str], end: int) -> int:
    close = text.find(")", max(found.start(), found.end() - 1), end)
    return end if close < 0 else close + 1
