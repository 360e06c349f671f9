from __future__ import annotations

import json
from pathlib import Path

import pytest

from transforms.sources.check import USAGE, main

PAGE = """<html lang="en"><head><title>Bell comes home</title>
<link rel="canonical" href="https://www.gazette.example/bell"></head><body><article><h1>Bell comes home</h1>
<p>The bell of Lower Marl came back on Thursday after nineteen years in a shed in the next county.</p>
<p>It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way.</p>
</article></body></html>"""
PROFILE = 'id = "gazette"\nname = "The Gazette"\nhosts = ["gazette.example"]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "gazette"
    folder.mkdir()
    (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_a_proposal_is_what_the_page_gives_and_then_holds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expectation = root / "gazette" / "page.json"
    assert main([str(root), "--propose"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{expectation}: written; read it and correct it",
        f"{root}: 1 profile holds",
    ]
    proposed = json.loads(expectation.read_text(encoding="utf-8"))
    assert (proposed["source"], proposed["uri"]) == ("gazette", "www.gazette.example/bell")
    assert proposed["headline"] == "Bell comes home"
    assert proposed["body"] == [
        "The bell of Lower Marl came back on Thursday after nineteen years in a shed in the next county.",
        "It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way.",
    ]


def test_a_proposal_leaves_what_a_person_wrote(root: Path) -> None:
    main([str(root), "--propose"])
    expectation = root / "gazette" / "page.json"
    expectation.write_text("written by hand", encoding="utf-8")
    main([str(root), "--propose"])
    assert expectation.read_text(encoding="utf-8") == "written by hand"


def test_a_difference_is_shown_line_by_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(root), "--propose"])
    page = root / "gazette" / "page.html"
    page.write_text(PAGE.replace("eleven people", "twelve people"), encoding="utf-8")
    capsys.readouterr()
    assert main([str(root)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "gazette/page.html: body",
        "- It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way.",
        "+ It was carried up the tower by twelve people and a pulley, and rung once, by mistake, on the way.",
    ]


def test_a_wrong_profile_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "gazette" / "profile.toml").write_text(PROFILE + 'langauge = "en"\n', encoding="utf-8")
    assert main([str(root), "--propose"]) == 2
    assert "gazette/profile.toml: unknown key 'langauge'; known keys are id, name," in capsys.readouterr().err
    (root / "gazette" / "page.json").write_text("{}", encoding="utf-8")
    assert main([str(root)]) == 1
    assert "gazette/page.json: Object missing required field `source`" in capsys.readouterr().out


def test_a_page_without_an_article_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "gazette" / "page.html").write_text("<html><body></body></html>", encoding="utf-8")
    assert main([str(root), "--propose"]) == 2
    assert capsys.readouterr().err.startswith("gazette/page.html: extract.no_article: ")


@pytest.mark.parametrize("arguments", [["nowhere"], ["a", "b"], ["--help"], ["--propse"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.strip() == USAGE


def test_a_folder_without_profiles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{tmp_path}: no profile; a profile is a folder that has a profile.toml\n"
