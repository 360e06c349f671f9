import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import Malformed
from tests.transforms.reading.conftest import read, read_cut, summary
from transforms.reading import forms
from transforms.reading.forms import form_of, load_forms
from transforms.reading.records import moment, read_record

FORMS = {form.name: form for form in load_forms()}
PAGE = Path(__file__).parents[3] / "docs" / "inputs.md"

# What each form's example says: id, url, source, title, byline, published, crawled.
EXAMPLES = {
    "news-please": (None, "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14 06:12:00", "2024-05-15"),
    "newspaper4k": (None, "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14T06:12:00", None),
    "trafilatura": (None, "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14", None),
    "fundus": (None, None, None, "Pier closed", "Ana Reed", "2024-05-14 06:12:00+00:00", None),
    "dolma": ("common-crawl/7", "https://gazette.example/pier", None, None, None, "2024-05-14T06:12:00Z", None),
    "datatrove": ("<urn:uuid:7>", "https://gazette.example/pier", None, None, None, None, "2024-05-15T08:00:00Z"),
    "passim": ("g7", None, "gazette", None, None, "2024-05-14", None),
    "fineweb": ("<urn:uuid:7>", "https://gazette.example/pier", None, None, None, None, "2024-05-15T08:00:00Z"),
    "JSON Feed": ("7", "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14T06:12:00Z", None),
    "WordPress": (None, "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14T06:12:00", None),
    "schema.org": (None, "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14T06:12:00Z", None),
    "text": (None, "https://gazette.example/pier", None, "Pier closed", "Ana Reed", "2024-05-14", None),
    "ours": ("7", "https://gazette.example/pier", "The Gazette", "Pier closed", "Ana Reed", "2024-05-14T06:12:00Z", None),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_record_of_each_form_is_recognised_and_read(name: str) -> None:
    example = FORMS[name].example
    assert form_of(json.loads(example)) is FORMS[name]
    document = read_record(example.encode(), "a.jsonl#1")
    given_ = document.given
    html = "<p>" in example
    assert document.media == ("html" if html else "text")
    assert document.content == (b"<p>The pier closed on Monday.</p>" if html else b"The pier closed on Monday.")
    assert EXAMPLES[name] == (
        given_.input_id, given_.url, given_.source, given_.title, given_.byline, given_.published, given_.crawled
    )  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_the_page_on_inputs_lists_the_form_with_the_fields_that_mark_it(name: str) -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} |")]
    assert len(rows) == 1, f"docs/inputs.md has {len(rows)} rows for {name}"
    for field in FORMS[name].all:
        assert f"`{field}`" in rows[0]


def test_the_table_says_where_each_form_is_known_from() -> None:
    table = tomllib.loads(Path(forms.__file__).with_name("forms.toml").read_text(encoding="utf-8"))
    assert [form["name"] for form in table["form"]] == list(EXAMPLES)
    assert all(form["known_from"].startswith(("https://", "docs/")) for form in table["form"])


def test_a_source_that_is_a_publisher_is_told_from_one_that_is_a_corpus() -> None:
    ours = {"id": "7", "text": "x", "source": "Gazette", "url": "https://g.example/a", "metadata": {"k": 1}}
    assert read_record(json.dumps(ours).encode(), "p").given.source == "Gazette"
    corpus = {"id": "7", "text": "x", "source": "c4", "metadata": {"k": 1}}
    assert read_record(json.dumps(corpus).encode(), "p").given.source is None


