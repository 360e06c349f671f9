"""One run: check, stage, compute, commit."""

from __future__ import annotations

import hashlib
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions, StandardOptions

from pipeline.build import Folders, build
from pipeline.inputs import find_files, spool_standard_input
from pipeline.ledger import Counts, Ledger, count, read_ledger
from pipeline.learned import learned_table, report_lines
from pipeline.options import RunOptions, pipeline_options, read_arguments
from pipeline.report import write_report
from pipeline.staging import MANIFEST, Staging, merge_parts, write_manifest
from pipeline.summary import summary
from pipeline.tables import Tables, load_tables
from schemas.codec import OUTPUTS
from schemas.errors import ConfigurationError
from schemas.records import SCHEMA_VERSION
from transforms.reading.files import InputFile

VERSION = "0.1.0"
REPORT = "report.html"


def run(arguments: Sequence[str]) -> int:
    """Run the main job as the command line asks.

    Returns:
        0 done, 1 interrupted, 2 wrong usage or configuration: nothing was opened, nothing written.

    Raises:
        Exception: Whatever a bug raises; OUT is as it was before.
    """
    started = time.perf_counter()
    try:
        options = read_arguments(arguments)
        tables = load_tables(options.sources, options.agencies)
        files = find_files(options.inputs)
        with Staging(options.output).open() as staging:
            ledger, counts = _fill(staging, options, tables, files, started)
            staging.commit()
    except ConfigurationError as error:
        print(f"wirestories: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("wirestories: interrupted; the output is as it was before", file=sys.stderr)
        return 1
    if not options.quiet:
        print(summary(ledger, counts, time.perf_counter() - started, options.output))
    return 0


def _fill(
    staging: Staging, options: RunOptions, tables: Tables, files: list[InputFile], started: float
) -> tuple[Ledger, Counts]:
    """Compute a run's outputs in the staging folder, the manifest last."""
    folders = Folders(staging.work)
    files = spool_standard_input(files, staging.work)
    checked = time.perf_counter()
    chosen = pipeline_options(options, sum(file.size for file in files))
    pipeline = beam.Pipeline(options=chosen)
    build(pipeline, files, tables, folders, options.as_of, options.keep_raw)
    pipeline.run().wait_until_finish()
    computed = time.perf_counter()

    outputs: dict[str, dict[str, Any]] = {}
    for kind, name in OUTPUTS.items():
        if kind != "raw" or options.keep_raw:
            lines, digest = merge_parts(Path(folders.parts(kind)), kind, staging.result / name)
            outputs[name] = {"lines": lines, "sha256": digest}
    ledger = read_ledger(staging.result, documents=int(Path(folders.documents).read_text()))
    counts = count(staging.result, Path(folders.layouts).read_bytes())
    learned = Path(folders.learned).read_bytes()
    table = learned_table(learned)
    write_report(
        staging.result,
        staging.result / REPORT,
        ledger,
        learned=report_lines(table),
        outdated=counts.outdated_profiles,
    )
    outputs[REPORT] = {"sha256": hashlib.sha256((staging.result / REPORT).read_bytes()).hexdigest()}
    written = time.perf_counter()

    write_manifest(
        staging.result / MANIFEST,
        {
            "version": VERSION,
            "schema_version": SCHEMA_VERSION,
            "options": _shown(options, chosen),
            "as_of": options.as_of or counts.latest,
            "tables": {**tables.sha256, "learned": hashlib.sha256(learned).hexdigest()},
            "ledger": ledger,
            "counts": counts,
            "outputs": outputs,
            "seconds": {
                "check": round(checked - started, 3),
                "compute": round(computed - checked, 3),
                "write": round(written - computed, 3),
            },
            "python": platform.python_version(),
            "beam": beam.__version__,
            "learned": table,
        },
    )
    return ledger, counts


def _shown(options: RunOptions, chosen: PipelineOptions) -> dict[str, Any]:
    """The request as it was understood, with what was chosen where it was silent."""
    direct = chosen.view_as(DirectOptions)
    return {
        "inputs": options.inputs,
        "output": str(options.output),
        "sources": options.sources and str(options.sources),
        "agencies": options.agencies and str(options.agencies),
        "as_of": options.as_of,
        "keep_raw": options.keep_raw,
        "runner": chosen.view_as(StandardOptions).runner,
        "direct_running_mode": direct.direct_running_mode,
        "direct_num_workers": direct.direct_num_workers,
    }
