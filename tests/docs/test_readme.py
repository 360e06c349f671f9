"""README.md shows what a run gives, and names every option that the command has."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.help import RUN
from schemas.codec import OUTPUTS
from tests.docs.example import README, parts, written
from transforms.sources.load import read_profiles

PAGE = README.read_text(encoding="utf-8")


def _section(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_examples_are_those_of_a_run(example_run: Path) -> None:
    fresh = written(PAGE, parts(example_run))
    assert PAGE == fresh, "README.md shows an older run: ./run_local.sh, then .venv/bin/python -m tests.docs.example out"


def test_all_parts_have_a_place() -> None:
    assert re.findall(r"<!-- example: (\w+) -->", PAGE) == ["cleaning", "passage", "copies", "record"]


def test_options_are_those_of_the_help() -> None:
    option = re.compile(r"(?<![\w-])--[a-z][a-z_-]+")
    assert set(option.findall(_section("Options"))) == set(option.findall(RUN))


def test_output_files_are_named() -> None:
    section = _section("Output")
    for name in {*OUTPUTS.values(), "report.html", "run.json"} - {OUTPUTS["raw"]}:
        assert f"| `{name}` |" in section
    assert OUTPUTS["raw"] in _section("Options")


def test_each_word_is_explained_once() -> None:
    _header, *rows = re.findall(r"^\| ([^|`]+) \| (.+) \|$", _section("Words"), re.MULTILINE)
    words = [word.strip() for name, _ in rows for word in name.split(",")]
    assert len(words) == len(set(words))
    assert [name for name, meaning in rows if len(meaning) < 10] == []


def test_the_profile_to_copy_is_a_profile(tmp_path: Path) -> None:
    (folder, text), *others = re.findall(
        r"cat > my-sources/([\w-]+)/profile\.toml <<'END'\n(.*?)^END$", _section("Add a source"), re.DOTALL | re.MULTILINE
    )
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "profile.toml").write_text(text, encoding="utf-8")
    (profile,) = read_profiles(tmp_path)
    assert (profile.id, len(profile.layouts), others) == (folder, 1, [])
