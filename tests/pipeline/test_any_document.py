"""Whatever stands in a document, it becomes a record that keeps the laws: lines nobody would write, around a story."""

from __future__ import annotations

import html

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.attribute import attribute_content
from pipeline.tables import Tables, load_tables
from schemas.article import Given
from schemas.records import ArticleRecord

STORY = (
    "OSTREL (AFP) - The harbour board voted on Monday to close the old pier for repairs until the autumn of next year.",
    "Engineers had found cracks in eleven of the forty piles that carry it, the board said in a statement.",
    "“We know how long people have waited,” said the mayor, who walked across it with children from a school nearby.",
)
MARKS = [*" \"'.,:;!?|/-#@()[]<>&=*_«»“”‘’…–—·•©®™€£\u00a0\u200b\u200f\u2028\ufeff\u0301\x1b१٣年🙂"]
WORDS = [
    "AFP", "Reuters", "(AP)", "dpa/", "By", "Von", "Par", "Photo:", "Copyright", "Sign up", "Follow us", "Read more", "Share",
    "Contact", "Editing by", "with", "and", "said", "news", "free", "we", "you", "14 May 2024", "17:05", "http://x.example/",
    "新华社", "رويترز", "ТАСС", "संवाददाता", "&amp;", "A.", "é", "İ", "ß",
]  # fmt: skip
piece = st.one_of(
    st.sampled_from(MARKS), st.sampled_from(WORDS), st.builds(str.__mul__, st.sampled_from(MARKS), st.sampled_from([2, 3, 60]))
)
line = st.lists(piece, min_size=1, max_size=10).map("".join)
lines = st.lists(line, max_size=12)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(None, None)


def solid(text: str) -> str:
    return "".join(text.split())


def check(record: ArticleRecord) -> str:
    """The laws that a record shows by itself; gives all of its raw text but white space."""
    pieces = [(removed.start, removed.end, removed.exact) for removed in record.removed]
    pieces += [(start, end, record.body_text[begin:stop]) for start, end, begin, stop in record.kept]
    pieces.sort()
    assert all(end - start == len(text) for start, end, text in pieces)
    assert all(one[1] <= other[0] for one, other in zip(pieces, pieces[1:], strict=False)), "no piece overlaps another"
    for proof in (proof for source in record.info_sources for proof in source.evidence):
        assert proof.place != "body" or record.body_text[proof.start : proof.end] == proof.exact
    for mention in record.mentions:
        assert mention.place != "body" or record.body_text[mention.start : mention.end] == mention.exact
    msgspec.json.encode(record)
    return solid("".join(text for _, _, text in pieces))


@given(before=lines, behind=lines)
def test_any_text(before: list[str], behind: list[str], tables: Tables) -> None:
    text = "\n\n".join((*before, *STORY, *behind)).lstrip("{[<")  # else it is taken for JSON, or for a page
    record = attribute_content(text.encode(), "a.txt", Given(), tables)
    assert isinstance(record, ArticleRecord), record
    assert check(record) == solid(text.removeprefix("\ufeff"))


@given(before=lines, behind=lines)
def test_any_page(before: list[str], behind: list[str], tables: Tables) -> None:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in (*before, *STORY, *behind))
    page = f"<!doctype html><html><head><meta charset=utf-8><title>Pier</title></head><body><article><h1>Pier</h1>{paragraphs}</article>"
    record = attribute_content(page.encode(), "a.html", Given(), tables)
    assert isinstance(record, ArticleRecord), record
    assert solid(STORY[1]) in check(record)
