import os
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.ledger import Counts, Ledger
from pipeline.summary import summary


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"wirestories {version('wirestories')}\n"


def test_without_a_command_the_commands_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().out.startswith("usage: wirestories COMMAND")


def test_a_folder_whose_name_is_no_text_can_be_told(tmp_path: Path) -> None:
    out = tmp_path / os.fsdecode(b"caf\xe9")
    ledger = Ledger(documents=0, articles=0, rejects=0, rejects_by={}, unchanged=0)
    told = summary(ledger, _NOTHING, 1.0, out, is_news=False)
    assert told.splitlines()[1] == f"Nothing is new: {tmp_path}/caf\\xe9 stays as it is. 1.0 s."
    assert told.encode()


_NOTHING = Counts(
    stories=0, stories_of_several=0, copies=0, passages=0, status={}, agencies={}, latest=None, outdated_profiles=()
)
