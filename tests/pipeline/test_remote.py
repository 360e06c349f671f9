"""Folders on other filesystems: object stores, and what has folders and never overwrites."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.remote import RemoteFolder, filesystem_of
from pipeline.run import run
from schemas.errors import ConfigurationError
from tests.objects import ROOT, FolderStore

REPOSITORY = Path(__file__).parent.parent.parent


@pytest.fixture(params=["objects", "folders"])
def remote(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RemoteFolder:
    (tmp_path / "store").mkdir()
    monkeypatch.setenv(ROOT, str(tmp_path / "store"))
    return RemoteFolder(f"{request.param}://bucket/a/state/")


def test_files_go_in_and_come_out(remote: RemoteFolder, tmp_path: Path) -> None:
    assert remote.names() == [] and remote.names("segments") == [] and remote.read("one") is None
    remote.write("one", b"1")
    (tmp_path / "two").write_bytes(b"2" * 3_000_000)
    remote.send(tmp_path / "two", "segments/two")
    remote.fetch("segments/two", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == b"2" * 3_000_000
    assert remote.read("one") == b"1" and remote.names("segments") == ["segments/two"]
    assert remote.path("one").endswith("://bucket/a/state/one")
    remote.delete(["one", "segments/two"])
    assert remote.read("one") is None and "segments/two" not in remote.names("segments")


def test_a_file_that_is_not_there_can_not_be_fetched(remote: RemoteFolder, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        remote.fetch("none", tmp_path / "none")


def test_what_is_replaced_is_there_before_or_after_whatever_happens(
    remote: RemoteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote.replace("manifest", b"first")
    remote.replace("manifest", b"second")
    seen = set()
    for moment in range(6):
        steps = iter(range(10))

        def or_die(work, *, steps=steps, moment=moment):
            def step(self, *given):
                if next(steps) == moment:
                    raise ZeroDivisionError
                return work(self, *given)

            return step

        with monkeypatch.context() as patch:
            for name in ("write", "delete", "_rename"):
                patch.setattr(RemoteFolder, name, or_die(getattr(RemoteFolder, name)))
            try:
                remote.replace("manifest", b"third")
            except ZeroDivisionError:
                pass
        assert remote.read("manifest") in (b"second", b"third")
        seen.add(remote.read("manifest"))
        remote.replace("manifest", b"second")
        assert remote.read("manifest") == b"second"
    assert seen == {b"second", b"third"}


def test_errors_of_all_filesystems_are_of_one_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT, str(tmp_path))
    with pytest.raises(OSError, match="objects://bucket/empty: an object of no bytes can't be made of parts"):
        RemoteFolder("objects://bucket").write("empty", b"")
    monkeypatch.setattr(FolderStore, "exists", lambda *_: (_ for _ in ()).throw(KeyError("403")))
    with pytest.raises(OSError, match="folders://bucket/one: '403'"):
        RemoteFolder("folders://bucket").read("one")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("gs://bucket/state", "gs://bucket/state: there is no filesystem for it here; pip install 'apache-beam[gcp]'"),
        ("gopher://bucket", "gopher://bucket: there is no filesystem for it here; known are gs, s3, azfs, hdfs"),
    ],
)
def test_a_filesystem_that_is_not_installed_is_named(url: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(ConfigurationError) as caught:
        filesystem_of(url)
    assert str(caught.value) == said
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("x")
    for given in ([url], [str(tmp_path / "in"), "--state", url]):
        assert run([*given, "--output", str(tmp_path / "out")]) == 2
        assert capsys.readouterr().err == f"wirestories: {said}\n"


def test_a_pattern_is_no_folder() -> None:
    with pytest.raises(ConfigurationError, match=r"objects://bucket/\*: a folder's URL may not hold any of"):
        RemoteFolder("objects://bucket/*")


def test_articles_are_read_from_another_filesystem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").mkdir()
    monkeypatch.setenv(ROOT, str(tmp_path / "store"))
    RemoteFolder("objects://bucket/in").write("day/one.txt", b"The harbour board voted on Monday to close the old pier.")
    assert run(["objects://bucket/in", "--output", str(tmp_path / "out"), "--quiet"]) == 0
    assert '"path":"day/one.txt"' in (tmp_path / "out/articles.jsonl").read_text()
    assert run(["objects://bucket/none", "--output", str(tmp_path / "none")]) == 2


def test_a_plugin_of_beam_brings_a_filesystem_to_the_run_and_its_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").mkdir()
    monkeypatch.setenv(ROOT, str(tmp_path / "store"))
    RemoteFolder("objects://bucket/in").write("pier/one.txt", b"The harbour board voted to close the old pier for repairs. " * 9)
    command = [sys.executable, "-m", "pipeline.cli", "run", "objects://bucket/in", "--output", str(tmp_path / "out")]
    workers = ["--direct_running_mode", "multi_processing", "--direct_num_workers", "2", "--beam_plugins"]

    def start(plugin: str) -> subprocess.CompletedProcess:
        return subprocess.run([*command, *workers, plugin], cwd=REPOSITORY, capture_output=True, text=True, check=False)

    refused = start("tests.nothing")
    assert refused.returncode == 2 and "--beam_plugins tests.nothing: No module named" in refused.stderr
    assert start("tests.objects").returncode == 0
    (article,) = map(json.loads, (tmp_path / "out/articles.jsonl").read_text().splitlines())
    assert (article["path"], article["source"]) == ("pier/one.txt", "pier")
