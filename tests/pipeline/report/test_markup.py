"""Nothing that a file says can act on the page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from pipeline.report.markup import Markup, address_of, cut, escape, given, join, link, tag, visible


class Outline(HTMLParser):
    """Start tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attributes)))

    def handle_data(self, text: str) -> None:
        self.text += text


@given_any(st.text())
def test_any_text_comes_back_as_text(said: str) -> None:
    element = Outline(tag("td", said, title=said, label=said))
    assert element.tags == [("td", {"title": visible(said), "data-label": visible(said)})]
    assert element.text == visible(said)


@given_any(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl"))))
def test_harmless_text_stays_itself(said: str) -> None:
    assert visible(said) == said.replace("\u2029", "[U+2029]")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a\x00b", "a\u2400b"),
        ("\x1b[31mred", "\u241b[31mred"),
        ("line\r\n\tnext", "line\u240d\n\tnext"),
        ("\x7f\x9b", "\u2421[U+009B]"),
        ("invoice\u202efdp.exe", "invoice[U+202E]fdp.exe"),
        ("\u2066isolated\u2069", "[U+2066]isolated[U+2069]"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f \u200f", "\u0645\u06cc\u200c\u0634\u0648\u062f \u200f"),
        ("half \ud800", "half \ufffd"),
    ],
)
def test_what_would_act_is_shown(said: str, shown: str) -> None:
    assert visible(said) == shown


@pytest.mark.parametrize(
    "uri",
    [
        "http://gazette.example/a",
        "https://gazette.example:8443/a?b=1&c=%22#d",
        "https://[2001:db8::1]/a",
        "HTTPS://A.example/",
    ],
)
def test_web_addresses_become_links(uri: str) -> None:
    (name, attributes), _ = Outline(link(uri)).tags
    assert (name, attributes) == ("a", {"rel": "noopener noreferrer nofollow", "href": uri})


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://gazette.example/%0aalert(1)",
        "ftp://gazette.example/a",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//gazette.example/a",
        "/a",
        "https:",
        "https:///a",
        "https://[broken/a",
        "https://gazette.example/\u202egnp.exe",
        "https://gazette.example/a b",
        'https://gazette.example/"onmouseover="alert(1)',
        "https://gazette.example/" + "a" * 3_000,
    ],
)
def test_everything_else_stays_text(uri: str) -> None:
    assert address_of(uri) is None
    outline = Outline(link(uri, most=5_000))
    assert [name for name, _ in outline.tags] == ["bdi"]
    assert outline.text == visible(uri)


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("https://ida:secret@gazette.example/a@b", "https://…@gazette.example/a@b"),
        ("https://ida@gazette.example/a", "https://…@gazette.example/a"),
        ("https://a@b:c@gazette.example?d=@", "https://…@gazette.example?d=@"),
    ],
)
def test_a_user_and_password_in_an_address_are_neither_shown_nor_linked(uri: str, shown: str) -> None:
    outline = Outline(link(uri))
    assert ([name for name, _ in outline.tags], outline.text) == (["bdi"], shown)


def test_markup_is_not_escaped_twice() -> None:
    assert join((Markup("<b>"), "<b>", None)) == "<b>&lt;b&gt;"
    assert tag("p", tag("b", "a & b")) == "<p><b>a &amp; b</b></p>"


def test_separators_are_escaped() -> None:
    assert join([escape("a"), escape("b")], " < ") == "a &lt; b"


def test_long_values_are_cut_and_absent_ones_named() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
    assert given("abcdef", 4) == '<bdi title="abcdef">abc…</bdi>'
    assert (
        given(None, absent="no headline")
        == given(" \n", absent="no headline")
        == '<span class="absent">no headline</span>'
    )
