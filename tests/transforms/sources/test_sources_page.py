"""What docs/sources.md tells to copy works, and it names every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from transforms.extraction.layout import Layout
from transforms.sources.load import read_profile
from transforms.sources.profile import Profile

ROOT = Path(__file__).parents[3]
DOCS = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def test_the_cue_to_copy_works(tmp_path: Path) -> None:
    path = tmp_path / "harbour-gazette" / "profile.toml"
    path.parent.mkdir()
    cue = re.search(r"```toml\n(\[\[cue\]\].*?)```", DOCS, re.DOTALL).group(1)
    path.write_text(f'id = "harbour-gazette"\nname = "HG"\nhosts = ["hg.example"]\n{cue}', encoding="utf-8")
    assert [cue.id for cue in read_profile(path).cues] == ["harbour-gazette.tide-table"]


def test_every_key_is_explained() -> None:
    keys = {*Profile.__struct_fields__, *Layout.__struct_fields__} - {"layouts", "cues"}
    assert [key for key in sorted(keys) if f"`{key}`" not in DOCS] == []


def test_every_file_that_is_named_exists() -> None:
    for name in ("transforms/sources/urls.toml", "examples/sources", "examples/articles/meridian-post"):
        assert name in DOCS and (ROOT / name).exists()


def test_the_examples_table_names_every_article() -> None:
    named = list(_named((ROOT / "examples" / "README.md").read_text(encoding="utf-8")))
    folder = ROOT / "examples" / "articles"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        records = range(1, len(path.read_text(encoding="utf-8").splitlines()) + 1) if path.suffix == ".jsonl" else ()
        for wanted in [f"{name}#{number}" for number in records] or [name]:
            assert named.count(wanted) == 1, wanted


def _named(page: str) -> Iterator[str]:
    """What the first cells of the tables name; `#4` behind a file's record is another record of it."""
    for cell in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE):
        file = ""
        for name in re.findall(r"`([^`]+)`", cell):
            file = name.partition("#")[0] or file
            yield file + name[name.find("#") :] if "#" in name else name
