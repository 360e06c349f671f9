"""``wirestories sources``, each command as typed, and what a run says of its sources."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from pathlib import Path

import msgspec
import pytest

from pipeline.cli import main
from pipeline.help import SOURCES, SOURCES_COMMANDS
from pipeline.run import run
from transforms.boilerplate.learned import LearnedLine, LearnedLines
from transforms.state.manifest import FileEntry, Manifest
from transforms.state.relearning import LearnedSource

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples" / "articles" / "meridian-post"
MINE = str(ROOT / "examples" / "sources")
GIVE = "The Marl Gazette has no owner and no paywall: whoever can pays five crowns a month."
TOWNS = "Marl Orrin Tavel Brack Dunmoor Ostley Pellin Quarrow Rusk Sallow Thorne Ulver".split()
PROFILE = """
id    = "marl-gazette"
name  = "The Marl Gazette"
hosts = ["marlgazette.example"]

[[layout]]
body = "div.told"
"""


def call(*arguments: str) -> int:
    return main(["sources", *arguments])


@pytest.fixture(scope="module")
def gazette_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over twelve stories of a paper that begs in each of them, and whose design has changed in three."""
    root = tmp_path_factory.mktemp("gazette")
    for n, town in enumerate(TOWNS):
        sentences = "</p><p>".join(
            f"{word} of {town} was seen by the {n + 3} members of the {other} on the way to {TOWNS[n - 1]}."
            for word, other in (("The bell", "council"), ("A goat", "orchard trust"), ("The ferry", "school choir"))
        )
        body = "told" if n > 2 else "redesigned"
        page = (
            f"<html><head><title>What {town} saw</title></head><body><article><h1>What {town} saw</h1>"
            f"<div class='{body}'><p>{sentences}</p><p>{GIVE}</p></div></article></body></html>"
        )
        path = root / "pages" / "marl-gazette" / f"{n}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    profile = root / "sources" / "marl-gazette" / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(PROFILE, encoding="utf-8")
    out = root / "out"
    with (root / "printed").open("w") as printed, redirect_stdout(printed):
        assert run([str(root / "pages"), "--output", str(out), "--sources", str(root / "sources")]) == 0
    return out


def test_a_run_says_that_a_profile_is_out_of_date(gazette_run: Path) -> None:
    manifest = json.loads((gazette_run / "run.json").read_bytes())
    assert manifest["counts"]["outdated_profiles"] == [{"source": "marl-gazette", "pages": 12, "missed": 3}]
    report = (gazette_run / "report.html").read_text(encoding="utf-8")
    assert "Profiles out of date: " in report and "(3 of 12 pages)" in report
    printed = (gazette_run.parent / "printed").read_text().splitlines()
    at = printed.index("profiles out of date, no layout fits these pages (docs/sources.md):")
    assert printed[at + 1] == "  marl-gazette  3 of 12 pages"


