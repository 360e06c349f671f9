"""Run profiles against their golden pages, and write down what golden pages give."""

from __future__ import annotations

from pathlib import Path

import msgspec

from transforms.boilerplate.cues import CueTable
from transforms.sources.golden import PAGE, extracted, golden_folders
from transforms.sources.load import PROFILE_FILE, read_profile
from transforms.sources.profile import Profiles


def propose_expectations(folder: Path, cues: CueTable) -> tuple[Path, ...]:
    """Write beside each golden page that has no expectation what it gives, for a person to read and correct.

    Args:
        folder: Holds one profile.
        cues: The boilerplate cues of the run.

    Returns:
        The files that were written. Files that exist are left alone.

    Raises:
        ConfigurationError: If the profile is wrong, or a page gives no article.
    """
    if not (folder / PROFILE_FILE).is_file():
        return ()
    profiles = Profiles([read_profile(folder / PROFILE_FILE)])
    written: list[Path] = []
    for page in sorted(folder.glob(PAGE)):
        expectation = page.with_suffix(".json")
        if not expectation.exists():
            found = msgspec.json.encode(extracted(page, profiles, cues))
            expectation.write_bytes(msgspec.json.format(found, indent=2) + b"\n")
            written.append(expectation)
    return tuple(written)


def chosen_folders(root: Path, ids: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The folders of the profiles asked for.

    Args:
        root: Holds one folder a profile.
        ids: Which of them; empty for all.

    Returns:
        The folders, sorted, and the ids that have none.
    """
    folders = golden_folders(root)
    known = {folder.name for folder in folders}
    return tuple(f for f in folders if not ids or f.name in ids), tuple(i for i in ids if i not in known)
