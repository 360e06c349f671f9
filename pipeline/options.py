"""What a run is asked for: our options, beside all of Beam's."""

from __future__ import annotations

import argparse
import datetime
import os
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.runner import create_runner

from pipeline.locations import is_remote, without_file_scheme
from pipeline.staging import MANIFEST, is_free
from schemas.article import Flow
from schemas.errors import ConfigurationError
from transforms.textreuse.candidates import HORIZON_DAYS


class RunOptions(Flow, kw_only=True):
    """A checked request for one run."""

    inputs: tuple[str, ...]
    output: Path
    sources: Path | None
    agencies: Path | None
    as_of: str | None  # YYYY-MM-DD
    state: str | None  # a folder of this machine, or a URL
    horizon: int  # days
    keep_raw: bool
    quiet: bool
    beam: dict[str, object]  # Beam's options by name


def read_arguments(arguments: Sequence[str]) -> RunOptions:
    """Read the arguments of ``wirestories run``.

    Raises:
        ConfigurationError: If an option is unknown or wrong; the message says which, and what is allowed.
    """
    parsed = parse_arguments(
        arguments, "run", ("--output", "--sources", "--agencies", "--as-of", "--state", "--horizon"), ("--keep-raw", "--quiet")
    )
    check_runner(parsed.runner)
    if parsed.direct_num_workers is not None and not 0 <= parsed.direct_num_workers <= MOST_WORKERS:
        raise ConfigurationError(
            f"--direct_num_workers {parsed.direct_num_workers}: allowed are 0 (one for each processor) to {MOST_WORKERS}"
        )
    inputs, output = _inputs_and_output(parsed.inputs, parsed.output)
    for name in ("sources", "agencies"):
        folder = getattr(parsed, name)
        if folder is not None and not os.path.isdir(folder):
            raise ConfigurationError(f"--{name} {folder}: no such folder")
    if parsed.as_of is not None and not is_day(parsed.as_of):
        raise ConfigurationError(f"--as-of {parsed.as_of}: not a day; write it as 2021-06-28")
    return RunOptions(
        inputs=inputs,
        output=output,
        sources=Path(parsed.sources) if parsed.sources else None,
        agencies=Path(parsed.agencies) if parsed.agencies else None,
        as_of=parsed.as_of,
        state=_state_folder(parsed.state, inputs, output),
        horizon=read_days("--horizon", parsed.horizon) if parsed.horizon else HORIZON_DAYS,
        keep_raw=parsed.keep_raw,
        quiet=parsed.quiet,
        beam=beam_options(parsed),
    )


_OURS = {"inputs", "output", "sources", "agencies", "as_of", "state", "horizon", "keep_raw", "quiet"}


def beam_options(parsed: argparse.Namespace) -> dict[str, object]:
    """Beam's among parsed options."""
    return {name: value for name, value in vars(parsed).items() if name not in _OURS}


def parse_arguments(
    arguments: Sequence[str], command: str, valued: Sequence[str], switches: Sequence[str]
) -> argparse.Namespace:
    """Parse ours and Beam's options with Beam's own parser, which alone knows which of them take a value.

    Args:
        arguments: Of the command.
        command: Whose help messages point to.
        valued: Our options that take a value.
        switches: Our options that take none.

    Returns:
        All of them by name, and ``inputs``, what stands without an option.

    Raises:
        ConfigurationError: If one is unknown or lacks its value.
    """
    namespaces: list[argparse.Namespace] = []

    def add_ours(parser: argparse.ArgumentParser) -> None:
        def fail(message: str) -> NoReturn:
            raise ConfigurationError(f"{message} (wirestories {command} --help)")

        parser.error = fail
        parser.add_argument("inputs", nargs="*")
        for name in valued:
            parser.add_argument(name)
        for name in switches:
            parser.add_argument(name, action="store_true")
        parser.set_defaults(runner="FnApiRunner", direct_running_mode=None, direct_num_workers=None)
        namespaces.append(parser.parse_intermixed_args(list(map(without_file_scheme, arguments))))

    PipelineOptions([]).get_all_options(add_extra_args_fn=add_ours)
    return namespaces[0]