def test_a_run_leaves_what_it_learned(gazette_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((gazette_run / "run.json").read_bytes())
    (line,) = manifest["learned"]["marl-gazette"]
    assert GIVE.startswith(line["text"]) and (line["stories"], line["share"], line["signal"]) == (12, 1.0, "edge")
    assert "The Marl Gazette has no owner and no paywall" in (gazette_run / "report.html").read_text(encoding="utf-8")
    assert call("learned", str(gazette_run)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "stories  share  besides    line",
        "marl-gazette",
        f"     12   100%  edge       {line['text']}",
    ]


def test_a_run_that_learned_nothing_says_so(example_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("learned", str(example_run)) == 0
    assert capsys.readouterr().out == "no line was learned: a source needs ten stories, and a line four of them\n"


def test_the_lines_of_a_state_are_shown_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = LearnedLine(text="Five crowns a month.", stories=30, share=0.6, signal="edge")
    lines = LearnedLines(source="marl-gazette", stories=50, lines={"0" * 16: line})
    learned = {"marl-gazette": LearnedSource(articles=60, lines=lines)}
    (tmp_path / "learned-1.json").write_bytes(msgspec.json.encode(learned))
    manifest = Manifest(learned={"learned-1.json": FileEntry(bytes=0, sha256="")})
    (tmp_path / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    assert call("learned", "--state", str(tmp_path)) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["marl-gazette", "     30    60%  edge       Five crowns a month."]
    (tmp_path / "learned-1.json").write_bytes(b"[]")
    assert call("learned", "--state", str(tmp_path)) == 2
    assert "learned-1.json: damaged: Expected `object`, got `array`" in capsys.readouterr().err


def test_the_list_names_ours_and_mine(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("list", "--sources", MINE) == 0
    head, *rows = (line.split("  ") for line in capsys.readouterr().out.splitlines())
    cells = {row[0]: [cell.strip() for cell in row if cell.strip()] for row in rows}
    assert [cell.strip() for cell in head if cell.strip()] == ["id", "name", "hosts", "layouts", "whose"]
    gazette = ["The Harbour Gazette", "harbourgazette.example", "always 2024-01-15", MINE]
    assert cells["harbour-gazette"][1:] == gazette
    assert cells["le-monde"][-1] == "ours"


def test_ours_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "le-monde") == 0
    assert capsys.readouterr().out == "le-monde: 1 golden page holds\n1 profile holds\n"


def test_a_new_profile_holds_and_a_difference_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = sorted(map(str, PAGES.glob("*.html")))
    assert call("new", *pages, "--id", "meridian-post", "--sources", str(tmp_path)) == 0
    printed = capsys.readouterr().out
    assert 'hosts    = ["meridianpost.example"]' in printed
    assert "  - source        meridianpost.example\n  + source        meridian-post\n" in printed
    assert "+ by " not in printed  # without the profile the byline is read just so
    assert printed.endswith(f"  wirestories sources check meridian-post --sources {tmp_path}\n")
    folder = tmp_path / "meridian-post"
    names = ["page-2.html", "page-2.json", "page-3.html", "page-3.json", "page.html", "page.json", "profile.toml"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert call("check", "--sources", str(tmp_path)) == 0
    assert capsys.readouterr().out == "meridian-post: 3 golden pages hold\n1 profile holds\n"
    text = (folder / "profile.toml").read_text(encoding="utf-8")
    (folder / "profile.toml").write_text(text.replace('"h1"', '"div.bar > a"'), encoding="utf-8")
    assert call("check", "--sources", str(tmp_path)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["meridian-post: - is expected, + is found", "meridian-post/page-2.html: headline"]
    assert lines[3] == "+ The Meridian Post"
    assert lines[-1] == "0 profiles hold, 1 not: meridian-post"


def test_a_missing_expectation_is_written_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "meridian-post"
    folder.mkdir()
    (folder / "profile.toml").write_text('id = "meridian-post"\nname = "M"\nhosts = ["meridianpost.example"]\n')
    (folder / "page.html").write_bytes((PAGES / "why-bills-rise.html").read_bytes())
    assert call("check", "--sources", str(tmp_path)) == 1
    assert "meridian-post: page.json is missing" in capsys.readouterr().out
    assert call("check", "--sources", str(tmp_path), "--write-missing") == 0
    assert capsys.readouterr().out.startswith(f"{folder / 'page.json'}: written; read it and correct it\n")


def test_a_mistake_in_a_profile_is_named_before_a_missing_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "gazette" / "profile.toml"
    profile.parent.mkdir()
    profile.write_text('id = "gazette"\nname = "G"\nhosts = ["g.example"]\nbdoy = "p"\n')
    assert main(["sources", "check", "--sources", str(tmp_path)]) == 1
    assert "gazette/profile.toml: unknown key 'bdoy'; known keys are id, name, hosts" in capsys.readouterr().out


def test_an_own_agency_that_nobody_knows_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "meridian-post"
    folder.mkdir()
    (folder / "profile.toml").write_text(
        'id = "meridian-post"\nname = "M"\nhosts = ["meridianpost.example"]\nown_agency = "reuterz"\n'
    )
    (folder / "page.html").write_bytes((PAGES / "why-bills-rise.html").read_bytes())
    assert call("check", "--sources", str(tmp_path), "--write-missing") == 1
    assert "own_agency = 'reuterz': no agency has this id; near it are reuters" in capsys.readouterr().out


@pytest.mark.parametrize("command", sorted(SOURCES_COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(command, "--help") == 0
    assert capsys.readouterr().out == SOURCES_COMMANDS[command]
    assert SOURCES_COMMANDS[command].startswith(f"usage: wirestories sources {command}")
    assert f"  {command} " in SOURCES


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lst"], "unknown command 'sources lst'; known are list, check, new, learned"),
        (["list", "--sources", "nowhere"], "nowhere: no such folder"),
        (["list", "more"], "unrecognized arguments: more (wirestories sources list --help)"),
        (["check", "le-mond"], ": no profile 'le-mond'; there is 20-minuten, "),
        (["check", "--sources", str(PAGES)], ": no profile; there is none: a profile is a folder with profile.toml"),
        (["new", "--id", "a"], "the following arguments are required: pages (wirestories sources new --help)"),
        (["new", "nowhere.html", "--id", "a"], "nowhere.html: cannot be read: No such file or directory"),
        (["new", "nowhere.html", "--id", "A b"], "--id A b: small letters, digits and single hyphens"),
        (["new", "x.html", "--id", "a", "--host", "http://a.example"], "--host http://a.example: is no host; write it"),
        (["new", "x.html", "--id", "harbour-gazette", "--sources", MINE], "harbour-gazette: is there already; edit it"),
        (["new", "README.md", "--id", "a"], "README.md: extract."),
        (["learned"], "name one folder: OUT of a run, or --state DIR"),
        (["learned", str(PAGES)], "neither the output of a run (no run.json of ours) nor a state"),
    ],
)
def test_wrong_usage_names_the_place_and_what_to_do(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("<html><body><p>Nothing.</p></body></html>")
    assert call(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.startswith("wirestories: ") and message in printed.err
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_without_a_command_the_page_of_commands_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 2
    assert call("--help") == 0
    assert capsys.readouterr().out == SOURCES * 2
