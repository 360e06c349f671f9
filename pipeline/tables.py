"""The tables a run works with, read and checked before the first input file is opened."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import ConfigurationError
from transforms.attribution.registry import Registry, load_registry
from transforms.boilerplate.cues import CueTable, our_cues
from transforms.sources.load import PROFILE_FILE, load_profiles
from transforms.sources.profile import Profile, Profiles

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
    registry = load_registry(agencies)
    profiles = load_profiles(sources)
    check_own_agencies(profiles, registry)
    return Tables(
        profiles=profiles,
        registry=registry,
        cues=our_cues(),
        sha256={
            "sources": _digest(_TRANSFORMS / "sources", sources),
            "agencies": _digest(_TRANSFORMS / "attribution", agencies),
            "cues": _digest(_TRANSFORMS / "boilerplate", None),
        },
    )


def check_own_agencies(profiles: Iterable[Profile], registry: Registry) -> None:
    """Refuse a profile whose own wire service nobody knows.

    Raises:
        ConfigurationError: The message names file and key, and ids that are spelled alike.
    """
    for profile in profiles:
        if profile.own_agency is not None and profile.own_agency not in registry.agencies:
            near = ", ".join(difflib.get_close_matches(profile.own_agency, registry.agencies, n=3))
            hint = f"near it are {near}" if near else "docs/attribution.md says how to add one"
            raise ConfigurationError(
                f"{profile.id}/{PROFILE_FILE}: own_agency = {profile.own_agency!r}: no agency has this id; {hint}"
            )


def _digest(*folders: Path | None) -> str:
    digest = hashlib.sha256()
    for folder in filter(None, folders):
        for path in sorted(folder.rglob("*.toml")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
