"""The folder of a state: one writer at a time, one file that commits, and leftovers put right."""

from __future__ import annotations

import contextlib
import datetime
import errno
import fcntl
import glob
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pipeline.staging import Staging
from schemas.errors import ConfigurationError
from transforms.state.form import fingerprint_form
from transforms.state.manifest import (
    MANIFEST,
    SEGMENTS,
    FileEntry,
    Manifest,
    Publication,
    SegmentEntry,
    check_files,
    digest_file,
    read_manifest,
)
from transforms.state.relearning import Learned, LearnedSource
from transforms.state.segment import Contents, sync, write_segment
from transforms.state.snapshot import Snapshot

LOCK = "lock"
_OURS = frozenset({LOCK, MANIFEST, f"{MANIFEST}.new", SEGMENTS})


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a state."""

    pid: int
    host: str
    since: str  # UTC


class StateFolder:
    """A state that this process holds. Made by ``open_state``.

    Attributes:
        folder: Absolute.
        manifest: What counts.
    """

    def __init__(self, folder: Path, manifest: Manifest):
        self.folder = folder
        self.manifest = manifest

    def snapshot(self, manifest: Manifest | None = None) -> Snapshot:
        """The state as it is, or as it will be with another manifest."""
        return Snapshot(self.folder, manifest or self.manifest)

    def learned(self) -> Learned:
        """The lines of sources that are in force."""
        for name in self.manifest.learned:
            path = self.folder / name
            try:
                return msgspec.json.decode(path.read_bytes(), type=dict[str, LearnedSource])
            except msgspec.DecodeError as error:
                raise ConfigurationError(f"state {path}: damaged: {error}") from error
        return {}

    def write_segment(self, name: str, contents: Contents) -> SegmentEntry:
        """Write a segment that counts once a manifest names it."""
        return write_segment(self.folder / SEGMENTS / name, contents)

    def write_learned(self, name: str, learned: Learned) -> dict[str, FileEntry]:
        """Write learned lines that count once a manifest names them."""
        path = self.folder / name
        path.write_bytes(msgspec.json.encode(learned, order="deterministic"))
        sync(path)
        return {name: FileEntry(bytes=path.stat().st_size, sha256=digest_file(path))}

    def commit(self, manifest: Manifest) -> None:
        """Make a manifest count: from here on it is done."""
        manifest = msgspec.structs.replace(manifest, fingerprints=fingerprint_form())
        new = self.folder / f"{MANIFEST}.new"
        new.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
        sync(new)
        os.replace(new, self.folder / MANIFEST)
        sync(self.folder)
        self.manifest = manifest

    def clean(self) -> None:
        """Take away what the manifest on disk doesn't name: what was left over, or was never committed."""
        manifest = read_manifest(self.folder) or Manifest()
        (self.folder / f"{MANIFEST}.new").unlink(missing_ok=True)
        named = {segment.name for segment in manifest.segments}
        for path in (self.folder / SEGMENTS).glob("*"):
            if path.name not in named:
                shutil.rmtree(path)
        for path in self.folder.glob("learned-*.json"):
            if path.name not in manifest.learned:
                path.unlink()

    def exists(self) -> bool:
        """Whether anything was ever committed."""
        return (self.folder / MANIFEST).exists()

    def has_committed(self, staged: Path) -> bool:
        """Whether the manifest on disk names a staged output."""
        manifest = read_manifest(self.folder)
        return manifest is not None and manifest.publication is not None and manifest.publication.staged == str(staged)


def staged_beside(out: Path, runs: int) -> Path:
    """Where the output of a run waits until it takes its place: beside it, on the same filesystem.

    Each run has its own, so that one that was never committed can't be taken for one that was.
    """
    out = Path(os.path.abspath(out))
    return out.parent / f".{out.name}.wirestories.committed-{runs:08d}"


