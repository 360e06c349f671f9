"""One segment of a state on disk: columnar files, and blocks of texts. Written once, never changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from schemas.errors import ConfigurationError
from transforms.state.blocks import Place, write_blocks
from transforms.state.manifest import FileEntry, SegmentEntry, digest_file
from transforms.textreuse.columns import BUCKETS

ARTICLES, MARKS, OUTCOMES = "articles.parquet", "marks.parquet", "outcomes.parquet"
STORIES, VERSIONS, SEEN = "stories.parquet", "versions.parquet", "seen.parquet"
KEYS, COUNTS = "keys.arrow", "counts.arrow"  # mapped into memory, so uncompressed
TEXTS, FINDINGS = "texts.zst", "findings.zst"

DIGEST = pa.binary(16)
PLACE = [("offset", pa.int64()), ("size", pa.int32()), ("at", pa.int32())]
SCHEMAS = {
    ARTICLES: pa.schema([
        ("number", pa.int64()), ("id", DIGEST), ("source", pa.string()), ("cleaned", DIGEST), ("words", pa.int32()),
        ("day", pa.int32()), ("keys", pa.int32()), ("agency", pa.list_(pa.int64())), *PLACE,
    ]),
    MARKS: pa.schema([
        ("number", pa.int64()), ("family", pa.int64()), ("several", pa.bool_()), ("component", pa.int64()),
    ]),
    OUTCOMES: pa.schema([("number", pa.int64()), ("story", DIGEST), ("written", DIGEST), *PLACE]),
    STORIES: pa.schema([("id", DIGEST), ("replaces", pa.list_(DIGEST)), ("split_from", DIGEST)]),
    VERSIONS: pa.schema([
        ("number", pa.int64()), ("crawled", pa.string()), ("version_created", pa.string()),
        ("content_sha256", pa.binary(32)), ("path", pa.string()),
    ]),
    SEEN: pa.schema([("path", DIGEST), ("content", DIGEST)]),
}  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """What a segment is to hold. Tables are sorted by number, pieces go along with them."""

    articles: pa.Table  # without places
    counts: NDArray[np.uint32]  # keys of each article in each bucket
    keys: Sequence[NDArray[np.uint32]]  # by bucket, article after article
    texts: Iterable[bytes]  # of each article
    marks: pa.Table
    outcomes: pa.Table  # without places
    findings: Iterable[bytes]  # of each outcome
    stories: pa.Table
    versions: pa.Table
    seen: pa.Table


def table_of(name: str, columns: dict[str, object]) -> pa.Table:
    """A table of a segment from its columns; places may be absent."""
    schema = pa.schema([field for field in SCHEMAS[name] if field.name in columns])
    return pa.table(columns, schema=schema)


def write_segment(folder: Path, contents: Contents) -> SegmentEntry:
    """Write all files of a segment, synced to disk.

    Args:
        folder: A new folder.
        contents: What to write.
    """
    folder.mkdir(parents=True)
    articles = _with_places(contents.articles, folder / TEXTS, contents.texts)
    outcomes = _with_places(contents.outcomes, folder / FINDINGS, contents.findings)
    tables = {
        ARTICLES: articles, MARKS: contents.marks, OUTCOMES: outcomes, STORIES: contents.stories,
        VERSIONS: contents.versions, SEEN: contents.seen,
    }  # fmt: skip
    for name, table in tables.items():
        pq.write_table(table, folder / name, compression="zstd", use_dictionary=["source"] if name == ARTICLES else False)
    _write_arrays(folder / KEYS, [[keys] for keys in contents.keys])
    width = np.uint16 if contents.counts.max(initial=0) < 1 << 16 else np.uint32
    _write_arrays(folder / COUNTS, [[np.ascontiguousarray(column, width)] for column in contents.counts.T])
    files: dict[str, FileEntry] = {}
    for path in sorted(folder.iterdir()):
        sync(path)
        files[path.name] = FileEntry(bytes=path.stat().st_size, sha256=digest_file(path))
    sync(folder)
    day = articles["day"].to_numpy() if len(articles) else np.zeros(1, np.int32)
    return SegmentEntry(
        name=folder.name, articles=len(articles), outcomes=len(outcomes), first_day=int(day.min()),
        last_day=int(day.max()), files=files,
    )  # fmt: skip


def _with_places(table: pa.Table, path: Path, pieces: Iterable[bytes]) -> pa.Table:
    with path.open("wb") as file:
        places = write_blocks(file, pieces)
    columns = zip(*places, strict=True) if places else ((), (), ())
    for (name, kind), column in zip(PLACE, columns, strict=True):
        table = table.append_column(pa.field(name, kind), pa.array(column, kind))
    return table


def _write_arrays(path: Path, batches: Sequence[Sequence[NDArray]]) -> None:
    """Arrays of different lengths, one to a record batch of an Arrow file."""
    kind = pa.from_numpy_dtype(batches[0][0].dtype)
    schema = pa.schema([("value", kind)])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for arrays in batches:
            writer.write_batch(pa.record_batch([pa.array(array) for array in arrays], schema=schema))


def sync(path: Path) -> None:
    """See a file's or a folder's contents safe on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Segment:
    """Reads the files of one segment.

    Raises:
        ConfigurationError: From any method, if a file can't be read as what it is; the message names it.
    """

    def __init__(self, folder: Path, entry: SegmentEntry):
        self.folder = folder
        self.entry = entry
        self._keys: list[NDArray[np.uint32]] = []
        self._ends: list[NDArray[np.int64]] = []

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A Parquet file of the segment, or some of its columns."""
        try:
            return pq.read_table(self.folder / name, columns=columns, use_threads=False, memory_map=True)
        except (pa.ArrowException, OSError) as error:
            raise ConfigurationError(f"state {self.folder / name}: can't be read: {error}") from error

    def keys(self, bucket: int) -> NDArray[np.uint32]:
        """All keys of a bucket, article after article."""
        if not self._keys:
            self._keys = self._arrays(KEYS)
        return self._keys[bucket]

    def ends(self, bucket: int) -> NDArray[np.int64]:
        """Where the keys of each article end."""
        if not self._ends:
            self._ends = [np.cumsum(counts, dtype=np.int64) for counts in self._arrays(COUNTS)]
        return self._ends[bucket]

    def counts(self) -> NDArray[np.uint32]:
        """Keys of each article in each bucket."""
        return np.stack(self._arrays(COUNTS), axis=1).astype(np.uint32)

    def _arrays(self, name: str) -> list[NDArray]:
        path = self.folder / name
        try:
            reader = pa.ipc.open_file(pa.memory_map(str(path)))
            if reader.num_record_batches != BUCKETS:
                raise ConfigurationError(f"state {path}: damaged: {reader.num_record_batches} buckets, not {BUCKETS}")
            return [reader.get_batch(place).column(0).to_numpy() for place in range(BUCKETS)]
        except (pa.ArrowException, OSError) as error:
            raise ConfigurationError(f"state {path}: can't be read: {error}") from error


def digests(column: pa.ChunkedArray) -> NDArray[np.void]:
    """A column of 16-byte digests as numpy's; nulls as zeros."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], DIGEST)
    if not len(whole):
        return np.zeros(0, "V16")
    return np.frombuffer(whole.buffers()[1], "V16", count=len(whole), offset=16 * whole.offset)


def place_of(offset: int, size: int, at: int) -> Place:
    """A place from its three columns."""
    return Place(int(offset), int(size), int(at))
