"""The folder of a state on this machine: one file that commits, and leftovers put right."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError
from transforms.state.form import fingerprint_form
from transforms.state.manifest import (
    MANIFEST,
    SEGMENTS,
    FileEntry,
    Manifest,
    SegmentEntry,
    check_files,
    digest_file,
    encode_manifest,
    read_manifest,
)
from transforms.state.relearning import Learned, LearnedSource
from transforms.state.segment import Contents, sync, write_segment
from transforms.state.snapshot import Snapshot


class StateFolder:
    """A state that this process holds. Made by ``open_state``.

    Attributes:
        location: As the user named it.
        folder: Where its files are on this machine, absolute.
        manifest: What counts.
    """

    def __init__(self, location: str, folder: Path, manifest: Manifest):
        self.location = location
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
        self.write_manifest(encode_manifest(manifest))
        self.manifest = manifest

    def write_manifest(self, content: bytes) -> None:
        """Put a manifest in the place of the one before, in one go."""
        new = self.folder / f"{MANIFEST}.new"
        new.write_bytes(content)
        sync(new)
        os.replace(new, self.folder / MANIFEST)
        sync(self.folder)

    def clean(self) -> None:
        """Take away what the manifest doesn't name that was written last: what was left over, or never committed."""
        manifest = self.committed() or Manifest()
        (self.folder / f"{MANIFEST}.new").unlink(missing_ok=True)
        named = {segment.name for segment in manifest.segments}
        for path in (self.folder / SEGMENTS).glob("*"):
            if path.name not in named:
                shutil.rmtree(path)
        for path in self.folder.glob("learned-*.json"):
            if path.name not in manifest.learned:
                path.unlink()

    def check(self) -> None:
        """See that all files are there and whole.

        Raises:
            ConfigurationError: For the first one that isn't; the message names it.
        """
        check_files(self.folder, self.manifest)

    def committed(self) -> Manifest | None:
        """The manifest that was written last, whether or not whoever wrote it lived to know."""
        return read_manifest(self.folder)

    def exists(self) -> bool:
        """Whether anything was ever committed."""
        return self.committed() is not None

    def has_committed(self, staged: Path) -> bool:
        """Whether the manifest that was written last names a staged output."""
        manifest = self.committed()
        return manifest is not None and manifest.publication is not None and manifest.publication.staged == str(staged)
