"""One run: check, stage, compute, commit."""

from __future__ import annotations

import time
from collections.abc import Sequence

from pipeline.build import build
from pipeline.engine import engine
from pipeline.folders import Folders
from pipeline.inputs import find_files, spool_standard_input
from pipeline.ledger import Counts, Ledger
from pipeline.options import RunOptions, pipeline_options, read_arguments, use_filesystems
from pipeline.result import write_result
from pipeline.run_state import run_on_state
from pipeline.staging import Staging
from pipeline.summary import summary
from pipeline.tables import Tables, load_tables
from pipeline.terminal import announce, complain, say
from schemas.errors import ConfigurationError
from transforms.reading.files import InputFile


def run(arguments: Sequence[str]) -> int:
    """Run the main job as the command line asks.

    Returns:
        0 done, 1 interrupted or a disk that failed, 2 wrong usage or configuration: nothing was opened, nothing written.

    Raises:
        Exception: Whatever a bug raises; OUT is as it was before.
    """
    started = time.perf_counter()
    try:
        options = read_arguments(arguments)
        use_filesystems(options)
        tables = load_tables(options.sources, options.agencies)
        # With a state, an empty folder is one whose first file of the day is yet to come.
        files = find_files(options.inputs, may_be_empty=options.state is not None)
        if not options.quiet:
            megabytes = sum(file.size for file in files) / 1e6
            announce(f"Reading {len(files):,} {'file' if len(files) == 1 else 'files'}, {megabytes:,.1f} MB …")
        if options.state is not None:
            return run_on_state(options, tables, files, started)
        with Staging(options.output).open() as staging:
            ledger, counts = _fill(staging, options, tables, files, started)
            staging.commit()
    except ConfigurationError as error:
        complain(str(error))
        return 2
    except OSError as error:
        complain(f"the run failed, the output is as it was before: {error}")
        return 1
    except KeyboardInterrupt:
        complain("interrupted; the output is as it was before")
        return 1
    if not options.quiet:
        say(summary(ledger, counts, time.perf_counter() - started, options.output))
    return 0


def _fill(
    staging: Staging, options: RunOptions, tables: Tables, files: list[InputFile], started: float
) -> tuple[Ledger, Counts]:
    """Compute a run's outputs in the staging folder, the manifest last."""
    folders = Folders(staging.work).make()
    files = spool_standard_input(files, staging.work)
    checked = time.perf_counter()
    chosen = pipeline_options(options, sum(file.size for file in files))
    with engine(chosen, staging.work) as pipeline:
        build(pipeline, files, tables, folders, options.as_of, options.horizon, options.keep_raw)
    return write_result(staging, folders, options, chosen, tables, None, (started, checked))
