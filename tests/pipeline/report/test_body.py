"""The marked-up text says what the record says: the body whole, the removed pieces in their places."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.body import lay_out
from pipeline.report.marks import KINDS, Mark
from pipeline.report.markup import visible
from schemas.records import ArticleRecord, Removed
from tests.pipeline.report.report_records import article_of


class Reader(HTMLParser):
    """Tells body from what was taken out of it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.body = self.removed = ""
        self.marked: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        css = dict(attributes).get("class") or ""
        self._open.append(f"{name}.{css}")

    def handle_endtag(self, name: str) -> None:
        assert self._open.pop().split(".")[0] == name

    def handle_data(self, text: str) -> None:
        if any(element.startswith("span.why") for element in self._open):
            return
        if any(element.startswith("del.") for element in self._open):
            self.removed += text
        else:
            self.body += text
        for element in self._open:
            if element.startswith("mark."):
                self.marked.append((element[5:], text))


ids = "1" * 32
words = st.text(st.sampled_from("ab<&\"'>\u202e\u0000\u05d0é \n\t"), min_size=1, max_size=12)
spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)
marks = st.lists(st.builds(lambda span, kind: Mark(*span, kind), spans, st.sampled_from(KINDS)), max_size=8)


@st.composite
def cleaned(draw: st.DrawFn) -> ArticleRecord:
    """An article whose kept and removed pieces tile an invented raw, white space apart."""
    raw = body = ""
    kept, removed = [], []
    for is_body, text, gap in draw(st.lists(st.tuples(st.booleans(), words, st.sampled_from(["", " ", "\n", "\n\n"])))):
        start = len(raw)
        raw += text
        if is_body:
            kept.append((start, len(raw), len(body), len(body) + len(text)))
            body += text + gap
        else:
            removed.append(Removed(cls="newsletter", rule="en.sign-up", start=start, end=len(raw), exact=text))
        raw += gap
    return article_of(body, ids, kept=tuple(kept), removed=tuple(removed))


@given(cleaned(), marks, marks)
def test_text_without_the_removed_pieces_is_the_body(
    article: ArticleRecord, in_body: list[Mark], in_raw: list[Mark]
) -> None:
    layout = lay_out(article, in_body, in_raw, 10_000)
    reader = Reader(layout.html)
    assert reader.body == visible(article.body_text)
    assert reader.removed == visible("".join(piece.exact for piece in article.removed))
    assert layout.shown == layout.characters == len(article.body_text) + sum(len(p.exact) for p in article.removed)


@given(
    st.text(max_size=40),
    st.lists(st.tuples(*[st.integers(0, 50)] * 4), max_size=5),
    st.lists(
        st.builds(
            lambda at, text: Removed(cls="x", rule="y", start=at, end=at + len(text), exact=text),
            st.integers(0, 50),
            words,
        ),
        max_size=5,
    ),
)
def test_wrong_spans_lose_and_repeat_nothing_of_the_body(
    body: str, kept: list[tuple[int, int, int, int]], removed: list[Removed]
) -> None:
    reader = Reader(lay_out(article_of(body, ids, kept=tuple(kept), removed=tuple(removed)), (), (), 10_000).html)
    assert reader.body == visible(body)
    assert len(reader.removed) == len(visible("".join(piece.exact for piece in removed)))


@given(cleaned(), st.integers(0, 30))
def test_a_cut_text_is_the_beginning_of_the_whole(article: ArticleRecord, most: int) -> None:
    layout = lay_out(article, (), (), most)
    reader = Reader(layout.html)
    assert visible(article.body_text).startswith(reader.body)
    assert visible("".join(piece.exact for piece in article.removed)).startswith(reader.removed)
    assert layout.shown == min(most, layout.characters)


def removal(raw: str, exact: str) -> Removed:
    start = raw.index(exact)
    return Removed(cls="date_meta", rule="shape.date", start=start, end=start + len(exact), exact=exact)


WHY = '<span class="why" title="Removed: date_meta, rule shape.date">date_meta <code>shape.date</code></span>'
DEL = '<del title="Removed: date_meta, rule shape.date">'


@pytest.mark.parametrize(
    ("raw", "kept", "body", "html"),
    [
        # glued to the text after it: one line
        (
            "DATEThe port reopened.",
            ((4, 22, 0, 18),),
            "The port reopened.",
            f'<p dir="auto">{WHY}{DEL}DATE</del>The port reopened.</p>',
        ),
        # glued to the text before it, a line feed after it
        (
            "Reopened.DATE\n\nNext.",
            ((0, 9, 0, 9), (15, 20, 11, 16)),
            "Reopened.\n\nNext.",
            f'<p dir="auto">Reopened.{WHY}{DEL}DATE</del></p>\n\n<p dir="auto">Next.</p>',
        ),
        # a line of its own
        (
            "One.\nDATE\nTwo.",
            ((0, 4, 0, 4), (10, 14, 5, 9)),
            "One.\nTwo.",
            f'<p dir="auto">One.</p>\n<p class="gone" dir="auto">{WHY}{DEL}DATE</del></p><p dir="auto">Two.</p>',
        ),
        # out of the middle of a line
        (
            "One DATE two.",
            ((0, 3, 0, 3), (9, 13, 4, 8)),
            "One two.",
            f'<p dir="auto">One {WHY}{DEL}DATE</del>two.</p>',
        ),
    ],
)
def test_removed_pieces_stand_in_their_place(raw: str, kept: tuple, body: str, html: str) -> None:
    article = article_of(body, ids, kept=kept, removed=(removal(raw, "DATE"),))
    assert lay_out(article, (), (), 1_000).html == html


def test_marks_of_raw_are_seen_in_removed_pieces() -> None:
    article = article_of("Body.", ids, kept=((8, 13, 0, 5),), removed=(removal("(Wire)\n\nBody.", "(Wire)"),))
    html = lay_out(article, (), [Mark(1, 5, "credit", "credit: Wire, byline")], 1_000).html
    marked = DEL.replace("<del", '<del class="marked"')
    assert (
        f'{DEL}(</del>{marked}<mark class="credit" title="credit: Wire, byline">Wire</mark></del>{DEL})</del>' in html
    )


def test_overlapping_marks_name_all_kinds() -> None:
    html = lay_out(article_of("abcdef", ids), [Mark(0, 4, "narrative"), Mark(2, 6, "quote")], (), 100).html
    assert Reader(html).marked == [("narrative", "ab"), ("narrative quote", "cd"), ("quote", "ef")]
    assert 'title="shared narrative; shared quotation">cd<' in html
