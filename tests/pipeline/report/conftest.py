"""A run's records, written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.report.report_records import write_invented_run


@pytest.fixture
def invented_run(tmp_path: Path) -> Path:
    """A folder with the records of the invented run."""
    return write_invented_run(tmp_path / "run")
