"""The pieces of text of a region, and what is known of each."""

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from transforms.extraction.leaves import Leaf, read_leaves
from transforms.extraction.soup import cook


def leaves_of(html: str, cuts: dict[str, str] | None = None, bodies: str = "") -> list[Leaf]:
    body = LexborHTMLParser(html).body
    assert body is not None
    found = {node.mem_id: cut for selector, cut in (cuts or {}).items() for node in body.css(selector)}
    marked = {node.mem_id for node in body.css(bodies)} if bodies else set()
    return read_leaves(cook(body, frozenset(), found, marked))


def texts(html: str) -> list[str]:
    return [leaf.text for leaf in leaves_of(html)]


def test_one_leaf_a_block_in_order() -> None:
    leaves = leaves_of("<h2>One</h2><p>two <b>three</b></p><ul><li>four</li></ul><blockquote>five</blockquote>six")
    assert [(leaf.text, leaf.shape, leaf.tag) for leaf in leaves] == [
        ("One", "heading", "h2"),
        ("two three", "paragraph", "p"),
        ("four", "list_item", "li"),
        ("five", "quote", "blockquote"),
        ("six", "paragraph", "body"),
    ]


def test_text_before_and_after_a_block_inside_is_apart() -> None:
    assert texts("<div>before<p>inside</p>after</div>") == ["before", "inside", "after"]


def test_blanks_are_one_and_never_all() -> None:
    assert texts("<p> One\n\t two  </p><p> \u2028 </p><p>three</p>") == ["One two", "three"]


def test_breaks_part_lines_but_not_sentences() -> None:
    assert texts("<p>A line ends here.<br>Another begins,<br>and goes on<br><br>after two</p>") == [
        "A line ends here.",
        "Another begins, and goes on",
        "after two",
    ]


def test_a_block_inside_of_a_link_is_a_leaf_of_its_own() -> None:
    leaves = leaves_of("<a href=x>Before<p>inside</p></a><p>after</p>")
    assert [(leaf.text, leaf.linked) for leaf in leaves] == [("Before", 1.0), ("inside", 1.0), ("after", 0.0)]


def test_shares_of_links_and_of_bold() -> None:
    (leaf,) = leaves_of("<p>four<a href=x>link</a><b>bold</b></p>")
    assert (leaf.linked, leaf.bold) == (4 / 12, 4 / 12)


def test_authors_moments_and_names() -> None:
    (leaf,) = leaves_of("<p>By <a rel=author>Robin Marsh</a>, <time datetime='2024-05-03'>3 May</time></p>")
    assert (leaf.authors, leaf.moment) == (("Robin Marsh",), "2024-05-03")
    (leaf,) = leaves_of("<div class=standfirst><p>The deck</p></div>")
    assert leaf.field == "standfirst"
    (leaf,) = leaves_of("<p>On <time>3 May 2024</time></p>")
    assert leaf.moment == ""


def test_the_outer_cut_holds_inside_but_a_caption_is_one_all_the_same() -> None:
    leaves = leaves_of(
        "<aside>one<p>two</p><figcaption>three</figcaption></aside><p>four</p>",
        {"aside": "related element.aside", "figcaption": "photo_caption element.figcaption"},
    )
    assert [(leaf.text, leaf.cut, leaf.rule) for leaf in leaves] == [
        ("one", "related", "element.aside"),
        ("two", "related", "element.aside"),
        ("three", "photo_caption", "element.figcaption"),
        ("four", None, None),
    ]


def test_what_stands_in_the_body() -> None:
    leaves = leaves_of("<div class=meta>one<section><p>two</p></section></div>", bodies="section")
    assert [(leaf.text, leaf.body, leaf.field) for leaf in leaves] == [("one", False, "date"), ("two", True, None)]


def test_neighbours_have_one_parent() -> None:
    one, two, three = leaves_of("<div><p>one</p><p>two</p></div><div><p>three</p></div>")
    assert one.parent == two.parent != three.parent


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<a href=x>", "</a>", "<b>", "</b>", "<br>", "x y", " ", "\n", "z."]
        ),
        max_size=30,
    )
)
def test_no_text_is_lost_or_doubled(parts: list[str]) -> None:
    words = "".join(part for part in parts if part[0] != "<").split()
    joined = "".join(texts("".join(parts)))
    assert joined.replace(" ", "") == "".join(words)
