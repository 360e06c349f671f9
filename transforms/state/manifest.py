"""The one file that says what a state holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from schemas.article import Flow
from schemas.errors import ConfigurationError

MANIFEST = "manifest.json"
FORMAT = "wirestories.state"
VERSION = 1
SEGMENTS = "segments"


class FileEntry(Flow, kw_only=True):
    """One file of a segment."""

    bytes: int
    sha256: str


class SegmentEntry(Flow, kw_only=True):
    """One segment: what one run added, or several that were merged."""

    name: str
    articles: int  # rows of articles in it
    outcomes: int
    first_day: int  # of its articles, days since 1970-01-01
    last_day: int
    files: dict[str, FileEntry]


class Publication(Flow, kw_only=True):
    """An output that is committed, and stands staged until it has taken its place."""

    staged: str  # absolute folder
    output: str  # absolute folder
    packed: str = ""  # the staged folder as one file beside the manifest, where that lies on another filesystem


class Forgotten(Flow, kw_only=True):
    """One takedown."""

    what: str  # an article's id, or a source
    articles: int
    at: str  # UTC


class Manifest(Flow, kw_only=True):
    """What counts of a state's folder. What it doesn't name is left over from a run that did not end."""

    format: str = FORMAT
    version: int = VERSION
    runs: int = 0  # that added something
    segments: tuple[SegmentEntry, ...] = ()  # later ones override earlier ones
    learned: dict[str, FileEntry] = {}  # file name -> entry; empty before anything was learned
    fingerprints: str = ""  # what makes its fingerprints comparable: transforms.state.form; empty before there are any
    publication: Publication | None = None
    forgotten: tuple[Forgotten, ...] = ()


class _Head(msgspec.Struct):
    format: str | None = None
    version: int | None = None


def read_manifest(folder: Path) -> Manifest | None:
    """Read a state's manifest.

    Returns:
        None if there is no state in the folder.

    Raises:
        ConfigurationError: If it is damaged, of another version, or no state of ours; the message names the file.
    """
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(f"state {path}: {error.strerror}") from error
    return decode_manifest(content, str(path))


def decode_manifest(content: bytes, place: str) -> Manifest:
    """A manifest from a file's content.

    Args:
        content: Of the file.
        place: Where it lies, for messages.

    Raises:
        ConfigurationError: If it is damaged, of another version, or no state of ours; the message names the place.
    """
    try:
        head = msgspec.json.decode(content, type=_Head)
        if head.format != FORMAT:
            raise ConfigurationError(f"state {place}: its format is {head.format!r}, not {FORMAT!r}; name another folder")
        if head.version != VERSION:
            raise ConfigurationError(
                f"state {place}: version {head.version}, and this program reads version {VERSION}; "
                "run it with the release that wrote it, or begin a new state in another folder"
            )
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"state {place}: damaged: {error}") from error


def encode_manifest(manifest: Manifest) -> bytes:
    """A manifest as it is written."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def named_files(manifest: Manifest) -> dict[str, FileEntry]:
    """Every file that a manifest names, by its path below the state's folder."""
    segments = {
        f"{SEGMENTS}/{segment.name}/{name}": entry for segment in manifest.segments for name, entry in segment.files.items()
    }
    return segments | manifest.learned


_CHECKED_BLOCKS = (".zst",)  # files whose blocks have check sums of their own, looked at when they are read


def check_files(folder: Path, manifest: Manifest) -> None:
    """See that every file that the manifest names is there and whole.

    Texts are checked when they are read, block by block; all other files here, against their sha256.

    Args:
        folder: Of the state.
        manifest: Read from it.

    Raises:
        ConfigurationError: For the first file that isn't as it should be; the message names it.
    """
    for name, entry in named_files(manifest).items():
        path = folder / name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise ConfigurationError(f"state {path}: {error.strerror}; restore it from a backup") from error
        if size != entry.bytes:
            raise ConfigurationError(f"state {path}: damaged: {size} bytes, not {entry.bytes}; restore it from a backup")
        if path.suffix not in _CHECKED_BLOCKS and digest_file(path) != entry.sha256:
            raise ConfigurationError(f"state {path}: damaged: its contents have changed; restore it from a backup")


def digest_file(path: Path) -> str:
    """sha256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
