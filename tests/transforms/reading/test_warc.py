import gzip
import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Document
from tests.transforms.reading.conftest import members, read, read_cut, record, response, summary
from transforms.reading import gzip_members, http_payload, warc


def page(number: int) -> bytes:
    return record(
        response(b"<p>Page %d</p>" % number),
        WARC_Target_URI=f"https://gazette.example/{number}",
        WARC_Record_ID=f"<{number}>",
    )


def test_a_response_gives_its_page_and_what_the_crawler_knew() -> None:
    (found,) = read("crawl/a.warc.gz", members(page(7)))
    assert (found.path, found.media, found.content) == ("crawl/a.warc.gz#0", "html", b"<p>Page 7</p>")
    given_ = found.given
    assert (given_.url, given_.crawled) == ("https://gazette.example/7", "2024-05-14T10:00:00Z")
    assert (given_.input_id, given_.charset, given_.source, given_.folder) == ("<7>", "UTF-8", None, None)


def test_paths_name_the_byte_where_a_record_begins() -> None:
    records = [page(number) for number in range(3)]
    plain, packed = b"".join(records), members(*records)
    starts = [0, *accumulate(map(len, records))][:3]
    assert [one.path for one in read("a.warc", plain)] == [f"a.warc#{start}" for start in starts]
    starts = [0, *accumulate(len(members(one)) for one in records)][:3]
    assert [one.path for one in read("a.warc.gz", packed)] == [f"a.warc.gz#{start}" for start in starts]
    as_a_whole = read("a.warc.gz", gzip.compress(plain))
    assert [one.path for one in as_a_whole] == ["a.warc.gz#0", "a.warc.gz#0.2", "a.warc.gz#0.3"]


def test_the_same_records_compressed_or_not_are_the_same_documents() -> None:
    records = [page(number) for number in range(5)]
    contents = [(one.content, one.content_sha256, one.given) for one in read("a.warc", b"".join(records))]
    assert contents == [(one.content, one.content_sha256, one.given) for one in read("a.warc.gz", members(*records))]


NO_DOCUMENTS = {
    "warcinfo": record(b"software: x\r\n", "warcinfo", "application/warc-fields"),
    "request": record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
    "metadata": record(b"fetchTimeMs: 3\r\n", "metadata", "application/warc-fields"),
    "revisit": record(response(b""), "revisit"),
    "resource": record(b"<p>x</p>", "resource", "text/html"),
    "dns": record(b"20240514 gazette.example", "response", "text/dns"),
    "picture": record(response(b"\x89PNG", Content_Type="image/png")),
    "feed": record(response(b"<rss/>", Content_Type="application/rss+xml")),
    "script": record(response(b"let a", Content_Type="text/javascript")),
    "no type": record(response(b"<p>x</p>", Content_Type="")),
    "redirect": record(response(b"<p>Moved</p>", "301 Moved Permanently", Location="/b")),
}


@pytest.mark.parametrize("kind", NO_DOCUMENTS)
def test_what_is_no_page_is_no_document(kind: str) -> None:
    content = NO_DOCUMENTS[kind] + page(1)
    assert summary(read("a.warc", content))[0][1] == "<p>Page 1</p>"
    assert len(read("a.warc.gz", members(NO_DOCUMENTS[kind], page(1)))) == 1


def test_a_page_whose_server_named_no_type_is_one_where_the_crawler_found_it_out() -> None:
    untyped = record(response(b"<p>x</p>", Content_Type=""), WARC_Identified_Payload_Type="text/html")
    (found,) = read("a.warc.gz", members(untyped))
    assert (found.media, found.content, found.given.charset) == ("html", b"<p>x</p>", None)


