import io
import json
from pathlib import Path

import msgspec
import pytest

from pipeline.attribute import attribute, attribute_content
from pipeline.cli import main
from pipeline.tables import Tables, load_tables
from schemas.article import Given
from schemas.records import ArticleRecord, RejectRecord

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "articles"
TEXT = "OSTREL (AFP) - The harbour board voted on Monday to close the old pier for repairs until the autumn. " * 3


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(None, None)


def test_one_article_gets_the_record_that_a_run_over_it_alone_gives(example_run: Path, tables: Tables) -> None:
    path = "harbour-gazette/lantern-regatta.html"
    (line,) = [line for line in (example_run / "articles.jsonl").read_bytes().splitlines() if path.encode() in line]
    content = (EXAMPLES / path).read_bytes()
    record = attribute_content(content, path, Given(folder="harbour-gazette"), tables)
    assert json.loads(msgspec.json.encode(record)) == json.loads(line)


@pytest.mark.parametrize(
    ("content", "headline"),
    [
        (TEXT, None),
        (f"<html><title>Old pier to close</title><h1>Old pier to close</h1><article><p>{TEXT}</p></article>", "Old pier to close"),
        (json.dumps({"title": "Old pier to close", "text": TEXT}), "Old pier to close"),
        (json.dumps([{"title": "Old pier to close", "text": TEXT}]), "Old pier to close"),
        ("[Harbour]\n\n" + TEXT, None),
    ],
)
def test_a_text_a_page_and_a_record_are_told_apart(tables: Tables, content: str, headline: str | None) -> None:
    record = attribute_content(content.encode(), "-", Given(), tables)
    assert isinstance(record, ArticleRecord)
    assert record.headline == headline
    assert [(claim.id, claim.basis) for claim in record.info_sources] == [("afp", "explicit")]
    assert record.attribution_status == "credited"


@pytest.mark.parametrize("content", [b'{"text":"a"}\n{"text":"b"}\n', b'[{"text":"a"},{"text":"b"}]', b"[]"])
def test_several_records_are_not_one_article(tables: Tables, content: bytes) -> None:
    record = attribute_content(content, "-", Given(), tables)
    assert isinstance(record, RejectRecord)
    assert (record.stage, record.reason) == ("read", "malformed")
    assert record.detail == "not one record but several, or none; wirestories run reads them all"


def test_what_is_no_article_is_a_reject(tables: Tables) -> None:
    record = attribute_content(b"Subscribe to our newsletter", "-", Given(), tables)
    assert isinstance(record, RejectRecord)
    assert (record.stage, record.reason) == ("strip", "nothing_left")


@pytest.mark.parametrize(("content", "detail"), [(b"", "no bytes"), (b" \n", "no text")])
def test_an_empty_file_is_the_reject_of_a_run(content: bytes, detail: str, tmp_path, capsysbinary) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    assert attribute([str(path)]) == 1
    record = json.loads(capsysbinary.readouterr().out)
    assert (record["record"], record["stage"], record["reason"], record["detail"]) == ("reject", "read", "empty", detail)


def test_the_command_reads_standard_input_and_prints_json(monkeypatch, capsysbinary) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["attribute", "-", "--url", "https://gazette.example/2024/05/01/pier", "--source", "Gazette"]) == 0
    record = json.loads(capsysbinary.readouterr().out)
    assert (record["source"], record["attribution_status"]) == ("Gazette", "credited")


def test_text_of_a_page_cannot_command_a_terminal(monkeypatch, capsysbinary) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{TEXT}\x1b[31m\x9b31m\u202e".encode())))
    assert attribute(["-"]) == 0
    printed = capsysbinary.readouterr().out.decode()
    assert r"\u001b[31m\u009b31m\u202e" in printed and "\x9b" not in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "attribute: the following arguments are required: file"),
        (["nowhere.txt"], "nowhere.txt: No such file or directory"),
        (["no\x1b[31mwhere.txt"], r"no\x1b[31mwhere.txt: No such file or directory"),
        (["https://gazette.example/a"], "nothing is fetched: save the page, and give its address with --url"),
        (["-", "--sorce", "x"], "attribute: unrecognized arguments: --sorce x"),
    ],
)
def test_wrong_usage_says_what(capsys, arguments: list[str], message: str) -> None:
    assert attribute(arguments) == 2
    assert message in capsys.readouterr().err
