"""Watching a folder: a run where something is new, none where nothing is, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.append import append_runs
from pipeline.cli import main
from pipeline.remote import RemoteFolder
from pipeline.watch import Watch, read_seconds, read_watch_arguments, watch
from schemas.errors import ConfigurationError
from tests import objects

ROOT = Path(__file__).parent.parent.parent
TEXT = "The harbour board voted on Monday to close the old pier for repairs until the autumn of next year. " * 4


def ids(path: Path) -> list[str]:
    return [json.loads(line)["input_id"] for line in path.read_bytes().splitlines()]


def put(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f".{name}").write_text(json.dumps({"id": name, "source": f"{name}.example", "text": TEXT}) + "\n")
    (folder / f".{name}").rename(folder / f"{name}.jsonl")


def arguments(folder: Path, *more: str) -> list[str]:
    return [str(folder / "in"), "--output", str(folder / "out"), "--state", str(folder / "state"), "--quiet", *more]


def test_once_writes_a_folder_a_run_and_none_when_nothing_is_new(tmp_path: Path) -> None:
    put(tmp_path / "in", "a")
    assert main(["watch", *arguments(tmp_path, "--once")]) == 0
    assert main(["watch", *arguments(tmp_path, "--once")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["run-00000001"]
    put(tmp_path / "in", "b")
    assert main(["watch", *arguments(tmp_path, "--once")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["run-00000001", "run-00000002"]
    assert sorted(ids(tmp_path / "out/run-00000002/articles.jsonl")) == ["a", "b"]


def test_appended_lines_are_whole_and_each_is_there_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (1, 2):
        folder = out / f"run-0000000{number}"
        folder.mkdir(parents=True)
        (folder / "articles.jsonl").write_text(f'{{"input_id":"{number}"}}\n')
    append_runs(out)
    assert ids(out / "articles.jsonl") == ["1", "2"]
    with (out / "articles.jsonl").open("a") as file:
        file.write('{"input_id":"ha')  # died while it appended the third
    (out / "run-00000003").mkdir()
    (out / "run-00000003/articles.jsonl").write_text('{"input_id":"3"}\n')
    append_runs(out)
    append_runs(out)
    assert ids(out / "articles.jsonl") == ["1", "2", "3"]
    assert sorted(path.name for path in out.iterdir()) == ["appended.json", "articles.jsonl"]


def test_a_signal_ends_the_loop_soon_and_leaves_nothing(tmp_path: Path) -> None:
    put(tmp_path / "in", "a")
    loop = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "watch", *arguments(tmp_path, "--every", "1s")],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "out/run-00000001").exists():
        assert loop.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    put(tmp_path / "in", "b")
    while not (tmp_path / "out/run-00000002").exists() and not list((tmp_path / "out").glob(".*")):
        assert loop.poll() is None and time.monotonic() < deadline
        time.sleep(0.005)
    loop.send_signal(signal.SIGTERM)  # in the middle of the second run
    _, errors = loop.communicate(timeout=30)
    assert (loop.returncode, errors) == (0, "")
    assert not list((tmp_path / "out").glob(".*")), "nothing half done"
    assert main(["watch", *arguments(tmp_path, "--once")]) == 0
    assert sorted(ids(tmp_path / "out/run-00000002/articles.jsonl")) == ["a", "b"]


def test_after_a_failure_the_wait_doubles_up_to_a_bound_and_a_run_that_is_done_ends_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter([0, 1, 2, 1, 1, 1, 1, 0, 1])
    waits: list[int] = []

    class Scripted(Watch):
        def cycle(self) -> int:
            code = next(codes, None)
            if code is None:
                raise KeyboardInterrupt
            return code

    monkeypatch.setattr("pipeline.watch.time.sleep", lambda seconds: waits.append(round(seconds)))
    (tmp_path / "in").mkdir()
    assert Scripted(read_watch_arguments(arguments(tmp_path, "--every", "1m"))).loop() == 0
    assert waits == [60 * times for times in (1, 2, 4, 8, 16, 16, 16, 1, 2)]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [(["--every", "often"], "--every often: not a duration"), (["--frobnicate"], "--frobnicate")],
)
def test_wrong_usage_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture, wrong: list[str], message: str) -> None:
    put(tmp_path / "in", "a")
    assert watch(arguments(tmp_path, *wrong)) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_disk_that_fails_a_run_is_told_in_one_line_and_its_files_are_taken_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    put(tmp_path / "in", "a")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.watch.run_on_state", refuse)
        assert main(["watch", *arguments(tmp_path, "--once")]) == 1
    assert capfd.readouterr().err == (
        "wirestories: the run failed; the next one takes its files: [Errno 28] No space left on device\n"
    )
    assert main(["watch", *arguments(tmp_path, "--once")]) == 0
    assert ids(tmp_path / "out/run-00000001/articles.jsonl") == ["a"]


def test_a_file_elsewhere_is_read_again_when_its_date_changes_or_is_too_young_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(objects.ROOT, str(tmp_path))
    runs = []
    monkeypatch.setattr("pipeline.watch._in_child", lambda _, given: runs.append([file.path for file in given[1]]) or 0)
    one = {"id": "a", "text": TEXT}
    RemoteFolder("objects://bucket/in").write("one.json", json.dumps(one).encode())
    RemoteFolder("objects://bucket/in").write("two.json", json.dumps(one).encode())
    given = ["objects://bucket/in", "--output", str(tmp_path / "out"), "--state", str(tmp_path / "state")]
    loop = Watch(read_watch_arguments(given))
    old, (first, _) = time.time() - 3600, sorted(tmp_path.iterdir())
    for path in tmp_path.iterdir():
        os.utime(path, (old, old))
    assert [loop.cycle() for _ in range(3)] == [0, 0, 0] and runs == [["one.json", "two.json"]]
    os.utime(first, (old + 1, old + 1))
    assert [loop.cycle() for _ in range(2)] == [0, 0] and runs[1:] == [["one.json"]]
    os.utime(first)
    assert [loop.cycle() for _ in range(2)] == [0, 0] and runs[2:] == [["one.json"], ["one.json"]]


def test_watch_needs_a_state(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert watch([str(tmp_path), "--output", str(tmp_path) + "-out"]) == 2
    assert "add --state DIR" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "seconds"), [("60s", 60), ("5m", 300), ("2h", 7200), ("7", 7)])
def test_durations(text: str, seconds: float) -> None:
    assert read_seconds("--every", text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "1d", "-3", "1.5s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="not a duration"):
        read_seconds("--every", text)
