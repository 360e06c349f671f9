"""Which kind of input a file is, by its name alone, and which part of it one worker reads."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePosixPath

from schemas.article import Flow
from schemas.errors import Hidden, Unsupported
from transforms.sources.address import names_nobody


class Kind(Enum):
    """What stands in a file."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"  # one object, an array of objects, or JSON Lines under the wrong name
    JSON_LINES = "jsonl"
    WARC = "warc"  # responses (WARC) or their text (WET)
    ZIP = "zip"


class InputFile(Flow, kw_only=True):
    """One file of the input."""

    url: str  # where it is opened: a local path, or any URL that Beam's filesystems know
    path: str  # relative to the input root, as it stands in the records
    size: int  # bytes as stored
    refusal: str | None = None  # why it must not be opened, found while walking the folders
    changed: float | None = None  # seconds since 1970-01-01, as another filesystem says; None: on this machine, or not known


class Portion(Flow, kw_only=True):
    """The part of a file that is read in one go. The portions of a file hold each of its documents exactly once."""

    file: InputFile
    start: int = 0  # bytes, as stored
    end: int | None = None  # exclusive; None: to the end of the file, also where that moved since the file was listed
    lines_before: int = 0  # of a JSON Lines file


KINDS = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".txt": Kind.TEXT,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".jl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".warc": Kind.WARC,
    ".wet": Kind.WARC,
    ".zip": Kind.ZIP,
}
ARCHIVES = frozenset({Kind.WARC, Kind.ZIP})
COMPRESSION = ".gz"
STANDARD_INPUT = "-"  # as INPUT and as path; JSON Lines
MEMBER = "!"  # between the path of an archive and that of its member: articles.zip!gazette/a.html


def kind_of(path: str) -> tuple[Kind, bool]:
    """Tell what stands in a file, and whether it is compressed.

    Args:
        path: Path relative to the input root, with forward slashes.

    Returns:
        The kind, and True when the file is gzip-compressed.

    Raises:
        Hidden: If the name of the file or of a folder on its way starts with a dot.
        Unsupported: If the name has none of the endings that can be read, or could be mistaken for an archive's member.
    """
    if path == STANDARD_INPUT:
        return Kind.JSON_LINES, False
    pure = PurePosixPath(path)
    hidden = next((part for part in pure.parts if part.startswith(".")), None)
    if hidden:
        raise Hidden(f"{hidden!r} starts with a dot")
    name = pure.name.lower()
    compressed = name.endswith(COMPRESSION)
    suffix = PurePosixPath(name.removesuffix(COMPRESSION)).suffix
    if suffix not in KINDS or (compressed and KINDS[suffix] is Kind.ZIP):
        known = " ".join(KINDS)
        ending = repr(suffix + (COMPRESSION if compressed else "")) if suffix else "a file without an ending"
        raise Unsupported(f"can't read {ending}; readable are {known}, each but .zip also as .gz")
    if f".zip{MEMBER}" in path.lower():
        raise Unsupported(f"'.zip{MEMBER}' in a path names the member of an archive; rename the file")
    return KINDS[suffix], compressed


def folder_of(path: str) -> str | None:
    """The first folder below the input root that names somebody, None for a file that lies in the root itself.

    Folders of dates, numbers and crawlers' words (``2024-06-01``, ``html``) name nobody; where there are no others it is
    the first of them, which a profile may bear as its name. Members of an archive count as if they had been unpacked
    where the archive lies.

    Args:
        path: Of the document, relative to the input root.
    """
    at = path.lower().find(f".zip{MEMBER}")
    if at >= 0:
        path = str(PurePosixPath(path[:at]).parent / path[at + len(f".zip{MEMBER}") :])
    folders = PurePosixPath(path).parts[:-1]
    return next((folder for folder in folders if not names_nobody(folder)), folders[0] if folders else None)
