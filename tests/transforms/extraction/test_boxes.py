"""The survey of a page, and what of it is passed by."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.extraction.boxes import Survey, ends_as, fold, last_inside, survey_page

LINKS = "".join(f"<li><a href='/{n}'>Council votes on plan number {n}</a></li>" for n in range(9))
PROSE = "<p>" + "The council sat until the small hours and voted on nothing at all. " * 5 + "</p>"


def surveyed(html: str, titles: frozenset[str] | None = frozenset(), believe_names: bool = True) -> Survey:
    body = LexborHTMLParser(html).body
    assert isinstance(body, LexborNode)
    return survey_page(body, len(body.text()), believe_names, titles)


def test_boxes_in_document_order_with_their_own_text() -> None:
    survey = surveyed("<div>one<p>two <a href=x>three</a></p></div><p>four</p>")
    assert survey.tag == ["body", "div", "p", "p"]
    assert survey.parent == [0, 0, 1, 0]
    assert survey.chars == [0, 3, 8, 4]
    assert survey.linked == [0, 0, 5, 0]
    assert last_inside(survey) == [3, 2, 2, 3]


def test_a_part_of_links_is_sealed_and_counts_as_if_it_were_not() -> None:
    page = f"<div>{PROSE}</div><div class=related><h3><a href='/'>More</a></h3><ul>{LINKS}</ul></div>"
    sealed, opened = surveyed(page), surveyed(page, titles=None)
    assert sealed.tag == ["body", "div", "p", "div"]
    assert sealed.sealed == {3}
    assert sealed.cut[3] == "related names.related"
    assert (sum(sealed.chars), sum(sealed.linked)) == (sum(opened.chars), sum(opened.linked))
    assert sealed.linked_headings == 1
    assert opened.tag == ["body", "div", "p", "div", "h3", "ul", *["li"] * 9]
    assert not opened.sealed


def test_what_may_be_the_story_is_not_sealed() -> None:
    assert not surveyed(f"<div class=related>{PROSE}</div>").sealed
    assert not surveyed(f"<div class=related><h2>The Plan</h2><ul>{LINKS}</ul></div>", frozenset({"theplan"})).sealed
    assert surveyed(f"<div class=related><h2>Another Plan</h2><ul>{LINKS}</ul></div>", frozenset({"theplan"})).sealed
    assert not surveyed(f"<div class=related><ul>{LINKS}</ul></div>", believe_names=False).sealed
    assert not surveyed(f"<div class=factbox><ul>{LINKS}</ul></div>").sealed


def test_menus_are_not_looked_into() -> None:
    page = f"<nav><ul>{LINKS}</ul></nav><div>{PROSE * 20}</div>"
    assert surveyed(page).tag == ["body", "nav", "div", *["p"] * 20]


def test_a_folded_title() -> None:
    assert fold(" The Plan’s “end”_ ") == "theplansend"
    assert fold("ÉLAN vital") == "élanvital"
    assert fold("... ") == ""


@pytest.mark.parametrize(
    ("heading", "ends"),
    [
        ("Traffic: Harbour bridge reopens at last", True),
        ("Harbour bridge reopens at last", True),
        ("Harbour bridge reopens at last, in pictures", False),
        ("Read what our readers wrote to us about this when they heard of it: Harbour bridge reopens at last", False),
    ],
)
def test_a_heading_may_be_a_kicker_and_the_headline(heading: str, ends: bool) -> None:
    assert ends_as(fold(heading), (fold("Harbour bridge reopens at last"),)) is ends


def test_a_short_title_proves_nothing() -> None:
    assert not ends_as(fold("All that matters: Sport"), (fold("Sport"),))
