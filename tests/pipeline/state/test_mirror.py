"""Runs whose state lies on another filesystem: the same bytes as on this one, from whatever machine they run."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from benchmarks.desk import Desk
from pipeline.cli import main
from pipeline.remote import RemoteFolder
from pipeline.run import run
from pipeline.state import lease
from pipeline.state.mirror import mirror_folder
from tests.objects import ROOT
from tests.pipeline.place import COPY, Place, changes, contents, record

pytestmark = pytest.mark.usefixtures("tables_once")


class RemotePlace(Place):
    """An input and an output on a machine, and a state elsewhere."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, scheme: str):
        super().__init__(folder)
        self._patch = monkeypatch
        self.state = f"{scheme}://bucket/state"
        self.store, self.remote = folder / "store", RemoteFolder(self.state)
        self.store.mkdir()
        monkeypatch.setenv(ROOT, str(self.store))
        self.move_to("here")

    def move_to(self, machine: str) -> None:
        """Go on where nothing of what a state left on this machine is."""
        self._patch.setenv("XDG_CACHE_HOME", str(self.input.parent / machine))

    def files(self) -> dict[str, bytes]:
        return contents(self.store)

    @property
    def copy(self) -> Path:
        return mirror_folder(self.state)


@pytest.fixture(params=["objects", "folders"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RemotePlace:
    return RemotePlace(tmp_path, monkeypatch, request.param)


def without_the_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    """The manifest names the folder of the output."""
    return {name: data for name, data in files.items() if "manifest" not in name}


def test_it_holds_what_a_state_on_this_machine_holds(place: RemotePlace, tmp_path: Path) -> None:
    local = tmp_path / "local"
    for name, text in (("a", COPY), ("b", f"OSTREL (AFP) - {COPY}")):
        place.put(name, record(name, text))
        place.run()
        given = [str(place.input), "--output", str(tmp_path / "other"), "--state", str(local), "--quiet"]
        assert run(given) == 0
        assert changes(place.output) == changes(tmp_path / "other")
        assert (place.output / "articles.jsonl").read_bytes() == (tmp_path / "other/articles.jsonl").read_bytes()
        assert (place.output / "stories.jsonl").read_bytes() == (tmp_path / "other/stories.jsonl").read_bytes()
    fetched = without_the_manifest(contents(local))
    assert without_the_manifest(contents(place.copy)) == fetched
    assert sorted(without_the_manifest(place.files()).values()) == sorted(data for data in fetched.values() if data)


def test_a_run_without_news_changes_nothing(place: RemotePlace, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY))
    place.run()
    before = place.files(), contents(place.output), contents(place.copy)
    assert run([str(place.input), "--output", str(place.output), "--state", place.state]) == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert (place.files(), contents(place.output), contents(place.copy)) == before


def test_any_machine_goes_on_where_another_ended(place: RemotePlace) -> None:
    place.put("one", record("a", COPY))
    place.run()
    place.move_to("there")
    place.put("two", record("b", COPY))
    place.run()
    assert changes(place.output) == {"a": "context", "b": "new"}
    there = contents(place.copy)
    place.move_to("here")
    place.run()
    assert contents(place.copy) == there, "it fetched what the other one added"


def test_an_output_that_a_lost_machine_committed_is_published_by_the_next(place: RemotePlace, monkeypatch) -> None:
    place.put("one", record("a", COPY))
    place.run()
    place.put("two", record("b", COPY))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.staging.Staging.commit", lambda *_: (_ for _ in ()).throw(ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            place.run()
    assert any("staged-00000002" in name for name in place.files())
    shutil.rmtree(place.output)
    for staged in place.output.parent.glob(".out.wirestories*"):
        shutil.rmtree(staged)
    place.move_to("there")
    place.run()
    assert changes(place.output) == {"a": "context", "b": "new"}
    assert not any("staged" in name for name in place.files())
    assert sorted(path.name for path in place.input.parent.iterdir()) == ["here", "in", "out", "store", "there"]


def test_an_output_that_can_not_be_published_here_waits(
    place: RemotePlace, monkeypatch, capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    place.put("one", record("a", COPY))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.staging.Staging.commit", lambda *_: (_ for _ in ()).throw(ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            place.run()
    staged = next(place.output.parent.glob(".out.wirestories.committed*"))
    staged.rename(tmp_path / "kept")
    staged.with_name(f"{staged.name}.part").write_bytes(b"in the way")
    place.run(code=2)
    said = capsys.readouterr().err
    assert f"the last run was cut short before its output stood in {place.output}" in said
    assert any("staged-00000001" in name for name in place.files())


def test_a_run_that_died_here_is_not_waited_for(place: RemotePlace) -> None:
    place.put("one", record("a", COPY))
    place.run()
    place.remote.write("claims/00000000000000ff-00000007-holds", b'{"pid": 1, "host": "h", "since": "s"}')
    (place.copy / "lock").write_text('{"pid": 1, "host": "h", "since": "s", "token": "00000000000000ff"}')
    before = place.files()
    place.run()
    assert len(place.files()) == len(before) - 1


def test_a_second_run_is_refused(place: RemotePlace, monkeypatch, capsys: pytest.CaptureFixture) -> None:
    from pipeline.state.opening import open_state

    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.05)
    place.put("one", record("a", COPY))
    with open_state(place.state, create=True):
        place.run(code=2)
        assert "is using it since 20" in capsys.readouterr().err
        place.move_to("there")
        place.run(code=2)
        assert f"--state {place.state}: process" in capsys.readouterr().err


def test_a_run_that_others_took_for_dead_commits_nothing(
    place: RemotePlace, monkeypatch, capsys: pytest.CaptureFixture
) -> None:
    place.put("one", record("a", COPY))
    place.run()
    place.put("two", record("b", COPY))
    before = place.files(), contents(place.output)
    monkeypatch.setattr(lease.Lease, "is_held", lambda _: False)
    place.run(code=1)
    assert "this run was not heard of for too long, and another one took its place" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setenv(ROOT, str(place.store))
    place.move_to("here")
    assert contents(place.output) == before[1]
    place.run()
    assert changes(place.output) == {"a": "context", "b": "new"}


def test_what_a_killed_run_left_is_taken_away(place: RemotePlace) -> None:
    place.remote.write("segments/00000001/keys.arrow", b"half")
    place.remote.write("staged-00000001.0123456789abcdef.tar.zst", b"half")
    place.put("one", record("a", COPY))
    place.run()
    place.remote.write("segments/00000002/keys.arrow", b"half")
    place.remote.write("learned-00000002.0123456789abcdef.json", b"half")
    place.run()
    assert [name for name in place.files() if "00000002" in name] == []


@pytest.mark.parametrize(("name", "said"), [("texts.zst", "damaged: its contents have changed"), ("keys.arrow", "it is missing")])
def test_a_damaged_file_is_named(place: RemotePlace, name: str, said: str, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY))
    place.run()
    stem, _, kind = name.partition(".")
    far = f"segments/00000001/{stem}.{hashlib.sha256((place.copy / 'segments/00000001' / name).read_bytes()).hexdigest()[:16]}.{kind}"
    place.remote.delete([far])
    if name == "texts.zst":
        place.remote.write(far, b"x")
    place.run()  # the copy is whole
    place.move_to("there")
    place.run(code=2)
    assert f"state {place.state}/{far}: {said}; restore it from a backup" in capsys.readouterr().err


