"""Which kind of input a file is, by its name alone."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePosixPath

from schemas.article import Flow
from schemas.errors import Hidden, Unsupported


class Kind(Enum):
    """What stands in a file."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"  # one object, an array of objects, or JSON Lines under the wrong name
    JSON_LINES = "jsonl"


class InputFile(Flow, kw_only=True):
    """One file of the input."""

    url: str  # where it is opened: a local path, or any URL that Beam's filesystems know
    path: str  # relative to the input root, as it stands in the records
    size: int  # bytes as stored
    refusal: str | None = None  # why it must not be opened, found while walking the folders


KINDS = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".txt": Kind.TEXT,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
}
COMPRESSION = ".gz"


def kind_of(path: str) -> tuple[Kind, bool]:
    """Tell what stands in a file, and whether it is compressed.

    Args:
        path: Path relative to the input root, with forward slashes.

    Returns:
        The kind, and True when the file is gzip-compressed.

    Raises:
        Hidden: If the name of the file or of a folder on its way starts with a dot.
        Unsupported: If the name has none of the endings that can be read.
    """
    pure = PurePosixPath(path)
    hidden = next((part for part in pure.parts if part.startswith(".")), None)
    if hidden:
        raise Hidden(f"{hidden!r} starts with a dot")
    name = pure.name.lower()
    compressed = name.endswith(COMPRESSION)
    suffix = PurePosixPath(name.removesuffix(COMPRESSION)).suffix
    if suffix not in KINDS:
        known = " ".join(KINDS)
        raise Unsupported(f"can't read {suffix or 'a file without an ending'!r}; readable are {known}, each also as .gz")
    return KINDS[suffix], compressed


def folder_of(path: str) -> str | None:
    """The first folder below the input root, None for a file that lies in the root itself."""
    parts = PurePosixPath(path).parts
    return parts[0] if len(parts) > 1 else None
