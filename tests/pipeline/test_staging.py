import fcntl
import hashlib
import os
from pathlib import Path

import pytest

from pipeline.staging import Staging, is_free, merge_parts, write_manifest
from schemas.codec import encode_line
from schemas.errors import ConfigurationError
from schemas.records import RawRecord


def commit(out: Path, text: str) -> None:
    with Staging(out).open() as staging:
        (staging.result / "a.txt").write_text(text)
        write_manifest(staging.result / "run.json", {})
        staging.commit()


def test_a_commit_replaces_an_earlier_run_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "deep/out"
    commit(out, "first")
    (out / "stray.txt").write_text("x")
    commit(out, "second")
    assert {path.name: path.read_text() for path in out.iterdir() if path.name != "run.json"} == {"a.txt": "second"}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_run_that_fails_leaves_the_earlier_output_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    commit(out, "first")
    with pytest.raises(ZeroDivisionError), Staging(out).open() as staging:
        (staging.result / "a.txt").write_text("half")
        raise ZeroDivisionError
    assert (out / "a.txt").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/run.json").write_text('{"format": "somebody else\'s"}')
    assert not is_free(tmp_path / "out")
    with pytest.raises(ConfigurationError, match="not empty, and no run.json of ours in it"), Staging(tmp_path / "out").open():
        pytest.fail("opened")
    assert (tmp_path / "out/run.json").read_text() == '{"format": "somebody else\'s"}'


def test_what_a_killed_run_left_is_put_right(tmp_path: Path) -> None:
    out, left = tmp_path / "out", tmp_path / ".out.wirestories"
    commit(out, "first")
    (left / "work/parts").mkdir(parents=True)
    (left / "result").mkdir()
    out.rename(left / "previous")  # died between the two renames of a commit
    with Staging(out).open() as staging:
        assert (out / "a.txt").read_text() == "first"
        assert list(staging.work.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_runs_may_not_write_one_output(tmp_path: Path) -> None:
    with Staging(tmp_path / "out").open() as first:
        with pytest.raises(ConfigurationError, match="another run is writing it"), Staging(tmp_path / "out").open():
            pytest.fail("opened")
        assert first.work.is_dir(), "the refused run took nothing away"


def test_the_claim_ends_with_the_run(tmp_path: Path) -> None:
    commit(tmp_path / "out", "first")
    (tmp_path / ".out.wirestories").mkdir()  # a dead run's folder holds no lock
    descriptor = os.open(tmp_path / ".out.wirestories", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)
    commit(tmp_path / "out", "second")
    assert (tmp_path / "out/a.txt").read_text() == "second"


def test_an_output_below_a_file_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigurationError, match="can't write beside it"), Staging(tmp_path / "file/out").open():
        pytest.fail("opened")


def test_parts_merge_into_one_file_whatever_their_cut(tmp_path: Path) -> None:
    lines = [encode_line(RawRecord(id=f"{number:032x}", raw="x")) for number in range(20)]
    digests = set()
    for cut in (1, 3, 20):
        parts = tmp_path / f"parts{cut}"
        parts.mkdir()
        for start in range(cut):
            (parts / str(start)).write_bytes(b"".join(lines[start::cut]))
        count, digest = merge_parts(parts, "raw", tmp_path / f"raw{cut}.jsonl")
        assert count == 20
        digests.add(digest)
    assert digests == {hashlib.sha256(b"".join(lines)).hexdigest()}
