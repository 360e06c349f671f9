"""From the INPUT arguments to the list of files, before anything is opened."""

from __future__ import annotations

import os
import posixpath
import shutil
import stat
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from apache_beam.io.filesystems import FileSystems

from pipeline.locations import GLOB, is_remote
from pipeline.remote import filesystem_of
from schemas.errors import ConfigurationError
from transforms.reading.files import STANDARD_INPUT, InputFile


class _Found(NamedTuple):
    root: str
    url: str
    size: int
    refusal: str | None = None
    changed: float | None = None

    @property
    def path(self) -> str:
        return spelled(posixpath.relpath(self.url, self.root))


def find_files(inputs: Sequence[str], *, may_be_empty: bool = False) -> list[InputFile]:
    """List every file that the inputs name, each once, in the order of their paths.

    A file that lies below several inputs counts once. Symbolic links that lead out of their input, and what is no
    regular file, are listed with a refusal: they become rejects, never opened.

    Args:
        inputs: Files, folders (walked) or globs, local or on a filesystem that Beam knows; ``-`` is standard input.
        may_be_empty: Whether a folder or a glob may hold nothing yet. A folder that isn't there is an error all the same.

    Returns:
        The files; paths are relative to their input's root, and made different by as many of the root's last folders
        as that takes.

    Raises:
        ConfigurationError: If an input names nothing, or nothing that may be read.
    """
    found: dict[str, _Found] = {}
    for given in sorted(set(inputs)):
        if given == STANDARD_INPUT:
            continue
        files = list(_walk_remote(given) if is_remote(given) else _walk_local(given))
        if not files and not may_be_empty:
            raise ConfigurationError(f"input {given}: there are no files in it")
        for file in files:
            if file.path == STANDARD_INPUT:
                file = file._replace(refusal=f"{file.path!r} stands for standard input; rename the file")
            found.setdefault(file.url, file)
    names = _distinct_names({url: (spelled(file.root), file.path) for url, file in found.items()})
    listed = [InputFile(url=STANDARD_INPUT, path=STANDARD_INPUT, size=0)] if STANDARD_INPUT in inputs else []
    taken: set[str] = set()
    for url, file in sorted(found.items()):
        refusal = file.refusal
        if names[url] in taken:
            refusal = "its name, spelled as text, is that of another file; rename it"
        taken.add(names[url])
        listed.append(InputFile(url=url, path=names[url], size=file.size, refusal=refusal, changed=file.changed))
    return sorted(listed, key=lambda file: file.path)


def spool_standard_input(files: Sequence[InputFile], folder: Path) -> list[InputFile]:
    """Write standard input, where it is among the files, into a file that every worker can open.

    Args:
        files: The input; standard input keeps its path, ``-``.
        folder: An existing folder that is taken away after the run.
    """
    spooled = []
    for file in files:
        if file.url == STANDARD_INPUT:
            target = folder / "standard-input"
            with target.open("wb") as copy:
                shutil.copyfileobj(sys.stdin.buffer, copy, 1 << 20)
            file = msgspec.structs.replace(file, url=str(target), size=target.stat().st_size)
        spooled.append(file)
    return spooled


def spelled(path: str) -> str:
    """A path that can be written as text: bytes of a name that aren't UTF-8 are spelled ``\\xff``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _walk_local(given: str) -> Iterator[_Found]:
    absolute = os.path.abspath(given)
    if os.path.isdir(absolute):
        yield from _walk_folder(absolute, os.path.realpath(absolute))
    elif os.path.exists(absolute):
        yield from _local_file(absolute, os.path.dirname(absolute), None)
    elif GLOB.search(given):
        root = absolute[: GLOB.search(absolute).start()].rpartition("/")[0] or "/"
        if not os.path.isdir(root):
            raise ConfigurationError(f"input {given}: there is no folder {root}")
        for match in FileSystems.match([absolute])[0].metadata_list:
            if not os.path.isdir(match.path):
                yield from _local_file(match.path, root, os.path.realpath(root))
    else:
        raise ConfigurationError(f"input {given}: no such file or folder")


def _walk_folder(root: str, real_root: str) -> Iterator[_Found]:
    def refuse(error: OSError) -> None:
        raise ConfigurationError(f"input {error.filename}: {error.strerror}")

    for folder, folders, names in os.walk(root, onerror=refuse):
        for linked in [name for name in folders if os.path.islink(os.path.join(folder, name))]:
            yield _Found(root, os.path.join(folder, linked), 0, "a symbolic link to a folder is not followed")
        for name in names:
            yield from _local_file(os.path.join(folder, name), root, real_root)


def _local_file(path: str, root: str, real_root: str | None) -> Iterator[_Found]:
    refusal, size = None, 0
    if real_root and not os.path.realpath(path).startswith(real_root.rstrip("/") + "/"):
        refusal = "a symbolic link that leads out of the input"
    else:
        try:
            status = os.stat(path)
        except OSError:
            pass  # whoever opens it will be told why it can't be
        else:
            refusal = None if stat.S_ISREG(status.st_mode) else "not a regular file"
            size = status.st_size
    yield _Found(root, path, size, refusal)


def _walk_remote(given: str) -> Iterator[_Found]:
    pattern = given if GLOB.search(given) else given.rstrip("/") + "/**"
    root = pattern[: GLOB.search(pattern).start()].rpartition("/")[0]
    filesystem = filesystem_of(given)
    try:
        matches = filesystem.match([given] if pattern == given else [given, pattern])
    except OSError as error:
        raise ConfigurationError(f"input {given}: {error}") from error
    for match in (match for result in matches for match in result.metadata_list):
        own_root = root if match.path != given else given.rpartition("/")[0]
        yield _Found(own_root, match.path, match.size_in_bytes, changed=match.last_updated_in_seconds or None)


def _distinct_names(files: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Give equal paths below several roots as many of their root's last folders as make them differ, if any do."""
    names = {url: path for url, (_, path) in files.items()}
    depth = 0
    while True:
        same = defaultdict(list)
        for url, name in names.items():
            same[name].append(url)
        # Below one root, equal paths are two spellings of one name: no folder tells them apart.
        clashes = [url for urls in same.values() if len({files[url][0] for url in urls}) > 1 for url in urls]
        if not clashes or depth > max(files[url][0].count("/") for url in clashes):
            return names
        depth += 1
        for url in clashes:
            root, path = files[url]
            names[url] = "/".join([*[part for part in root.split("/") if part][-depth:], path])
