"""From the parts that a row of steps left to a whole result."""

from __future__ import annotations

import hashlib
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions, StandardOptions

from pipeline.folders import Folders
from pipeline.inputs import spelled
from pipeline.learned import learned_table, report_lines
from pipeline.ledger import Counts, Ledger, count, read_ledger
from pipeline.options import RunOptions
from pipeline.report import write_report
from pipeline.staging import MANIFEST, Staging, merge_parts, write_manifest
from pipeline.tables import Tables
from schemas.codec import OUTPUTS
from schemas.records import SCHEMA_VERSION

REPORT = "report.html"


def write_result(
    staging: Staging,
    folders: Folders,
    options: RunOptions,
    chosen: PipelineOptions,
    tables: Tables,
    unchanged: int | None,
    times: tuple[float, float],
) -> tuple[Ledger, Counts]:
    """Merge a row's parts into a result, the manifest last.

    Args:
        staging: Where the result goes.
        folders: Where the row left its parts and tables.
        options: The request.
        chosen: Beam's options as they were chosen.
        tables: What was known beside the input.
        unchanged: Documents that an earlier run read; None in a run without a state.
        times: When the run started and when its input was checked, seconds of perf_counter.
    """
    started, checked = times
    computed = time.perf_counter()
    outputs: dict[str, dict[str, Any]] = {}
    for kind, name in OUTPUTS.items():
        if kind != "raw" or options.keep_raw:
            lines, digest = merge_parts(Path(folders.parts(kind)), kind, staging.result / name)
            outputs[name] = {"lines": lines, "sha256": digest}
    ledger = read_ledger(staging.result, documents=int(Path(folders.documents).read_text()), unchanged=unchanged)
    counts = count(staging.result, Path(folders.layouts).read_bytes())
    learned = Path(folders.learned).read_bytes()
    table = learned_table(learned)
    report = staging.result / REPORT
    write_report(staging.result, report, ledger, learned=report_lines(table), outdated=counts.outdated_profiles)
    outputs[REPORT] = {"sha256": hashlib.sha256(report.read_bytes()).hexdigest()}
    written = time.perf_counter()

    manifest = {
        "version": version("wirestories"),
        "schema_version": SCHEMA_VERSION,
        "options": _shown(options, chosen),
        "as_of": options.as_of or counts.latest,
        "tables": {**tables.sha256, "learned": hashlib.sha256(learned).hexdigest()},
        "ledger": ledger if unchanged is None else msgspec.structs.asdict(ledger),
        "counts": counts,
        "outputs": outputs,
        "seconds": _seconds(started, checked, computed, written),
        "python": platform.python_version(),
        "beam": beam.__version__,
        "learned": table,
    }
    write_manifest(staging.result / MANIFEST, manifest)
    return ledger, counts


def _seconds(started: float, checked: float, computed: float, written: float) -> dict[str, float]:
    return {
        "check": round(checked - started, 3),
        "compute": round(computed - checked, 3),
        "write": round(written - computed, 3),
    }


def _shown(options: RunOptions, chosen: PipelineOptions) -> dict[str, Any]:
    """The request as it was understood, with what was chosen where it was silent."""
    direct = chosen.view_as(DirectOptions)
    return {
        "inputs": [spelled(given) for given in options.inputs],
        "output": spelled(str(options.output)),
        "sources": options.sources and spelled(str(options.sources)),
        "agencies": options.agencies and spelled(str(options.agencies)),
        "as_of": options.as_of,
        "state": options.state and spelled(options.state),
        "horizon": options.horizon,
        "keep_raw": options.keep_raw,
        "runner": chosen.view_as(StandardOptions).runner,
        "direct_running_mode": direct.direct_running_mode,
        "direct_num_workers": direct.direct_num_workers,
    }
