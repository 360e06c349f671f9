"""``wirestories watch``: small runs with a state, one after the other."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from pipeline.append import append_runs
from pipeline.inputs import find_files
from pipeline.options import RunOptions, read_arguments, use_filesystems
from pipeline.run_state import run_on_state
from pipeline.state.opening import committed_runs
from pipeline.tables import load_tables
from pipeline.terminal import complain
from schemas.errors import ConfigurationError
from transforms.reading.files import InputFile

LONGEST_WAIT = 16  # cycles, 2 to 100: between two runs of which the first failed; it doubles up to that
SETTLED_SECONDS = 60  # 2 to 3600: a file elsewhere that is younger is read again, for its date has whole seconds
STOP_SECONDS = 8  # seconds, 1 to 9: that a run gets to clean up after a signal

Mark = tuple[float, ...]  # size, last change, and what else tells one content from another
Marks = dict[str, Mark]  # by url


class WatchOptions(NamedTuple):
    """A checked request to watch."""

    run: RunOptions  # its output is the folder of the run folders
    every: float  # seconds
    once: bool
    append: bool


def read_watch_arguments(arguments: Sequence[str]) -> WatchOptions:
    """Read the arguments of ``wirestories watch``: those of run, and its own.

    Raises:
        ConfigurationError: If an option is unknown or wrong; the message says which, and what is allowed.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--every", default="60s")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--append", action="store_true")
    own, rest = parser.parse_known_args(list(arguments))
    options = read_arguments(rest)
    if options.state is None:
        raise ConfigurationError("watch needs a state: add --state DIR (wirestories watch --help)")
    out = options.output
    if out.exists() and not out.is_dir():
        raise ConfigurationError(f"--output {out}: is no folder")
    if (out / "run.json").exists():
        raise ConfigurationError(f"--output {out}: holds one run; watch writes a folder a run, so name another folder")
    return WatchOptions(options, read_seconds("--every", own.every), own.once, own.append)


def read_seconds(option: str, text: str) -> float:
    """A duration, written as 30s, 5m or 2h.

    Raises:
        ConfigurationError: If it is something else.
    """
    match = re.fullmatch(r"(\d{1,6})([smh]?)", text)
    if match is None or not int(match[1]):
        raise ConfigurationError(f"{option} {text}: not a duration; write it as 60s, 5m or 2h")
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]


def watch(arguments: Sequence[str]) -> int:
    """Run again and again over whatever is new in the input, until a signal ends it.

    Every run works in a process of its own, so nothing grows in this one. A run that fails is tried again after a while.

    Returns:
        0 ended by a signal or done once, 1 the one run failed, 2 wrong usage or configuration.
    """
    try:
        options = read_watch_arguments(arguments)
        use_filesystems(options.run)
        load_tables(options.run.sources, options.run.agencies)  # wrong tables are told at once, not cycle by cycle
    except ConfigurationError as error:
        complain(str(error))
        return 2
    return Watch(options).loop()


class Watch:
    """The loop, and what it knows of the files that it has seen."""

    def __init__(self, options: WatchOptions):
        self._options = options
        self._done: Marks = {}
        self._failures = 0

    def loop(self) -> int:
        """Go on until a signal, or do it once; the exit code."""
        every, once = self._options.every, self._options.once
        try:
            while True:
                began = time.monotonic()
                code = self.cycle()
                if once:
                    return code
                self._failures = self._failures + 1 if code else 0
                wait = every * min(LONGEST_WAIT, 2 ** min(self._failures, 10) if self._failures else 1)
                time.sleep(max(0.0, wait - (time.monotonic() - began)))
        except KeyboardInterrupt:
            return 0

    def cycle(self) -> int:
        """Look for new and changed files, and run over them if there are any.

        Returns:
            0 done, also if nothing is new; 1 or 2 the run failed.
        """
        try:
            files = find_files(self._options.run.inputs, may_be_empty=True)
        except ConfigurationError as error:
            complain(str(error))
            return 2
        marks = {file.url: mark for file in files if (mark := _mark(file))}
        changed = [file for file in files if file.url not in marks or self._done.get(file.url) != marks[file.url]]
        if not changed:
            return 0
        code = _in_child(_run_once, (self._options, changed))
        if code == 0:
            self._done = marks
        return code


def _mark(file: InputFile) -> Mark | None:
    """What shows that a file hasn't been touched; None: nothing does, so it is read every time."""
    if file.changed is not None:
        return (file.size, file.changed) if time.time() - file.changed > SETTLED_SECONDS else None
    try:
        status = os.stat(file.url)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _run_once(options: WatchOptions, files: list[InputFile]) -> int:
    """One run over some files, into a folder of its own."""
    started = time.perf_counter()
    run = options.run
    try:
        folder = run.output / f"run-{committed_runs(run.state) + 1:08d}"
        tables = load_tables(run.sources, run.agencies)
        run_on_state(msgspec.structs.replace(run, output=folder), tables, files, started, only_news=True)
        if options.append:
            append_runs(run.output)
    except ConfigurationError as error:
        complain(str(error))
        return 2
    except OSError as error:
        complain(f"the run failed; the next one takes its files: {error}")
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


def _in_child(target, arguments: tuple) -> int:
    """Run a function in a forked process, which a signal to this one ends too.

    Returns:
        What the function returned; 1 if it raised or was killed.
    """
    child = multiprocessing.get_context("fork").Process(target=_exit_with, args=(target, arguments))
    child.start()
    try:
        child.join()
    except KeyboardInterrupt:
        if child.is_alive():
            os.kill(child.pid, signal.SIGTERM)
        child.join(STOP_SECONDS)
        if child.is_alive():
            child.kill()
            child.join()
        raise
    return child.exitcode if child.exitcode in (0, 2) else 1


def _exit_with(target, arguments: tuple) -> None:
    code = target(*arguments)
    sys.stdout.flush()
    sys.exit(code)

