from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemas.errors import ConfigurationError
from transforms.boilerplate.cues import our_cues
from transforms.sources.check import chosen_folders, propose_expectations
from transforms.sources.golden import differences

CUES = our_cues()
PAGE = """<html lang="en"><head><title>Bell comes home</title>
<link rel="canonical" href="https://www.gazette.example/bell"></head><body><article><h1>Bell comes home</h1>
<p>The bell of Lower Marl came back on Thursday after nineteen years in a shed in the next county.</p>
<p>It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way.</p>
</article></body></html>"""
PROFILE = 'id = "gazette"\nname = "The Gazette"\nhosts = ["gazette.example"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "gazette"
    folder.mkdir()
    (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    return folder


def test_what_is_written_is_what_the_page_gives_and_then_holds(folder: Path) -> None:
    expectation = folder / "page.json"
    assert propose_expectations(folder, CUES) == (expectation,)
    assert differences(folder, CUES) == ()
    proposed = json.loads(expectation.read_text(encoding="utf-8"))
    assert (proposed["source"], proposed["uri"]) == ("gazette", "www.gazette.example/bell")
    assert proposed["headline"] == "Bell comes home"
    assert proposed["body"] == [
        "The bell of Lower Marl came back on Thursday after nineteen years in a shed in the next county.",
        "It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way.",
    ]


def test_what_a_person_wrote_stays(folder: Path) -> None:
    (folder / "page.json").write_text("written by hand", encoding="utf-8")
    assert propose_expectations(folder, CUES) == ()
    assert (folder / "page.json").read_text(encoding="utf-8") == "written by hand"


def test_a_difference_is_shown_line_by_line(folder: Path) -> None:
    propose_expectations(folder, CUES)
    (folder / "page.html").write_text(PAGE.replace("eleven people", "twelve people"), encoding="utf-8")
    assert differences(folder, CUES) == (
        "gazette/page.html: body",
        "- It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way.",
        "+ It was carried up the tower by twelve people and a pulley, and rung once, by mistake, on the way.",
    )


def test_a_page_without_an_article_is_named(folder: Path) -> None:
    (folder / "page.html").write_text("<html><body></body></html>", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"^gazette/page\.html: extract\.no_article: "):
        propose_expectations(folder, CUES)


def test_profiles_are_chosen_by_their_ids(folder: Path) -> None:
    assert chosen_folders(folder.parent, ()) == ((folder,), ())
    assert chosen_folders(folder.parent, ("herald", "gazette")) == ((folder,), ("herald",))
    assert chosen_folders(folder, ()) == ((), ())
