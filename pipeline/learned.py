"""The lines that runs learned as boilerplate, as run.json and a state keep them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from pipeline.report import LearnedLine
from pipeline.staging import MANIFEST, is_ours
from schemas.errors import ConfigurationError
from transforms.boilerplate.learned import LearnedLines
from transforms.state.manifest import Manifest, read_manifest
from transforms.state.relearning import Learned, LearnedSource, lines_of


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
    return _table(msgspec.json.decode(learned, type=dict[str, LearnedLines]))


def _table(found: Mapping[str, LearnedLines]) -> LearnedTable:
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
    """The lines that a run learned, or that are in force in a state.

    Args:
        folder: The output of a run, or a state.

    Raises:
        ConfigurationError: If the folder is neither, is damaged, or says nothing of learned lines.
    """
    if not is_ours(folder):
        if (state := read_manifest(folder)) is None:
            raise ConfigurationError(f"{folder}: neither the output of a run (no {MANIFEST} of ours) nor a state")
        return _table(lines_of(_of_state(folder, state)))
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
    except msgspec.DecodeError as error:
        raise ConfigurationError(f"{folder / MANIFEST}: {error}") from error
    if manifest.learned is None:
        raise ConfigurationError(f"{folder / MANIFEST}: says nothing of learned lines; run again to have them")
    return manifest.learned


def read_remote_learned(url: str) -> LearnedTable:
    """``read_learned`` of a state on another filesystem.

    Raises:
        ConfigurationError: If there is none, or if it can't be read.
    """
    # Beam takes most of a second, and nothing else here needs it.
    from apache_beam.io.filesystems import FileSystems
    from apache_beam.options.pipeline_options import PipelineOptions

    from pipeline.state.mirror import remote_learned

    FileSystems.set_options(PipelineOptions([]))
    return _table(lines_of(remote_learned(url)))


def _of_state(folder: Path, state: Manifest) -> Learned:
    for name in state.learned:
        try:
            return msgspec.json.decode((folder / name).read_bytes(), type=dict[str, LearnedSource])
        except OSError as error:
            raise ConfigurationError(f"state {folder / name}: {error.strerror}; a run may be writing it") from error
        except msgspec.DecodeError as error:
            raise ConfigurationError(f"state {folder / name}: damaged: {error}") from error
    return {}
