"""The closing lines of a run."""

from pathlib import Path

import msgspec

from pipeline.ledger import Counts, Ledger
from pipeline.report import OutdatedProfile
from pipeline.summary import summary

LEDGER = Ledger(documents=1204, articles=1200, rejects=4, rejects_by={"read.malformed": 3, "strip.nothing_left": 1})
COUNTS = Counts(
    stories=701,
    stories_of_several=1,
    copies=500,
    passages=9,
    status={},
    agencies={"ap": {"explicit": 1, "inferred": 0}, "reuters": {"explicit": 1000, "inferred": 2}},
    latest=None,
    outdated_profiles=(),
)


def test_it_says_what_became_of_the_input_and_where_to_look() -> None:
    assert summary(LEDGER, COUNTS, 12.34, Path("out")).splitlines() == [
        "1,204 documents read: 1,200 articles, 4 rejects",
        "1 story with several copies (500 articles); 700 stand alone",
        "articles by agency:",
        "  reuters  1,000 credited, 2 inferred",
        "  ap       1 credited, 0 inferred",
        "rejects (docs/rejects.md says what each means, rejects.jsonl which documents they are):",
        "  3 read.malformed",
        "  1 strip.nothing_left",
        "12.3 s. Look at out/report.html; the records are in out/*.jsonl",
    ]


def test_long_lists_are_cut() -> None:
    agencies = {f"a{number:02}": {"explicit": 1, "inferred": 0} for number in range(14)}
    profiles = tuple(OutdatedProfile(source=f"p{number:02}", pages=20, missed=number) for number in range(14))
    lines = summary(
        LEDGER, msgspec.structs.replace(COUNTS, agencies=agencies, outdated_profiles=profiles), 1.0, Path("out")
    ).splitlines()
    assert lines[2:4] == ["articles by agency:", "  a00  1 credited, 0 inferred"]
    assert lines.count("  and 2 more") == 2
    assert "  p13  13 of 20 pages" in lines and not any("p01" in line for line in lines)


def test_a_run_that_found_nothing_new_says_so_in_two_lines() -> None:
    ledger = Ledger(documents=7, articles=0, rejects=0, rejects_by={}, unchanged=7)
    assert summary(ledger, COUNTS, 1.0, Path("out"), is_news=False).splitlines() == [
        "7 documents read: 0 articles, 0 rejects, 7 unchanged",
        "Nothing is new: out stays as it is. 1.0 s.",
    ]


def test_a_folder_cannot_command_a_terminal() -> None:
    assert r"Look at o\x1b[31m\xff/report.html" in summary(LEDGER, COUNTS, 1.0, Path("o\x1b[31m\udcff"))
