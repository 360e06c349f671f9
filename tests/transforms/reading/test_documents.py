import gzip
import hashlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Document
from schemas.records import RejectRecord
from transforms.reading import documents as module
from transforms.reading.documents import read_file
from transforms.reading.files import InputFile, folder_of


def read(path: str, content: bytes, refusal: str | None = None) -> list[Document | RejectRecord]:
    file = InputFile(url="/" + path, path=path, size=len(content), refusal=refusal)
    return list(read_file(file, lambda url: io.BytesIO(content)))


def rows(found: list[Document | RejectRecord]) -> list[tuple[str, str]]:
    return [
        (one.path, one.content.decode()) if isinstance(one, Document) else (one.path, f"{one.stage}.{one.reason}")
        for one in found
    ]


def test_a_page_and_a_text_are_one_document_each() -> None:
    (page,) = read("gazette/a.html", b"<p>One</p>")
    assert (page.media, page.content, page.given.folder) == ("html", b"<p>One</p>", "gazette")
    assert page.content_sha256 == hashlib.sha256(b"<p>One</p>").hexdigest()
    (text,) = read("a.TXT", b"One")
    assert (text.media, text.given.folder, text.given.charset) == ("text", None, None)


def test_compressed_files_are_read_through_and_hashed_as_they_decode() -> None:
    (page,) = read("a.html.gz", gzip.compress(b"<p>One</p>"))
    assert page.content_sha256 == hashlib.sha256(b"<p>One</p>").hexdigest()
    assert page.content_bytes == 10


def test_json_lines_are_numbered_by_line_and_blank_lines_are_no_documents() -> None:
    content = b'\xef\xbb\xbf{"text":"One"}\n\n{"html":"<p>Two</p>","text":"x"}\r\n{"text":" "}\n'
    found = read("wire/a.jsonl", content)
    assert rows(found) == [("wire/a.jsonl#1", "One"), ("wire/a.jsonl#3", "<p>Two</p>"), ("wire/a.jsonl#4", "read.malformed")]
    assert found[1].media == "html"
    assert found[0].given.folder is None, "a folder names a source only for files that are one article each"


def test_a_record_says_what_its_owner_knows() -> None:
    record = {"id": 7, "url": "https://gazette.example/a", "source": "Gazette", "title": "T", "byline": "By A",
              "published": "2024-05-01", "text": "One", "tags": ["x"]}  # fmt: skip
    (document,) = read("a.json", json.dumps(record).encode())
    given = document.given
    assert (given.input_id, given.url, given.source) == ("7", "https://gazette.example/a", "Gazette")
    assert (given.title, given.byline, given.published) == ("T", "By A", "2024-05-01")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"text":"One"}', [("a.json", "One")]),
        (b'[{"text":"One"},{"text":"Two"}]', [("a.json#1", "One"), ("a.json#2", "Two")]),
        (b'{"text":"One"}\n{"text":"Two"}\n', [("a.json#1", "One"), ("a.json#2", "Two")]),
        (b'{"text":"One"}\n\n{\n"text":\n"Two"}', [("a.json#1", "One"), ("a.json#2", "Two")]),
        (b'[{"text":"One"}]\n[{"text":"Two"}]', [("a.json#1", "One"), ("a.json#2", "Two")]),
        (b'[{"text":"One"},]', [("a.json#1", "One")]),
        (b'[{"text":"One \xff","n":NaN}]', [("a.json#1", "One \ufffd")]),
        (b'[{"text":"One"},', [("a.json#1", "One"), ("a.json", "read.malformed")]),
        (b'[{"text":"One"},{"text":"Tw', [("a.json#1", "One"), ("a.json", "read.malformed")]),
        (b'{"text":"One"}\n{"text":"Tw', [("a.json#1", "One"), ("a.json", "read.malformed")]),
        (b'{"text":"One } { "}', [("a.json", "One } { ")]),
        (b"[" * 200_000, [("a.json", "read.malformed")]),
        (b"[3]", [("a.json#1", "read.malformed")]),
    ],
)
def test_json_is_one_object_an_array_or_lines_under_the_wrong_name(content, expected) -> None:
    assert rows(read("a.json", content)) == expected


