"""``wirestories sources``: list, check, propose profiles, and show what was learned."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from difflib import ndiff
from pathlib import Path
from typing import NoReturn

from pipeline.help import SOURCES, SOURCES_COMMANDS
from pipeline.learned import LearnedTable, read_learned, read_remote_learned
from pipeline.locations import is_remote
from pipeline.tables import check_own_agencies
from pipeline.terminal import complain, printing, shown
from schemas.errors import ConfigurationError, DocumentError
from transforms.attribution.names import flat
from transforms.attribution.registry import Registry, load_registry
from transforms.boilerplate.cues import CueTable, our_cues
from transforms.sources.address import host_of
from transforms.sources.check import chosen_folders, propose_expectations
from transforms.sources.golden import Expected, differences, extracted, golden_folders, golden_pages
from transforms.sources.load import (
    OUR_PROFILES,
    PROFILE_FILE,
    is_profile_id,
    load_profiles,
    read_profile,
    read_profiles,
)
from transforms.sources.profile import Profiles
from transforms.sources.propose import MOST_PAGES, Proposal, profile_text, propose_profile
from transforms.sources.saved import SavedPage

DEFAULT_FOLDER = "sources"  # of the user's own profiles, where `new` is told no other
_WIDTH = 110  # characters of a line of text that are shown
_CREDIT = 200  # characters of the longest line that can be a credit


def sources(arguments: Sequence[str]) -> int:
    """Run ``wirestories sources`` with its arguments.

    Returns:
        0 done, 1 a profile does not hold, 2 wrong usage or a wrong profile.
    """
    return printing(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    command, rest = (arguments[0] if arguments else ""), list(arguments[1:])
    if command in ("", "-h", "--help"):
        print(SOURCES, end="")
        return 0 if command else 2
    if command not in _COMMANDS:
        known = ", ".join(_COMMANDS)
        complain(f"unknown command 'sources {command}'; known are {known}")
        return 2
    if "-h" in rest or "--help" in rest:
        print(SOURCES_COMMANDS[command], end="")
        return 0
    try:
        return _COMMANDS[command](rest)
    except ConfigurationError as error:
        complain(str(error))
        return 2


# ── list ──


def list_profiles(arguments: Sequence[str]) -> int:
    """Print every profile of a run, one a line."""
    parser = _parser("list")
    parser.add_argument("--sources", type=_folder)
    folder = parser.parse_args(arguments).sources
    mine = {profile.id for profile in read_profiles(folder)} if folder else set()
    rows = [("id", "name", "hosts", "layouts", "whose")]
    for profile in load_profiles(folder):
        dates = [dated.valid_from or "always" for dated in profile.layouts]
        whose = str(folder) if profile.id in mine else "ours"
        rows.append((profile.id, profile.name, " ".join(profile.hosts), " ".join(reversed(dates)) or "none", whose))
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(f"{shown(cell):<{width}}" for cell, width in zip(row, widths)).rstrip())
    return 0


# ── check ──


def check_profiles(arguments: Sequence[str]) -> int:
    """Run profiles against their golden pages and print what differs."""
    parser = _parser("check")
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--sources", type=_folder)
    parser.add_argument("--write-missing", action="store_true")
    parsed = parser.parse_intermixed_args(arguments)
    root = parsed.sources or OUR_PROFILES
    folders, unknown = chosen_folders(root, tuple(parsed.ids))
    if unknown or not folders:
        names = ", ".join(folder.name for folder in golden_folders(root))
        known = names or f"none: a profile is a folder with {PROFILE_FILE}"
        what = f"no profile {', '.join(map(repr, unknown))}" if unknown else "no profile"
        raise ConfigurationError(f"{root}: {what}; there is {known}")
    cues, registry = our_cues(), load_registry()
    if parsed.write_missing:
        for path in (path for folder in folders for path in propose_expectations(folder, cues)):
            print(f"{path}: written; read it and correct it")
    wrong = [folder.name for folder in folders if not _holds(folder, cues, registry)]
    held = len(folders) - len(wrong)
    failed = f", {len(wrong)} not: {', '.join(wrong)}" if wrong else ""
    print(f"{held} profile{' holds' if held == 1 else 's hold'}{failed}")
    return 1 if wrong else 0


def _holds(folder: Path, cues: CueTable, registry: Registry) -> bool:
    """Whether a profile gives what its golden pages expect; else what differs is printed."""
    try:
        check_own_agencies([read_profile(folder / PROFILE_FILE)], registry)
        found = differences(folder, cues)
    except ConfigurationError as error:
        print(shown(str(error)))
        return False
    if found:
        print(f"{folder.name}: - is expected, + is found")
    for line in found:
        print(shown(line))
    if not found:
        pages = len(golden_pages(folder))
        print(f"{folder.name}: {pages} golden page{'s hold' if pages > 1 else ' holds'}")
    return not found


# ── new ──


def new_profile(arguments: Sequence[str]) -> int:
    """Propose a profile from saved pages, write it with its proof, and show what it changes."""
    parser = _parser("new")
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--id", required=True)
    parser.add_argument("--host")
    parser.add_argument("--sources", type=Path, default=Path(DEFAULT_FOLDER))
    parsed = parser.parse_intermixed_args(arguments)
    target = _target(parsed.sources, parsed.id)
    if parsed.host is not None and host_of(f"//{parsed.host}/") != parsed.host:
        raise ConfigurationError(
            f"--host {parsed.host}: is no host; write it in lower case, without scheme, port and path"
        )
    if len(parsed.pages) > MOST_PAGES:
        raise ConfigurationError(
            f"{len(parsed.pages)} pages; {MOST_PAGES} are the most that help, two or three are enough"
        )
    pages = [_saved(path) for path in parsed.pages]
    registry = load_registry()
    profiles = load_profiles(parsed.sources if golden_folders(parsed.sources) else None)
    if (other := profiles.by_id(parsed.id)) is not None:
        print(f"note: takes the place of our profile {other.id}")
    proposal = propose_profile(pages, parsed.id, parsed.host, _credit_test(registry), _owner_test(profiles, registry))
    target.mkdir(parents=True)
    with ExitStack() as unless_whole:
        unless_whole.callback(shutil.rmtree, target, ignore_errors=True)
        _write(target, proposal, parsed.pages, our_cues())
        unless_whole.pop_all()
    return 0


def _target(root: Path, profile_id: str) -> Path:
    """The folder to write, checked."""
    if not is_profile_id(profile_id):
        raise ConfigurationError(f"--id {profile_id}: small letters, digits and single hyphens, as example-gazette")
    if root.exists() and not root.is_dir():
        raise ConfigurationError(f"--sources {root}: is no folder")
    target = root / profile_id
    if target.exists():
        raise ConfigurationError(f"{target}: is there already; edit it, or name another --id")
    return target


def _saved(path: Path) -> SavedPage:
    try:
        return SavedPage(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except DocumentError as error:
        raise ConfigurationError(
            f"{path}: {error.stage}.{error.reason}: {error}; take a page that holds one article, or write the profile "
            "by hand (docs/sources.md)"
        ) from error


def _credit_test(registry: Registry) -> Callable[[str], bool]:
    def is_credit(line: str) -> bool:
        names = registry.names.find(flat(line)) if len(line) <= _CREDIT else ()
        return any(name.alias.kind in ("agency", "collective") for name in names)

    return is_credit


def _owner_test(profiles: Profiles, registry: Registry) -> Callable[[str], str | None]:
    def owner(host: str) -> str | None:
        if (profile := profiles.by_host(host)) is not None:
            return f"the site of the profile {profile.id}"
        agency = registry.by_host(host)
        return f"the site of the agency {agency.name}" if agency is not None else None

    return owner


def _write(target: Path, proposal: Proposal, pages: Sequence[Path], cues: CueTable) -> None:
    """Fill the profile's folder, and show what the profile changes on each page."""
    count = f"{len(pages)} page{'s' if len(pages) > 1 else ''}"
    head = f"# Proposed from {count}. Read it, shorten what you can, and correct the .json files where they err.\n"
    (target / PROFILE_FILE).write_text(head + profile_text(proposal.profile), encoding="utf-8")
    with_it, without = Profiles([read_profile(target / PROFILE_FILE)]), Profiles()
    golden = [target / ("page.html" if n == 1 else f"page-{n}.html") for n in range(1, len(pages) + 1)]
    for page, copy in zip(pages, golden):
        copy.write_bytes(page.read_bytes())
    propose_expectations(target, cues)
    print((target / PROFILE_FILE).read_text(encoding="utf-8"))
    for page, copy in zip(pages, golden):
        print(f"{shown(str(page))}  (- without the profile, + with it)")
        for line in _compared(extracted(copy, without, cues), extracted(copy, with_it, cues)):
            print(f"  {line}")
        print()
    for note in proposal.notes:
        print(f"note: {shown(note)}")
    print(f"written: {target}/ with {PROFILE_FILE}, {count} and what each gives. Read them, and from then on:")
    print(f"  wirestories sources check {target.name} --sources {target.parent}")


