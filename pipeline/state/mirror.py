"""A state on another filesystem, worked with through a copy of it on this machine.

Steps map fingerprints into memory and read texts from the middle of files, which no object store offers. The copy stays,
so the next run here fetches only what others added since. There, names of files have part of their sha256 in them: a
process that slept, and was taken for dead, overwrites nothing of its successor's when it wakes.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pipeline.remote import RemoteFolder
from pipeline.state.folder import StateFolder
from pipeline.state.lease import CLAIMS, Lease
from pipeline.state.publication import pack, unpack
from schemas.errors import ConfigurationError
from transforms.state.manifest import (
    MANIFEST,
    SEGMENTS,
    FileEntry,
    Manifest,
    Publication,
    decode_manifest,
    digest_file,
    named_files,
)
from transforms.state.relearning import Learned, LearnedSource

_PACKED = "staged-{runs:08d}.tar.zst"  # an output that is committed, for whoever runs next
_LEFT = re.compile(  # what runs leave that don't end
    rf"{SEGMENTS}/\d{{8}}\w*(/.*)?|(learned|staged)-\d{{8}}\w*\.[0-9a-f]+\.[a-z.]+|{re.escape(MANIFEST)}\.part"
)
_FOLDERS = re.compile(rf"{CLAIMS}(/.*)?|{SEGMENTS}")
_PART = "part"  # what is being fetched or sent
_LISTED = 1000  # files looked at before a folder counts as empty but for what a killed first run left, 100 to 10,000


def mirror_folder(url: str) -> Path:
    """Where the copy of a state is kept: in the user's cache, as the XDG Base Directory Specification places it."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    readable = re.sub(r"[^a-z0-9]+", "-", url.lower())[-40:].strip("-")
    return Path(os.path.abspath(root)) / "wirestories" / f"{readable}-{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def remote_manifest(remote: RemoteFolder) -> Manifest | None:
    """The manifest of a state on another filesystem; None: there is no state."""
    content = remote.read(MANIFEST)
    return None if content is None else decode_manifest(content, remote.path(MANIFEST))


def _far(name: str, sha256: str) -> str:
    """What a file is called there: ``segments/00000001/keys.0123456789abcdef.arrow``."""
    stem, _, kind = name.partition(".")
    return f"{stem}.{sha256[:16]}.{kind}"


def remote_learned(url: str) -> Learned:
    """The lines of sources that are in force in a state on another filesystem.

    Raises:
        ConfigurationError: If there is no state, or if it can't be read.
    """
    remote = RemoteFolder(url)
    try:
        manifest = remote_manifest(remote)
        if manifest is None:
            raise ConfigurationError(f"state {url}: no state there (no {MANIFEST})")
        for name, entry in manifest.learned.items():
            content = remote.read(_far(name, entry.sha256))
            if content is None or hashlib.sha256(content).hexdigest() != entry.sha256:
                raise ConfigurationError(f"state {url}: its learned lines are missing or damaged; restore it from a backup")
            return msgspec.json.decode(content, type=dict[str, LearnedSource])
    except OSError as error:
        raise ConfigurationError(f"state {url}: can't be read: {error}") from error
    return {}


