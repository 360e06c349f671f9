"""The walk-through of docs/sources.md, typed as it stands there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder in which every command was typed, and what each block printed."""
    folder = tmp_path_factory.mktemp("walk")
    (folder / "examples").symlink_to(ROOT / "examples")
    command = folder / "bin" / "wirestories"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n')
    command.chmod(0o755)
    env = {**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    printed = []
    for block in BLOCKS:
        typing = ["bash", "-e", "-c", block]
        done = subprocess.run(typing, cwd=folder, env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        printed.append(done.stdout)
    return folder, printed


def test_every_command_of_sources_is_typed_on_the_page() -> None:
    typed = set(re.findall(r"^wirestories (sources \w+|run)", "".join(BLOCKS), re.MULTILINE))
    assert typed == {"run", "sources list", "sources check", "sources new", "sources learned"}


def test_the_profile_proposed_is_the_one_on_the_page(typed: tuple[Path, list[str]]) -> None:
    shown = re.search(r"```toml\n(id .*?)```", PAGE, re.DOTALL).group(1)
    assert shown in typed[1][1]


def test_the_profile_corrected_holds_and_is_used(typed: tuple[Path, list[str]]) -> None:
    folder, printed = typed
    profile = (folder / "my-sources" / "meridian-post" / "profile.toml").read_text(encoding="utf-8")
    assert '"#story > h1"' in profile and 'time_zone = "Europe/London"' in profile
    assert printed[3].endswith("meridian-post: 3 golden pages hold\n1 profile holds\n")
    assert printed[4].splitlines() == [
        "my-sources/meridian-post/page-2024.json: written; read it and correct it",
        "meridian-post: 4 golden pages hold",
        "1 profile holds",
    ]
    articles = [json.loads(line) for line in (folder / "out" / "articles.jsonl").read_bytes().splitlines()]
    assert {(article["source"], article["by"]) for article in articles} == {
        ("meridian-post", "By Ada Brandt"),
        ("meridian-post", "By Clara Winding"),
    }
    assert "meridian-post" in printed[5] and "no line was learned" in printed[5]
