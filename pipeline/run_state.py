"""Runs with a state: compute, remember, commit, publish."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from pipeline.build_state import Request, build_run
from pipeline.engine import engine
from pipeline.folders import PACKS, TEXTS, Folders
from pipeline.inputs import spool_standard_input
from pipeline.options import RunOptions, pipeline_options
from pipeline.result import write_result
from pipeline.staging import Staging, is_ours
from pipeline.state.folder import StateFolder
from pipeline.state.opening import open_state
from pipeline.state.publication import staged_beside, take_away_staged
from pipeline.summary import summary
from pipeline.tables import Tables
from pipeline.terminal import say
from schemas.codec import OUTPUTS
from schemas.parked import Reference
from schemas.records import RejectRecord
from transforms.compare import VERSIONS
from transforms.reading.files import InputFile
from transforms.remember import remembered
from transforms.renew import FINDINGS, STORIES
from transforms.skip import SEEN
from transforms.state.additions import Additions, ArticleRow, FindingRow, StoryRow, by_bucket, contents_of
from transforms.state.compacting import merge_segments, to_merge
from transforms.state.manifest import Manifest, Publication, SegmentEntry
from transforms.state.relearning import Learned, lines_of, relearn
from transforms.state.segment import Contents
from transforms.state.snapshot import Snapshot
from transforms.state.versions import content_digest, path_digest
from transforms.textreuse.columns import day_number
from transforms.touch import AS_OF, MARKS


class _Finding(NamedTuple):
    """Where an encoded finding lies in memory."""

    encoded: bytes


def run_on_state(
    options: RunOptions, tables: Tables, files: list[InputFile], started: float, *, only_news: bool = False
) -> int:
    """Add the input to a state, and write what is new and what it touched.

    A run that finds nothing new leaves an output as it is.

    Args:
        options: The request.
        tables: What is known beside the input.
        files: The input.
        started: When the run started, seconds of perf_counter.
        only_news: Whether no output is begun for a run that finds nothing new.

    Returns:
        0 done.

    Raises:
        ConfigurationError: If the state or the output can't be used.
    """
    with open_state(options.state, create=True) as state, Staging(options.output).open() as staging:
        take_away_staged(staging.out)
        folders = Folders(staging.work).make()
        files = spool_standard_input(files, staging.work)
        chosen = pipeline_options(options, sum(file.size for file in files))
        request = Request(
            tables=tables,
            folders=folders,
            as_of=None if options.as_of is None else day_number(options.as_of),
            horizon=options.horizon,
            keep_raw=options.keep_raw,
        )
        lines = lines_of(state.learned())
        Path(folders.learned).write_bytes(msgspec.json.encode(lines, order="deterministic"))
        snapshot = state.snapshot()
        checked = time.perf_counter()
        with engine(chosen, staging.work) as pipeline:
            build_run(pipeline, files, request, snapshot, lines)
        unchanged = int(Path(folders.unchanged).read_text())
        ledger, counts = write_result(staging, folders, options, chosen, tables, unchanged, (started, checked))

        additions = read_additions(folders)
        refused = new_rejects(staging.result, snapshot)
        additions = additions._replace(seen=[*additions.seen, *refused])
        is_news = bool(additions.articles or refused) or not (only_news or is_ours(staging.out))
        if any((additions.articles, additions.seen, additions.versions, additions.marks)):
            manifest, _ = add_segment(state, contents_of(additions, Reader(folders)))
            if is_news:
                commit_and_publish(state, manifest, staging)
            else:
                state.commit(manifest)
        elif is_news:
            if not state.exists():
                state.commit(state.manifest)
            staging.commit()
        snapshot.close()
    if not options.quiet and (is_news or not only_news):
        say(summary(ledger, counts, time.perf_counter() - started, options.output, is_news))
    return 0


def new_rejects(result: Path, state: Snapshot) -> list[tuple[bytes, bytes]]:
    """The rejects of a result that no earlier run had, as the state remembers them beside documents."""
    known = state.seen()
    found = []
    with (result / OUTPUTS["reject"]).open("rb") as lines:
        for line in lines:
            one = msgspec.json.decode(line, type=RejectRecord)
            path = path_digest(f"{one.path}\0{one.stage}.{one.reason}")
            content = content_digest(one.content_sha256) if one.content_sha256 else bytes(16)
            if known.get(path) != content:
                found.append((path, content))
    return found


def read_additions(folders: Folders) -> Additions:
    """What a row left for the state in its working folder."""

    def rows(kind: str) -> Iterable:
        return map(msgspec.msgpack.decode, remembered(folders.kept(kind)))

    texts = [(ArticleRow(*row[:4]), Reference(*row[4:])) for row in rows(TEXTS)]
    findings = [_decode_finding(row) for row in remembered(folders.kept(FINDINGS))]
    (as_of,) = rows(AS_OF)
    return Additions(
        packs=by_bucket(rows(PACKS)),
        as_of=as_of,
        articles=[row for row, _ in texts],
        texts=[place for _, place in texts],
        marks=[tuple(row) for row in rows(MARKS)],
        findings=[row for row, _ in findings],
        found=[_Finding(encoded) for _, encoded in findings],
        stories=[
            StoryRow(bytes.fromhex(own), tuple(map(bytes.fromhex, replaces)), split and bytes.fromhex(split))
            for own, replaces, split in rows(STORIES)
        ],
        versions=[tuple(row) for row in rows(VERSIONS)],
        seen=[tuple(row) for row in rows(SEEN)],
    )


def _decode_finding(row: bytes) -> tuple[FindingRow, bytes]:
    number, story, written, finding = msgspec.msgpack.decode(row, type=tuple[int, str, bytes, msgspec.Raw])
    return FindingRow(number, bytes.fromhex(story), written), bytes(finding)


class Reader:
    """Reads texts that a row parked and findings that it left, still encoded."""

    def __init__(self, folders: Folders):
        self._folder = Path(folders.clean)
        self._open: dict[str, object] = {}

    def __call__(self, place: Reference | _Finding) -> bytes:
        if isinstance(place, _Finding):
            return place.encoded
        if place.block not in self._open:
            if len(self._open) >= _OPEN_FILES:
                self._open.pop(next(iter(self._open))).close()
            self._open[place.block] = (self._folder / place.block).open("rb")
        stream = self._open[place.block]
        stream.seek(place.offset)
        return stream.read(place.length)

    def close(self) -> None:
        """Close all files."""
        for stream in self._open.values():
            stream.close()
        self._open.clear()


_OPEN_FILES = 64  # 1 to 500; far below the usual limit of 1,024 descriptors of a process


def add_segment(state: StateFolder, new: Contents) -> tuple[Manifest, Learned | None]:
    """Write what a run adds, learn from it, merge small segments; nothing counts until it is committed.

    Returns:
        The manifest to commit, and the learned lines where they changed.
    """
    name = f"{state.manifest.runs + 1:08d}"
    entry = state.write_segment(name, new)
    segments = (*state.manifest.segments, entry)
    manifest = msgspec.structs.replace(state.manifest, runs=state.manifest.runs + 1, segments=segments, publication=None)
    known = state.learned()
    learned = known
    if entry.articles:
        learned = relearn(state.snapshot(manifest), known)
    if learned != known:
        manifest = msgspec.structs.replace(manifest, learned=state.write_learned(f"learned-{name}.json", learned))
    chosen = to_merge(segments)
    if chosen:
        manifest = merge(state, manifest, chosen, f"{name}m")
    return manifest, learned


def merge(
    state: StateFolder,
    manifest: Manifest,
    chosen: range,
    name: str,
    without: np.ndarray | None = None,
    first_day: int | None = None,
) -> Manifest:
    """Write one segment in place of several; nothing counts until the manifest is committed."""
    gone = np.zeros(0, np.int64) if without is None else without
    snapshot = state.snapshot(manifest)
    entry: SegmentEntry = state.write_segment(name, merge_segments(snapshot, chosen, gone, first_day))
    snapshot.close()
    segments = (*manifest.segments[: chosen.start], entry, *manifest.segments[chosen.stop :])
    return msgspec.structs.replace(manifest, segments=segments)


def commit_and_publish(state: StateFolder, manifest: Manifest, staging: Staging) -> None:
    """Commit a state together with an output, then put the output in its place.

    Killed before the manifest is written, nothing happened; killed after it, the next start publishes.
    """
    staged = staged_beside(staging.out, manifest.runs)
    try:
        staging.result.rename(staged)
        publication = Publication(staged=str(staged), output=str(staging.out))
        state.commit(msgspec.structs.replace(manifest, publication=publication))
    finally:
        if not state.has_committed(staged):  # a full disk, a signal
            shutil.rmtree(staged, ignore_errors=True)
    staging.commit(staged)
