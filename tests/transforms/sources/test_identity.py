from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Given
from transforms.extraction.page import read_page
from transforms.sources.address import ADDRESSES, names_nobody
from transforms.sources.identity import address_of, article_id, identify, same_site, source_of
from transforms.sources.profile import Profile, Profiles

GAZETTE = Profile(id="example-gazette", name="The Example Gazette", hosts=("gazette.example", "gazette-plus.example"))
SPORT = Profile(id="gazette-sport", name="Gazette Sport", hosts=("sport.gazette.example",))
PROFILES = Profiles([SPORT, GAZETTE])
NONE = Profiles()
HERE = "https://www.gazette.example/news/1"
ELSEWHERE = "https://wire.example/story/9"


@pytest.mark.parametrize(
    ("given_", "canonical", "source"),
    [
        # 1. the profile whose host matches the given URL
        (Given(url=HERE, source="Somebody", folder="else"), None, "example-gazette"),
        (Given(url="https://sport.gazette.example/1"), None, "gazette-sport"),
        (Given(url="https://m.sport.gazette.example/1"), None, "gazette-sport"),
        (Given(url=HERE), ELSEWHERE, "example-gazette"),
        # 2. the source field, by the profile it names, else as given
        (Given(url=ELSEWHERE, source="  The  Wire "), None, "The Wire"),
        (Given(url=ELSEWHERE, source="the example gazette"), None, "example-gazette"),
        (Given(source="example-gazette"), None, "example-gazette"),
        (Given(source="www.gazette.example"), None, "example-gazette"),
        (Given(source="  ", folder="herald"), None, "herald"),
        # 3. the host of the given URL
        (Given(url="https://www.wire.example/a", folder="herald"), None, "www.wire.example"),
        # 4. the folder, 5. nothing
        (Given(folder="herald"), None, "herald"),
        (Given(folder="Example-Gazette"), None, "example-gazette"),
        (Given(url="not a url", folder="herald"), None, "herald"),
        (Given(folder="2024-06-01"), None, None),
        (Given(folder="html"), None, None),
        (Given(folder="en"), ELSEWHERE, "wire.example"),
        (Given(), None, None),
        # a page without a given URL
        (Given(), HERE, "example-gazette"),
        (Given(), ELSEWHERE, "wire.example"),
        (Given(folder="pages"), ELSEWHERE, "wire.example"),
        (Given(folder="wire"), ELSEWHERE, "wire"),
        (Given(folder="herald"), ELSEWHERE, "herald"),
        (Given(source="The Herald"), ELSEWHERE, "The Herald"),
        (Given(source="The Herald"), HERE, "The Herald"),
        (Given(source="The Example Gazette"), HERE, "example-gazette"),
        (Given(folder="gazette-sport"), HERE, "gazette-sport"),
        (Given(), "/news/1", None),
    ],
)
def test_the_order_in_which_a_source_is_found(given_: Given, canonical: str | None, source: str | None) -> None:
    assert source_of(given_, canonical, PROFILES) == source


@pytest.mark.parametrize(
    ("given_", "canonical", "address", "evidence"),
    [
        (Given(url=HERE), "https://gazette.example/other", "www.gazette.example/news/1", None),
        (Given(url=HERE), ELSEWHERE, "www.gazette.example/news/1", "wire.example/story/9"),
        (Given(url=HERE), "https://gazette-plus.example/x", "www.gazette.example/news/1", None),
        (Given(), ELSEWHERE, "wire.example/story/9", None),
        (Given(folder="html"), ELSEWHERE, "wire.example/story/9", None),
        (Given(folder="wire"), ELSEWHERE, "wire.example/story/9", None),
        (Given(folder="herald"), ELSEWHERE, None, "wire.example/story/9"),
        (Given(source="herald.example"), ELSEWHERE, None, "wire.example/story/9"),
        (Given(source="www.wire.example"), ELSEWHERE, "wire.example/story/9", None),
        (Given(source="Wire", folder="herald"), ELSEWHERE, None, "wire.example/story/9"),
        (Given(source="The Wire", folder="html"), ELSEWHERE, "wire.example/story/9", None),
        (Given(source="The Example Gazette"), ELSEWHERE, None, "wire.example/story/9"),
        (Given(source="The Example Gazette"), HERE, "www.gazette.example/news/1", None),
        (Given(), "https://wire.example/", None, None),  # a front page is no article's address
        (Given(), "https://wire.example/?p=7", "wire.example/?p=7", None),
        (Given(), "junk", None, None),
        (Given(), None, None, None),
    ],
)
def test_when_a_canonical_link_is_the_address_and_when_it_is_evidence(
    given_: Given, canonical: str | None, address: str | None, evidence: str | None
) -> None:
    identity = identify(given_, canonical, "a.html", PROFILES)
    assert (identity.uri, identity.canonical) == (address, evidence)
    assert identity.uri == address_of(given_, canonical, PROFILES)
    assert identity.id == article_id(address, identity.source, None, "a.html")


