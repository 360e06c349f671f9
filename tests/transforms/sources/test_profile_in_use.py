"""What a profile says reaches the article: dates, series, the state of its layouts, the names of its house."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.tables import load_tables
from schemas.article import Article, Document, Given
from schemas.errors import ConfigurationError
from transforms.attribution.registry import load_registry
from transforms.boilerplate.cues import our_cues
from transforms.credit import credit_article
from transforms.extraction.article import extract_article
from transforms.extraction.layout import Layout
from transforms.sources.profile import DatedLayout, Profile, Profiles

CUES = our_cues()
REGISTRY = load_registry()
GAZETTE = Profile(
    id="marl-gazette",
    name="The Marl Gazette",
    hosts=("marlgazette.example",),
    house_names=("MG",),
    series="county-papers",
    date_order="dmy",
    time_zone="Europe/Paris",
    layouts=(DatedLayout(layout=Layout(body=("div.told",))),),
)
STORY = "The bell of Lower Marl came back on Thursday after nineteen years in a shed in the next county."
MORE = "It was carried up the tower by eleven people and a pulley, and rung once, by mistake, on the way."


def read(content: str, media: str, *profiles: Profile, folder: str | None = "marl-gazette", **given: str) -> Article:
    encoded = content.encode()
    document = Document(
        path=f"marl-gazette/a.{media}",
        media=media,
        content=encoded,
        content_sha256=sha256(encoded).hexdigest(),
        content_bytes=len(encoded),
        given=Given(folder=folder, **given),
    )
    return extract_article(document, Profiles(profiles), CUES)


def page(body: str = "told", head: str = "") -> str:
    return (
        f"<html><head><title>Bell comes home</title>{head}</head><body><article><h1>Bell comes home</h1>"
        f"<p class='time'>04/05/2024 14:30</p><div class='{body}'><p>{STORY}</p><p>{MORE}</p></div>"
        "</article></body></html>"
    )


@pytest.mark.parametrize("media", ["html", "txt"])
def test_dates_are_read_in_the_order_and_the_zone_of_the_source(media: str) -> None:
    content = page("other") if media == "html" else f"Bell comes home\n\n04/05/2024 14:30\n\n{STORY}\n\n{MORE}\n"
    kind = "html" if media == "html" else "text"
    assert read(content, kind).first_created is None
    assert read(content, kind, GAZETTE).first_created == "2024-05-04T12:30:00Z"
    assert read(content, kind, replace(GAZETTE, date_order="mdy", time_zone=None)).first_created == "2024-04-05"


def test_a_source_that_only_the_page_tells_has_its_dates_read_so_too() -> None:
    head = '<link rel="canonical" href="https://www.marlgazette.example/bell">'
    found = read(page("other", head), "html", replace(GAZETTE, layouts=()), folder=None)
    assert (found.source, found.first_created) == ("marl-gazette", "2024-05-04T12:30:00Z")


def test_a_date_in_metadata_is_read_so_too() -> None:
    head = '<meta property="article:published_time" content="2024-05-04 14:30">'
    assert read(page(head=head), "html", GAZETTE).first_created == "2024-05-04T12:30:00Z"
    assert read(page(head=head), "html").first_created == "2024-05-04"


def test_a_page_says_whether_a_layout_of_its_source_found_the_body() -> None:
    assert read(page(), "html", GAZETTE).by_layout is True
    assert read(page("redesigned"), "html", GAZETTE).by_layout is False
    assert read(page(), "html", replace(GAZETTE, layouts=())).by_layout is None
    assert read(page(), "html").by_layout is None
    assert read(f"Bell comes home\n\n{STORY}\n\n{MORE}\n", "text", GAZETTE).by_layout is None


def test_a_publisher_is_the_network_else_the_source_else_the_article_itself() -> None:
    of_network = read(page(), "html", GAZETTE)
    other = read(page(), "html", replace(GAZETTE, id="other", name="Other"), folder="other")
    assert (other.source, other.publisher) == ("other", of_network.publisher)
    alone = read(page(), "html", replace(GAZETTE, series=None))
    assert (of_network.publisher, alone.publisher) == ("series county-papers", "marl-gazette")
    unnamed = read(page(), "html", folder=None)
    assert unnamed.publisher == unnamed.id


def test_one_site_on_several_hosts_is_one_publisher() -> None:
    hosts = [read(page(), "html", url=f"https://{host}/bell") for host in ("www.marl.example", "m.marl.example")]
    assert [article.source for article in hosts] == ["www.marl.example", "m.marl.example"]
    assert {article.publisher for article in hosts} == {"series marl.example"}


@pytest.mark.parametrize(
    ("credit", "editor"),
    [
        ("MG with AFP", "outlet:marl-gazette"),
        ("The Marl Gazette with AFP", "outlet:marl-gazette"),
        ("Marl Tribune with AFP", "outlet:marl-tribune"),
    ],
)
def test_a_house_that_signs_with_one_of_its_names_has_the_id_of_its_source(credit: str, editor: str) -> None:
    article = read(f"Bell comes home\n\n{STORY}\n\n{MORE}\n\n({credit})\n", "text", GAZETTE)
    credits = credit_article(article, REGISTRY, Profiles([GAZETTE])).credits
    assert {(claim.id, claim.role) for claim in credits.info_sources} == {("afp", "origin"), (editor, "editor")}


def test_a_short_name_of_a_house_is_known_in_its_own_pages_only() -> None:
    profiles = Profiles([GAZETTE, Profile(id="herald", name="The Herald", hosts=("herald.example",))])
    assert profiles.houses("marl-gazette")["mg"] == "marl-gazette"
    assert profiles.houses("herald") == profiles.houses(None)
    assert sorted(profiles.houses("herald").items()) == [
        ("herald", "herald"),
        ("marlgazette", "marl-gazette"),
        ("theherald", "herald"),
        ("themarlgazette", "marl-gazette"),
    ]


@pytest.mark.parametrize(
    ("agency", "hint"),
    [("reuterz", "near it are reuters"), ("qqqqqqqq", "docs/attribution.md says how to add one")],
)
def test_a_wire_service_that_nobody_knows_ends_the_run_before_it_begins(tmp_path: Path, agency: str, hint: str) -> None:
    folder = tmp_path / "gazette"
    folder.mkdir()
    toml = f'id = "gazette"\nname = "The Gazette"\nhosts = ["gazette.example"]\nown_agency = "{agency}"\n'
    (folder / "profile.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_tables(tmp_path, None)
    assert str(error.value) == f"gazette/profile.toml: own_agency = {agency!r}: no agency has this id; {hint}"
