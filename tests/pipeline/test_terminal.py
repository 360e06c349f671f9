import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.run import run
from pipeline.terminal import complain, shown, shown_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Zürich", "Zürich"), ("a\x1b[2Jb\u202ec", r"a\x1b[2Jb\u202ec"), ("\x9b31m\n", r"\x9b31m\n")],
)
def test_text_of_a_page_cannot_command_a_terminal(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_says_the_same_and_commands_nothing(text: str) -> None:
    printed = shown_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(printed) == text
    assert not any("\x7f" <= c <= "\x9f" or c in "\u200e\u200f\u202a\u202d\u202e\u2066\u2067" or c < " " for c in printed)


def command(*arguments: str, **environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_terminal_that_lacks_a_character_gets_its_code() -> None:
    out, err = command("sources", "list", PYTHONIOENCODING="ascii").communicate()
    assert (err, b"peoples-daily" in out) == (b"", True)
    assert out.isascii() and b"\\u" in out


def test_a_reader_that_reads_no_further_is_no_fault() -> None:
    listing = command("sources", "list")
    listing.stdout.close()
    assert (listing.stderr.read(), listing.wait()) == (b"", 1)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a disk that is always full")
def test_a_full_disk_is_named() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", "sources", "list"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"wirestories: standard output: No space left on device\n")


def test_who_sits_in_front_of_it_is_told_what_begins(tmp_path: Path, monkeypatch, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "a.txt").write_text("The harbour board voted on Monday to close the old pier for repairs until autumn.")
    given = [str(tmp_path / "a.txt"), "--output", str(tmp_path / "out")]
    assert run(given) == 0 and capsys.readouterr().err == "", "a log is told nothing"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run(given) == 0 and capsys.readouterr().err == "Reading 1 file, 0.0 MB …\n"
    assert run([*given, "--quiet"]) == 0 and capsys.readouterr().err == ""


def test_complaints_are_one_line_that_commands_nothing(capsys: pytest.CaptureFixture) -> None:
    complain("input a\x1b[2J\nb: no such file")
    assert capsys.readouterr().err == "wirestories: input a\\x1b[2J\\nb: no such file\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a disk that is always full")
def test_a_run_is_done_also_where_its_summary_can_not_be_printed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour board voted on Monday to close the old pier for repairs until autumn.")
    given = ["run", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out")]
    closed = command(*given)
    closed.stdout.close()
    assert (closed.stderr.read(), closed.wait()) == (b"", 0)
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "pipeline.cli", *given], stdout=full, stderr=subprocess.PIPE, text=True)
    said = "wirestories: it is done; what it says of it can't be printed: No space left on device\n"
    assert (done.returncode, done.stderr) == (0, said)
    ascii_only = command(*given[:3], str(tmp_path / "größer"), PYTHONIOENCODING="ascii").communicate()[0]
    assert rb"/gr\xf6\xdfer/report.html" in ascii_only
