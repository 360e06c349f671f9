"""Pages read whole: the region, its blocks, its fields."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ExtractError
from tests.transforms.extraction.conftest import URL, body_of, cuts_of, kinds_of
from transforms.extraction.page import read_page


def test_a_usual_page(pages: Any) -> None:
    reading = read_page(pages.story(), URL)
    assert body_of(reading) == list(pages.paragraphs)
    assert reading.headline == pages.title
    assert reading.standfirst == pages.standfirst
    assert reading.by == "By Robin Marsh"
    assert reading.authors == ("Robin Marsh",)
    assert reading.declared_language == "en-GB"
    assert kinds_of(reading)["3 May 2024"] == "date"
    assert cuts_of(reading) == {"The bridge at dawn. Photo: Jo Example": ("photo_caption", "element.figcaption")}


@pytest.mark.parametrize(
    ("box", "cls", "rule"),
    [
        ("<div class='newsletter-signup'><p>Get our morning letter with all that matters.</p></div>", "newsletter", "names.newsletter-signup"),
        ("<aside><h3>Elsewhere</h3><p>Ferry fares rise again in the summer.</p></aside>", "related", "element.aside"),
        ("<p><a href='/x'>Ferry fares rise again in the summer</a></p>", "related", "structure.link"),
        ("<p>Read also: <a href='/x'>Ferry fares rise again in the summer</a></p>", "related", "structure.link_behind_label"),
        ("<div class='teaser'><p>Ferry fares rise again in the summer.</p></div>", "related", "names.teaser"),
        ("<div><img src='x.jpg'><p>Cables stored near the northern ramp.</p></div>", "photo_caption", "structure.beside_image"),
        ("<ul><li><a href='/1'>Ferry fares rise again</a></li><li>Today <a href='/2'>school walks for all of them</a></li></ul>", "related", "structure.list_of_links"),
        ("<div class='about-the-author'><p>Robin Marsh has covered the port since 2001.</p></div>", "about_author", "names.about-the-author"),
    ],
)  # fmt: skip
def test_what_stands_inside_of_the_story_and_is_none_of_it(pages: Any, box: str, cls: str, rule: str) -> None:
    reading = read_page(pages.story(inside=box), URL)
    assert body_of(reading) == list(pages.paragraphs)
    assert (cls, rule) in cuts_of(reading).values()


def test_the_heading_of_a_list_of_links_goes_with_it(pages: Any) -> None:
    box = "<h3>More on this</h3><ul><li><a href='/1'>Ferry fares rise again</a></li><li><a href='/2'>School walks</a></li></ul>"
    reading = read_page(pages.story(inside=box), URL)
    assert body_of(reading) == list(pages.paragraphs)
    assert cuts_of(reading)["More on this"] == ("related", "structure.heading_of_related")


def test_intertitles_lists_quotes_and_tables_are_body(pages: Any) -> None:
    box = (
        "<h2>What comes next</h2><ul><li>The southern ramp closes at night.</li><li>Tolls are not planned.</li></ul>"
        "<blockquote>Nobody will miss the ferry queue.</blockquote><table><tr><td>2022</td><td>Works begin</td></tr></table>"
    )
    body = body_of(read_page(pages.story(inside=box), URL))
    assert body[2:-2] == [
        "What comes next", "The southern ramp closes at night.", "Tolls are not planned.", "Nobody will miss the ferry queue.",
        "2022", "Works begin",
    ]  # fmt: skip


def test_headings_over_short_lines_at_the_end_are_body(pages: Any) -> None:
    end = ("<h2>Ingredients</h2>", "<ul><li>500 g rye flour</li><li>350 ml water</li></ul>", "<h2>Who pays</h2>", "<p>The county.</p>")
    body = body_of(read_page(pages.page(f"<article><h1>{pages.title}</h1>{pages.wrapped(pages.paragraphs)}{''.join(end)}</article>"), URL))
    assert body[-5:] == ["Ingredients", "500 g rye flour", "350 ml water", "Who pays", "The county."]


def test_a_body_split_over_containers_is_one(pages: Any) -> None:
    parts = "".join(
        f"<div class='part'><p>{text}</p></div><div class='ad-slot'>Advertisement</div>" for text in pages.paragraphs
    )
    reading = read_page(pages.page(f"<div id='wrap'><h1>{pages.title}</h1>{parts}</div>"), URL)
    assert body_of(reading) == list(pages.paragraphs)


@pytest.mark.parametrize("attributes", ["class='text-block html'", "", "class='row row_{}'", "id='part{}'"])
def test_a_body_of_two_unequal_parts_is_one(pages: Any, attributes: str) -> None:
    long = pages.wrapped(pages.paragraphs)
    short = pages.wrapped(tuple(f"{text} So it was said again." for text in pages.paragraphs[:2]))
    parts = "".join(
        f"<div {attributes.format(n)}>{part}</div><figure><img></figure>" for n, part in enumerate((long, short))
    )
    reading = read_page(pages.page(f"<div><h1>{pages.title}</h1>{parts}</div>"), URL)
    assert len(body_of(reading)) == 6


def long_story(pages: Any) -> list[str]:
    return [*pages.paragraphs, *(f"{text} So it was said again." for text in pages.paragraphs)]


@pytest.mark.parametrize(
    "attributes", ["class='subscriber-only'", "class='paywall'", "style='display: none'", "class='hidden'", "class='read-more'"]
)
def test_the_rest_of_a_story_that_a_click_or_a_subscription_shows_is_read(pages: Any, attributes: str) -> None:
    texts = long_story(pages)
    shown, hidden = pages.wrapped(tuple(texts[:4])), pages.wrapped(tuple(texts[4:]))
    page = pages.page(f"<h1>{pages.title}</h1><div>{shown}<button>More</button><div {attributes}>{hidden}</div></div>")
    assert body_of(read_page(page, URL)) == texts


def test_an_offer_behind_the_same_name_is_not(pages: Any) -> None:
    offer = "<div class='paywall'><h3>Read on</h3><p>All that we write, on any device that you own, from today on.</p></div>"
    page = pages.page(f"<h1>{pages.title}</h1><div>{pages.wrapped(tuple(long_story(pages)))}{offer}</div>")
    assert body_of(read_page(page, URL)) == long_story(pages)


OTHER = "<aside>{}</aside>".format(
    "".join(f"<p>Fares rise for the {n}th time since the company was sold to its owners, it said.</p>" for n in range(15))
)
MENU = "<ul>{}</ul>".format("".join(f"<li><a href='/{n}'>Entry number {n} of the menu</a></li>" for n in range(99)))


@pytest.mark.parametrize(
    ("around", "inside"),
    [
        ("modal-page", "modal-body"),
        ("audio-story", "audio-text"),
        ("promo-story", "partner-content"),
        ("page", "discussion"),
        ("gallery-article", "swiper-slide"),
    ],
)
def test_unlucky_names_beside_the_headline_are_doubted_before_those_of_other_parts(
    pages: Any, around: str, inside: str
) -> None:
    story = f"<div class='{around}'><h1>{pages.title}</h1><div class='{inside}'>{pages.wrapped(pages.paragraphs)}</div></div>"
    assert body_of(read_page(pages.page(MENU + story + OTHER), URL)) == list(pages.paragraphs)


def test_a_box_in_the_story_is_cut_though_its_text_is_called_a_body(pages: Any) -> None:
    box = f"<div class='infobox'><div class='rich-text'>{pages.wrapped(('The bridge was built in 1931, of steel from abroad. ' * 6,))}</div></div>"
    paragraphs = tuple(text * 2 for text in pages.paragraphs)
    inside = pages.wrapped(paragraphs[:2]) + box + pages.wrapped(paragraphs[2:])
    reading = read_page(pages.page(f"<article><h1>{pages.title}</h1><div class='article-body'>{inside}</div></article>"), URL)
    assert body_of(reading) == list(paragraphs)


def test_a_card_in_one_link_is_another_story_though_it_holds_a_sentence(pages: Any) -> None:
    card = "<a href='/x'><div><h3>Ferry fares</h3><p>Whoever wants to take the ferry in the summer has to pay more for it.</p></div></a>"
    assert body_of(read_page(pages.story(inside=f"<div>{card}</div>"), URL)) == list(pages.paragraphs)


@pytest.mark.parametrize("tag", ["p", "div", "section"])
def test_a_first_paragraph_that_is_the_pages_description_too_is_body(pages: Any, tag: str) -> None:
    head = f'<meta name="description" content="{pages.paragraphs[0]}">'
    text = "".join(f"<{tag}>{text}</{tag}>" for text in pages.paragraphs)
    reading = read_page(pages.page(f"<div><h1>{pages.title}</h1><div class='x'>{text}</div></div>", head), URL)
    assert (body_of(reading), reading.standfirst) == (list(pages.paragraphs), None)


def test_a_heading_over_short_paragraphs_of_a_dense_script_is_body() -> None:
    first = "港町の東西を結んできた渡し船が、今月末で運航を終えることになった。市が十日、発表した。新しい橋が昨年完成し、利用者が減っていた。"
    page = f"<main><h1>港町の渡し船、歴史に幕</h1><p>{first}</p><p>{first}さらに続く。</p><div><h2>跡地は公園に</h2><div><p>市は船着き場の跡地を公園として整備する方針で、予算に設計費を盛り込む。</p></div></div></main>"
    assert body_of(read_page(page, URL))[-2:] == ["跡地は公園に", "市は船着き場の跡地を公園として整備する方針で、予算に設計費を盛り込む。"]


def test_lines_between_breaks_are_blocks(pages: Any) -> None:
    text = "<br><br>".join(pages.paragraphs) + "<br>(Reporting by A. Writer; Editing by B. Desk)"
    reading = read_page(pages.page(f"<h1>{pages.title}</h1><div>{text}</div>"), URL)
    assert body_of(reading) == [*pages.paragraphs, "(Reporting by A. Writer; Editing by B. Desk)"]


def test_a_name_that_speaks_of_the_whole_page_cuts_nothing(pages: Any) -> None:
    for wrapper in ("has-newsletter", "sidebar-grid", "paywall", "modal-enabled ad-margins", "social-media"):
        reading = read_page(pages.story().replace("<main>", f"<main class='{wrapper}'>"), URL)
        assert body_of(reading) == list(pages.paragraphs), wrapper


def test_a_story_in_nothing_but_unlucky_names_is_read_all_the_same(pages: Any) -> None:
    parts = "".join(f"<div class='promo-{n}'><p>{text}</p></div>" for n, text in enumerate(pages.paragraphs * 2))
    lead = (
        "<div class='text'><p>The bridge is open again, and whoever wants to cross it may do so from now on at any hour.</p></div>"
        * 1
    )
    reading = read_page(pages.page(f"<h1>{pages.title}</h1>{lead}{parts}"), URL)
    assert [text for text in body_of(reading) if text in pages.paragraphs][:4] == list(pages.paragraphs)


def test_comments_below_a_short_story_are_not_the_story(pages: Any) -> None:
    comments = (
        "<div class='comments'>"
        + pages.wrapped(
            tuple(f"I crossed it {n} times and will tell you why, at some length, as ever." for n in range(40))
        )
        + "</div>"
    )
    assert body_of(read_page(pages.story(after=comments), URL)) == list(pages.paragraphs)


def test_the_next_story_below_is_another(pages: Any) -> None:
    other = (
        "<article><h1>Ferry fares rise again in the summer</h1>"
        + pages.wrapped(
            tuple(
                f"Fares rise for the {n}th time since the company was sold to its present owners, it said."
                for n in range(9)
            )
        )
        + "</article>"
    )
    assert body_of(read_page(pages.story(after=other), URL)) == list(pages.paragraphs)


def test_a_trailing_credit_stays_in_raw_for_who_reads_credits(pages: Any) -> None:
    reading = read_page(pages.story().replace("</div></article>", "<p>Example Wire</p></div></article>"), URL)
    assert reading.raw.endswith("Example Wire")


markup = st.lists(
    st.one_of(
        st.sampled_from(
            "<div>|</div>|<p>|</p>|<br>|<a href=x>|</a>|<h1>|</h1>|<h2>|<ul><li>|</ul>|<table><tr><td>|</table>|<b>|</b>|<span class=caption>|</span>"
            "|<div class=related>|<figure>|</figure>|<img>|<time datetime='2024-05-03'>|<article>|</article>|<blockquote>|<!-- x -->|<plaintext>|<script>|</script>"
            "|<aside>|<label>|&nbsp;|&lt;|\x00|<![CDATA[|<div class='article-body'>|<p class=byline>By Ada Quill</p>|<ruby>|<svg>|<math>|<template>|<?php b ?>|<dt>Author</dt>".split("|")
        ),
        st.text(max_size=30),
        st.just("The harbour bridge reopened on Monday after two years of repairs, the city said, and lorries crossed it. "),
    ),
    max_size=40,
)  # fmt: skip


@given(markup)
def test_blocks_tile_raw_whatever_the_markup(pieces: list[str]) -> None:
    try:
        reading = read_page("".join(pieces), None)
    except ExtractError as error:
        assert str(error)
        return
    place = 0
    for block in reading.blocks:
        assert block.end > block.start >= place
        assert not reading.raw[place : block.start].strip()
        assert reading.raw[block.start : block.end].strip() == reading.raw[block.start : block.end] != ""
        place = block.end
    assert not reading.raw[place:].strip()


def test_instructions_to_a_server_that_were_left_in_a_page_are_passed_by(pages: Any) -> None:
    assert read_page(pages.story(inside="<?php echo 'x' ?><p>a<?= x ?></p>"), URL).raw == read_page(
        pages.story(inside="<p>a</p>"), URL
    ).raw  # fmt: skip


@given(st.permutations(["newsletter", "related", "ad", "story-wrap", "share"]))
def test_the_same_page_reads_the_same(names: list[str]) -> None:
    page = "".join(
        f"<div class='{name}'><p>{name} says that the harbour bridge reopened on Monday, after two years of repairs.</p></div>"
        for name in names
    )
    assert read_page(page, URL) == read_page(page, URL)


def test_a_sealed_list_of_links_inside_of_the_story_is_shown_and_cut(pages: Any) -> None:
    links = "".join(f"<li><a href='/{n}'>Council votes on plan number {n}</a></li>" for n in range(9))
    box = f"<div class='related'><h3>More</h3><ul>{links}</ul><div class='share'>Share this</div></div>"
    reading = read_page(pages.story(inside=box), URL)
    assert body_of(reading) == list(pages.paragraphs)
    assert cuts_of(reading)["Council votes on plan number 8"] == ("related", "names.related")
    assert "Share this" not in reading.raw


def test_a_linked_sentence_of_the_story_stays(pages: Any) -> None:
    sentence = "The ferry, which had taken the port’s traffic for two years, stopped on the same day."
    reading = read_page(pages.story(inside=f"<p><a href='/ferry'>{sentence}</a></p>"), URL)
    assert body_of(reading) == [*pages.paragraphs[:2], sentence, *pages.paragraphs[2:]]
