import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.reading.conftest import members, read, read_cut, record, response, summary
from transforms.reading import documents, zip_members


def archive(*named: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in named:
            # without the time of day: the bytes stand in names of tests
            member = zipfile.ZipInfo(name) if isinstance(name, str) else name
            target.writestr(member, content, method)
    return stream.getvalue()


def test_members_are_read_as_files_and_named_behind_their_archive() -> None:
    content = archive(
        ("gazette/", b""),
        ("gazette/a.html", b"<p>One</p>"),
        ("b.txt", b"Two"),
        ("wire/c.jsonl", b'{"text":"Three"}\n{"text":"Four"}\n'),
        ("./d.json", b'{"text":"Five"}'),
    )
    assert summary(read("in/news.zip", content)) == [
        ("in/news.zip!gazette/a.html", "<p>One</p>"),
        ("in/news.zip!b.txt", "Two"),
        ("in/news.zip!wire/c.jsonl#1", "Three"),
        ("in/news.zip!wire/c.jsonl#2", "Four"),
        ("in/news.zip!d.json", "Five"),
    ]


def test_the_folder_is_the_one_it_would_be_after_unpacking_in_place() -> None:
    content = archive(("gazette/2024/a.html", b"<p>One</p>"), ("b.html", b"<p>Two</p>"))
    assert [one.given.folder for one in read("news.zip", content)] == ["gazette", None]
    assert [one.given.folder for one in read("herald/news.ZIP", content)] == ["herald", "herald"]
    assert [one.given.folder for one in read("crawl/news.ZIP", content)] == ["gazette", "crawl"]


def test_compressed_members_are_read_through() -> None:
    assert summary(read("a.zip", archive(("a.html.gz", members(b"<p>One</p>"))))) == [("a.zip!a.html.gz", "<p>One</p>")]


def _linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "content", "code", "detail"),
    [
        ("../../etc/passwd.txt", b"x", "read.unsupported", "leads out of the archive"),
        ("/etc/passwd.txt", b"x", "read.unsupported", "leads out of the archive"),
        ("C:\\a.txt", b"x", "read.unsupported", "leads out of the archive"),
        (_linked(), b"/etc/passwd", "read.unsupported", "symbolic link"),
        ("inner.zip", archive(("a.txt", b"One")), "read.unsupported", "an archive inside an archive is not read"),
        ("inner.warc.gz", members(record(response(b"x"))), "read.unsupported", "an archive inside an archive"),
        ("a.pdf", b"%PDF", "read.unsupported", "can't read '.pdf'"),
        ("__MACOSX/._a.txt", b"x", "read.hidden", "'._a.txt' starts with a dot"),
        ("a.txt", b"", "read.empty", "no bytes"),
        ("a.jsonl", b"3\n", "read.malformed", "not a JSON object"),
    ],
)
def test_what_is_no_document_is_one_reject_that_says_why(name, content: bytes, code: str, detail: str) -> None:
    rejected, after = read("a.zip", archive((name, content), ("z.txt", b"One")))
    assert f"{rejected.stage}.{rejected.reason}" == code
    assert rejected.path.startswith("a.zip!")
    assert detail in rejected.detail
    assert after.content == b"One"


def test_an_encrypted_member_is_a_reject() -> None:
    content = bytearray(archive(("a.txt", b"One")))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    (found,) = read("a.zip", bytes(content))
    assert found.reason == "unsupported"
    assert found.detail == "the member is encrypted; unpack the archive with its password"


def test_ways_of_packing_that_name_their_own_memory_are_refused() -> None:
    (found,) = read("a.zip", archive(("a.txt", b"One"), method=zipfile.ZIP_LZMA))
    assert (found.reason, found.detail) == (
        "unsupported", "the member is packed by method 14; read are stored, deflate, bzip2"
    )  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_last_counts() -> None:
    first, second = read("a.zip", archive(("a.txt", b"Old"), ("./a.txt", b"New")))
    assert (first.reason, second.content) == ("superseded", b"New")
    assert "again" in first.detail


def test_a_damaged_member_costs_only_itself() -> None:
    content = bytearray(archive(("a.txt", b"One" * 50), ("b.txt", b"Two"), method=zipfile.ZIP_STORED))
    content[content.index(b"OneOne") + 4] ^= 1
    assert summary(read("a.zip", bytes(content))) == [("a.zip!a.txt", "read.damaged"), ("a.zip!b.txt", "Two")]


@pytest.mark.parametrize("content", [b"no archive", archive(("a.txt", b"One"))[:-30], b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_whole_archive_is_one_reject(content: bytes) -> None:
    (found,) = read("a.zip", content)
    assert (found.path, found.stage) == ("a.zip", "read")
    assert found.reason in ("damaged", "too_large")


def test_an_empty_file_and_an_empty_archive() -> None:
    assert summary(read("a.zip", b"")) == [("a.zip", "read.empty")]
    assert summary(read("a.zip", archive())) == [("a.zip", "read.empty")]


def test_a_member_that_grows_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 1000)
    content = archive(("a.txt", b"x" * 1_000_000), ("b.txt", b"One"))
    assert summary(read("a.zip", content)) == [("a.zip!a.txt", "read.too_large"), ("a.zip!b.txt", "One")]


def test_an_archive_of_overlapping_members_is_stopped(monkeypatch) -> None:
    """Every entry of the table of contents points at the same packed bytes."""
    monkeypatch.setattr(zip_members, "MAX_EXPANSION", 50)
    one = archive(("a.txt", b"x" * 20_000))
    start = one.rindex(b"PK\x01\x02")
    end = one.rindex(b"PK\x05\x06")
    entry = one[start:end]
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % number + b".txt"[:0]) for number in range(40))
    tail = bytearray(one[end:])
    tail[8:16] = struct.pack("<HHL", 40, 40, len(entries))
    found = read("a.zip", one[:start] + entries + bytes(tail))
    assert len(found) == 40
    assert found[-1].reason == "too_large"
    assert "unpacks to more than 50 times its size" in found[-1].detail


def test_a_table_of_contents_that_would_fill_the_memory_is_not_read(monkeypatch) -> None:
    monkeypatch.setattr(zip_members, "MAX_CONTENTS_BYTES", 60)
    (found,) = read("a.zip", archive(("a.txt", b"One"), ("b.txt", b"Two")))
    assert (found.reason, found.detail) == ("too_large", "a table of contents of more than 60 bytes")


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=12), st.integers(20, 600))
def test_where_an_archive_is_cut_changes_nothing(contents: list[bytes], size: int) -> None:
    content = archive(*((f"g/{number}.txt", one) for number, one in enumerate(contents)), method=zipfile.ZIP_STORED)
    whole = read("a.zip", content)
    assert len(whole) == len(contents)
    assert read_cut("a.zip", content, size) == whole


@given(st.binary(max_size=20), st.integers(0, 2000), st.integers(0, 30))
def test_no_damage_breaks_the_reading(wrong: bytes, place: int, lost: int) -> None:
    content = archive(("a.txt", b"One" * 40), ("b.jsonl", b'{"text":"Two"}\n' * 3), ("c.html", b"<p>Three</p>"))
    at = place % len(content)
    content = content[:at] + wrong + content[at + lost :]
    assert read_cut("a.zip", content, 60) == read("a.zip", content)
