"""The laws, held by whole runs."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import apache_beam as beam
import jsonschema
import pytest

from pipeline import run as run_module
from pipeline.inputs import find_files
from pipeline.run import run
from schemas.codec import OUTPUTS, RECORDS
from schemas.publish import FOLDER as SCHEMAS
from transforms.reading.documents import read_file

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples" / "articles"
SAME = ("stories.jsonl", "articles.jsonl", "reuse.jsonl", "rejects.jsonl", "report.html")


def rows(out: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (out / name).read_bytes().splitlines()]


def digests(out: Path) -> dict[str, str]:
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in SAME}


def test_every_line_validates_against_its_published_schema(example_run: Path) -> None:
    for kind, name in OUTPUTS.items():
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_bytes())
        validator = jsonschema.Draft202012Validator(schema)
        for row in rows(example_run, name):
            validator.validate(row)
    assert set(OUTPUTS) == set(RECORDS)


def test_the_manifest_says_what_was_read_and_written(example_run: Path) -> None:
    manifest = json.loads((example_run / "run.json").read_bytes())
    articles = rows(example_run, "articles.jsonl")
    assert manifest["format"] == "wirestories.run"
    assert manifest["ledger"] == {"documents": len(articles), "articles": len(articles), "rejects": 0, "rejects_by": {}}
    assert manifest["outputs"]["report.html"]["sha256"] == digests(example_run)["report.html"]
    assert manifest["outputs"]["articles.jsonl"] == {
        "lines": len(articles),
        "sha256": digests(example_run)["articles.jsonl"],
    }
    assert sorted(path.name for path in example_run.iterdir()) == sorted([*OUTPUTS.values(), "report.html", "run.json"])


def test_kept_and_removed_tile_the_extracted_text(example_run: Path) -> None:
    raws = {row["id"]: row["raw"] for row in rows(example_run, "raw.jsonl")}
    for article in rows(example_run, "articles.jsonl"):
        raw, body = raws[article["id"]], article["body_text"]
        pieces = [(start, end) for start, end, _, _ in article["kept"]]
        for raw_start, raw_end, body_start, body_end in article["kept"]:
            assert raw[raw_start:raw_end] == body[body_start:body_end]
        for removed in article["removed"]:
            assert raw[removed["start"] : removed["end"]] == removed["exact"]
            pieces.append((removed["start"], removed["end"]))
        at = 0
        for start, end in sorted(pieces):
            assert raw[at:start].strip() == "", f"{article['path']}: {raw[at:start]!r} is neither kept nor removed"
            assert start >= at, f"{article['path']}: pieces overlap at {start}"
            at = end
        assert raw[at:].strip() == ""


def test_every_claim_shows_its_evidence_at_its_place(example_run: Path) -> None:
    raws = {row["id"]: row["raw"] for row in rows(example_run, "raw.jsonl")}
    articles = {row["id"]: row for row in rows(example_run, "articles.jsonl")}
    reuse = {row["id"]: row for row in rows(example_run, "reuse.jsonl")}
    checked = 0
    for article in articles.values():
        texts = {"raw": raws[article["id"]], "body": article["body_text"]}
        placed = [evidence for claim in article["info_sources"] for evidence in claim["evidence"]]
        for one in [*placed, *article["mentions"]]:
            if one["in"] in texts:
                assert texts[one["in"]][one["start"] : one["end"]] == one["exact"], article["path"]
                checked += 1
        for claim in article["info_sources"]:
            assert claim["evidence"], f"{article['path']}: {claim['id']} without evidence"
            if claim["basis"] == "inferred":
                assert_leads_to_a_credit(article, claim, articles, reuse)
    assert checked > 20


def assert_leads_to_a_credit(article: dict, claim: dict, articles: dict, reuse: dict) -> None:
    wording = [evidence for evidence in claim["evidence"] if evidence["kind"] == "shared_wording"]
    assert wording, f"{article['path']}: {claim['id']} is inferred without shared wording"
    for evidence in wording:
        passage, other = reuse[evidence["reuse_id"]], articles[evidence["article_id"]]
        assert {passage["a_id"], passage["b_id"]} == {article["id"], other["id"]}
        assert passage["kind"] == "narrative" and claim["id"] in passage["attributed_to"]
        assert any(shown["id"] == claim["id"] and shown["basis"] == "explicit" for shown in other["info_sources"])


def test_stories_and_articles_name_each_other(example_run: Path) -> None:
    articles = {row["id"]: row for row in rows(example_run, "articles.jsonl")}
    stories = {row["id"]: row for row in rows(example_run, "stories.jsonl")}
    for story in stories.values():
        assert story["size"] == len(story["article_ids"])
        assert {articles[one]["story_id"] for one in story["article_ids"]} == {story["id"]}
        assert story["body_text"] == articles[story["representative_id"]]["body_text"]
    assert sorted(one for story in stories.values() for one in story["article_ids"]) == sorted(articles)
    assert {other for article in articles.values() for other in article["also_from"]} <= set(stories)


@pytest.mark.parametrize("name", ["articles.jsonl", "stories.jsonl", "reuse.jsonl"])
def test_lines_are_sorted_by_id(example_run: Path, name: str) -> None:
    ids = [row["id"] for row in rows(example_run, name)]
    assert ids == sorted(set(ids))


def test_the_order_of_files_and_the_cut_into_packs_and_blocks_change_no_byte(example_run, tmp_path, monkeypatch) -> None:
    def shuffled(inputs, *, may_be_empty):
        files = find_files(inputs, may_be_empty=may_be_empty)
        random.Random(7).shuffle(files)
        return files

    monkeypatch.setattr(run_module, "find_files", shuffled)
    monkeypatch.setattr("transforms.read.PACK_FILES", 3)
    monkeypatch.setattr("transforms.each.PACK_ELEMENTS", 4)
    monkeypatch.setattr("transforms.park.BLOCK_BYTES", 5_000)
    monkeypatch.setattr("transforms.write.PART_BYTES", 9_000)
    assert run([str(EXAMPLES), "--output", str(tmp_path / "out"), "--keep-raw", "--quiet"]) == 0
    assert digests(tmp_path / "out") == digests(example_run)


def records_of(folder: Path) -> list[dict]:
    """The example articles as JSON records that carry their own identity."""
    records = []
    for file in find_files([str(folder)]):
        for document in read_file(file, lambda url: open(url, "rb")):
            given = document.given
            records.append(
                {
                    "id": given.input_id or document.path,
                    "url": given.url,
                    "source": given.source or given.folder,
                    "published": given.published,
                    document.media: document.content.decode("utf-8"),
                }
            )
    return records


def test_the_cut_of_the_input_into_files_changes_no_story(tmp_path: Path) -> None:
    records = records_of(EXAMPLES)
    lines = [json.dumps(record) + "\n" for record in records]
    random.Random(11).shuffle(lines)
    for name, cut in (("one", 1), ("many", 5)):
        (tmp_path / name).mkdir()
        for start in range(cut):
            (tmp_path / name / f"{start}.jsonl").write_text("".join(sorted(lines[start::cut], reverse=cut > 1)))
        assert run([str(tmp_path / name), "--output", str(tmp_path / f"{name}-out"), "--quiet"]) == 0
    one, many = digests(tmp_path / "one-out"), digests(tmp_path / "many-out")
    assert one["stories.jsonl"] == many["stories.jsonl"]
    assert one["reuse.jsonl"] == many["reuse.jsonl"]
    where = ("path",)
    articles = [
        [{key: value for key, value in row.items() if key not in where} for row in rows(tmp_path / name, "articles.jsonl")]
        for name in ("one-out", "many-out")
    ]
    assert articles[0] == articles[1]


def wirestories(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


@pytest.mark.parametrize("mode", ["in_memory", "multi_processing"])
def test_another_folder_seed_zone_locale_and_running_mode_change_no_byte(example_run, tmp_path, mode) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "elsewhere" / "articles")
    done = wirestories(
        "run", "elsewhere/articles", "out", "--keep-raw", f"--direct_running_mode={mode}", "--direct_num_workers=2",
        cwd=tmp_path, PYTHONHASHSEED="4242", TZ="Pacific/Chatham", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "out") == digests(example_run)
    assert "19 documents read: 19 articles, 0 rejects" in done.stdout


def test_a_broken_file_among_good_ones_is_one_reject(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(EXAMPLES / "harbour-gazette", folder / "harbour-gazette")
    good = sum(1 for _ in folder.rglob("*.*"))
    (folder / "broken.html.gz").write_bytes(b"\x1f\x8b\x08 no gzip")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "lines.jsonl").write_text('{"text":\n')
    assert run([str(folder), "--output", str(tmp_path / "out"), "--quiet"]) == 0
    rejects = [(row["path"], row["stage"], row["reason"]) for row in rows(tmp_path / "out", "rejects.jsonl")]
    assert rejects == [
        ("binary.txt", "extract", "undecodable"),
        ("broken.html.gz", "read", "damaged"),
        ("lines.jsonl#1", "read", "malformed"),
    ]
    assert all(row["detail"] for row in rows(tmp_path / "out", "rejects.jsonl"))
    assert len(rows(tmp_path / "out", "articles.jsonl")) == good
    manifest = json.loads((tmp_path / "out/run.json").read_bytes())
    assert manifest["ledger"]["rejects_by"] == {"extract.undecodable": 1, "read.damaged": 1, "read.malformed": 1}


def test_the_same_origin_twice_is_one_article_and_a_reject_that_names_the_winner(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "The harbour board voted on Monday to close the old pier for repairs until the autumn. " * 6
    url = "https://gazette.example/pier?utm_source=x"
    first = {"url": url, "text": text + "It gave no reason."}
    second = {"url": "http://gazette.example/pier#top", "text": text + "It cited cracks in the piles."}
    for name, records in (("a.jsonl", [first]), ("b.jsonl", [second])):
        (folder / name).write_text("\n".join(map(json.dumps, records)))
    assert run([str(folder), "--output", str(tmp_path / "out"), "--quiet"]) == 0
    (winner,) = rows(tmp_path / "out", "articles.jsonl")
    (loser,) = rows(tmp_path / "out", "rejects.jsonl")
    assert {winner["path"], loser["path"]} == {"a.jsonl#1", "b.jsonl#1"}
    assert (loser["stage"], loser["reason"]) == ("read", "superseded")
    assert winner["path"] in loser["detail"]
    assert winner["content_sha256"] > loser["content_sha256"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "--output", "out"], "input nowhere: no such file or folder"),
        (["in", "--output", "taken"], "--output"),
        (["in", "taken"], "--output OUT"),
        (["in", "--output", "file/out"], "can't write beside it"),
        (["in", "--output", "out", "--frobnicate"], "--frobnicate"),
        (["in", "--output", "out", "--runner", "Nope"], "--runner Nope: no such engine; known are "),
    ],
)
def test_wrong_usage_ends_with_2_before_any_work(tmp_path, monkeypatch, capsys, arguments, message) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("x")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/mine.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run_module, "build", lambda *_: pytest.fail("work began"))
    assert run(arguments) == 2
    assert message in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "in", "taken"]


def test_names_that_are_not_utf_8_are_spelled_out(tmp_path: Path) -> None:
    given, out = str(tmp_path / "caf\udce9.html"), tmp_path / "o\udce9"
    shutil.copy(EXAMPLES / "harbour-gazette/night-trams.html", given)
    assert run([given, "--output", str(out), "--quiet"]) == 0
    assert [row["path"] for row in rows(out, "articles.jsonl")] == ["caf\\xe9.html"]
    options = json.loads((out / "run.json").read_bytes())["options"]
    assert options["inputs"] == [str(tmp_path / "caf\\xe9.html")]


def test_a_full_disk_fails_the_run_with_one_line_and_leaves_no_output(tmp_path, monkeypatch, capsys) -> None:
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.result.write_report", full)
    assert run([str(EXAMPLES / "harbour-gazette"), "--output", str(tmp_path / "out"), "--quiet"]) == 1
    assert "the run failed, the output is as it was before: [Errno 28] No space left on device" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_bug_in_a_step_fails_the_run_and_leaves_no_output(tmp_path, monkeypatch) -> None:
    def bug(self, stripped):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("transforms.detect.detect_language", bug)
    with pytest.raises(Exception, match="a bug"):
        run([str(EXAMPLES / "harbour-gazette"), "--output", str(tmp_path / "out"), "--quiet"])
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_loses_a_document_fails(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.build.SupersedeVersions.expand", lambda self, parked: parked | beam.Filter(lambda one: False))
    with pytest.raises(Exception, match="the ledger does not balance: .* documents were read, but there are 0 articles"):
        run([str(EXAMPLES / "harbour-gazette"), "--output", str(tmp_path / "out"), "--quiet"])
    assert list(tmp_path.iterdir()) == []
