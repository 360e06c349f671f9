"""Run profiles against their golden pages: ``python -m transforms.sources.check DIR [--propose]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError
from transforms.boilerplate.cues import CueTable, load_cues
from transforms.sources.golden import PAGE, differences, extracted, golden_folders
from transforms.sources.load import OUR_PROFILES, PROFILE_FILE, read_profile
from transforms.sources.profile import Profiles

USAGE = "usage: python -m transforms.sources.check [DIR] [--propose]"


def check(root: Path, cues: CueTable) -> tuple[str, ...]:
    """What is wrong with the profiles of a folder, a line each for a reader; empty when all hold."""
    folders = golden_folders(root)
    if not folders:
        return (f"{root}: no profile; a profile is a folder that has a {PROFILE_FILE}",)
    lines: list[str] = []
    for folder in folders:
        try:
            lines += differences(folder, cues)
        except ConfigurationError as error:
            lines.append(str(error))
    return tuple(lines)


def propose(root: Path, cues: CueTable) -> tuple[Path, ...]:
    """Write what each golden page without an expectation gives beside it, for a person to read and correct.

    Args:
        root: Holds one folder a profile.
        cues: The boilerplate cues of the run.

    Returns:
        The files that were written. Files that exist are left alone.

    Raises:
        ConfigurationError: If a profile is wrong, or a page gives no article.
    """
    written: list[Path] = []
    for path in sorted(root.glob(f"*/{PROFILE_FILE}")):
        profiles = Profiles([read_profile(path)])
        for page in sorted(path.parent.glob(PAGE)):
            expectation = page.with_suffix(".json")
            if not expectation.exists():
                found = msgspec.json.encode(extracted(page, profiles, cues))
                expectation.write_bytes(msgspec.json.format(found, indent=2) + b"\n")
                written.append(expectation)
    return tuple(written)


def main(arguments: Sequence[str]) -> int:
    """Check, and print what differs.

    Returns:
        0 when all profiles hold, 1 when one does not, 2 for wrong usage or a wrong profile.
    """
    roots = [argument for argument in arguments if argument != "--propose"]
    if len(roots) > 1 or any(root.startswith("-") for root in roots) or not all(Path(root).is_dir() for root in roots):
        print(USAGE, file=sys.stderr)
        return 2
    root = Path(roots[0]) if roots else OUR_PROFILES
    cues = load_cues()
    if "--propose" in arguments:
        try:
            for path in propose(root, cues):
                print(f"{path}: written; read it and correct it")
        except ConfigurationError as error:
            print(error, file=sys.stderr)
            return 2
    wrong = check(root, cues)
    held = len(golden_folders(root))
    print("\n".join(wrong) if wrong else f"{root}: {held} profile{' holds' if held == 1 else 's hold'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
