"""``report.html``: what a run found, to look at. One static file, no script, nothing loaded from anywhere."""

from __future__ import annotations

from pipeline.report.limits import LearnedLine, Ledger, Limits, OutdatedProfile
from pipeline.report.page import write_report

__all__ = ["LearnedLine", "Ledger", "Limits", "OutdatedProfile", "write_report"]
