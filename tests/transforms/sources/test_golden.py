"""The folders of profiles are the parameter list: no profile comes in without its proof."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from schemas.errors import ConfigurationError
from transforms.boilerplate.cues import CueTable, our_cues
from transforms.sources.golden import differences, golden_folders, golden_pages
from transforms.sources.load import OUR_PROFILES, read_profile

ROOT = Path(__file__).parents[3]
FOLDERS = (*golden_folders(OUR_PROFILES), *golden_folders(ROOT / "examples" / "sources"))

PROFILE = """
id    = "gazette"
name  = "The Gazette"
hosts = ["gazette.example"]
"""
EXPECTED = (
    '{"source": "gazette", "uri": null, "headline": "H", "standfirst": null, "by": null, "authors": [],'
    ' "first_created": null, "body": ["Text."]}'
)


@pytest.fixture(scope="module")
def cues() -> CueTable:
    return our_cues()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_profile_gives_what_its_golden_pages_expect(folder: Path, cues: CueTable) -> None:
    assert "\n".join(differences(folder, cues)) == ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_layout_is_the_first_to_find_a_body_on_some_golden_page(folder: Path) -> None:
    profile = read_profile(folder / "profile.toml")
    proven = set()
    for page in golden_pages(folder):
        soup = BeautifulSoup(page.path.read_bytes(), "html.parser")
        finders = [
            next((layout for layout in profile.layouts_on(day) if soup.select(", ".join(layout.body))), None)
            for day in (page.expected.first_created, None)  # a page tells itself from later designs, without a date too
        ]
        assert finders[0] == finders[1]
        proven.add(finders[0])
    assert proven == {dated.layout for dated in profile.layouts}


def test_the_examples_have_profiles() -> None:
    assert {folder.name for folder in FOLDERS} >= {"harbour-gazette", "meridian-post"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"profile.toml": PROFILE}, "gazette: a profile without a golden page; save one as page.html beside it"),
        ({"page.html": "", "page.json": EXPECTED}, "gazette: a golden page without a profile; write profile.toml"),
        ({"profile.toml": PROFILE, "page.html": ""}, "gazette: page.json is missing; a golden page and what it must"),
        (
            {"profile.toml": PROFILE, "page.html": "", "page.json": EXPECTED, "page-2024.json": EXPECTED},
            "gazette: page-2024.html is missing",
        ),
        (
            {"profile.toml": PROFILE, "page.html": "", "page.json": EXPECTED.replace('"by"', '"bye"')},
            "gazette/page.json: Object contains unknown field `bye`",
        ),
        (
            {"profile.toml": PROFILE, "page.html": "", "page.json": EXPECTED.replace('["Text."]', "[7]")},
            r"gazette/page.json: Expected `str`, got `int` - at `\$.body\[0\]`",
        ),
    ],
)
def test_a_proof_that_is_not_whole(tmp_path: Path, files: dict[str, str], message: str) -> None:
    folder = tmp_path / "gazette"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert golden_folders(tmp_path) == (folder,)
    with pytest.raises(ConfigurationError, match=message):
        golden_pages(folder)
