"""docs/records.md lists every field of every record, in order, and no other; and every word a field may hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from schemas import records
from schemas.records import Record

PAGE = Path(__file__).parents[2] / "docs" / "records.md"
SECTIONS = {
    "article": records.ArticleRecord,
    "story": records.StoryRecord,
    "reuse": records.ReuseRecord,
    "reject": records.RejectRecord,
    "raw": records.RawRecord,
    "claim": records.InfoSource,
    "story claim": records.StoryInfoSource,
    "evidence": records.Evidence,
    "mention": records.Mention,
    "removed piece": records.Removed,
    "date evidence": records.DateEvidence,
}
# Where a table below the section lists the words of a field.
WORD_TABLES = {("article", "attribution_status"): "attribution_status", ("evidence", "kind"): "kinds of evidence"}
SAID_ELSEWHERE = {("story claim", "role")}  # "as in a claim"


def _tables() -> dict[str, list[list[str]]]:
    """The rows of each table by the heading right above it."""
    tables: dict[str, list[list[str]]] = {}
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"#+ (.+)", line):
            heading = match[1].lower()
        elif line.startswith("| `"):
            tables.setdefault(heading, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return tables


TABLES = _tables()


def _written_fields(record: type[Record]) -> list[str]:
    config = record.__struct_config__
    tag = [config.tag_field] if config.tag_field else []
    return [*tag, *record.__struct_encode_fields__]


def _words(hint: object) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return get_args(hint)
    return ()


def test_all_records_have_a_section() -> None:
    known = {cls for cls in vars(records).values() if isinstance(cls, type) and issubclass(cls, Record)} - {Record}
    assert known == set(SECTIONS.values())


@pytest.mark.parametrize("section", SECTIONS)
def test_fields_stand_in_the_page_in_their_order(section: str) -> None:
    assert [row[0].strip("`") for row in TABLES[section]] == _written_fields(SECTIONS[section])


@pytest.mark.parametrize("section", SECTIONS)
def test_only_fields_that_can_be_null_say_when(section: str) -> None:
    fields = {field.encode_name: field for field in msgspec.structs.fields(SECTIONS[section])}
    for name, _form, meaning, null in (row for row in TABLES[section] if row[0].strip("`") in fields):
        hint = fields[name.strip("`")].type
        assert bool(null) == (type(None) in get_args(hint)), f"{section}.{name}: when is it null?"
        assert meaning, f"{section}.{name}: what does it say?"


@pytest.mark.parametrize("section", SECTIONS)
def test_every_word_that_a_field_may_hold_is_named(section: str) -> None:
    record = SECTIONS[section]
    names = dict(zip(record.__struct_fields__, record.__struct_encode_fields__, strict=True))
    for field, hint in get_type_hints(record).items():
        words = _words(hint)
        if not words or field not in names or (section, names[field]) in SAID_ELSEWHERE:
            continue
        table = WORD_TABLES.get((section, names[field]))
        if table:
            named = [row[0].strip("`") for row in TABLES[table]]
        else:
            row = next(row for row in TABLES[section] if row[0].strip("`") == names[field])
            named = re.findall(r"`([^`]+)`", row[1])
        assert named == list(words), f"{section}.{field}"


def test_names_elsewhere_cover_the_article() -> None:
    rows = TABLES["names elsewhere"]
    assert [row[0].strip("`") for row in rows] == _written_fields(records.ArticleRecord)
    assert {len(row) for row in rows} == {7}


def test_orders_of_origin_name_fields_that_exist() -> None:
    listed = [row[0].strip("`") for row in TABLES["where the values come from"]]
    assert set(listed) <= set(_written_fields(records.ArticleRecord))


def test_run_json_is_explained_key_by_key(example_run: Path) -> None:
    manifest = json.loads((example_run / "run.json").read_bytes())
    rows = {row[0].strip("`"): row[1] for row in TABLES["run.json"]}
    assert list(rows) == list(manifest)
    for key in ("tables", "ledger", "counts"):
        named = set(re.findall(r"`([^`]+)`", rows[key]))
        assert named == set(manifest[key]), f"run.json: {key}"
