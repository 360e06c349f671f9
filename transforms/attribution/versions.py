"""An agency's version marks, and notes of correction."""

from __future__ import annotations

import re

from transforms.attribution.claims import Note
from transforms.attribution.zones import Line

# Marks stand at the start of a slug or headline, or in a bracket under it.
_WINDOW = 160  # characters of a line
_VERSION = re.compile(
    r"(?:(?:REFILE|CORRECTED|CORRECTION|RPT|REPEAT|UPDATE ?\d{0,2}|WRAPUP ?\d{0,2}|URGENT|FLASH|BULLETIN|ALERT|ADVISORY|"
    r"BREAKING|EXCLUSIVE|FACTBOX|TIMELINE|NEWSALERT|Lead|LEAD|EILMELDUNG|URGENTE|AMPLIACIÓN|RETRANSMISSION|"
    r"\d(?:st|nd|rd|th) (?:lead|Ld|LD|LEAD)|(?:Ld|LD) ?\d{0,2}|Eds|WRITETHRU|Writethru)(?:[-–/ ]{1,2}(?=[A-Z0-9])){0,1}){1,3}"
)
_SURE = re.compile(r"^(?:UPDATE ?\d|WRAPUP|REFILE|CORRECTED|CORRECTION|RPT|URGENT|FLASH|BULLETIN|ALERT|\d(?:st|nd|rd|th)|NEWSALERT|EILMELDUNG|URGENTE|RETRANSMISSION|WRITETHRU|Writethru|Ld|LD)")
_NOTE = re.compile(
    r"[(\[*_ ]{0,3}(?:(?:Corrects|Recasts|Adds|Updates|Refiles|Repeats|Rewrites|Clarifies|Removes|Fixes)\b[^)]{3,300}\)|"
    r"(?:CORRECTION|Correction|Clarification|CLARIFICATION|Editor's [Nn]ote|EDITOR'S NOTE|Eds|EDS|Ed[.] note|"
    r"Rectificatif|ERRATUM|Erratum|Corrección|Korrektur|Rettelse|Rättelse|Correção|Errata|Precisazione|Anmerkung der Redaktion|Nota del editor|NDLR)\s?:|"
    r"This (?:story|article|version|report|dispatch) (?:has been|was|is) (?:updated|corrected|amended|refiled|clarified)\b|"
    r"(?:An earlier|A previous) version of this (?:story|article|report)\b|"
    r"(?:The )?(?:story|item|dispatch) (?:corrects|refiles|is refiled)\b|Diese[rn]? (?:Artikel|Text|Meldung) wurde (?:korrigiert|aktualisiert)|"
    r"(?:Cet|L)'?\s?article a été (?:corrigé|modifié|mis à jour))"
)
_BRACKETED = re.compile(r"\((?:[Cc]orrects|[Rr]ecasts|[Aa]dds|[Uu]pdates|[Rr]efiles|[Rr]epeats)\b[^()]{3,300}\)")


def read_version(headline: str | None, text: str, lines: list[Line]) -> str | None:
    """The version mark of the headline, or of a line before the body: ``UPDATE 2``, ``CORRECTION``."""
    starts = [headline] if headline else []
    starts += [text[line.start : line.start + _WINDOW] for line in lines if line.zone in ("head", "headline")][:6]
    for start in starts:
        found = _VERSION.match(start[:_WINDOW])
        if found is None or _SURE.match(found[0]) is None:
            continue
        behind = start[found.end() : found.end() + 1]
        if behind in ("-", ":", "–", "", ")", "*") or found[0][-1:] in "-–/" or start[found.end() :].startswith((" -", " –", ": ")) or (
            behind == " " and not found[0].startswith(("FLASH", "ALERT", "URGENTE "))
        ):
            return found[0].rstrip(" -–/")
    return None


def read_notes(text: str, lines: list[Line]) -> list[Note]:
    """Lines that are nothing but a note of correction, and such brackets after a version mark."""
    notes = []
    for line in lines:
        if line.zone in ("off", "caption", "headline") or line.block.cut is not None:
            continue
        first = text[line.start]
        if line.zone == "body" and not line.tail and first not in "([*_":
            continue  # notes stand at the edges of a text, or in brackets
        if (first in "([*_" or first.isupper()) and (found := _NOTE.match(text, line.start, line.end)) is not None:
            whole = text[line.start] in "([" or line.end - line.start <= 600
            if whole:
                stop = line.end if text[line.start] != "(" else _closing(text, found, line.end)
                notes.append(Note(line.start, stop, "ed_note.line"))
    return notes


def _closing(text: str, found: re.Match[str], end: int) -> int:
    close = text.find(")", max(found.start(), found.end() - 1), end)
    return end if close < 0 else close + 1