def test_a_json_file_that_breaks_off_says_behind_which_record() -> None:
    found = read("a.json", b'[{"text":"One"},{"text":"Tw')
    assert found[-1].detail == "breaks off after record 1: Unterminated string starting at: line 1 column 25 (char 24)"
    assert read("a.json", b'[{"text":"One"},')[-1].detail == "the array breaks off after record 1"


@pytest.mark.parametrize("cut", [1, 8, 40])
@pytest.mark.parametrize("between", [",", "\n"])
def test_a_compressed_json_file_that_breaks_off_gives_the_records_before_the_break(between: str, cut: int) -> None:
    records = between.join(json.dumps({"text": f"Text {number}"}) for number in range(3))
    content = f"[{records}]" if between == "," else records
    *whole, broken = read("a.json.gz", gzip.compress(content.encode(), 0)[:-cut])
    assert [one.path for one in whole] == [f"a.json.gz#{number}" for number in range(1, len(whole) + 1)]
    assert len(whole) == (1 if cut == 40 else 3)
    assert (broken.path, broken.reason) == ("a.json.gz", "damaged")
    assert broken.detail.startswith("compressed data breaks off: Compressed file ended before")


@pytest.mark.parametrize("name", ["articles", "objects", "data"])
def test_an_envelope_names_no_publisher(name: str) -> None:
    for answer in ({name: [{"text": "One"}]}, {"status": "ok", "total": 1, name: [{"text": "One"}], "next": None}):
        (document,) = read("a.json", json.dumps(answer).encode())
        assert (document.path, document.given.source, document.content) == ("a.json#1", None, b"One")


def test_a_record_with_lists_in_it_is_one_record() -> None:
    record = {"text": "One", "items": [{"text": "a caption"}], "data": [{"text": "a table"}]}
    assert rows(read("a.json", json.dumps(record).encode())) == [("a.json", "One")]


def test_utf_16_is_named() -> None:
    for name in ("a.json", "a.jsonl"):
        reject = read(name, '{"text":"One"}'.encode("utf-16"))[0]
        assert reject.reason == "malformed" and "is it UTF-16? JSON is read in UTF-8" in reject.detail


@pytest.mark.parametrize(
    ("path", "content", "code", "detail"),
    [
        ("a.pdf", b"%PDF", "read.unsupported", "can't read '.pdf'"),
        ("README", b"x", "read.unsupported", "a file without an ending"),
        (".cache/a.txt", b"x", "read.hidden", "'.cache' starts with a dot"),
        ("a.txt", b"", "read.empty", "no bytes"),
        ("a.txt", b" \n", "read.empty", "no text"),
        ("a.jsonl", b"", "read.empty", "no bytes"),
        ("a.txt.gz", gzip.compress(b"One" * 99, mtime=0)[:-9], "read.damaged", "breaks off"),
        ("a.txt.gz", b"not gzip", "read.damaged", "breaks off"),
        ("a.jsonl", b'{"text": 1}', "read.malformed", "'text' holds a number; it should hold a text"),
        ("a.jsonl", b'{"url": "u"}', "read.malformed", "neither 'html' nor 'text' is among its fields: 'url'"),
        ("a.jsonl", b"[" * 50_000, "read.malformed", "not a JSON object"),
    ],
)
def test_what_is_no_document_is_one_reject_that_says_why(path, content, code, detail) -> None:
    (found,) = read(path, content)
    assert f"{found.stage}.{found.reason}" == code
    assert detail in found.detail


def test_a_file_that_must_not_be_opened_is_not_opened() -> None:
    file = InputFile(url="/a.txt", path="a.txt", size=3, refusal="not a regular file")
    (found,) = read_file(file, lambda url: pytest.fail("opened"))
    assert (found.reason, found.detail) == ("refused", "not a regular file")


