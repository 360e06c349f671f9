"""The lines that a run learned as boilerplate, as run.json keeps them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.report import LearnedLine
from pipeline.staging import MANIFEST, is_ours
from schemas.errors import ConfigurationError
from transforms.boilerplate.learned import LearnedLines


class LearnedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line that a source repeats."""

    text: str  # its start, as one article prints it
    stories: int  # distinct stories that print it
    share: float  # of the source's distinct stories, 0..1
    signal: str  # what besides repetition shows that it is boilerplate: edge, neighbour or shape


LearnedTable = dict[str, tuple[LearnedRow, ...]]  # source -> its lines


class _Manifest(msgspec.Struct):
    learned: LearnedTable | None = None


def learned_table(learned: bytes) -> LearnedTable:
    """What a run learned, without what only the cleaning needs.

    Args:
        learned: The table that the row of steps wrote: JSON of source -> LearnedLines.

    Returns:
        Sources in their order; of each the lines, those of most stories first.
    """
    found = msgspec.json.decode(learned, type=dict[str, LearnedLines])
    return {
        source: tuple(
            LearnedRow(text=line.text, stories=line.stories, share=line.share, signal=line.signal)
            for line in sorted(lines.lines.values(), key=lambda line: (-line.stories, line.text, line.signal))
        )
        for source, lines in sorted(found.items())
    }


def report_lines(table: LearnedTable) -> list[LearnedLine]:
    """The table as the report takes it."""
    return [
        LearnedLine(source=source, line=row.text, count=row.stories) for source, rows in table.items() for row in rows
    ]


def read_learned(folder: Path) -> LearnedTable:
    """The lines that the run in a folder learned.

    Args:
        folder: The output of a run.

    Raises:
        ConfigurationError: If the folder holds no run of ours, or none that says what it learned.
    """
    if not is_ours(folder):
        raise ConfigurationError(f"{folder}: no output of a run (no {MANIFEST} of ours in it)")
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
    except msgspec.DecodeError as error:
        raise ConfigurationError(f"{folder / MANIFEST}: {error}") from error
    if manifest.learned is None:
        raise ConfigurationError(f"{folder / MANIFEST}: says nothing of learned lines; run again to have them")
    return manifest.learned
