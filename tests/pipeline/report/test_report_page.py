"""The page as a whole: what it says, that it says it twice alike, and that it stays small."""

from __future__ import annotations

from pathlib import Path

from report_records import LEDGER

from pipeline.report import write_report


def test_same_records_same_bytes(invented_run: Path, tmp_path: Path) -> None:
    write_report(invented_run, tmp_path / "one.html", LEDGER)
    write_report(invented_run, tmp_path / "two.html", LEDGER)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
