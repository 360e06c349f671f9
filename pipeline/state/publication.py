"""An output that is committed waits beside its place until it takes it."""

from __future__ import annotations

import glob
import os
import shutil
import tarfile
from pathlib import Path

import zstandard

from pipeline.staging import MANIFEST, Staging
from transforms.state.manifest import Publication


def staged_beside(out: Path, runs: int) -> Path:
    """Where the output of a run waits until it takes its place: beside it, on the same filesystem.

    Each run has its own, so that one that was never committed can't be taken for one that was.
    """
    out = Path(os.path.abspath(out))
    return out.parent / f".{out.name}.wirestories.committed-{runs:08d}"


def take_away_staged(out: Path) -> None:
    """Remove what runs left staged for an output that were killed before they committed.

    Committed ones have been published by then: ``open_state`` does it.
    """
    out = Path(os.path.abspath(out))
    for path in out.parent.glob(f".{glob.escape(out.name)}.wirestories.committed-*"):
        shutil.rmtree(path, ignore_errors=True)


def publish(publication: Publication) -> None:
    """Put a committed output in its place, if it isn't there yet.

    Raises:
        ConfigurationError: If the place can't be written now; the output stays staged for the next start.
    """
    staged = Path(publication.staged)
    if not staged.is_dir():
        return
    with Staging(Path(publication.output)).open() as staging:
        staging.commit(staged)


def pack(staged: Path, target: Path) -> None:
    """Write a staged output into one compressed file, for a machine that isn't this one."""
    with target.open("wb") as file, zstandard.ZstdCompressor().stream_writer(file) as compressed:
        with tarfile.open(fileobj=compressed, mode="w|") as archive:
            archive.add(staged, arcname=".")


def unpack(packed: Path, publication: Publication) -> None:
    """Stage an output that another machine committed, unless it stands in its place already.

    Raises:
        OSError: If it can't be written.
    """
    staged, out = Path(publication.staged), Path(publication.output)
    part = staged.with_name(f"{staged.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with packed.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as plain:
        with tarfile.open(fileobj=plain, mode="r|") as archive:
            archive.extractall(part, filter="data")
    if (out / MANIFEST).is_file() and (out / MANIFEST).read_bytes() == (part / MANIFEST).read_bytes():
        shutil.rmtree(part)
    else:
        part.rename(staged)
