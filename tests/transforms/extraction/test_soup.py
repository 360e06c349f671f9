"""The soup that is put together from lexbor's tree: the same as BeautifulSoup's own, where nothing is left out."""

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.extraction.soup import BODY, CUT, cook


def body_of(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    assert body is not None
    return body


def cooked(html: str, every_attribute: bool = False) -> BeautifulSoup:
    return cook(body_of(html), frozenset(), {}, frozenset(), every_attribute)


def test_elements_text_and_what_is_asked_of_attributes() -> None:
    soup = cooked("<div class='byline' style='x' itemprop='author'><p>One <b>two</b></p><p>three</p></div>")
    assert str(soup) == ('<body><div class="byline" itemprop="author"><p>One <b>two</b></p><p>three</p></div></body>')


def test_names_that_say_nothing_are_left_out() -> None:
    soup = cooked("<p class='x7f' id='p1'>One <span class='x8'>two</span> <span class='author'>three</span></p>")
    assert str(soup) == '<body><p>One two <span class="author">three</span></p></body>'


def test_every_attribute_for_selectors() -> None:
    soup = cooked("<p class='x7f' data-y='1'>One</p>", every_attribute=True)
    assert [tag.attrs for tag in soup.select("p[data-y]")] == [{"class": "x7f", "data-y": "1"}]


def test_what_never_holds_text_is_not_there() -> None:
    assert (
        str(cooked("<p>One<script>x</script><!-- y --><img src=z><button>Send</button></p>"))
        == "<body><p>One</p></body>"
    )


def test_blanks_between_blocks_are_not_there_and_others_are_one() -> None:
    assert str(cooked("<p>One</p>\n  <p>two   <b>three</b> \n <i>four</i></p>")) == (
        "<body><p>One</p><p>two   <b>three</b> \n four</p></body>"
    )


def test_cuts_bodies_and_what_is_skipped() -> None:
    body = body_of("<div><p>One</p><p>two</p><aside>three</aside></div>")
    first, second, aside = body.css("p, aside")
    soup = cook(body, {first.mem_id}, {aside.mem_id: "related element.aside"}, {second.mem_id})
    assert (
        str(soup) == f'<body><div><p {BODY}="">two</p><aside {CUT}="related element.aside">three</aside></div></body>'
    )


def test_deep_nesting_is_text_from_some_level_on() -> None:
    soup = cooked("<div>" * 1000 + "deep")
    assert soup.get_text() == "deep"
    assert len(soup.find_all("div")) < 300


pieces = st.lists(
    st.one_of(
        st.sampled_from(["<div class=byline>", "</div>", "<p>", "</p>", "<b>", "</b>", "<ul><li>", "</ul>", "<br>", "<a rel=author>", "</a>"]),
        st.text(alphabet="ab \n.", max_size=5),
    ),
    max_size=25,
)  # fmt: skip


@given(pieces)
def test_the_tree_is_linked_as_beautifulsoup_links_it(parts: list[str]) -> None:
    soup = cooked("".join(parts))
    elements = list(soup.descendants)
    for element, following in zip(elements, [*elements[1:], None]):
        assert element.next_element is following
        assert following is None or following.previous_element is element
        parent = element.parent
        assert isinstance(parent, Tag)
        place = next(i for i, child in enumerate(parent.contents) if child is element)
        assert element.previous_sibling is (parent.contents[place - 1] if place else None)
        assert element.next_sibling is (parent.contents[place + 1] if place + 1 < len(parent.contents) else None)
    assert all(element for element in elements if isinstance(element, NavigableString))
