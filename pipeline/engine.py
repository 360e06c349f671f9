"""The engine under a run: what it leaves lying about goes with the run, and what a disk refused it says in one line."""

import errno
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions

from schemas.errors import ConfigurationError


@contextmanager
def engine(options: PipelineOptions, work: Path) -> Iterator[beam.Pipeline]:
    """Give an empty pipeline, and run what was laid out in it when the block ends.

    Args:
        options: Beam's.
        work: The run's working folder; it takes what the engine writes for itself, too.

    Raises:
        OSError: If a step could not write or read, whichever process it ran in.
        ConfigurationError: If a step found what it works with damaged.
        KeyboardInterrupt: If a signal came while a step worked.
        Exception: Whatever else a step raises: a bug.
    """
    with ExitStack() as around:
        around.enter_context(_temporary_files_in(work))
        around.enter_context(_without_chatter())
        if options.view_as(DirectOptions).direct_running_mode == "multi_processing":
            around.enter_context(_workers_log_to(work / "workers.log"))
        try:
            pipeline = beam.Pipeline(options=options)
            yield pipeline
            pipeline.run().wait_until_finish()
        except RuntimeError as error:  # what the engine makes of errors that it can't copy, or of another process's
            found = cause_of(str(error))
            if found is None:
                raise
            raise found from error


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
    if found := re.findall(r"schemas\.errors\.ConfigurationError: ([^\n]*)", message):
        return ConfigurationError(found[-1])
    return None


# A disk that is full, beyond its quota, gone bad or may not be written; too many files open.
_DISK = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE,
})  # fmt: skip


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Have everything temporary made below a folder, by this process and by those that it starts.

    The engine makes folders in the system's temporary folder, and a run that is killed would leave them there for good.
    In the working folder the next run takes them away with all the rest.
    """
    own = folder / "temporary"
    own.mkdir()
    variable, chosen = os.environ.get(_TEMPORARY), tempfile.tempdir
    os.environ[_TEMPORARY] = tempfile.tempdir = str(own)
    try:
        yield
    finally:
        tempfile.tempdir = chosen
        if variable is None:
            del os.environ[_TEMPORARY]
        else:
            os.environ[_TEMPORARY] = variable


_TEMPORARY = "TMPDIR"  # the environment variable that Python, and most programs, look at first


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Hold back tracebacks that the engine logs and then raises as well."""
    logs = [logging.getLogger(name) for name in _CHATTER]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


_CHATTER = ("apache_beam.runners.common", "apache_beam.runners.portability.local_job_service")


@contextmanager
def _workers_log_to(path: Path) -> Iterator[None]:
    """Have worker processes, which log every step of their lives to standard error, log to a file.

    It is printed if the run fails by a bug: errors that a user can do something about say all there is to say.
    """
    sys.stderr.flush()
    terminal = os.dup(_STANDARD_ERROR)
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, _STANDARD_ERROR)
    os.close(log)
    try:
        yield
    except (OSError, ConfigurationError, KeyboardInterrupt):
        raise
    except BaseException:
        with path.open("rb") as lines, open(terminal, "wb", closefd=False) as screen:
            shutil.copyfileobj(lines, screen)
        raise
    finally:
        sys.stderr.flush()
        os.dup2(terminal, _STANDARD_ERROR)
        os.close(terminal)


_STANDARD_ERROR = 2  # its descriptor