def test_a_file_that_vanished_is_a_reject() -> None:
    def gone(url: str) -> io.BytesIO:
        raise FileNotFoundError(2, "No such file or directory", url)

    (found,) = read_file(InputFile(url="/a.txt", path="a.txt", size=3), gone)
    assert (found.reason, found.detail) == ("unreadable", "No such file or directory")


def test_a_broken_tail_costs_only_itself() -> None:
    compressed = gzip.compress(b'{"text":"One"}\n{"text":"Two"}\n{"text":"Thr')
    found = read("a.jsonl.gz", compressed[:-8])
    assert rows(found) == [("a.jsonl.gz#1", "One"), ("a.jsonl.gz#2", "Two"), ("a.jsonl.gz", "read.damaged")]
    assert "breaks off after line 2" in found[-1].detail


def test_what_is_larger_than_a_document_may_be_is_refused_without_being_held(monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 32)
    assert rows(read("a.txt", b"x" * 33)) == [("a.txt", "read.too_large")]
    assert rows(read("a.txt.gz", gzip.compress(b"x" * 10_000))) == [("a.txt.gz", "read.too_large")]
    lines = b'{"text":"' + b"x" * 500 + b'"}\n{"text":"Two"}\n'
    assert rows(read("a.jsonl", lines)) == [("a.jsonl#1", "read.too_large"), ("a.jsonl#2", "Two")]


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line)))
def test_every_line_that_is_not_blank_is_one_document(lines: list[bytes]) -> None:
    content = b"\n".join(lines)
    expected = sum(1 for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip())
    assert len(read("a.jsonl", content)) == max(1, expected), "a file in which nothing stands is one reject"


@pytest.mark.parametrize(("path", "content"), [("a.json", b"[]"), ("a.jsonl", b"\n \n"), ("a.jsonl.gz", gzip.compress(b"\n", mtime=0))])
def test_a_file_without_a_document_does_not_vanish(path: str, content: bytes) -> None:
    (found,) = read(path, content)
    assert (found.stage, found.reason, found.detail) == ("read", "empty", "no document in it")


def test_a_file_of_nothing_but_refused_records_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_REFUSED_IN_A_ROW", 3)
    found = read("a.jsonl", b'1\n2\n{"text":"One"}\n' + b"3\n" * 50)
    refused = [(f"a.jsonl#{number}", "read.malformed") for number in (4, 5, 6)]
    assert rows(found)[2:] == [("a.jsonl#3", "One"), *refused, ("a.jsonl", "read.malformed")]
    assert found[-1].detail == "3 records in a row were refused; what follows here is not read"
    assert len(read("a.json", b"[" + b"1," * 50 + b"1]")) == 4


def test_an_array_of_endless_values_is_refused_before_it_is_decoded(monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_ARRAY_COMMAS", 9)
    (found,) = read("a.json", b"[" + b"1," * 10 + b"1]")
    assert (found.reason, found.detail) == ("too_large", "more than 9 commas in one JSON file; write JSON Lines")


def test_blank_lines_are_counted_and_cost_nothing() -> None:
    content = b"\n" * 5_000_000 + b'{"text":"One"}\n \r\n\n\n' + b'{"text":"Two"}'
    expected = [("a.jsonl#5000001", "One"), ("a.jsonl#5000005", "Two")]
    assert rows(read("a.jsonl", content)) == expected
    assert [text for _, text in rows(read("a.jsonl.gz", gzip.compress(content)))] == ["One", "Two"]


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("gazette/a.txt", "gazette"),
        ("gazette/2024/a.txt", "gazette"),
        ("2024/05/14/gazette.example/a.html", "gazette.example"),
        ("html/gazette/sport/a.html", "gazette"),
        ("sites/en/gazette/a.html", "gazette"),
        ("crawl.zip!html/gazette/a.html", "gazette"),
        ("2024-05-14/a.html", "2024-05-14"),  # a profile may be called so; else it is nobody
        ("a.html", None),
    ],
)
def test_the_folder_of_a_file_is_the_first_that_names_somebody(path: str, folder: str | None) -> None:
    assert folder_of(path) == folder
