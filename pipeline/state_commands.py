"""``wirestories state``: rebuild, forget, export and compact."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np

from pipeline.locations import is_remote
from pipeline.options import (
    RunOptions,
    beam_options,
    check_runner,
    is_day,
    parse_arguments,
    pipeline_options,
    read_days,
    use_filesystems,
)
from pipeline.rebuild import export, forget, rebuild
from pipeline.run_state import merge
from pipeline.state.opening import open_state
from pipeline.terminal import complain, say
from schemas.errors import ConfigurationError
from transforms.textreuse.candidates import HORIZON_DAYS


def state(arguments: Sequence[str]) -> int:
    """Run a state command.

    Returns:
        0 done, 1 interrupted or a disk that failed, 2 wrong usage or configuration.
    """
    started = time.perf_counter()
    try:
        command, *rest = [*arguments, ""]
        if command not in _COMMANDS:
            known = ", ".join(_COMMANDS)
            found = f"unknown state command {command!r}; known are" if command else "state: name a command:"
            raise ConfigurationError(f"{found} {known} (wirestories state --help)")
        said = _COMMANDS[command](_read(command, rest[:-1]))
    except ConfigurationError as error:
        complain(str(error))
        return 2
    except OSError as error:
        complain(f"the command failed, the state is as it was before: {error}")
        return 1
    except KeyboardInterrupt:
        complain("interrupted; the state is as it was before, or wholly as it was to be")
        return 1
    say(f"{said} {time.perf_counter() - started:.1f} s.")
    return 0


class StateOptions(msgspec.Struct, frozen=True, kw_only=True):
    """A checked request."""

    location: str
    what: tuple[str, ...]  # to forget
    run: RunOptions  # as far as it matters; output is the state's folder where none was named
    has_output: bool


def _read(command: str, arguments: Sequence[str]) -> StateOptions:
    given = parse_arguments(
        arguments, "state", ("--state", "--output", "--sources", "--agencies", "--as-of", "--horizon"), ("--keep-raw",)
    )
    check_runner(given.runner)
    names = list(given.inputs)
    folder = given.state or (names.pop(0) if names else None)
    if folder is None:
        raise ConfigurationError(f"state {command}: name the state's folder (wirestories state --help)")
    if (command == "forget") != bool(names):
        wanted = "name an article's id or a source" if command == "forget" else f"unexpected {' '.join(names)}"
        raise ConfigurationError(f"state {command}: {wanted} (wirestories state --help)")
    if command == "export" and given.output is None:
        raise ConfigurationError("state export: add --output OUT (wirestories state --help)")
    if given.output is not None:
        _see_apart(folder, given.output)
    if given.as_of is not None and not is_day(given.as_of):
        raise ConfigurationError(f"--as-of {given.as_of}: not a day; write it as 2021-06-28")
    run = RunOptions(
        inputs=(str(folder),),
        output=Path(given.output or folder),
        sources=given.sources and Path(given.sources),
        agencies=given.agencies and Path(given.agencies),
        as_of=given.as_of,
        state=folder,
        horizon=read_days("--horizon", given.horizon) if given.horizon else HORIZON_DAYS,
        keep_raw=given.keep_raw,
        quiet=False,
        beam=beam_options(given),
    )
    use_filesystems(run)
    return StateOptions(location=folder, what=tuple(dict.fromkeys(names)), run=run, has_output=given.output is not None)


def _see_apart(folder: str, output: str) -> None:
    if is_remote(folder):
        return
    own, other = os.path.realpath(folder), os.path.realpath(output)
    if os.path.commonpath((own, other)) in (own, other):
        raise ConfigurationError(f"--output {output}: lies in the same folder tree as the state {folder}")


def _compact(options: StateOptions) -> str:
    """All segments into one, without fingerprints that can match nothing any more."""
    with open_state(options.location, create=False) as held:
        segments = held.manifest.segments
        if not segments:
            return "The state is empty."
        snapshot = held.snapshot()
        latest = int(snapshot.table.day.max(initial=0))
        before = _size(held.folder)
        first_day = latest - options.run.horizon
        is_compact = len(segments) == 1 and not snapshot.has_older_keys(first_day)
        snapshot.close()
        if is_compact:
            return f"The state is compact: {before:,} bytes."
        name = f"{held.manifest.runs:08d}c{len(segments)}"
        manifest = merge(held, held.manifest, range(len(segments)), name, np.zeros(0, np.int64), first_day)
        held.commit(msgspec.structs.replace(manifest, publication=None))
        held.clean()
        merged = f"; {len(segments)} segments became one" if len(segments) > 1 else ""
        return f"{before:,} bytes became {_size(held.folder):,}{merged}."


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _rebuild(options: StateOptions) -> str:
    with open_state(options.location, create=False, any_form=True) as held:
        count = rebuild(held, options.run, pipeline_options(options.run, _size(held.folder)), options.has_output)
    written = f" The records are in {options.run.output}." if options.has_output else ""
    return f"{count:,} articles cleaned and matched anew.{written}"


def _export(options: StateOptions) -> str:
    with open_state(options.location, create=False) as held:
        count = export(held, options.run, pipeline_options(options.run, _size(held.folder)))
    return f"{count:,} articles written to {options.run.output}."


def _forget(options: StateOptions) -> str:
    at = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with open_state(options.location, create=False) as held:
        articles, stories = forget(
            held, options.what, at, options.run, pipeline_options(options.run, 0), options.has_output
        )
    where = f", and written to {options.run.output}" if options.has_output else ""
    return (
        f"{articles:,} {'article' if articles == 1 else 'articles'} forgotten: {', '.join(options.what)}. "
        f"{stories:,} {'story was' if stories == 1 else 'stories were'} made anew{where}. "
        "What earlier runs wrote still holds them."
    )


_COMMANDS: dict[str, Callable[[StateOptions], str]] = {
    "rebuild": _rebuild,
    "forget": _forget,
    "export": _export,
    "compact": _compact,
}