def test_wet_texts_are_documents() -> None:
    text = record("Die Brücke bleibt zu.".encode(), "conversion", "text/plain", WARC_Date="2024-05-14T10:00:00.123Z")
    (found,) = read("a.warc.wet.gz", members(NO_DOCUMENTS["warcinfo"], text))
    assert (found.media, found.content.decode(), found.given.charset) == ("text", "Die Brücke bleibt zu.", "utf-8")
    assert found.given.crawled == "2024-05-14T10:00:00Z"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024-05-14T10:00:00Z", "2024-05-14T10:00:00Z"),
        ("2024-05-14", "2024-05-14"),
        ("2024", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_a_warc(date: str, moment: str | None) -> None:
    assert warc.crawled(date) == moment


@pytest.mark.parametrize(
    ("block", "code", "detail"),
    [
        (response(b"<p>Gone</p>", "404 Not Found"), "extract.error_page", "HTTP status: HTTP/1.1 404 Not Found"),
        (response(b"<p>Wait</p>", "503 Busy"), "extract.error_page", "503"),
        (response(b" \n"), "read.empty", "no text"),
        (response(b""), "read.empty", "no bytes"),
        (response(b"x", Content_Encoding="rot13"), "read.damaged", "HTTP coding 'rot13' is not known"),
        (response(b"\x1f\x8b\x08garbage", Content_Encoding="gzip"), "read.damaged", "HTTP payload doesn't unpack"),
    ],
)
def test_a_page_that_is_none_is_a_reject_of_its_own(block: bytes, code: str, detail: str) -> None:
    rejected, after = read("a.warc.gz", members(record(block), page(1)))
    assert f"{rejected.stage}.{rejected.reason}" == code
    assert detail in rejected.detail
    assert after.content == b"<p>Page 1</p>"


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [("text/html", None), ('text/html;CHARSET="iso-8859-1"', "iso-8859-1"), ("text/html; charset=", None)],
)
def test_the_charset_is_that_of_the_http_header(content_type: str, charset: str | None) -> None:
    (found,) = read("a.warc", record(response(b"<p>x</p>", Content_Type=content_type)))
    assert found.given.charset == charset


def test_a_page_larger_than_a_document_may_be_is_refused_wherever_it_grows(monkeypatch) -> None:
    for module in (warc, http_payload):
        monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 1000)
    large = response(b"x" * 1001)
    bomb = response(gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    found = read("a.warc.gz", members(record(large), record(bomb), page(1)))
    assert [one for _, one in summary(found)] == ["read.too_large", "read.too_large", "<p>Page 1</p>"]


@pytest.mark.parametrize("lost", [1, 5, 60, 200])
def test_a_truncated_file_gives_all_whole_records_and_one_reject_that_says_where(lost: int) -> None:
    records = [page(number) for number in range(4)]
    packed = members(*records)
    *whole, broken = read("a.warc.gz", packed[:-lost])
    start = len(members(*records[:3]))
    assert [one.content for one in whole] == [b"<p>Page %d</p>" % number for number in range(3)]
    assert (broken.path, broken.reason) == (f"a.warc.gz#{start}", "damaged")
    assert f"at byte {start:,} breaks off: the file ends inside it, at byte {len(packed) - lost:,}" in broken.detail
    *whole, broken = read("a.warc", b"".join(records)[: -lost - 4])
    assert [one.content for one in whole] == [b"<p>Page %d</p>" % number for number in range(3)]
    assert (broken.path, broken.reason) == (f"a.warc#{sum(map(len, records[:3]))}", "damaged")


def test_a_damaged_record_costs_only_itself() -> None:
    first, second, third = members(page(0)), bytearray(members(page(1))), members(page(2))
    second[150] ^= 0xFF
    found = read("a.warc.gz", first + bytes(second) + third)
    assert [one for _, one in summary(found)] == ["<p>Page 0</p>", "read.damaged", "<p>Page 2</p>"]
    between = read("a.warc.gz", first + b"no record" * 20 + third)
    assert [one for _, one in summary(between)] == ["<p>Page 0</p>", "read.damaged", "<p>Page 2</p>"]


@pytest.mark.parametrize(
    "broken",
    [
        page(1).replace(b"Content-Length: ", b"Content-Length: 9999"),
        page(1).replace(b"Content-Length: ", b"Content-Length: -"),
        page(1).replace(b"Content-Length", b"X-Length"),
        page(1).replace(b"WARC/1.0", b"warc?"),
        b"some words\r\n\r\n",
        page(1).replace(b"WARC-Date", b"X-Long: " + b"y" * 100_000 + b"\r\nWARC-Date"),
    ],
    ids=["length too long", "negative", "no length", "no version", "words", "endless header"],
)
def test_what_is_no_record_is_one_reject_and_reading_goes_on(broken: bytes) -> None:
    assert [one for _, one in summary(read("a.warc", page(0) + broken + page(2)))] == [
        "<p>Page 0</p>", "read.damaged", "<p>Page 2</p>"
    ]  # fmt: skip
    assert [one for _, one in summary(read("a.warc.gz", members(page(0), broken, page(2))))] == [
        "<p>Page 0</p>", "read.damaged", "<p>Page 2</p>"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "content"), [("a.warc", b"no archive"), ("a.warc.gz", b"no archive"), ("a.wet", b"\0\1")]
)
def test_a_file_that_is_no_warc_is_one_reject(path: str, content: bytes) -> None:
    (found,) = read(path, content)
    assert (found.path, found.reason) == (f"{path}#0", "damaged")


