"""A proposal finds what a person would have written, and nothing by which the next page would be misread."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigurationError
from transforms.sources.load import read_profile
from transforms.sources.profile import Profile
from transforms.sources.propose import profile_text, propose_profile
from transforms.sources.saved import SavedPage, body_of
from transforms.sources.selectors import is_lasting, selectors_of

TOWNS = ("Marl", "Orrin", "Tavel")
FRAME = """<html lang="en"><head><title>{title} - The Marl Gazette</title>
<meta property="og:site_name" content="The Marl Gazette"><meta name="author" content="Ada Brandt">
<link rel="canonical" href="https://www.marlgazette.example/{n}"></head><body>
<div class="masthead"><a href="/">Home</a> <a href="/sport">Sport</a></div>
<main><h1 class="story-title">{title}</h1><p class="story-intro">{intro}</p>
<div class="sign css-1x2y3z">By Ada Brandt</div>
<div class="story-text css-9q8w7e">{text}</div>
<div class="most-read"><h3>Most read</h3>
<ul><li><a href="/1">Goat elected</a></li><li><a href="/2">Tide late</a></li></ul></div>
</main></body></html>"""
GIVE = "<div class='begging'><p>The Marl Gazette has no owner and no paywall: whoever can pays five crowns.</p></div>"


def page(n: int, credit: str = "<p class='source'>(AFP)</p>") -> SavedPage:
    town = TOWNS[n]
    paragraphs = [
        f"The council of {town} voted on {day} to keep the old bell, which fell from its tower {n + 3} years ago. "
        f"Nobody in {town} could say by {day} evening who would carry it up again, and what the rope would cost them."
        for day in ("Monday", "Tuesday", "Friday")
    ]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[:2]) + GIVE + f"<p>{paragraphs[2]}</p>{credit}"
    intro = f"After {n + 3} years the bell of {town} goes back to where it came from, if a rope is found."
    html = FRAME.format(title=f"{town} keeps its fallen bell", intro=intro, text=text, n=n)
    return SavedPage(f"{town}.html", html.encode())


def is_credit(line: str) -> bool:
    return "AFP" in line


def nobody(host: str) -> str | None:
    return None


def propose(pages: list[SavedPage], host: str | None = None) -> Profile:
    return propose_profile(pages, "marl-gazette", host, is_credit, nobody).profile


def test_the_profile_is_what_a_person_would_have_written(tmp_path: Path) -> None:
    profile = propose([page(0), page(1), page(2)])
    assert (profile.name, profile.hosts, profile.language) == ("The Marl Gazette", ("marlgazette.example",), "en")
    (dated,) = profile.layouts
    assert dated.valid_from is None
    assert dated.layout.headline == ("h1.story-title",)
    assert dated.layout.standfirst == ("p.story-intro",)
    assert dated.layout.body == ("div.story-text",)
    assert dated.layout.by == ("div.sign",)
    assert dated.layout.drop == ("div.begging",)
    path = tmp_path / "marl-gazette" / "profile.toml"
    path.parent.mkdir()
    path.write_text(profile_text(profile), encoding="utf-8")
    assert read_profile(path) == profile


def test_what_repeats_goes_and_a_credit_that_repeats_stays() -> None:
    pages = [page(0), page(1)]
    layout = propose(pages).layouts[0].layout
    shown = [piece.shown for piece in body_of(pages[0].with_layout(layout))]
    assert len(shown) == 4 and shown[-1] == "(AFP)"
    assert not any("five crowns" in line for line in shown)


def test_a_source_line_without_an_agency_is_not_dropped_for_it_may_name_one_tomorrow() -> None:
    pages = [page(0, "<p class='source'>Source: our staff</p>"), page(1, "<p class='source'>Source: our staff</p>")]
    layout = propose(pages).layouts[0].layout
    assert layout.drop == ("div.begging",)
    tomorrow = page(2, "<p class='source'>Source: AFP</p>")
    assert [piece.shown for piece in body_of(tomorrow.with_layout(layout))][-1] == "Source: AFP"


def test_the_order_of_the_pages_changes_nothing() -> None:
    pages = [page(0), page(1), page(2)]
    assert propose(pages) == propose(pages[::-1])


def test_a_page_without_names_gets_no_layout() -> None:
    told = "The bell of Marl fell from its tower in a storm and nobody carried it up again. " * 2
    text = "".join(f"<p>{told}{n}</p>" for n in range(4))
    title = "Marl keeps its bell"
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
    bare = SavedPage("a.html", html.encode())
    proposal = propose_profile([bare], "marl-gazette", "marl.example", is_credit, nobody)
    assert proposal.profile.layouts == ()
    assert proposal.notes == (
        "one page shows nothing that repeats; two or three more, of other days, make a better proposal",
        "no class or id tells the text from the rest of the page; the general extractor goes on reading it",
    )


def test_a_host_that_another_has_is_not_claimed() -> None:
    def taken(host: str) -> str | None:
        return "the site of the profile reuters"

    with pytest.raises(ConfigurationError) as error:
        propose_profile([page(0)], "marl-gazette", None, is_credit, taken)
    assert str(error.value) == (
        "no page says where it comes from (their links lead to marlgazette.example, the site of the profile reuters); "
        "name the site with --host, as --host gazette.example"
    )
    assert propose_profile([page(0)], "marl-gazette", "m.example", is_credit, taken).profile.hosts == ("m.example",)


@pytest.mark.parametrize(
    ("lasting", "made_up"),
    [
        ("story-text", "css-1x2y3z"),
        ("articleBody", "sc-fqyart"),
        ("Article_text", "nfyQp"),
        ("story__headline", "cGvxAa"),
        ("txt", "text_text__oJhZK"),
        ("col-12", "post-1048576"),
        ("h2", "w-1/2"),
    ],
)
def test_names_of_words_last_and_made_up_ones_do_not(lasting: str, made_up: str) -> None:
    assert is_lasting(lasting)
    assert not is_lasting(made_up)


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_selector_is_one_and_finds_its_element(name: str, identifier: str) -> None:
    markup = "<main class='page'><div><p>Text</p></div></main>"
    soup = BeautifulSoup(markup, "html.parser", multi_valued_attributes=None)
    div = soup.div
    div["class"], div["id"], div["data-testid"] = name, identifier, name
    for tag in (div, soup.p):
        for selector in selectors_of(tag):
            assert tag in soup.select(selector)


@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_any_name_is_written_as_toml(name: str, host: str) -> None:
    text = profile_text(Profile(id="a", name=name, hosts=(host, "b.example")))
    assert tomllib.loads(text) == {"id": "a", "name": name, "hosts": [host, "b.example"]}
    assert text.replace("\n", "").isprintable()
