"""Staging and commit: a run's output folder is whole or absent.

A run works in a folder beside OUT, on the same filesystem. What is complete replaces OUT by two renames; whatever a
killed run left behind is put right by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import heapq
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from schemas.codec import line_order
from schemas.errors import ConfigurationError

MANIFEST = "run.json"
FORMAT = "wirestories.run"  # a run.json with this "format" is ours


class _Manifest(msgspec.Struct):
    format: str | None = None


def is_ours(out: Path) -> bool:
    """Whether a folder holds the manifest of an earlier run."""
    try:
        return msgspec.json.decode((out / MANIFEST).read_bytes(), type=_Manifest).format == FORMAT
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return False


def is_free(out: Path) -> bool:
    """Whether a run may write a folder: it is absent, empty, or holds a run of ours."""
    if not os.path.lexists(out):
        return True
    return out.is_dir() and (is_ours(out) or not any(out.iterdir()))


class Staging:
    """The working folders of one run. All paths are absolute.

    Attributes:
        work: For what steps park between shuffles; gone after the run.
        result: Becomes OUT.
    """

    def __init__(self, out: Path):
        self.out = Path(os.path.abspath(out))
        self.root = self.out.parent / f".{self.out.name}.wirestories"
        self.work = self.root / "work"
        self.result = self.root / "result"
        self._previous = self.root / "previous"

    @contextmanager
    def open(self) -> Iterator[Staging]:
        """Claim OUT, put right what a killed run left, and make empty working folders; take them away at the end.

        Raises:
            ConfigurationError: If OUT can't be written, holds something else, or another run is writing it.
        """
        claim = self._claim()
        try:
            self._recover()
            if not is_free(self.out):
                raise ConfigurationError(
                    f"--output {self.out}: not empty, and no {MANIFEST} of ours in it; "
                    "name a new folder, an empty one, or one that an earlier run wrote"
                )
            if os.path.lexists(self.out) and (os.path.ismount(self.out) or not os.access(self.out, os.W_OK)):
                raise ConfigurationError(f"--output {self.out}: may not be replaced; name another folder")
            for folder in (self.work, self.result):
                folder.mkdir()
            yield self
        finally:
            with _undisturbed():
                self._recover()
                shutil.rmtree(self.root, ignore_errors=True)
                os.close(claim)

    def _claim(self) -> int:
        """Lock the working folder; the lock ends with the process, however that ends."""
        while True:
            try:
                self.root.mkdir(parents=True, exist_ok=True)
                descriptor = os.open(self.root, os.O_RDONLY)
            except OSError as error:
                raise ConfigurationError(f"--output {self.out}: can't write beside it: {error.strerror}") from error
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                raise ConfigurationError(
                    f"--output {self.out}: another run is writing it; wait for it to end"
                ) from None
            if self.root.exists() and os.fstat(descriptor).st_ino == self.root.stat().st_ino:
                return descriptor
            os.close(descriptor)  # a run that ended just now took the folder away under us

    def _recover(self) -> None:
        """Bring back the earlier output if a run died between the two renames, and remove what is left over."""
        if self._previous.exists() and not os.path.lexists(self.out):
            self._previous.rename(self.out)
        for folder in (self._previous, self.work, self.result):
            shutil.rmtree(folder, ignore_errors=True)

    def commit(self, result: Path | None = None) -> None:
        """Put the result, or another folder beside it, in OUT's place."""
        result = result or self.result
        _sync_folder(result)
        if os.path.lexists(self.out):
            self.out.rename(self._previous)
        result.rename(self.out)
        _sync_folder(self.out.parent)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold SIGINT and SIGTERM back until it is over: a cleaning up that is broken off would leave its folder behind.

    A mask would not do: the engine's threads take signals too, and Python then tells the main thread of them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {number: signal.signal(number, lambda got, _: held.append(got)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            raise KeyboardInterrupt


def merge_parts(parts: Path, kind: str, target: Path) -> tuple[int, str]:
    """Merge sorted part files into one sorted file.

    Args:
        parts: Folder of the part files.
        kind: Of their records, a key of schemas.codec.RECORDS.
        target: The file to write, synced to disk.

    Returns:
        Number of lines, and the sha256 of the file in hex.
    """
    digest = hashlib.sha256()
    count = 0
    streams = [path.open("rb") for path in sorted(parts.iterdir())]
    try:
        with target.open("wb", buffering=1 << 20) as file:
            for line in heapq.merge(*streams, key=line_order(kind)):
                count += 1
                digest.update(line)
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
    finally:
        for stream in streams:
            stream.close()
    return count, digest.hexdigest()


def write_manifest(path: Path, manifest: dict[str, object]) -> None:
    """Write run.json, synced to disk: the last file of a result."""
    with path.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode({"format": FORMAT, **manifest}), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