def test_an_empty_file_is_one_reject_and_padding_is_none() -> None:
    assert summary(read("a.warc.gz", b"")) == [("a.warc.gz", "read.empty")]
    assert len(read("a.warc.gz", members(page(1)) + b"\0" * 100_000)) == 1
    assert len(read("a.warc", page(1) + b"\r\n\r\n\r\n")) == 1


def test_false_beginnings_without_end_are_given_up() -> None:
    found = read("a.warc", b"\nWARC/1.0 x" * 5_000)
    assert len(found) == warc.MAX_BREAKS + 1
    assert found[-1].detail.startswith("more than 100 broken records")


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=30), st.integers(64, 4000), st.randoms())
def test_where_a_file_is_cut_changes_nothing(sizes: list[int], size: int, chance: random.Random) -> None:
    records = [
        record(response(b"<p>%d</p>" % number + chance.randbytes(length)), WARC_Record_ID=f"<{number}>")
        for number, length in enumerate(sizes)
    ]
    for path, content in (("a.warc", b"".join(records)), ("a.warc.gz", members(*records))):
        whole = read(path, content)
        assert len(whole) == len(sizes)
        assert read_cut(path, content, size) == whole


@given(st.binary(max_size=40), st.integers(0, 5000), st.integers(0, 60), st.integers(100, 2500))
def test_where_a_damaged_file_is_cut_changes_nothing(wrong: bytes, place: int, lost: int, size: int) -> None:
    records = [page(number) for number in range(9)]
    for path, content in (("a.warc", b"".join(records)), ("a.warc.gz", members(*records))):
        at = place % len(content)
        content = content[:at] + wrong + content[at + lost :]
        whole = read(path, content)
        assert read_cut(path, content, size) == whole
        assert len({one.path for one in whole}) == len(whole)


def test_a_crawled_archive_inside_a_record_is_not_taken_for_the_file_itself() -> None:
    """Its bytes stand in the outer member as they are: a cut in the midst of it finds members that are none of ours."""
    chance = random.Random(7)
    inner = members(*(record(response(b"<p>inner</p>" + chance.randbytes(900))) for _ in range(300)))
    outer = record(response(inner, Content_Type="application/octet-stream"))
    pages = (record(response(chance.randbytes(2000))) for _ in range(60))
    content = members(page(1)) + gzip.compress(outer, 0) + members(page(2), *pages, page(3))
    assert content.count(b"\x1f\x8b\x08") > 250
    whole = read("a.warc.gz", content)
    assert len(whole) == 63
    for size in (20_000, 50_000, 77_777, 150_000):
        assert read_cut("a.warc.gz", content, size) == whole
    assert all(isinstance(one, Document) for one in whole)


@pytest.mark.parametrize(
    "content",
    [
        b"\x1f\x8b\x08" * 300_000,  # each a header with a name that doesn't end
        (b"\x1f\x8b\x08\0\0\0\0\0\0\3" + b"\0\x60\xea\x9f\x15WARC/1.0") * 50_000,  # each holds the next ones
    ],
    ids=["endless headers", "overlapping"],
)
def test_a_search_among_false_beginnings_ends(content: bytes, monkeypatch) -> None:
    monkeypatch.setattr(gzip_members, "SEARCH_BYTES", 1_000_000)
    packed = members(page(1)) + content
    assert [one.reason for one in read_cut("a.warc.gz", packed, 200_000)[1:]] == ["damaged"]
