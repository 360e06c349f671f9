"""The programs on the page of recipes do what the page says, over the example run."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "recipes.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
PROGRAMS = dict(zip(("list", "front", "pandas", "duckdb", "corpus"), BLOCKS, strict=True))


def run(name: str, example_run: Path, folder: Path) -> str:
    for package in ("pandas", "duckdb"):
        if f"import {package}" in PROGRAMS[name]:
            pytest.importorskip(package)
    (folder / "out").symlink_to(example_run)
    done = subprocess.run([sys.executable, "-c", PROGRAMS[name]], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_the_list_shows_who_printed_it_and_who_credits_it(example_run: Path, tmp_path: Path) -> None:
    run("list", example_run, tmp_path)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["outlet"] for row in rows} == {"kestrel-news", "meridian-post", "echo-du-littoral"}
    kestrel = next(row for row in rows if row["outlet"] == "kestrel-news")
    assert kestrel["passage"].startswith("on Tuesday ordered more than 12,000 people to leave")
    assert (kestrel["also in"], kestrel["words"]) == ("harbour-gazette", "75")
    assert "AFP" in kestrel["credit"]


def test_the_front_page_has_each_story_once(example_run: Path, tmp_path: Path) -> None:
    run("front", example_run, tmp_path)
    items = lines(tmp_path / "front.jsonl")
    assert [item["story"] for item in items] == [story["id"] for story in lines(example_run / "stories.jsonl")]
    dam = next(item for item in items if "kestrel-news" in item["outlets"] and len(item["outlets"]) == 4)
    assert dam["agencies"][0] == "Agence France-Presse"
    assert dam["fullest"]["source"] in dam["outlets"] and dam["earliest"]["first_created"] == "2024-05-14"


def test_the_corpus_has_the_long_english_stories(example_run: Path, tmp_path: Path) -> None:
    run("corpus", example_run, tmp_path)
    english = [story for story in lines(example_run / "stories.jsonl") if story["languages"] == ["en"]]
    long = [(story["id"], story["body_text"]) for story in english if len(story["body_text"]) >= 500]
    assert [(line["id"], line["text"]) for line in lines(tmp_path / "corpus.jsonl")] == long != []


@pytest.mark.parametrize("name", ["pandas", "duckdb"])
def test_the_tables_are_read(name: str, example_run: Path, tmp_path: Path) -> None:
    shown = run(name, example_run, tmp_path)
    assert "kestrel-news" in shown and "afp" in shown