def _inputs_and_output(inputs: list[str], output: str | None) -> tuple[tuple[str, ...], Path]:
    if output is None and len(inputs) == 2:
        if not is_free(Path(inputs[1])):
            raise ConfigurationError(
                f"{inputs[1]}: is it an input or the output? It exists and no earlier run wrote it "
                f"(no {MANIFEST} of ours); name the output with --output OUT"
            )
        inputs, output = inputs[:1], inputs[1]
    if "" in inputs or output == "":
        raise ConfigurationError("an INPUT or the output is empty: ''; perhaps a variable of the shell that isn't set")
    if not inputs:
        raise ConfigurationError("no INPUT: name a file, a folder or a glob (wirestories run --help)")
    if output is None:
        raise ConfigurationError("no output: add --output OUT (wirestories run --help)")
    if is_remote(output):
        raise ConfigurationError(f"--output {output}: only folders on this machine can be written so far")
    target = os.path.realpath(output)
    for given in inputs:
        source = os.path.realpath(given)
        if target == source or target.startswith(source + os.sep) or source.startswith(target + os.sep):
            raise ConfigurationError(f"--output {output}: lies in the same folder tree as the input {given}")
    return tuple(inputs), Path(output)


def _state_folder(given: str | None, inputs: Sequence[str], output: Path) -> str | None:
    """Where the state lies, apart from what is read and what is replaced."""
    if given is None:
        return None
    own = _whole(given)
    for other in (*inputs, str(output)):
        path = _whole(other)
        if own == path or own.startswith(path + os.sep) or path.startswith(own + os.sep):
            raise ConfigurationError(f"--state {given}: lies in the same folder tree as {other}")
    return given


def _whole(location: str) -> str:
    return location.rstrip("/") if is_remote(location) else os.path.realpath(location)


def read_days(option: str, text: str) -> int:
    """A number of days, written as 30d or 30.

    Raises:
        ConfigurationError: If it is something else, or not from 1 to 3650.
    """
    match = re.fullmatch(r"(\d{1,4})d?", text)
    if match is None or not 1 <= int(match[1]) <= 3650:
        raise ConfigurationError(f"{option} {text}: not a number of days from 1 to 3650; write it as 30d")
    return int(match[1])


def is_day(text: str) -> bool:
    """Whether a text is a day, written as 2021-06-28."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


MOST_WORKERS = 512  # processes, 16 to 4096: of one machine; each takes 0.2 GB before it has work
# Bytes of stored input from which on worker processes pay for their start (about 1 CPU second each, some 20 s of
# work), 1 MB to 10 GB. 20 s are some 20,000 text articles of 4 kB, or 5,000 pages of 100 kB compressed to a fifth.
MULTI_PROCESSING_BYTES = 80_000_000


def pipeline_options(options: RunOptions, input_bytes: int) -> PipelineOptions:
    """Beam's options for a run, with the running mode chosen where the user said nothing.

    Args:
        options: The request.
        input_bytes: Size of the input as stored; decides between one process and several.
    """
    values = dict(options.beam)
    large = input_bytes > MULTI_PROCESSING_BYTES
    values["direct_running_mode"] = values["direct_running_mode"] or ("multi_processing" if large else "in_memory")
    if values["direct_num_workers"] is None:
        values["direct_num_workers"] = 1 if values["direct_running_mode"] == "in_memory" else 0
    if values["runner"] == "DirectRunner":
        # DirectRunner would first download another engine (Prism), but not for a pipeline with such triggers; we have
        # no triggers at all, so this only keeps a run off the network.
        values["allow_unsafe_triggers"] = True
    return _Options([], **values)


def use_filesystems(options: RunOptions) -> None:
    """Let Beam's filesystems know their options (regions, endpoints, credentials) before the first of them is asked.

    Raises:
        ConfigurationError: If a plugin, which may bring a filesystem, isn't there.
    """
    for name in options.beam.get("beam_plugins") or ():
        try:
            import_module(name)
        except ImportError as error:
            raise ConfigurationError(f"--beam_plugins {name}: {error}") from error
    if any(map(is_remote, (*options.inputs, options.state or ""))):
        FileSystems.set_options(_Options([], **options.beam))


class _Options(PipelineOptions):
    """Beam's options, each view of them made once.

    Views share their values. Beam asks for one at each of its several hundred checks of types, and makes a parser of
    arguments for each: 0.3 s of every run.
    """

    def view_as(self, cls: type[_View]) -> _View:
        views: dict[type, PipelineOptions] = self.__dict__.setdefault("_views", {})
        if cls not in views:
            views[cls] = super().view_as(cls)
        return views[cls]

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in super().__getstate__().items() if name != "_views"}


_View = TypeVar("_View", bound=PipelineOptions)


def check_runner(name: str) -> None:
    """Refuse an engine that Beam doesn't have.

    Raises:
        ConfigurationError: If there is none of that name.
    """
    try:
        create_runner(name)
    except (ValueError, ImportError, AttributeError) as error:
        known = ", ".join(path.rpartition(".")[2] for path in StandardOptions.ALL_KNOWN_RUNNERS)
        raise ConfigurationError(f"--runner {name}: no such engine; known are {known}") from error
