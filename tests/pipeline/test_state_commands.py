"""`state rebuild`, `forget`, `export` and `compact`: what they make of a state, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.state import Desk, verdict
from pipeline.cli import main
from pipeline.run import run
from pipeline.state.opening import open_state
from tests.pipeline.place import COPY, Place, changes, contents, record, rows

pytestmark = pytest.mark.usefixtures("tables_once")


def test_rebuild_equals_one_run_over_all(place: Place, tmp_path: Path) -> None:
    desk = Desk(4, sentences=6)
    banner = "Support the free press of the coast with a small gift today"
    for day in range(3):
        place.put(f"day{day}", *({**one, "source": "one.example", "text": one["text"] + f"\n\n{banner}"} for one in desk.day(day, 10)))
        place.run()
    assert main(["state", "rebuild", str(place.state), "--output", str(tmp_path / "again")]) == 0
    assert run([str(place.input), "--output", str(tmp_path / "one"), "--quiet"]) == 0
    free = ("story_id", "also_from")
    one, again = (
        [{key: value for key, value in row.items() if key not in free} for row in rows(tmp_path / name)]
        for name in ("one", "again")
    )
    assert again == one
    assert verdict({row["id"]: row for row in rows(tmp_path / "again")}) == verdict({row["id"]: row for row in rows(tmp_path / "one")})
    learned = [json.loads((tmp_path / name / "run.json").read_bytes())["learned"] for name in ("one", "again")]
    assert learned[0] == learned[1] != {}
    before = contents(place.state)
    place.run()
    assert contents(place.state) == before, "a rebuilt state knows what was read"


def test_forgotten_articles_leave_no_trace_and_their_stories_are_made_anew(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    place.put("one", record("a", f"OSTREL (AFP) - {COPY}"), record("b", COPY), record("c", COPY), record("d", "Snow fell. " * 40))
    place.run()
    gone = next(row["id"] for row in rows(place.output) if row["input_id"] == "a")
    out = tmp_path / "after"
    assert main(["state", "forget", str(place.state), gone, "d.example", gone, "--output", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"2 articles forgotten: {gone}, d.example. 1 story was made anew, and written to {out}. What earlier" in said
    assert changes(out) == {"b": "context", "c": "context"}
    assert all(row["info_sources"] == [] for row in rows(out))
    assert not any(b"a.example" in data or b"Snow fell" in data for data in contents(place.state).values())
    log = json.loads((place.state / "manifest.json").read_bytes())["forgotten"]
    assert [(one["what"], one["articles"]) for one in log] == [(gone, 1), ("d.example", 1)]
    assert main(["state", "export", str(place.state), "--output", str(tmp_path / "all")]) == 0
    assert {row["input_id"] for row in rows(tmp_path / "all")} == {"b", "c"}
    place.run()
    assert changes(place.output) == {"a": "new", "b": "new", "c": "new", "d": "new"}, "nothing new: the first output stays"


def test_forgetting_what_is_not_there_is_wrong_usage(place: Place, capsys: pytest.CaptureFixture) -> None:
    place.put("one", record("a", COPY))
    place.run()
    assert main(["state", "forget", str(place.state), "nobody.example"]) == 2
    assert "no article and no source 'nobody.example'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "state: name a command: rebuild, forget, export, compact"),
        (["frob"], "unknown state command 'frob'; known are rebuild"),
        (["export"], "state export: name the state's folder"),
        (["export", "{}"], "state export: add --output OUT"),
        (["export", "{}", "--output", "{}/out"], "lies in the same folder tree as the state {}"),
        (["forget", "{}"], "state forget: name an article's id or a source"),
        (["compact", "{}"], "state {}: no state there"),
    ],
)
def test_state_commands_say_what_they_need(
    tmp_path: Path, capsys: pytest.CaptureFixture, given: list[str], message: str
) -> None:
    folder = str(tmp_path / "state")
    assert main(["state", *(one.format(folder) for one in given)]) == 2
    assert message.format(folder) in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_compact_merges_and_drops_what_can_match_nothing(place: Place, tmp_path: Path) -> None:
    for number, day in enumerate(("2024-01-01", "2024-01-02", "2024-05-01")):
        place.put(f"part{number}", record(f"a{number}", COPY if number < 2 else "Snow fell on the hills. " * 9, day))
        place.run()
    assert len(list((place.state / "segments").iterdir())) == 3
    assert main(["state", "compact", str(place.state)]) == 0
    (segment,) = (place.state / "segments").iterdir()
    with open_state(place.state, create=False) as state:
        snapshot = state.snapshot()
        counts = {int(number): 0 for number in snapshot.table.number}
        for _, keys, owners in snapshot.keys_of(snapshot.articles.at(snapshot.table.number)):
            for owner in owners.tolist():
                counts[int(snapshot.table.number[owner])] += 1
        assert sorted(bool(count) for count in counts.values()) == [False, False, True]
    before = contents(place.state)
    assert main(["state", "compact", str(place.state)]) == 0
    assert contents(place.state) == before
    assert main(["state", "export", str(place.state), "--output", str(tmp_path / "all")]) == 0
    assert len(rows(tmp_path / "all")) == 3, "what can't match is still there"