def _compared(without: Expected, with_it: Expected) -> Iterable[str]:
    """One reading beside another, a line each for a person."""
    for name in Expected.__struct_fields__[:-1]:
        old, new = (_value(getattr(one, name)) for one in (without, with_it))
        if old == new:
            yield f"  {name:<13} {new}"
        else:
            yield f"- {name:<13} {old}"
            yield f"+ {name:<13} {new}"
    words = [sum(len(block.split()) for block in one.body) for one in (without, with_it)]
    change = f"{words[1]:,} words" if words[0] == words[1] else f"{words[0]:,} words without, {words[1]:,} with"
    yield f"  {'body':<13} {change}"
    for line in ndiff(without.body, with_it.body):
        if line[0] in "-+":
            yield f"{line[0]} {'':<13} {_cut(line[2:])}"


def _value(value: str | tuple[str, ...] | None) -> str:
    if value is None or value == ():
        return "nothing"
    return _cut(", ".join(value) if isinstance(value, tuple) else value)


def _cut(text: str) -> str:
    line = shown(" ".join(text.split()))
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 2].rstrip()} …"


# ── learned ──


def show_learned(arguments: Sequence[str]) -> int:
    """Print the lines that a run learned as boilerplate."""
    parser = _parser("learned")
    parser.add_argument("output", nargs="?", type=_folder)
    parser.add_argument("--state")
    parsed = parser.parse_intermixed_args(arguments)
    if (parsed.output is None) == (parsed.state is None):
        raise ConfigurationError("name one folder: OUT of a run, or --state DIR (wirestories sources learned --help)")
    if parsed.state and is_remote(parsed.state):
        _print_learned(read_remote_learned(parsed.state))
    else:
        _print_learned(read_learned(parsed.output or _folder(parsed.state)))
    return 0


def _print_learned(table: LearnedTable) -> None:
    if not any(table.values()):
        print("no line was learned: a source needs ten stories, and a line four of them")
        return
    print("stories  share  besides    line")
    for source, rows in table.items():
        print(shown(source))
        for row in rows:
            print(f"{row.stories:>7,}  {row.share:>5.0%}  {row.signal:<9}  {_cut(row.text)}")


# ── arguments ──


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ConfigurationError(f"{message} ({self.prog} --help)")


def _parser(command: str) -> argparse.ArgumentParser:
    return _Parser(prog=f"wirestories sources {command}", add_help=False, allow_abbrev=False)


def _folder(path: str) -> Path:
    if not Path(path).is_dir():
        raise ConfigurationError(f"{path}: no such folder")
    return Path(path)


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "list": list_profiles,
    "check": check_profiles,
    "new": new_profile,
    "learned": show_learned,
}
