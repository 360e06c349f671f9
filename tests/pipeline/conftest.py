"""What the tests of runs with a state start from."""

from __future__ import annotations

import functools
import logging
from pathlib import Path

import pytest

from pipeline.tables import load_tables
from tests.pipeline.place import Place

_tables = functools.cache(load_tables)
logging.getLogger().setLevel(logging.CRITICAL)  # as the command line does: what Beam warns of is nothing to assert


@pytest.fixture
def tables_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading all tables costs as much as a small run; the tests that ask for this change none."""
    for module in ("pipeline.run", "pipeline.rebuild"):
        monkeypatch.setattr(f"{module}.load_tables", _tables)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
