import json

import jsonschema
import msgspec
import pytest

from schemas.codec import RECORDS, encode_line, json_schema, line_order
from schemas.publish import FOLDER
from schemas.records import Evidence, Mention, RejectRecord


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_published_schemas_are_fresh(kind: str) -> None:
    published = (FOLDER / f"{kind}.schema.json").read_bytes()
    assert published == json_schema(kind), "run python -m schemas.publish"


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_schemas_are_valid_draft_2020_12(kind: str) -> None:
    schema = json.loads(json_schema(kind))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def reject(path: str, detail: str = "no bytes") -> RejectRecord:
    return RejectRecord(path=path, stage="read", reason="empty", detail=detail, bytes=0, content_sha256=None)


def test_a_line_names_its_record_and_keeps_every_field() -> None:
    line = encode_line(reject("a/é.txt"))
    assert line == (
        '{"record":"reject","schema_version":"1.0","path":"a/é.txt","stage":"read","reason":"empty",'
        '"detail":"no bytes","bytes":0,"content_sha256":null}\n'
    ).encode()


def test_rejects_sort_by_path_not_by_its_spelling_in_json() -> None:
    lines = [encode_line(reject(path)) for path in ("a b", "a", 'a"', "a!", "ä")]
    ordered = sorted(lines, key=line_order("reject"))
    assert [json.loads(line)["path"] for line in ordered] == ["a", "a b", "a!", 'a"', "ä"]


def test_the_reserved_words_in_and_class_are_written_as_the_contract_says() -> None:
    evidence = Evidence(kind="byline", place="raw", start=0, end=3, exact="AFP", rule="byline.name")
    assert list(msgspec.to_builtins(evidence)) == [
        "kind", "in", "field", "start", "end", "exact", "prefix", "suffix", "rule", "reuse_id", "article_id",
    ]  # fmt: skip
    mention = Mention(id="afp", role="photo", place="body", start=0, end=3, exact="AFP")
    assert list(msgspec.to_builtins(mention)) == ["id", "role", "in", "start", "end", "exact"]


def test_the_article_has_the_fields_of_the_contract_in_its_order() -> None:
    schema = json.loads(json_schema("article"))["$defs"]["ArticleRecord"]
    expected = (
        "record schema_version id uri path input_id source content_sha256 language language_confidence headline "
        "standfirst by authors dateline located credit_line copyright_notice ed_note first_created "
        "first_created_evidence version_created version body_text word_count simhash info_sources mentions "
        "attribution_status removed story_id also_from derivation reused_share reused kept change"
    ).split()
    assert sorted(schema["properties"]) == sorted(expected)
    assert sorted(schema["required"]) == sorted(expected)
    assert schema["additionalProperties"] is False