def test_a_tools_name_of_a_site_is_the_source_only_without_an_address() -> None:
    record = {"text": "x", "source-hostname": "The Gazette", "hostname": "gazette.example", "source": None}
    assert read_record(json.dumps(record).encode(), "p").given.source == "The Gazette"
    record["source"] = "https://gazette.example/a"
    assert read_record(json.dumps(record).encode(), "p").given.source is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"author": "Ana Reed", "date": "2024-05-14"}, ("Ana Reed", "2024-05-14")),
        ({"authors": ["Ana Reed", "Bo Lind"], "publish_date": "2024-05-14"}, ("Ana Reed, Bo Lind", "2024-05-14")),
        ({"author": {"@type": "Person", "name": "Ana Reed"}, "datePublished": "2024"}, ("Ana Reed", "2024")),
        ({"authors": [{"name": "Ana Reed", "url": "https://a.example"}, {"name": "Bo Lind"}]}, ("Ana Reed, Bo Lind", None)),
        ({"byline": "Ana Reed", "author": "admin", "published": "2024-05-14", "date": "2024-06-01"}, ("Ana Reed", "2024-05-14")),
        ({"byline": None, "author": "Ana Reed", "published": "", "date": "2024-05-14"}, ("Ana Reed", "2024-05-14")),
        ({"author": 7, "authors": {}, "date": {"day": 14}}, (None, None)),
        ({"author": [], "date": None, "html": None}, (None, None)),
        ({"published": 1715667120}, (None, "1715667120")),
        ({"published": 1715667120000.0}, (None, "1715667120000")),
        ({"published": 1715667120.25}, (None, "1715667120.25")),
        ({"published": 10**400}, (None, f"{10**400}")),
    ],
)
def test_other_names_of_our_fields_are_read_and_cost_no_article(fields, expected) -> None:
    given_ = read_record(json.dumps({"text": "The pier closed.", **fields}).encode(), "p").given
    assert (given_.byline, given_.published) == expected


def test_beside_a_page_only_our_own_names_are_read() -> None:
    page = {"html": "<p>The pier closed.</p>", "author": "admin", "date": "2024-06-01", "title": "Pier"}
    given_ = read_record(json.dumps(page).encode(), "p").given
    assert (given_.byline, given_.published, given_.title) == (None, None, "Pier")


def test_articles_by_publisher_as_fundus_saves_them() -> None:
    article = json.loads(FORMS["fundus"].example)
    content = json.dumps({"TheGazette": [article, article], "ThePost": [article]}).encode()
    found = read("crawl.json", content)
    assert [(one.path, one.given.source) for one in found] == [
        ("crawl.json#1", "TheGazette"), ("crawl.json#2", "TheGazette"), ("crawl.json#3", "ThePost")
    ]  # fmt: skip


def test_the_body_of_fundus_is_its_texts_in_their_order() -> None:
    sections = [{"headline": ["H"], "paragraphs": ["One", " ", "Two"]}, {"headline": [], "paragraphs": ["Three"]}]
    body = {"summary": ["S"], "sections": sections}
    record = {"title": "T", "publishing_date": None, "authors": ["A", "B"], "body": body}
    document = read_record(json.dumps(record).encode(), "p")
    assert (document.content, document.given.byline) == (b"S\n\nH\n\nOne\n\nTwo\n\nThree", "A, B")


def test_the_html_goes_first() -> None:
    assert read_record(b'{"html":"<p>x</p>","text":"y"}', "p").media == "html"
    assert read_record(b'{"html":" ","text":"y"}', "p").media == "text"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"text":"a \\ud800 b"}', "a \ufffd b"),
        (b'{"text":"a \\udc00\\ud800 b"}', "a \ufffd\ufffd b"),
        (b'{"text":"\\ud83d\\ude00 b"}', "\U0001f600 b"),
        (b'{"text":"a \xff b"}', "a \ufffd b"),
        (b'{"text":"a\tb\nc"}', "a\tb\nc"),
        (b'{"text":"a","byline":NaN,"published":NaN}', "a"),
        (b'{"text":"a \\u0000 b"}', "a \0 b"),
    ],
)
def test_what_no_standard_allows_does_not_cost_the_article(line: bytes, text: str) -> None:
    document = read_record(line, "p")
    assert document.content.decode() == text
    assert document.given.byline is None


