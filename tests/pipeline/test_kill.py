"""A run that is killed leaves no output, and nothing in the way of the next one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples" / "articles"


def start(out: Path, mode: str = "in_memory") -> subprocess.Popen:
    command = [sys.executable, "-m", "pipeline.cli", "run", str(EXAMPLES), "--output", str(out)]
    return subprocess.Popen(
        [*command, f"--direct_running_mode={mode}", "--direct_num_workers=2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def wait_for_work(run: subprocess.Popen, work: Path) -> None:
    """Until the first step has begun; a run that ends first fails the test."""
    deadline = time.monotonic() + 60
    while not any(work.glob("articles/*")):
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < deadline, "the run doesn't begin"
        time.sleep(0.005)


def members(group: int) -> list[str]:
    """Processes of a process group that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(status.parent.name)
    return found


@pytest.mark.parametrize(
    ("sent", "mode"),
    [(signal.SIGINT, "in_memory"), (signal.SIGTERM, "in_memory"), (signal.SIGTERM, "multi_processing")],
)
def test_an_interrupted_run_ends_soon_and_cleans_up(tmp_path: Path, sent: int, mode: str) -> None:
    run = start(tmp_path / "out", mode)
    wait_for_work(run, tmp_path / ".out.wirestories/work")
    run.send_signal(sent)
    output, errors = run.communicate(timeout=30)
    assert (run.returncode, output) == (1, ""), errors
    assert errors.endswith("wirestories: interrupted; the output is as it was before\n")
    assert list(tmp_path.iterdir()) == []
    assert members(run.pid) == []


def test_a_killed_run_leaves_no_output_and_the_next_run_none_of_its_traces(tmp_path: Path) -> None:
    run = start(tmp_path / "out")
    wait_for_work(run, tmp_path / ".out.wirestories/work")
    run.kill()
    run.communicate()
    assert not (tmp_path / "out").exists()
    again = start(tmp_path / "out")
    output, errors = again.communicate(timeout=60)
    assert again.returncode == 0, errors
    assert "19 documents read" in output
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
