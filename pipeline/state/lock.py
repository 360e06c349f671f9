"""One process at a time in a folder of this machine; the lock ends with the process, however that ends."""

from __future__ import annotations

import contextlib
import datetime
import errno
import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from schemas.errors import ConfigurationError

LOCK = "lock"


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a state."""

    pid: int
    host: str
    since: str  # UTC
    token: str = ""  # of this process alone

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} is using it since {self.since}"


class Held(NamedTuple):
    """A lock that this process holds."""

    owner: Owner  # this process
    dead: str  # token of the process that held it before, if that one ended without letting it go


@contextmanager
def lock_folder(folder: Path, shown: str) -> Iterator[Held]:
    """Lock a folder; make it if it isn't there, and take it away again if nothing but empty folders came to be in it.

    Args:
        folder: Absolute.
        shown: What messages call it.

    Raises:
        ConfigurationError: If another process holds it, or if it can't be written.
    """
    descriptor = _lock(folder, shown)
    before, now = _read_owner(descriptor), datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    owner = Owner(pid=os.getpid(), host=socket.gethostname(), since=now, token=secrets.token_hex(8))
    os.ftruncate(descriptor, 0)
    with contextlib.suppress(OSError):  # on a full disk nobody learns who holds it; that it is held they do
        os.pwrite(descriptor, msgspec.json.encode(owner) + b"\n", 0)
    try:
        yield Held(owner, before.token if before else "")
    finally:
        _unlock(folder, descriptor)


def _lock(folder: Path, shown: str) -> int:
    while True:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise ConfigurationError(f"--state {shown}: can't be written: {error.strerror}") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            os.close(descriptor)
            raise ConfigurationError(f"--state {shown}: can't be written: {os.strerror(errno.EACCES)}")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read_owner(descriptor) or "another run is using it"
            os.close(descriptor)
            raise ConfigurationError(f"--state {shown}: {holder}; wait for it to end") from None
        if _is_at(descriptor, folder / LOCK):
            return descriptor
        os.close(descriptor)  # a run that failed just now took it away under us


def _unlock(folder: Path, descriptor: int) -> None:
    try:
        os.ftruncate(descriptor, 0)  # who held it is nobody's business any more, and a run without news changes no byte
        folders = [path for path in folder.rglob("*") if path.is_dir()]
        if {path for path in folder.rglob("*")} - {folder / LOCK, *folders} == set():
            (folder / LOCK).unlink()  # whoever waits for it looks whether it is still there
            for empty in (*sorted(folders, reverse=True), folder):
                empty.rmdir()
    except OSError:
        pass  # the disk that failed the run, perhaps; the next start takes away what is left
    finally:
        os.close(descriptor)  # unlocks


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _read_owner(descriptor: int) -> Owner | None:
    try:
        return msgspec.json.decode(os.pread(descriptor, 4096, 0), type=Owner)
    except msgspec.DecodeError:
        return None