@pytest.mark.parametrize(
    ("name", "canonical", "own"),
    [
        ("le-monde-bleu", "https://www.lemondebleu.example/a", True),
        ("Le Monde Bl\u00e9u", "https://www.le-monde-bleu.example/a", True),
        ("The Harbour Herald", "https://harbourherald.example/a", True),
        ("Harbour Herald", "https://theharbourherald.example/a", True),
        ("The Herald", "https://herald.example/a", True),
        ("monde bleu 2024-06", "https://lemondebleu.example/a", True),
        ("The", "https://the.example/a", True),
        ("The", "https://herald.example/a", False),
        ("herald", "https://amp.herald.co.example/a", True),
        ("herald_2024-06", "https://herald.example/a", True),
        ("news.herald.example", "https://www.herald.example/a", True),
        ("blog-a.hosts.example", "https://blog-b.hosts.example/a", False),
        ("harbour", "https://harbourherald.example/a", False),
        ("\u65b0\u805e", "https://herald.example/a", False),
        ("_", "https://_.example/a", True),  # a name without letters names nobody
    ],
)
def test_what_names_another_site(name: str, canonical: str, own: bool) -> None:
    assert (address_of(Given(folder=name), canonical, NONE) is not None) is own


def test_a_licensed_copy_never_takes_the_originators_identity() -> None:
    page = "herald/a.html"
    licensed = identify(Given(folder="herald"), ELSEWHERE, page, NONE)
    original = identify(Given(url=ELSEWHERE), ELSEWHERE, "wire/a.html", NONE)
    assert licensed.id != original.id
    assert licensed.source == "herald"
    assert original.canonical is None


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("gazette.example", "www.gazette.example", True),
        ("gazette.example", "gazette-plus.example", True),
        ("gazette.example", "sport.gazette.example", False),  # a profile of its own
        ("m.herald.example", "www.herald.example", True),
        ("news.herald.example", "herald.example", True),
        ("news.herald.example", "sport.herald.example", False),
        ("herald.example", "oldherald.example", False),
    ],
)
def test_same_site(left: str, right: str, same: bool) -> None:
    assert same_site(left, right, PROFILES) is same
    assert same_site(right, left, PROFILES) is same


def test_nameless_folders_prove_themselves() -> None:
    assert [name for name in ADDRESSES.nameless.hits if not names_nobody(name)] == []
    assert [name for name in ADDRESSES.nameless.misses if names_nobody(name)] == []


names = st.none() | st.text(max_size=6)
identities = st.tuples(names, names, names, st.text(max_size=6))


@given(identities, identities)
def test_ids_are_hex_and_differ_when_what_they_are_made_of_differs(
    left: tuple[str | None, str | None, str | None, str], right: tuple[str | None, str | None, str | None, str]
) -> None:
    assert re.fullmatch("[0-9a-f]{32}", article_id(*left))
    assert (article_id(*left) == article_id(*right)) == (_made_of(*left) == _made_of(*right))


def _made_of(uri: str | None, source: str | None, input_id: str | None, path: str) -> tuple[str | None, ...]:
    if uri is not None:
        return ("uri", uri)
    return ("input_id", source, input_id) if input_id is not None else ("path", source, path)


def test_an_id_is_of_the_address_alone_and_stays_the_same() -> None:
    assert article_id("gazette.example/1", "a", "b", "c") == article_id("gazette.example/1", None, None, "d")
    assert article_id("gazette.example/1", None, None, "x") == "fccf3d1c0c7ba87025a74fb1a5f0445f"


texts = st.none() | st.text(max_size=20) | st.sampled_from(["gazette", "wire.example", HERE, ELSEWHERE, "html"])


@given(texts, texts, texts, texts, texts, st.text(max_size=10))
def test_identity_never_raises_on_any_strings(
    url: str | None, source: str | None, folder: str | None, input_id: str | None, canonical: str | None, path: str
) -> None:
    given_ = Given(url=url, source=source, folder=folder, input_id=input_id)
    identity = identify(given_, canonical, path, PROFILES)
    assert identity.source == source_of(given_, canonical, PROFILES)
    assert identity.source is None or identity.source.strip() == identity.source != ""


@pytest.mark.parametrize(
    ("path", "uri", "evidence"),
    [
        ("harbour-gazette/night-trams.html", "www.harbourgazette.example/city/night-trams", None),
        ("echo-du-littoral/greve-des-ferries.html", "www.echodulittoral.example/iles/greve-des-ferries", None),
        ("meridian-post/why-bills-rise.html", "meridianpost.example/why-bills-rise", None),
        (
            "kestrel-news/potash-line-closed.html",
            None,
            "www.reuters.com/world/talvaria-empties-valley-below-cracked-dam-2024-05-14/",
        ),
    ],
)
def test_the_pages_of_the_examples_belong_to_their_folders(path: str, uri: str | None, evidence: str | None) -> None:
    page = Path(__file__).parents[3] / "examples" / "articles" / path
    reading = read_page(page.read_text(encoding="utf-8"), None)
    folder = path.partition("/")[0]
    identity = identify(Given(folder=folder), reading.canonical, path, NONE)
    assert (identity.source, identity.uri, identity.canonical) == (folder, uri, evidence)
