"""The engine under a run: what it leaves lying about goes with the run, and what a disk refused it says in one line."""

import errno
import json
import logging
import os
import re
import shlex
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions, StandardOptions
from apache_beam.portability import python_urns
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.runners.portability.fn_api_runner.worker_handlers import SubprocessSdkWorkerHandler, WorkerHandler
from apache_beam.transforms.environments import SubprocessSDKEnvironment

from pipeline.worker import LOOK_SECONDS, tell_workers_to_end
from schemas.errors import ConfigurationError


@contextmanager
def engine(options: PipelineOptions, work: Path) -> Iterator[beam.Pipeline]:
    """Give an empty pipeline, and run what was laid out in it when the block ends.

    Args:
        options: Beam's.
        work: The run's working folder; it takes what the engine writes for itself, too.

    Raises:
        OSError: If a step could not write or read, whichever process it ran in, or if a worker process died.
        ConfigurationError: If a step found what it works with damaged.
        KeyboardInterrupt: If a signal came while a step worked.
        Exception: Whatever else a step raises: a bug.
    """
    with _temporary_files_in(work) as temporary, _without_chatter():
        try:
            pipeline = _pipeline(options, temporary)
            yield pipeline
            pipeline.run().wait_until_finish()
        except RuntimeError as error:  # what the engine makes of errors that it can't copy, or of another process's
            found = cause_of(str(error))
            if found is None:
                raise
            raise found from error


def _pipeline(options: PipelineOptions, temporary: Path) -> beam.Pipeline:
    """A pipeline; where it is to work in several processes on this machine, with workers of ours."""
    direct = options.view_as(DirectOptions)
    is_ours = options.view_as(StandardOptions).runner == "FnApiRunner" and direct.direct_running_mode == "multi_processing"
    if not is_ours:
        return beam.Pipeline(options=options)
    WorkerHandler.register_environment(python_urns.SUBPROCESS_SDK, bytes)(_Workers)
    # The engine tells workers no options, and they need those of the filesystems that they read from.
    file = temporary / "options.json"
    file.write_text(json.dumps(options.get_all_options(drop_default=True), default=str))
    command = f"PIPELINE_OPTIONS_FILE={shlex.quote(str(file))} exec {shlex.quote(sys.executable)} -m pipeline.worker {os.getpid()}"
    runner = FnApiRunner(default_environment=SubprocessSDKEnvironment.from_command_string(command))
    mode = {**options.get_all_options(), "direct_running_mode": "in_memory"}  # the mode would bring the engine's own workers
    return beam.Pipeline(runner=runner, options=PipelineOptions([], **mode))


class _Workers(SubprocessSdkWorkerHandler):
    """A worker process that is told to end before it is waited for, and whose death ends the run.

    By itself the engine waits for ever for one that a signal caught starting, or that died before it asked for work.
    """

    def start_worker(self):
        self._is_over = threading.Event()
        super().start_worker()
        threading.Thread(target=self._mourn, daemon=True).start()

    def close(self):
        self._is_over.set()
        super().close()

    def stop_worker(self):
        tell_workers_to_end()
        super().stop_worker()

    def _mourn(self) -> None:
        self.worker_thread.join()
        if not self._is_over.is_set():
            self.data_conn.close()  # whoever waits for its results
        while not self._is_over.wait(LOOK_SECONDS):  # whoever waits for its answer, or will
            with suppress(RuntimeError):  # work was given out in the same moment
                self.control_conn.abort(ChildProcessError(_DIED))


def cause_of(message: str) -> BaseException | None:
    """The error that a step raised, where it is one that a user can do something about, or a signal.

    Args:
        message: Of the engine's error: the step's error as text, after a traceback or not.

    Returns:
        None: a bug; the traceback is what helps.
    """
    if message.startswith("KeyboardInterrupt"):
        return KeyboardInterrupt()
    if found := re.findall(r"\[Errno (\d+)\] ([^\n]*)", message):
        number, text = found[-1]
        return OSError(int(number), text) if int(number) in _DISK else None
    if "Channel closed prematurely" in message:
        return ChildProcessError(_DIED)
    if found := re.findall(r"schemas\.errors\.ConfigurationError: ([^\n]*)", message):
        return ConfigurationError(found[-1])
    return None


_DIED = "a worker process died, perhaps for want of memory; fewer (--direct_num_workers) need less"
# A disk that is full, beyond its quota, gone bad or may not be written; too many files open.
_DISK = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE,
})  # fmt: skip


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[Path]:
    """Have everything temporary made in a folder below another, by this process and by those that it starts.

    The engine makes folders in the system's temporary folder, and a run that is killed would leave them there for good.
    In the working folder the next run takes them away with all the rest.
    """
    own = folder / "temporary"
    own.mkdir()
    variable, chosen = os.environ.get(_TEMPORARY), tempfile.tempdir
    os.environ[_TEMPORARY] = tempfile.tempdir = str(own)
    try:
        yield own
    finally:
        tempfile.tempdir = chosen
        if variable is None:
            del os.environ[_TEMPORARY]
        else:
            os.environ[_TEMPORARY] = variable


_TEMPORARY = "TMPDIR"  # the environment variable that Python, and most programs, look at first


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Hold back what the engine logs and what its threads die of: what matters of it is raised as well."""
    log = logging.getLogger("apache_beam")
    level, hook = log.level, threading.excepthook
    log.setLevel(logging.CRITICAL)
    threading.excepthook = lambda _: None  # threads that talk to workers, when these were told to end
    try:
        yield
    finally:
        log.setLevel(level)
        threading.excepthook = hook
