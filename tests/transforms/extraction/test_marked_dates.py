"""Dates that neither the metadata nor a line over the story says."""

import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from transforms.extraction.marked_dates import marked_dates
from transforms.extraction.page import read_page

URL = "https://www.elleryplace.example/news/bridge"
TITLE = "<h1>Bridge reopens</h1>"


def dates_on(body: str, of_story: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return list(marked_dates(LexborHTMLParser(f"<body>{body}</body>"), of_story, {"bridgereopens"}, "en"))


@pytest.mark.parametrize(
    "element",
    [
        "<time itemprop='datePublished' datetime='2024-05-03T06:12:00Z'>3 May</time>",
        "<span itemprop='datePublished' content='2024-05-03T06:12:00Z'>06:12</span>",
        "<abbr class='published' itemprop='datePublished' title='2024-05-03T06:12:00Z'>06:12</abbr>",
        "<span property='dc:date dc:created' content='2024-05-03T06:12:00Z'>Submitted by Robin</span>",
    ],
)
def test_an_element_that_says_when_it_was_published(element: str) -> None:
    assert dates_on(element) == [("element.published", "2024-05-03T06:12:00Z")]


def test_the_time_of_the_storys_own_byline_before_any_other() -> None:
    assert dates_on("", ("2024-05-03",)) == [("element.time", "2024-05-03")]


def test_a_date_beside_the_headline() -> None:
    assert dates_on(f"<main><div class='date'>3 May 2024</div>{TITLE}</main>") == [("element.date", "3 May 2024")]


def test_what_day_it_is_today_says_nothing() -> None:
    clock = "<header><div class='date'>9 May 2024</div></header>"
    assert dates_on(f"{clock}<div><div><div><div><div>{TITLE}</div></div></div></div></div>") == []


def test_dates_of_several_days_decide_nothing() -> None:
    others = "<ul><li class='date'>3 May 2024</li><li class='date'>4 May 2024</li></ul>"
    assert dates_on(f"<main>{TITLE}{others}</main>") == []


def test_a_page_takes_the_datetime_where_its_text_is_short_of_it(pages: Any) -> None:
    page = re.sub("<time .*?</time>", "<time datetime='2024-05-03T06:12:00+01:00'>03.05.24</time>", pages.story())
    reading = read_page(page, URL)
    assert reading.first_created == "2024-05-03T05:12:00Z"
    evidence = reading.first_created_evidence
    assert evidence and (evidence.place, evidence.field, evidence.exact) == (
        "metadata", "element.time", "2024-05-03T06:12:00+01:00",
    )  # fmt: skip