class MirroredState(StateFolder):
    """A state on another filesystem that this process holds; its folder is the copy.

    Args:
        remote: Where it lies.
        lease: Says that it is held.
        folder: Of the copy, locked.

    Raises:
        ConfigurationError: If a file is missing or damaged; the message names it.
        OSError: From any method that reads or writes the other filesystem.
    """

    def __init__(self, remote: RemoteFolder, lease: Lease, folder: Path):
        self._remote, self._lease = remote, lease
        found = remote_manifest(remote)
        if found is None and (foreign := [name for name in remote.names("", _LISTED) if not _is_ours(name)]):
            raise ConfigurationError(
                f"--state {remote.url}: not empty, and no state of ours ({foreign[0]} is in it); name a new or an empty folder"
            )
        super().__init__(remote.url, folder, found or Manifest())

    def fetch(self) -> None:
        """Make the copy equal to the state: fetch what it lacks, take away what it has beyond that."""
        super().clean()
        for name, entry in named_files(self.manifest).items():
            self._fetch(name, entry)
        publication = self.manifest.publication
        if publication is not None and not Path(publication.staged).is_dir():
            self._fetch_staged(publication)

    def _fetch(self, name: str, entry: FileEntry) -> None:
        target = self.folder / name
        if target.is_file() and target.stat().st_size == entry.bytes and digest_file(target) == entry.sha256:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part, far = self.folder / _PART, _far(name, entry.sha256)
        try:
            if entry.bytes:
                self._remote.fetch(far, part)
            else:
                part.touch()
        except FileNotFoundError as error:
            raise ConfigurationError(f"state {self._remote.path(far)}: it is missing; restore it from a backup") from error
        if part.stat().st_size != entry.bytes or digest_file(part) != entry.sha256:
            raise ConfigurationError(
                f"state {self._remote.path(far)}: damaged: its contents have changed; restore it from a backup"
            )
        part.replace(target)

    def _fetch_staged(self, publication: Publication) -> None:
        """Stage an output here that a run on another machine committed and didn't live to publish."""
        if publication.packed not in self._remote.names():
            return  # it stood in its place
        packed = self.folder / _PART
        self._remote.fetch(publication.packed, packed)
        try:
            unpack(packed, publication)
        except OSError as error:
            raise ConfigurationError(
                f"state {self.location}: the last run was cut short before its output stood in {publication.output}, "
                f"and it can't be put there from here: {error}; run once on a machine where it can"
            ) from error
        finally:
            packed.unlink()

    def check(self) -> None:
        """Nothing: what was fetched was looked at then."""

    def committed(self) -> Manifest | None:
        """See ``StateFolder``."""
        return remote_manifest(self._remote)

    def commit(self, manifest: Manifest) -> None:
        """See ``StateFolder``. New files go first, the manifest last.

        Raises:
            OSError: If this process was taken for dead meanwhile; then nothing is committed.
        """
        before = named_files(self.manifest)
        for name, entry in named_files(manifest).items():
            if entry.bytes and before.get(name) != entry:
                self._remote.send(self.folder / name, _far(name, entry.sha256))
        publication = manifest.publication
        if publication is not None:
            packed = self.folder / _PART
            pack(Path(publication.staged), packed)
            far = _far(_PACKED.format(runs=manifest.runs), digest_file(packed))
            self._remote.send(packed, far)
            packed.unlink()
            manifest = replace(manifest, publication=replace(publication, packed=far))
        super().commit(manifest)

    def write_manifest(self, content: bytes) -> None:
        """See ``StateFolder``. On this machine no manifest is kept: what counts is asked for each time."""
        if not self._lease.is_held() or (self.committed() or Manifest()) != self.manifest:
            raise OSError(f"state {self.location}: this run was not heard of for too long, and another one took its place")
        self._remote.replace(MANIFEST, content)

    def clean(self) -> None:
        """See ``StateFolder``. An output that was packed goes once it stands in its place."""
        super().clean()
        (self.folder / _PART).unlink(missing_ok=True)
        manifest = self.committed() or Manifest()
        files = {_far(name, entry.sha256) for name, entry in named_files(manifest).items()}
        files |= {f"{SEGMENTS}/{segment.name}" for segment in manifest.segments}
        if manifest.publication is not None and Path(manifest.publication.staged).is_dir():
            files.add(manifest.publication.packed)
        names = {*self._remote.names(), *self._remote.names(SEGMENTS)}
        stray = sorted(name for name in names - files if _LEFT.fullmatch(name))
        if stray and self._lease.is_held():
            self._remote.delete(stray)


def _is_ours(name: str) -> bool:
    return _LEFT.fullmatch(name) is not None or _FOLDERS.fullmatch(name) is not None
