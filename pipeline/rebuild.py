"""What can be done with a whole state: write it out, clean and match it anew, take articles out of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.build_state import Request, build_forget, build_rebuild
from pipeline.engine import engine
from pipeline.folders import Folders
from pipeline.options import RunOptions
from pipeline.result import write_result
from pipeline.run_state import Reader, add_segment, commit_and_publish, merge, read_additions
from pipeline.staging import Staging
from pipeline.state.folder import StateFolder
from pipeline.state.publication import take_away_staged
from pipeline.tables import load_tables
from schemas.errors import ConfigurationError
from transforms.boilerplate.learned import LearnedLines
from transforms.compose import COMPOSED
from transforms.export import ExportRecords
from transforms.state.additions import contents_of
from transforms.state.compacting import merge_segments
from transforms.state.findings import Earlier
from transforms.state.manifest import Forgotten, Manifest
from transforms.state.relearning import LearnedSource, lines_of, sources_of
from transforms.state.snapshot import Snapshot
from transforms.textreuse.columns import article_number, day_number
from transforms.write import WriteParts


def export(state: StateFolder, run: RunOptions, chosen: PipelineOptions) -> int:
    """Write all articles and stories of a state as a run would.

    Returns:
        How many articles.
    """
    started = time.perf_counter()
    tables = load_tables(run.sources, run.agencies)
    with Staging(run.output).open() as staging:
        folders = Folders(staging.work).make()
        snapshot = state.snapshot()
        count = len(snapshot.articles.number)
        with engine(chosen, staging.work) as pipeline:
            records = pipeline | "Export" >> ExportRecords(snapshot, run.keep_raw)
            for kind in COMPOSED:
                records[kind] | f"Write {kind}" >> WriteParts(folders.parts(kind), kind)
        _leave(folders, count, lines_of(state.learned()))
        write_result(staging, folders, run, chosen, tables, None, (started, time.perf_counter()))
        staging.commit()
    return count


def _leave(folders: Folders, documents: int, lines: dict[str, LearnedLines]) -> None:
    """Leave what a row over an input would have left beside its records."""
    Path(folders.documents).write_text(str(documents))
    Path(folders.layouts).write_text("{}")
    Path(folders.learned).write_bytes(msgspec.json.encode(lines, order="deterministic"))


def _request(run: RunOptions, folders: Folders) -> Request:
    return Request(
        tables=load_tables(run.sources, run.agencies),
        folders=folders,
        as_of=None if run.as_of is None else day_number(run.as_of),
        horizon=run.horizon,
        keep_raw=run.keep_raw,
    )


def _staging(state: StateFolder, run: RunOptions, has_output: bool) -> Staging:
    """Staging of the output, or beside the state where only the state changes."""
    out = run.output if has_output else state.folder.parent / f".{state.folder.name}.output"
    return Staging(out)


def rebuild(state: StateFolder, run: RunOptions, chosen: PipelineOptions, has_output: bool) -> int:
    """Clean and match all articles of a state anew, with today's tables and with lines learned from all of them.

    Stories keep the ids of those whose birth members they hold. The output, if one is asked for, is that of one run
    over all articles; its ids apart.

    Returns:
        How many articles.
    """
    started = time.perf_counter()
    with _staging(state, run, has_output).open() as staging:
        folders = Folders(staging.work).make()
        request = _request(run, folders)
        snapshot = state.snapshot()
        numbers = snapshot.outcomes.number
        earlier = {number: Earlier(*found, False) for number, found in snapshot.story_of(numbers).items()}
        with engine(chosen, staging.work) as pipeline:
            build_rebuild(pipeline, request, snapshot, Snapshot(state.folder, Manifest()), earlier)
        write_result(staging, folders, run, chosen, request.tables, None, (started, time.perf_counter()))

        additions = read_additions(folders)
        kept = merge_segments(snapshot, range(len(snapshot.segments)), np.zeros(0, np.int64))
        new = replace(contents_of(additions, Reader(folders)), versions=kept.versions, seen=kept.seen)
        runs = state.manifest.runs + 1
        entry = state.write_segment(f"{runs:08d}", new)
        counts = {source: len(own) for source, own in sources_of(snapshot)}
        found = msgspec.json.decode(Path(folders.learned).read_bytes(), type=dict[str, LearnedLines])
        learned = {source: LearnedSource(articles=counts[source], lines=lines) for source, lines in found.items()}
        manifest = msgspec.structs.replace(
            state.manifest,
            runs=runs,
            segments=(entry,),
            learned=state.write_learned(f"learned-{runs:08d}.json", learned),
            publication=None,
        )
        snapshot.close()
        _commit(state, manifest, staging, has_output)
    return entry.articles


def _commit(state: StateFolder, manifest: Manifest, staging: Staging, has_output: bool) -> None:
    if has_output:
        take_away_staged(staging.out)
        commit_and_publish(state, manifest, staging)
    else:
        state.commit(manifest)


def forget(
    state: StateFolder, what: Sequence[str], at: str, run: RunOptions, chosen: PipelineOptions, has_output: bool
) -> tuple[int, int]:
    """Take articles out of a state: their texts, fingerprints and all that was found of them.

    The stories that they leave are made anew. All segments are rewritten, so nothing of them stays in any file; that
    it was done is kept in the manifest, without a word of theirs.

    Args:
        state: The state.
        what: Ids of articles, and sources.
        at: When, for the log.
        run: The request; its output takes the stories that changed.
        chosen: Beam's options.
        has_output: Whether there is an output.

    Returns:
        How many articles, and how many stories were made anew.

    Raises:
        ConfigurationError: If the state has no such article or source.
    """
    started = time.perf_counter()
    snapshot = state.snapshot()
    log, gone = _find(snapshot, what, at, state.location)
    with _staging(state, run, has_output).open() as staging:
        folders = Folders(staging.work).make()
        request = _request(run, folders)
        with engine(chosen, staging.work) as pipeline:
            build_forget(pipeline, request, snapshot, tuple(gone))
        lines = {source: one for source, one in state.learned().items() if source not in what}
        _leave(folders, 0, lines_of(lines))
        _, counts = write_result(staging, folders, run, chosen, request.tables, 0, (started, time.perf_counter()))

        manifest, _ = add_segment(state, contents_of(read_additions(folders), Reader(folders)))
        name = f"{manifest.runs:08d}f"
        manifest = merge(state, manifest, range(len(manifest.segments)), name, np.array(sorted(gone), np.int64))
        if lines != state.learned():
            manifest = msgspec.structs.replace(manifest, learned=state.write_learned(f"learned-{name}.json", lines))
        snapshot.close()
        manifest = msgspec.structs.replace(manifest, forgotten=(*manifest.forgotten, *log))
        _commit(state, manifest, staging, has_output)
    return len(gone), counts.stories


def _find(state: Snapshot, what: Sequence[str], at: str, location: str) -> tuple[list[Forgotten], set[int]]:
    """The articles that are meant, and the lines of the log."""
    by_source = {source: positions for source, positions in sources_of(state) if source in what}
    known = {one.tobytes().hex() for one in state.articles.columns["id"]} if any(map(_is_id, what)) else set()
    log, gone = [], set()
    for one in what:
        if one in known:
            numbers = {article_number(one)}
        elif one in by_source:
            numbers = set(state.articles.number[by_source[one]].tolist())
        else:
            raise ConfigurationError(f"state {location}: no article and no source {one!r}; `wirestories state export` lists all")
        log.append(Forgotten(what=one, articles=len(numbers), at=at))
        gone |= numbers
    return log, gone


def _is_id(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")