def test_a_copy_that_was_changed_is_fetched_anew(place: RemotePlace) -> None:
    place.put("one", record("a", COPY))
    place.run()
    before = contents(place.copy)
    (place.copy / "segments/00000001/texts.zst").write_bytes(b"x")
    place.run()
    assert contents(place.copy) == before


def test_a_folder_of_somebody_else_is_left_alone(place: RemotePlace, capsys: pytest.CaptureFixture) -> None:
    place.remote.write("photos.txt", b"mine")
    place.put("one", record("a", COPY))
    place.run(code=2)
    assert f"--state {place.state}: not empty, and no state of ours (photos.txt is in it)" in capsys.readouterr().err
    assert list(place.files().values()) == [b"mine"]


def test_all_commands_work_on_it(place: RemotePlace, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["state", "compact", place.state]) == 2
    assert f"state {place.state}: no state there" in capsys.readouterr().err
    for name, text in (("a", COPY), ("b", f"OSTREL (AFP) - {COPY}"), ("c", "Snow fell on the hills. " * 20)):
        place.put(name, record(name, text))
        watched = ["--output", str(tmp_path / "runs"), "--state", place.state, "--once", "--quiet"]
        assert main(["watch", str(place.input), *watched]) == 0
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == [f"run-0000000{number}" for number in (1, 2, 3)]
    assert main(["state", "forget", place.state, "c.example"]) == 0
    assert main(["state", "rebuild", place.state]) == 0
    assert main(["state", "compact", place.state]) == 0
    assert main(["state", "export", place.state, "--output", str(tmp_path / "all")]) == 0
    assert set(changes(tmp_path / "all")) == {"a", "b"}
    assert not any(b"Snow" in data for data in place.files().values())
    segments = {found[1] for name in place.files() if (found := re.search(r"segments(?:/|%2F)(\w+?)(?:/|%2F)", name))}
    assert segments == {"00000005"}
    assert [path.name for path in place.copy.parent.iterdir()] == [place.copy.name], "nothing stays beside the copy"


def test_learned_lines_are_shown_from_it(place: RemotePlace, capsys: pytest.CaptureFixture) -> None:
    motto = "The Gazette, between pier and school since 1901"
    articles = Desk(4, sentences=6).day(0, 40)
    place.put("one", *({**one, "source": "gazette.example", "text": f"{one['text']}\n\n{motto}"} for one in articles))
    place.run()
    assert main(["sources", "learned", "--state", place.state]) == 0
    assert motto in capsys.readouterr().out
    assert main(["sources", "learned", "--state", "objects://bucket/none"]) == 2
    assert "state objects://bucket/none: no state there (no manifest.json)" in capsys.readouterr().err
    (far,) = [name for name in place.remote.names() if name.startswith("learned")]
    place.remote.delete([far])
    assert main(["sources", "learned", "--state", place.state]) == 2
    assert "its learned lines are missing or damaged" in capsys.readouterr().err
