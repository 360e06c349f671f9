"""Runs with a state: what they write, keep, skip, refuse, and that their cut into runs doesn't matter."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from benchmarks.state import Desk, verdict, write
from pipeline.cli import main
from pipeline.run import run
from pipeline.state.opening import open_state
from schemas.errors import ConfigurationError
from tests.pipeline.place import COPY, REASON, Place, changes, contents, record, rows

pytestmark = pytest.mark.usefixtures("tables_once")


def test_a_run_writes_what_is_new_and_every_story_that_it_touched_whole(place: Place) -> None:
    place.put("one", record("a", COPY), record("b", COPY + "It gave no date."), record("c", "Snow fell on the hills. " * 20))
    place.run()
    assert changes(place.output) == {"a": "new", "b": "new", "c": "new"}
    (story,) = [row["id"] for row in rows(place.output, "stories.jsonl") if row["size"] == 2]
    place.put("two", record("d", f"OSTREL (AFP) - {COPY}"))
    place.run()
    assert changes(place.output) == {"a": "context", "b": "context", "d": "new"}
    assert place.ledger() == {"documents": 4, "articles": 1, "rejects": 0, "rejects_by": {}, "unchanged": 3}
    (whole,) = rows(place.output, "stories.jsonl")
    assert (whole["id"], whole["size"], whole["replaces"], whole["split_from"]) == (story, 3, [], None)
    inferred = {row["input_id"]: [one["id"] for one in row["info_sources"]] for row in rows(place.output)}
    assert inferred == {"a": ["afp"], "b": ["afp"], "d": ["afp"]}


def test_a_repeated_run_leaves_output_and_state_as_they_are(place: Place, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY), record("b", COPY))
    (place.input / "photo.jpg").write_bytes(b"x")  # a reject that comes back every time
    (place.input / "empty.txt").write_bytes(b" ")
    place.run()
    before = contents(place.state), contents(place.output)
    given = [str(place.input), "--output", str(place.output), "--state", str(place.state)]
    assert run(given) == 0
    assert (contents(place.state), contents(place.output)) == before
    said = capsys.readouterr().out
    assert "4 documents read: 0 articles, 2 rejects, 2 unchanged\nNothing is new" in said
    assert run([*given[:2], str(place.output) + "2", *given[3:]]) == 0, "an output that isn't there is written"
    assert rows(Path(str(place.output) + "2")) == []


def test_a_version_is_new_when_what_it_says_differs_not_when_its_bytes_do(place: Place) -> None:
    place.put("one", record("a", COPY), record("b", COPY))
    place.run()
    place.put("one", record("a", COPY, title=None), record("b", COPY + "A second ferry is to be hired, it said."))
    place.run()
    assert changes(place.output) == {"b": "updated", "a": "context"}
    place.put("one", record("a", COPY, note="another byte"), record("b", COPY + "A second ferry is to be hired, it said."))
    before = contents(place.output)
    place.run()
    assert contents(place.output) == before, "other bytes, the same text"


def test_the_newer_version_wins_in_any_order_of_runs(place: Place) -> None:
    page = "<html><head><link rel=canonical href='https://gazette.example/pier'>{}</head><body><article><h1>Pier</h1>{}</article></body></html>"
    made = '<meta property="article:modified_time" content="2024-05-0{}T10:00:00Z">'
    url = "https://gazette.example/pier"
    old = {"url": url, "html": page.format(made.format(1), f"<p>{COPY}</p>" * 2), "published": "2024-05-01"}
    new = {**old, "html": page.format(made.format(2), f"<p>{COPY}</p>" * 2 + "<p>It was wrong about the date.</p>")}
    bodies = {}
    for name, order in (("up", (old, new)), ("down", (new, old))):
        (place.input.parent / name).mkdir()
        here = Place(place.input.parent / name)
        for number, given in enumerate(order):
            here.put(f"part{number}", given)
            here.run()
        assert main(["state", "export", str(here.state), "--output", str(here.output) + "x"]) == 0
        bodies[name] = [row["body_text"] for row in rows(Path(str(here.output) + "x"))]
        if name == "down":
            (reject,) = rows(here.output, "rejects.jsonl")
            assert (reject["reason"], "part0.jsonl#1" in reject["detail"]) == ("superseded", True)
    assert bodies["up"] == bodies["down"] == [[*bodies["up"]][0]]
    assert bodies["up"][0].endswith("It was wrong about the date.")


def test_stories_merge_under_the_smallest_id_and_say_so_in_later_runs_too(place: Place) -> None:
    later = "Divers will begin with the piles under the ticket office, where the water is shallow enough in winter. " * 2
    other = "The council had set money aside for the pier two years ago, but the work was put off again and again. " * 2
    place.put("one", record("a", COPY + REASON.upper()), record("b", later + other))
    place.run()
    ids = sorted(row["id"] for row in rows(place.output, "stories.jsonl"))
    assert len(ids) == 2
    for name in ("c", "d", "e", "f"):
        place.put(name, record(name, COPY + later + other))
    place.run()
    (story,) = rows(place.output, "stories.jsonl")
    assert (story["id"], story["replaces"], story["size"]) == (ids[0], [ids[1]], 6)
    place.put("g", record("g", COPY + later))
    place.run()
    (story,) = rows(place.output, "stories.jsonl")
    assert (story["id"], story["replaces"], story["size"]) == (ids[0], [ids[1]], 7)


def test_articles_beyond_the_horizon_do_not_match(place: Place) -> None:
    place.put("one", record("a", COPY, "2024-05-01"))
    place.run("--horizon", "10d")
    place.put("two", record("b", COPY, "2024-05-20"), record("c", COPY, "2024-05-09"))
    place.run("--horizon", "10d")
    sizes = {tuple(row["sources"]): row["size"] for row in rows(place.output, "stories.jsonl")}
    assert sizes == {("a.example", "c.example"): 2, ("b.example",): 1}


@pytest.mark.parametrize("seed", [1])  # benchmarks/state.py splits tries as many as one likes
def test_any_cut_into_runs_ends_where_one_run_ends(tmp_path: Path, seed: int) -> None:
    desk, chance = Desk(seed, sentences=6, sources=500), random.Random(seed)
    records = [one for day in range(6) for one in desk.day(day, 8)]
    for old in chance.sample(records, 4):  # new versions of some
        records.append({**old, "text": old["text"] + "\n\n" + records[0]["text"], "date_download": "2024-06-01T00:00:00Z"})
    write(tmp_path / "all", "all", records)
    common = ["--as-of", "2024-03-10", "--quiet"]
    assert run([str(tmp_path / "all"), "--output", str(tmp_path / "one"), *common]) == 0
    chance.shuffle(records)
    count = chance.randint(2, 5)
    told = {}
    for number in range(count):
        write(tmp_path / f"in{number}", f"part{number}", records[number::count])
        arguments = ["--output", str(tmp_path / "out"), "--state", str(tmp_path / "state")]
        assert run([str(tmp_path / f"in{number}"), *arguments, *common]) == 0
        told.update({row["id"]: row for row in rows(tmp_path / "out")})
    whole = {row["id"]: row for row in rows(tmp_path / "one")}
    assert verdict(told) == verdict(whole)
    assert main(["state", "export", str(tmp_path / "state"), "--output", str(tmp_path / "export")]) == 0
    exported = {row["id"]: row for row in rows(tmp_path / "export")}
    assert verdict(exported) == verdict(whole)
    same = ("change", "story_id", "also_from")
    last = {identity: {k: v for k, v in row.items() if k not in same} for identity, row in told.items()}
    assert {i: {k: v for k, v in row.items() if k not in same} for i, row in exported.items()} == last


def break_file(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def test_a_state_whose_manifest_is_lost_is_not_begun_anew(place: Place, capsys: pytest.CaptureFixture) -> None:
    for name in ("one", "two"):
        place.put(name, record(name, f"The harbour board voted to close the old pier {name} times in a row this year."))
        place.run()
    manifest = place.state / "manifest.json"
    kept = manifest.read_bytes()
    manifest.unlink()
    before = contents(place.state)
    place.put("three", record("three", "The ferry to the island will sail again from the first week of May on."))
    place.run(code=2)
    assert f"state {manifest}: missing, and segments/00000002 is of a later run than the first" in capsys.readouterr().err
    assert contents(place.state) == before
    manifest.write_bytes(kept)
    place.run()
    assert changes(place.output) == {"three": "new"}



@pytest.mark.parametrize("name", ["keys.arrow", "texts.zst"])
def test_a_damaged_file_is_named(place: Place, capsys: pytest.CaptureFixture, name: str) -> None:
    place.put("one", record("a", COPY), record("b", COPY))
    place.run()
    (path,) = place.state.rglob(name)
    break_file(path)
    assert main(["state", "export", str(place.state), "--output", str(place.output) + "x"]) == 2
    assert f"{path}: damaged" in capsys.readouterr().err
    path.unlink()
    place.run(code=2)
    assert f"{path}: No such file or directory" in capsys.readouterr().err


def test_a_state_of_another_version_or_of_somebody_else_is_refused(place: Place, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY))
    place.run()
    manifest = place.state / "manifest.json"
    written = manifest.read_text()
    manifest.write_text(written.replace('"version": 1', '"version": 9'))
    place.run(code=2)
    assert f"state {manifest}: version 9, and this program reads version 1" in capsys.readouterr().err
    manifest.write_text(written[:-20])
    place.run(code=2)
    assert f"state {manifest}: damaged" in capsys.readouterr().err
    manifest.unlink()
    (place.state / "mine.txt").write_text("x")
    place.run(code=2)
    assert "not empty, and no state of ours" in capsys.readouterr().err


def test_one_writer_at_a_time_and_a_dead_one_blocks_nobody(place: Place, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY))
    with open_state(place.state, create=True):
        place.run(code=2)
        assert f"process {os.getpid()} on " in capsys.readouterr().err
        with pytest.raises(ConfigurationError, match="is using it since 20"), open_state(place.state, create=True):
            pytest.fail("opened")
    assert not place.state.exists(), "nothing came to be, so nothing is left"
    place.state.mkdir()
    (place.state / "lock").write_text('{"pid": 1, "host": "dead", "since": "2024-01-01T00:00:00Z"}')
    place.run()


def test_a_run_that_fails_before_it_commits_leaves_state_and_output_as_they_were(place: Place, monkeypatch) -> None:
    place.put("one", record("a", COPY))
    place.run()
    before = contents(place.state), contents(place.output)
    place.put("two", record("b", COPY))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run_state.commit_and_publish", lambda *_: (_ for _ in ()).throw(ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            place.run()
    assert contents(place.output) == before[1]
    place.run("--horizon", "30d")
    assert changes(place.output) == {"a": "context", "b": "new"}
    assert sorted(path.name for path in place.input.parent.iterdir()) == ["in", "out", "state"]
    assert sorted(path.name for path in (place.state / "segments").iterdir()) == ["00000001", "00000002"]


def test_a_committed_output_is_published_by_the_next_start(place: Place, monkeypatch) -> None:
    place.put("one", record("a", COPY))
    place.run()
    place.put("two", record("b", COPY))
    with monkeypatch.context() as patch:

        def die(self, result=None):
            raise ZeroDivisionError

        patch.setattr("pipeline.staging.Staging.commit", die)
        with pytest.raises(ZeroDivisionError):
            place.run()
    assert changes(place.output) == {"a": "new"}
    place.run()
    assert changes(place.output) == {"a": "context", "b": "new"}, "rolled forward, and nothing else was new"
    assert sorted(path.name for path in place.input.parent.iterdir()) == ["in", "out", "state"]


def test_an_output_that_was_staged_but_not_committed_is_never_published(place: Place, monkeypatch) -> None:
    place.put("one", record("a", COPY))
    place.run()
    place.put("two", record("b", COPY))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.state.folder.StateFolder.commit", lambda *_: (_ for _ in ()).throw(ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            place.run()
    (place.input / "two.jsonl").unlink()
    place.run()
    assert changes(place.output) == {"a": "new"}
    assert sorted(path.name for path in place.input.parent.iterdir()) == ["in", "out", "state"]


def test_a_state_inside_of_the_input_or_the_output_is_refused(place: Place, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY))
    arguments = [str(place.input), "--output", str(place.output), "--state", str(place.output / "state")]
    assert run(arguments) == 2
    assert "lies in the same folder tree" in capsys.readouterr().err
    assert run([*arguments[:3], "--state", str(place.state), "--horizon", "never"]) == 2
    assert "--horizon never: not a number of days" in capsys.readouterr().err
    assert not place.state.exists()
