"""The tables a run works with, read and checked before the first input file is opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from transforms.attribution.registry import Registry, load_registry
from transforms.boilerplate.cues import CueTable, load_cues
from transforms.sources.load import load_profiles
from transforms.sources.profile import Profiles

_TRANSFORMS = Path(__file__).parent.parent / "transforms"


@dataclass(frozen=True)
class Tables:
    """What is known of news beside the input. A run's stories are a function of these and of its articles."""

    profiles: Profiles
    registry: Registry
    cues: CueTable
    sha256: dict[str, str]  # of each table's files, for run.json


def load_tables(sources: Path | None, agencies: Path | None) -> Tables:
    """Read all tables.

    Args:
        sources: The user's own profiles, or None.
        agencies: The user's own agencies, or None.

    Raises:
        ConfigurationError: If a file is wrong; the message names file, table and key.
    """
    return Tables(
        profiles=load_profiles(sources),
        registry=load_registry(agencies),
        cues=load_cues(),
        sha256={
            "sources": _digest(_TRANSFORMS / "sources", sources),
            "agencies": _digest(_TRANSFORMS / "attribution", agencies),
            "cues": _digest(_TRANSFORMS / "boilerplate", None),
        },
    )


def _digest(*folders: Path | None) -> str:
    digest = hashlib.sha256()
    for folder in filter(None, folders):
        for path in sorted(folder.rglob("*.toml")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