def take_away_staged(out: Path) -> None:
    """Remove what runs left staged for an output that were killed before they committed.

    Committed ones have been published by then: ``open_state`` does it.
    """
    out = Path(os.path.abspath(out))
    for path in out.parent.glob(f".{glob.escape(out.name)}.wirestories.committed-*"):
        shutil.rmtree(path, ignore_errors=True)


def publish(publication: Publication) -> None:
    """Put a committed output in its place, if it isn't there yet.

    Raises:
        ConfigurationError: If the place can't be written now; the output stays staged for the next start.
    """
    staged = Path(publication.staged)
    if not staged.is_dir():
        return
    with Staging(Path(publication.output)).open() as staging:
        staging.commit(staged)


@contextmanager
def open_state(folder: Path, *, create: bool, any_form: bool = False) -> Iterator[StateFolder]:
    """Hold a state for writing: lock it, roll an interrupted publication forward, take leftovers away, check its files.

    Args:
        folder: Of the state.
        create: Whether a new one may begin there.
        any_form: Whether its fingerprints may be another release's, because they are made anew.

    Raises:
        ConfigurationError: If another run holds it, if it is no state or of another version, or if a file is missing or
            damaged.
    """
    folder = Path(os.path.abspath(folder))
    if read_manifest(folder) is None:
        if not create:
            raise ConfigurationError(f"state {folder}: no state there (no {MANIFEST})")
        if folder.exists() and (not folder.is_dir() or {path.name for path in folder.iterdir()} - _OURS):
            raise ConfigurationError(f"--state {folder}: not empty, and no state of ours; name a new or an empty folder")
    lock = _claim(folder)
    state = None
    try:
        state = StateFolder(folder, read_manifest(folder) or Manifest())
        if state.manifest.publication is not None:
            publish(state.manifest.publication)
        state.clean()
        check_files(folder, state.manifest)
        if not any_form and state.manifest.fingerprints not in ("", fingerprint_form()):
            raise ConfigurationError(
                f"state {folder / MANIFEST}: its fingerprints were made by another release and match none of today's; "
                f"run `wirestories state rebuild {folder}` once"
            )
        yield state
    finally:
        _leave(folder, lock, state)


def _leave(folder: Path, lock: int, state: StateFolder | None) -> None:
    """Let a state go: nothing that wasn't committed stays, and nothing at all where no state came to be."""
    try:
        if state is not None:
            state.clean()
        os.ftruncate(lock, 0)  # who held it is nobody's business any more, and a run without news changes no byte
        if not (folder / MANIFEST).exists():
            (folder / LOCK).unlink()  # whoever waits for it looks whether it is still there
            for empty in (folder / SEGMENTS, folder):
                if empty.is_dir() and not any(empty.iterdir()):
                    empty.rmdir()
    except OSError:
        pass  # the disk that failed the run, perhaps; the next start takes away what is left
    finally:
        os.close(lock)  # unlocks


def _claim(folder: Path) -> int:
    """Lock a state; the lock ends with the process, however that ends."""
    while True:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise ConfigurationError(f"--state {folder}: can't be written: {error.strerror}") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            os.close(lock)
            raise ConfigurationError(f"--state {folder}: can't be written: {os.strerror(errno.EACCES)}")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(lock)
            os.close(lock)
            raise ConfigurationError(f"--state {folder}: {holder}; wait for it to end") from None
        if _is_at(lock, folder / LOCK):
            break
        os.close(lock)  # a run that failed just now took it away under us
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    owner = msgspec.json.encode(Owner(pid=os.getpid(), host=socket.gethostname(), since=now))
    os.ftruncate(lock, 0)
    with contextlib.suppress(OSError):  # on a full disk nobody learns who holds it; that it is held they do
        os.pwrite(lock, owner + b"\n", 0)
    return lock


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _holder(lock: int) -> str:
    """Who holds a lock, for people."""
    try:
        owner = msgspec.json.decode(os.pread(lock, 4096, 0), type=Owner)
    except msgspec.DecodeError:
        return "another run is using it"
    return f"process {owner.pid} on {owner.host} is using it since {owner.since}"
