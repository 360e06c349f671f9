"""Hostile and broken pages end, soon."""

import time

import pytest

from schemas.errors import ExtractError
from transforms.extraction.markup import safe_markup
from transforms.extraction.page import read_page

STORY = (
    "<h1>Bridge reopens after repairs</h1>"
    + "<p>The harbour bridge reopened on Monday after two years, the city said.</p>" * 4
)
# Seconds of CPU for any of these pages of up to 3 MB: some ten times what they take, so that a quadratic one shows.
_SECONDS = 30.0

HOSTILE = {
    "divs in divs": "<div>" * 300_000 + "text",
    "cut divs in each other": "<div class=ad>" * 100_000 + STORY,
    "bold in bold": "<p>" + "<b><i>" * 50_000 + "text",
    "headings in headings": "<h1><div>" * 50_000 + "text",
    "tables in tables": "<table><tr><td>" * 50_000 + "text",
    "attributes": "<div " + " ".join(f"a{n}=b" for n in range(60_000)) + ">" + STORY,
    "options": "<select>" + "<option>text" * 60_000,
    "breaks": "<p>" + "a<br>" * 60_000,
    "names": "<div class='" + "ad-" * 100_000 + "'>" + STORY,
    "images": "<div>" * 200 + "<img>" * 60_000 + STORY,
    "json in json": "<script type='application/ld+json'>" + '{"@graph":[' * 50_000 + "</script>" + STORY,
    "byline": "<h1>Bridge reopens</h1><p class=byline>By " + "A, " * 60_000 + "</p>" + STORY,
    "authors": "<div class=author>" * 1_900 + "<b>Author</b>" * 60_000 + STORY,
    "one line": "<p>" + "word " * 300_000,
    "less than": "<" * 500_000,
    "comments": "<!--" * 200_000,
    "no end": STORY + "<plaintext>" + "</p><div>" * 20_000,
    "frames": "<frameset><frame src=x></frameset>",
    "zeros": "\x00" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends(name: str) -> None:
    start = time.process_time()
    try:
        read_page(HOSTILE[name], "https://x.example/")
    except ExtractError as error:
        assert str(error)
    assert time.process_time() - start < _SECONDS


def test_a_real_page_is_left_as_it_is() -> None:
    page = f"<html><body>{STORY * 50}<script>{'x' * 100_000}</script><div data-x='{'y' * 100_000}'>{STORY}</div></body></html>"
    assert safe_markup(page.encode()) == page.encode()


def test_what_lies_too_deep_is_left_out() -> None:
    assert safe_markup((STORY + "<div>" * 20_000).encode()) == (STORY + "<div>" * 2_000).encode()


def test_a_tag_without_end_is_left_out() -> None:
    assert safe_markup((STORY + "<p " + "a=b " * 50_000 + ">after").encode()) == (STORY + "after").encode()


def test_a_page_of_endless_length_is_cut_between_two_characters() -> None:
    page = "ж".encode() * 6_000_001
    assert safe_markup(b" " + page) == b" " + page[:11_999_998]
