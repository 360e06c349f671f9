"""Parts that are known by what stands together in them, on whole pages."""

from typing import Any

import pytest

from tests.transforms.extraction.test_page import body_of, cuts_of
from transforms.extraction.page import read_page

URL = "https://www.elleryplace.example/news/bridge"
OFFER = "Every Friday we send the week's best stories to four thousand neighbours."
TEASER = "The pool opens again on Monday after six months of repairs to its roof and its heating."


@pytest.mark.parametrize("field", ["type=email", "name=user_mail", "placeholder='Your e-mail'"])
def test_what_stands_with_a_form_for_an_address_is_an_offer(pages: Any, field: str) -> None:
    box = f"<div><h4>In your inbox</h4><p>{OFFER}</p><div><form><input {field}><button>OK</button></form></div></div>"
    reading = read_page(pages.story(inside=box), URL)
    assert body_of(reading) == list(pages.paragraphs)
    assert cuts_of(reading)[OFFER] == ("newsletter", "structure.asks_address")


def test_a_form_for_something_else_cuts_nothing(pages: Any) -> None:
    box = "<div><h4>Jam of pears and honey</h4><form><input type=hidden name=recipe><button>Print</button></form></div>"
    assert "Jam of pears and honey" in body_of(read_page(pages.story(inside=box), URL))


def test_a_page_that_is_one_form_is_read_as_any_other(pages: Any) -> None:
    page = pages.story().replace("<main>", "<form><input type=email><main>").replace("</main>", "</main></form>")
    assert body_of(read_page(page, URL)) == list(pages.paragraphs)


def test_an_article_element_under_a_linked_heading_is_another_story(pages: Any) -> None:
    box = f"<div><article><h2><a href='/pool'>Pool opens again</a></h2><p>{TEASER}</p></article></div>"
    reading = read_page(pages.story(inside=box), URL)
    assert body_of(reading) == list(pages.paragraphs)
    assert cuts_of(reading)[TEASER] == ("related", "structure.linked_article")


def test_an_entry_of_this_story_whose_heading_is_its_own_address_is_none(pages: Any) -> None:
    box = f"<article><time datetime='2024-05-03T07:00Z'>07.00 GMT</time><h2><a href='#p1'>Pool opens</a></h2><p>{TEASER}</p></article>"
    body = body_of(read_page(pages.story(inside=box), URL))
    assert body[2:4] == ["Pool opens", TEASER]
    assert "07.00 GMT" not in body
