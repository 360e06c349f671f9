"""Collect the records of many runs in one file each, whole lines only."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import msgspec

from schemas.codec import OUTPUTS

JOURNAL = "appended.json"
_RUN_FOLDER = re.compile(r"run-\d{8}")


class Journal(msgspec.Struct, frozen=True):
    """Up to where the files are whole."""

    run: str = ""  # the last run folder whose lines are in them
    bytes: dict[str, int] = {}  # file -> length


def append_runs(out: Path) -> None:
    """Append the lines of every run folder to the files of ``out``, each exactly once, and take the folders away.

    Killed at any moment, the next call cuts half-written lines off and goes on.

    Args:
        out: Folder of the run folders.
    """
    journal = _read(out)
    for name, length in journal.bytes.items():
        os.truncate(out / name, length)
    for folder in sorted(path for path in out.glob("run-*") if _RUN_FOLDER.fullmatch(path.name)):
        if folder.name > journal.run:
            lengths = {name: _append(folder / name, out / name, journal.bytes.get(name, 0)) for name in OUTPUTS.values()}
            journal = Journal(folder.name, {name: length for name, length in lengths.items() if length})
            _write(out, journal)
        shutil.rmtree(folder)


def _append(source: Path, target: Path, length: int) -> int:
    """Append a file at a known length of another; the new length."""
    if not source.exists():
        return length
    with target.open("r+b" if target.exists() else "w+b") as file:
        file.truncate(length)
        file.seek(length)
        with source.open("rb") as lines:
            shutil.copyfileobj(lines, file)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _read(out: Path) -> Journal:
    try:
        return msgspec.json.decode((out / JOURNAL).read_bytes(), type=Journal)
    except FileNotFoundError:
        return Journal()


def _write(out: Path, journal: Journal) -> None:
    new = out / f"{JOURNAL}.new"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, out / JOURNAL)
