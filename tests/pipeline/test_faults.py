"""Runs with a state that something happens to: nothing half done counts or stays, and the next run makes up for it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.desk import Desk
from benchmarks.state_faults import contents, members
from pipeline.cli import main
from pipeline.engine import cause_of
from pipeline.inputs import find_files
from pipeline.run import run
from schemas.errors import ConfigurationError
from tests.pipeline.place import Place, changes, record, rows

ROOT = Path(__file__).parent.parent.parent
TEXT = "The harbour board voted on Monday to close the old pier for repairs until the autumn of next year. " * 4


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a full disk does, for this process alone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_ends_a_run_with_a_state_in_one_line_and_leaves_all_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    desk = Desk(2, sentences=6)
    (tmp_path / "here").mkdir()
    place = Place(tmp_path / "here")
    place.put("one", *desk.day(0, 6))
    place.run()
    place.put("two", *desk.day(1, 6))
    before = contents(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "calm/here")
    for size in (2_000, 7_000):  # stops it at its texts, and at the tables of the state
        with files_up_to(size):
            place.run(code=1)
        said = capsys.readouterr().err
        assert said.startswith("wirestories: the run failed, the output is as it was before: [Errno 27] File too large")
        assert said.count("\n") == 1
        assert contents(tmp_path / "here") == before
    place.run()
    calm = tmp_path / "calm/here"
    given = [calm / "in", "--output", calm / "out", "--state", calm / "state", "--quiet"]
    assert run([*map(str, given)]) == 0
    with_paths = "state/manifest.json"  # of the output
    again, undisturbed = contents(tmp_path / "here"), contents(calm)
    assert again.pop(with_paths) != undisturbed.pop(with_paths)
    assert again == undisturbed


def test_a_first_run_that_fails_leaves_no_state(place: Place, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", TEXT))
    with files_up_to(100):
        place.run(code=1)
    assert "File too large" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("mode", ["in_memory", "multi_processing"])
def test_a_signal_ends_a_run_with_a_state_and_leaves_all_as_it_was(place: Place, tmp_path: Path, mode: str) -> None:
    place.put("one", record("a", TEXT))
    place.run()
    place.put("two", *Desk(2, sentences=6).day(1, 200))
    (tmp_path / "temporary").mkdir()
    before = contents(tmp_path)
    given = [place.input, "--output", place.output, "--state", place.state, f"--direct_running_mode={mode}"]
    running = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "run", *map(str, given), "--direct_num_workers=2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "temporary")},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not any((tmp_path / ".out.wirestories/work/articles").glob("*")):
        assert running.poll() is None and time.monotonic() < deadline, running.communicate()
        time.sleep(0.005)
    running.send_signal(signal.SIGTERM)
    said, errors = running.communicate(timeout=30)
    assert (running.returncode, said) == (1, ""), errors
    assert errors == "wirestories: interrupted; the output is as it was before\n"
    assert members(running.pid) == []
    assert contents(tmp_path) == before


def test_files_that_are_gone_when_they_are_to_be_opened_become_rejects(place: Place, monkeypatch) -> None:
    place.put("one", record("a", TEXT))
    place.put("two", record("b", TEXT))

    def vanish(files, _):
        (place.input / "two.jsonl").unlink()
        return files

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run_state.spool_standard_input", vanish)
        place.run()
    assert changes(place.output) == {"a": "new"}
    (reject,) = rows(place.output, "rejects.jsonl")
    assert (reject["path"], reject["stage"], reject["reason"]) == ("two.jsonl", "read", "unreadable")
    assert reject["detail"] == "No such file or directory"
    place.put("two", record("b", TEXT))
    place.run()
    assert changes(place.output) == {"a": "context", "b": "new"}, "it was never read, so it is new"


def test_what_may_not_be_written_is_said_before_anything_is_read(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    place.put("one", record("a", TEXT))
    (tmp_path / "file").write_text("mine")
    nowhere = tmp_path / "file" / "x"
    assert run([str(place.input), "--output", str(place.output), "--state", str(nowhere)]) == 2
    assert f"state {nowhere}/manifest.json: Not a directory" in capsys.readouterr().err
    assert run([str(place.input), "--output", str(nowhere), "--state", str(place.state)]) == 2
    assert f"--output {nowhere}: can't write beside it: Not a directory" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "in"]


def test_an_empty_folder_is_no_error_where_files_are_yet_to_come(place: Place, tmp_path: Path) -> None:
    assert find_files([str(place.input), f"{place.input}/*.txt"], may_be_empty=True) == []
    with pytest.raises(ConfigurationError, match="there are no files in it"):
        find_files([str(place.input)])
    for wrong in (f"{place.input}2", f"{place.input}2/*.txt"):
        with pytest.raises(ConfigurationError, match="no such|no folder"):
            find_files([wrong], may_be_empty=True)
    given = [str(place.input), "--output", str(place.output), "--state", str(place.state)]
    assert main(["watch", *given, "--once"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_run_over_an_empty_folder_with_a_state_ends_well(place: Place, capsys: pytest.CaptureFixture) -> None:
    given = [str(place.input), "--output", str(place.output), "--state", str(place.state)]
    assert run(given) == 0
    assert rows(place.output) == [] and (place.state / "manifest.json").exists()
    capsys.readouterr()
    before = contents(place.state), contents(place.output)
    assert run(given) == 0
    assert "0 documents read: 0 articles, 0 rejects\nNothing is new" in capsys.readouterr().out
    assert (contents(place.state), contents(place.output)) == before
    assert run(given[:3]) == 2, "without a state it is taken for a wrong name"


def test_a_worker_that_can_not_start_ends_the_run(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    place.put("one", record("a", TEXT))
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    place.run("--direct_running_mode", "multi_processing", "--direct_num_workers", "2", code=1)
    assert "a worker process died" in capsys.readouterr().err
    assert [path.name for path in place.input.parent.iterdir()] == ["in"]


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("OSError: [Errno 28] No space left on device [while running 'Park']", OSError(28, "No space left on device [while running 'Park']")),
        ("Traceback:\n  File\nOSError: [Errno 5] Input/output error\n", OSError(5, "Input/output error")),
        ("x\nschemas.errors.ConfigurationError: state s: damaged\n", ConfigurationError("state s: damaged")),
        ("Channel closed prematurely.", ChildProcessError(
            "a worker process died, perhaps for want of memory; fewer (--direct_num_workers) need less")),
        ("KeyboardInterrupt [while running 'Strip']", KeyboardInterrupt()),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'a'", None),
        ("ValueError: 3 [while running 'Align']", None),
    ],
)  # fmt: skip
def test_the_cause_of_a_failure_is_found_in_what_the_engine_says(message: str, cause: BaseException | None) -> None:
    found = cause_of(message)
    assert (type(found), getattr(found, "args", None)) == (type(cause), getattr(cause, "args", None))
