"""A folder on another filesystem that Beam opens: whole files go in, whole files come out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from apache_beam.io.filesystem import CompressionTypes, FileSystem
from apache_beam.io.filesystems import FileSystems

from pipeline.locations import GLOB
from schemas.errors import ConfigurationError

_PACKAGES = {  # scheme -> extra of apache-beam, and the module that it brings
    "gs": ("gcp", "google.cloud.storage"),
    "s3": ("aws", "boto3"),
    "azfs": ("azure", "azure.storage.blob"),
    "hdfs": ("hadoop", "hdfs"),
}
_WHOLE, _PART = ".new", ".part"


def filesystem_of(url: str) -> FileSystem:
    """Beam's filesystem for a URL.

    Raises:
        ConfigurationError: If there is none.
    """
    extra, module = _PACKAGES.get(url.partition(":")[0], ("", ""))
    try:
        if module:
            import_module(module)
        return FileSystems.get_filesystem(url)
    except (ImportError, ValueError) as error:
        advice = f"pip install 'apache-beam[{extra}]'" if extra else f"known are {', '.join(_PACKAGES)}"
        raise ConfigurationError(f"{url}: there is no filesystem for it here; {advice}") from error


class RemoteFolder:
    """Reads, writes, lists and deletes files below a URL. Names are relative to it.

    An empty file can't be written: some filesystems refuse to.

    Raises:
        OSError: From any method, whatever the filesystem calls it; ``read`` and ``names`` take an absence for an answer.
    """

    def __init__(self, url: str):
        """Find the filesystem.

        Raises:
            ConfigurationError: If there is none for the URL, or if the URL is a pattern.
        """
        self.url = url.rstrip("/")
        if GLOB.search(url):
            raise ConfigurationError(f"{url}: a folder's URL may not hold any of * ? [")
        self._files = filesystem_of(url)

    def path(self, name: str) -> str:
        """The URL of a file."""
        return f"{self.url}/{name}"

    def read(self, name: str) -> bytes | None:
        """The content of a small file; None: there is none."""
        with _as_os_errors(self.path(name)):
            for kept in (name, name + _WHOLE):
                if self._files.exists(self.path(kept)):
                    with self._open(kept) as file:
                        return file.read()
                if not self._files.has_dirs():
                    break
        return None

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file to this machine."""
        with _as_os_errors(self.path(name)), self._open(name) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)

    def send(self, source: Path, name: str) -> None:
        """Copy a file of this machine to a name that is free."""
        with _as_os_errors(self.path(name)), source.open("rb") as file, self._create(name) as target:
            shutil.copyfileobj(file, target, 1 << 20)

    def write(self, name: str, content: bytes) -> None:
        """Write a small file under a name that is free."""
        with _as_os_errors(self.path(name)), self._create(name) as file:
            file.write(content)

    def replace(self, name: str, content: bytes) -> None:
        """Write a small file so that, whatever happens, ``read`` gives the content before or the one after.

        Object stores show a file once it is whole, and in place of the one before. Elsewhere it takes three names.
        """
        if not self._files.has_dirs():
            self.write(name, content)
            return
        if self._exists(name + _WHOLE) and not self._exists(name):
            self._rename(name + _WHOLE, name)  # what was begun, and is what ``read`` gives
        self.delete([one for one in (name + _PART, name + _WHOLE) if self._exists(one)])
        self.write(name + _PART, content)
        self._rename(name + _PART, name + _WHOLE)
        self.delete([name] if self._exists(name) else [])
        self._rename(name + _WHOLE, name)

    def names(self, folder: str = "", limit: int | None = None) -> list[str]:
        """What is below a folder: on object stores all files, elsewhere what the folder itself holds."""
        place = f"{self.url}/{folder}" if folder else self.url
        with _as_os_errors(place):
            if self._files.has_dirs() and not self._files.exists(place):
                return []
            (found,) = self._files.match([f"{place}/**"], [limit])
            return [one.path[len(self.url) + 1 :] for one in found.metadata_list]

    def delete(self, names: Sequence[str]) -> None:
        """Delete files, and folders with all that they hold."""
        if names:
            with _as_os_errors(self.url):
                self._files.delete([self.path(name) for name in names])

    def _rename(self, name: str, other: str) -> None:
        with _as_os_errors(self.path(name)):
            self._files.rename([self.path(name)], [self.path(other)])

    def _exists(self, name: str) -> bool:
        with _as_os_errors(self.path(name)):
            return self._files.exists(self.path(name))

    def _open(self, name: str):
        return self._files.open(self.path(name), compression_type=CompressionTypes.UNCOMPRESSED)

    def _create(self, name: str):
        return self._files.create(self.path(name), compression_type=CompressionTypes.UNCOMPRESSED)


@contextmanager
def _as_os_errors(url: str) -> Iterator[None]:
    """Give the errors of all filesystems one kind: theirs are defined in packages that need not be installed."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{url}: {error}") from error
