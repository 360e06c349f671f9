import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.terminal import shown, shown_json


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