def test_a_broken_character_in_an_array_costs_no_article() -> None:
    found = read("a.json", b'[{"text":"One \\ud800"},{"text":"Two"},{"text":"Thr\xff"}]')
    assert [text for _, text in summary(found)] == ["One \ufffd", "Two", "Thr\ufffd"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": 1}', "'text' holds a number; it should hold a text"),
        (b'{"text": ["a"]}', "'text' holds a list"),
        (b'{"text": "a", "url": {"a": 1}}', "'url' holds an object"),
        (b'{"text": "a", "title": true}', "'title' holds true or false"),
        (b'{"html": null, "text": " "}', "none of 'html' and 'text' holds anything"),
        (b'{"maintext": null, "date_publish": "None"}', "none of 'maintext' and 'text' holds anything"),
        (b"{}", "neither 'html' nor 'text' is among its fields: none"),
        (b'{"a\\ud800":1}', r"among its fields: 'a\\ud800'"),
        (b"[1]", "not a JSON object but a list"),
        (b'"x"', "not a JSON object but a single value"),
        (b'{"text": "a"', "not a JSON object: Input data was truncated"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "not a JSON object: Integer value out of range"),
    ],
)
def test_a_record_that_is_none_says_why(line: bytes, message: str) -> None:
    with pytest.raises(Malformed, match=message) as caught:
        read_record(line, "p")
    caught.value.detail.encode("utf-8")


def test_endless_depth_is_refused() -> None:
    nested = b'{"title":"T","publishing_date":1,"body":' + b"[" * 900 + b"]" * 900 + b"}"
    for line in (b"[" * 200_000, b'{"text":' * 100_000, nested):
        with pytest.raises(Malformed):
            read_record(line, "p")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-15T08:00:00Z", "2024-05-15T08:00:00Z"),
        ("2024-05-15 08:00:00.123+00:00", "2024-05-15T08:00:00Z"),
        ("2024-05-15 08:00:00", "2024-05-15"),
        ("2024-05-15T08:00:00+02:00", "2024-05-15"),
        ("2024-05-15", "2024-05-15"),
        ("None", None),
        ("15/05/2024", None),
    ],
)
def test_crawl_dates_are_as_precise_as_their_zone_allows(text: str, expected: str | None) -> None:
    assert moment(text) == expected


@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line), max_size=40), st.integers(1, 300))
def test_where_lines_are_cut_changes_neither_numbers_nor_contents(lines: list[bytes], size: int) -> None:
    content = b"".join(b'{"text":"%d"} \n' % number + line + b"\n" for number, line in enumerate(lines))
    assert read_cut("a.jsonl", content, size) == read("a.jsonl", content)


def test_a_large_file_is_cut_at_line_ends() -> None:
    content = b"\xef\xbb\xbf" + b"".join(b'{"text":"%s"}\r\n' % (b"x" * (number % 90)) for number in range(1, 200))
    for size in (1, 50, 500, 5_000, 50_000):
        assert read_cut("a.ndjson", content, size) == read("a.ndjson", content)
        assert read_cut("a.ndjson", content[:-2], size) == read("a.ndjson", content[:-2])


FIELDS = st.sampled_from("id text html source title body metadata url series byline publishing_date".split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
)


@given(VALUES)
def test_any_json_is_read_or_refused(value: object) -> None:
    try:
        read_record(json.dumps(value).encode(), "p").content.decode("utf-8")
    except Malformed as error:
        assert error.detail


@pytest.mark.parametrize(
    ("record", "media"),
    [
        ({"text": "<p>The pier closed.</p>"}, "html"),
        ({"text": "The pier closed.<br>It opens in May.<br/><br />The board said so."}, "html"),
        ({"articleBody": "\n<div class='x'>The pier closed.</div>"}, "html"),
        ({"link": "https://g.example/a", "title": "Pier", "content": "<p>The pier closed.</p>"}, "html"),
        ({"link": "https://g.example/a", "title": "Pier", "content": "The pier closed."}, "text"),
        ({"text": "The tag <p> opens a paragraph, and </p> ends it."}, "text"),
        ({"text": "<Pier> closed"}, "text"),
        ({"id": "1", "text": "<p>The pier closed.</p>", "series": "gazette"}, "text"),  # passim's markup stays
    ],
)
def test_a_text_that_holds_markup_is_a_page(record: dict, media: str) -> None:
    assert read_record(json.dumps(record).encode(), "p").media == media


def test_a_title_in_markup_is_read_as_it_is_shown() -> None:
    record = {"link": "https://g.example/a", "title": {"rendered": "The pier&#8217;s end"}, "content": {"rendered": "<p>x</p>"}}
    assert read_record(json.dumps(record).encode(), "p").given.title == "The pier\u2019s end"
    assert read_record(b'{"text": "x", "title": "AT&amp;T"}', "p").given.title == "AT&amp;T"
