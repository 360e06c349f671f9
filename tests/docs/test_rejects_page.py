"""docs/rejects.md lists every code that a reject can carry, once, below the heading of its stage."""

from __future__ import annotations

import re
from pathlib import Path

from schemas.errors import DocumentError

PAGE = Path(__file__).parents[2] / "docs" / "rejects.md"


def _codes(error: type[DocumentError]) -> list[str]:
    own = [f"{error.stage}.{error.reason}"] if "reason" in vars(error) else []
    return own + [code for child in error.__subclasses__() for code in _codes(child)]


def _rows() -> list[tuple[str, list[str]]]:
    """The stage of the heading above each row, and the row's cells."""
    rows, stage = [], ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (\w+):", line):
            stage = heading[1]
        elif line.startswith("| `"):
            rows.append((stage, [cell.strip() for cell in line.strip("|").split(" | ")]))
    return rows


def test_every_code_has_one_row_and_every_row_a_code() -> None:
    listed = [cells[0].strip("` ") for _, cells in _rows()]
    assert sorted(listed) == sorted(_codes(DocumentError))


def test_every_row_stands_below_its_stage_with_a_cause_and_an_advice() -> None:
    for stage, (code, *cells) in _rows():
        assert code.strip("` ").partition(".")[0] == stage, f"{code} stands below {stage}"
        assert len(cells) == 2 and all(len(cell) > 8 for cell in cells), f"{code}: cause and advice are missing"
