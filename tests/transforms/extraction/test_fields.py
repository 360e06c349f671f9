"""Titles, headline, authors and dates, from claims that contradict each other."""

import time
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from schemas.article import Block
from transforms.extraction.dates import DateHabits
from transforms.extraction.fields import Titles, find_dates, find_headline, read_titles
from transforms.extraction.metadata import Claims, read_claims

URL = "https://www.elleryplace.example/news/bridge"
LD = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'


def claims_of(head: str) -> Claims:
    return read_claims(LexborHTMLParser(f"<html><head>{head}</head><body></body></html>"), URL)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def titles_of(**given: Any) -> Titles:
    return Titles(**{"claimed": None, "shared": None, "printed": None, "all": (), **given})


def test_titles_lose_the_name_of_the_site() -> None:
    head = meta("og:title", "Harbour bridge reopens | The Ellery Post") + meta("og:site_name", "The Ellery Post")
    titles = read_titles(claims_of(head), ["The Ellery Post", "Harbour bridge reopens"])
    assert (titles.claimed, titles.shared, titles.printed) == (None, "Harbour bridge reopens", "Harbour bridge reopens")
    assert "Harbour bridge reopens | The Ellery Post" in titles.all


def test_a_joint_inside_of_the_title_stays() -> None:
    head = meta("og:title", "Bridge reopens - after two years")
    assert read_titles(claims_of(head), []).shared == "Bridge reopens - after two years"


@pytest.mark.parametrize(
    ("given", "over", "headline"),
    [
        ({"printed": "Bridge reopens"}, None, "Bridge reopens"),
        ({"printed": "Bridge", "claimed": "Bridge reopens", "shared": "BRIDGE REOPENS"}, None, "Bridge reopens"),
        ({"printed": "Traffic: Bridge reopens", "shared": "Bridge reopens"}, None, "Bridge reopens"),
        ({"printed": "For searchers", "shared": "For searchers", "claimed": "Bridge reopens"}, "Bridge reopens", "Bridge reopens"),
        ({"printed": "For searchers", "shared": "For searchers", "claimed": "Bridge reopens"}, None, "For searchers"),
        ({"printed": "The Ellery Post today", "shared": "Bridge reopens"}, None, "Bridge reopens"),
        ({"claimed": "Bridge reopens"}, "Over it", "Over it"),
        ({"claimed": "Bridge reopens"}, None, "Bridge reopens"),
        ({"all": ("Bridge reopens",)}, None, "Bridge reopens"),
        ({}, None, None),
    ],
)  # fmt: skip
def test_the_headline_by_what_most_witnesses_say(given: dict[str, str], over: str | None, headline: str | None) -> None:
    assert find_headline(titles_of(**given), over) == headline


def block(raw: str, text: str, kind: Any) -> Block:
    start = raw.index(text)
    return Block(start=start, end=start + len(text), kind=kind)


def test_a_date_in_a_line_of_its_own_before_one_beside_a_byline() -> None:
    raw = "By Robin Marsh | 2 May 2024\n\n3 May 2024"
    byline, date = block(raw, "By Robin Marsh | 2 May 2024", "byline"), block(raw, "3 May 2024", "date")
    assert find_dates(claims_of(""), raw, [byline, date], None, None).first == "2024-05-03"
    alone = find_dates(claims_of(""), raw, [byline], None, None)
    assert alone.first == "2024-05-02"
    assert alone.evidence and (alone.evidence.place, alone.evidence.exact) == ("raw", "2 May 2024")
    assert raw[alone.evidence.start : alone.evidence.end] == "2 May 2024"


def test_whoever_knows_the_second_of_the_day_knows_more() -> None:
    head = LD % '"datePublished": "2024-05-03"' + meta("article:published_time", "2024-05-03T07:12:00+01:00")
    dates = find_dates(claims_of(head), "", [], None, None)
    assert dates.first == "2024-05-03T06:12:00Z"
    assert dates.evidence and dates.evidence.field == "meta.article:published_time"


def test_what_a_layout_says_comes_first_and_the_address_last() -> None:
    claims = claims_of(LD % '"datePublished": "2024-05-03"')
    assert find_dates(claims, "", [], "4 May 2024", None).first == "2024-05-04"
    assert find_dates(claims_of(""), "", [], None, "https://x.example/2024/05/06/bridge").first == "2024-05-06"
    assert (
        find_dates(claims_of("<title>Bridge, 5 May 2024</title>"), "", [], None, "https://x.example/2024/05/06/b").first
        == "2024-05-05"
    )


def test_an_ambiguous_date_only_by_the_habits_of_the_source() -> None:
    claims = claims_of(meta("date", "03/04/2024"))
    assert find_dates(claims, "", [], None, None).first is None
    assert find_dates(claims, "", [], None, None, DateHabits(day_first=True)).first == "2024-04-03"


def test_the_last_change() -> None:
    claims = claims_of(LD % '"datePublished": "2024-05-03", "dateModified": "2024-05-04T09:00:00Z"')
    assert find_dates(claims, "", [], None, None).version == "2024-05-04T09:00:00Z"


def test_half_a_surrogate_pair_in_metadata_is_a_replacement_character() -> None:
    page = r'''<script type="application/ld+json">
        {"@type": "NewsArticle", "headline": "Dam \ud83d\ude00 holds", "author": {"name": "Pavla \ud800 Merin"}}</script>'''
    article = read_claims(LexborHTMLParser(page), None).article
    assert article["author"] == {"name": "Pavla \ufffd Merin"}
    assert article["headline"] == "Dam \U0001f600 holds"


@pytest.mark.parametrize("before, behind", [("<!--", "-->"), ("//<![CDATA[\n", "\n//]]>"), ("/* <![CDATA[ */ ", " /* ]]> */"), ("<!-- <![CDATA[", "]]> -->;")])
def test_json_ld_in_a_comment_is_read(before: str, behind: str) -> None:
    page = f'<script type="application/ld+json"> {before}{{"@type": "NewsArticle", "headline": "Dam holds"}}{behind} </script>'
    assert read_claims(LexborHTMLParser(page), None).article["headline"] == "Dam holds"


def test_blanks_behind_the_end_of_a_comment_take_no_time() -> None:
    page = f'<script type="application/ld+json">x -->{" " * 1_000_000}y</script>'
    start = time.process_time()
    assert read_claims(LexborHTMLParser(page), None).article == {}
    assert time.process_time() - start < 5  # CPU seconds; hours, when every end is tried from every blank
