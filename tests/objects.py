"""Two filesystems for Beam in a folder of this machine: one as object stores are, one with folders that never overwrites.

They refuse what the strictest of the real ones refuse: an empty file, on S3; a name that is taken, on HDFS.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from apache_beam.io.filesystem import BeamIOError, CompressionTypes, FileMetadata, FileSystem

ROOT = "OBJECTS_ROOT"  # the environment variable that names the folder


class _Upload(io.BytesIO):
    """An object, shown once it is closed; of no bytes it is refused."""

    def __init__(self, target: Path):
        super().__init__()
        self._target = target

    def close(self) -> None:
        if not self.closed:
            if not self.getvalue():
                raise ValueError("an object of no bytes can't be made of parts")
            part = self._target.with_name(f"{self._target.name}~{id(self)}")
            part.write_bytes(self.getvalue())
            part.replace(self._target)
        super().close()


class _Files:
    """What both have in common; each says where on this machine a path lies, as `_local(path)`."""

    def join(self, basepath, *paths):
        return "/".join((basepath.rstrip("/"), *paths))

    def split(self, path):
        head, _, tail = path.rpartition("/")
        return head, tail

    def mkdirs(self, path):
        pass

    def open(self, path, mime_type="application/octet-stream", compression_type=CompressionTypes.AUTO):
        return self._local(path).open("rb")

    def exists(self, path):
        return self._local(path).exists()

    def size(self, path):
        return self._local(path).stat().st_size

    def last_updated(self, path):
        return float(int(self._local(path).stat().st_mtime))

    def checksum(self, path):
        return str(self.size(path))

    def metadata(self, path):
        return FileMetadata(path, self.size(path), self.last_updated(path))

    def copy(self, source_file_names, destination_file_names):
        for source, target in zip(source_file_names, destination_file_names, strict=True):
            shutil.copyfile(self._local(source), self._local(target))


class ObjectStore(_Files, FileSystem):
    """Names that look like paths, and nothing but names."""

    @classmethod
    def scheme(cls):
        return "objects"

    def has_dirs(self):
        return False

    def _local(self, path: str) -> Path:
        return Path(os.environ[ROOT]) / quote(path, safe="")

    def _list(self, dir_or_prefix) -> Iterator[FileMetadata]:
        for found in sorted(Path(os.environ[ROOT]).iterdir()):
            if (path := unquote(found.name)).startswith(dir_or_prefix) and "~" not in path:
                with contextlib.suppress(FileNotFoundError):  # deleted just now
                    yield self.metadata(path)

    def create(self, path, mime_type="application/octet-stream", compression_type=CompressionTypes.AUTO):
        return _Upload(self._local(path))

    def rename(self, source_file_names, destination_file_names):
        raise AssertionError("an object store copies whole objects to rename them")

    def delete(self, paths):
        for path in paths:
            self._local(path).unlink(missing_ok=True)


class FolderStore(_Files, FileSystem):
    """Folders, and names that can be taken once."""

    @classmethod
    def scheme(cls):
        return "folders"

    def has_dirs(self):
        return True

    def _local(self, path: str) -> Path:
        return Path(os.environ[ROOT]) / path.removeprefix("folders://")

    def _list(self, dir_or_prefix) -> Iterator[FileMetadata]:
        for found in sorted(self._local(dir_or_prefix).iterdir()):
            with contextlib.suppress(FileNotFoundError):
                yield self.metadata(f"{dir_or_prefix}/{found.name}")

    def create(self, path, mime_type="application/octet-stream", compression_type=CompressionTypes.AUTO):
        if self.exists(path):
            raise BeamIOError(f"Path already exists: {path}")
        target = self._local(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.open("wb")

    def rename(self, source_file_names, destination_file_names):
        for source, target in zip(source_file_names, destination_file_names, strict=True):
            if self.exists(target):
                raise BeamIOError(f"Path already exists: {target}")
            self._local(source).rename(self._local(target))

    def delete(self, paths):
        for path in paths:
            local = self._local(path)
            shutil.rmtree(local) if local.is_dir() else local.unlink()
