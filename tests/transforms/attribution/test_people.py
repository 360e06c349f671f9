"""Who is a person, and who is named where no person is."""

import pytest

from schemas.article import MetadataField
from tests.transforms.attribution.conftest import REGISTRY, claims
from transforms.attribution.credits import read_credits


@pytest.mark.parametrize("line", ["By Nadia Tass", "Nadia Tass", "By Ana Hina", "By Ram Sita"])
def test_a_surname_is_no_agency(line, placed, field):
    assert claims(read_credits(placed("byline", line, "html"), REGISTRY)) == {}
    page = placed("body", "x", metadata=(field("jsonld.author[0].name", line.removeprefix("By ")),))
    assert claims(read_credits(page, REGISTRY)) == {}


@pytest.mark.parametrize(
    ("line", "agencies", "authors"),
    [
        ("By ANA RUIZ", [], ("ANA RUIZ",)),
        ("By Petra Novak and Sid Lee", [], ("Petra Novak", "Sid Lee")),
        ("By BO RAY and SANA MALIK, AFP", ["afp"], ("BO RAY", "SANA MALIK")),
        ("By Nina", [], ()),
        ("By SANA", ["sana"], ()),
        ("Redazione ANSA ROMA", ["ansa"], ()),
    ],
)
def test_people_are_called_like_agencies(line, agencies, authors, placed):
    credits = read_credits(placed("byline", line, "html", by=line), REGISTRY)
    assert (list(claims(credits)), credits.authors) == (agencies, authors)


def test_authors_are_people(placed):
    credits = read_credits(
        placed(
            "byline", "By Ann Lee and Bo Ray, Associated Press", "html", by="By Ann Lee and Bo Ray, Associated Press"
        ),
        REGISTRY,
    )
    assert credits.authors == ("Ann Lee", "Bo Ray")
    assert read_credits(placed("body", "x", authors=("AFP", "Ann Lee", "Agencies")), REGISTRY).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("authors", "kept"),
    [
        (("Harbour News",), ("Harbour News",)),
        (("Harbour staff reporter",), ("Harbour staff reporter",)),
        (("HP-Redaktion", "AFP"), ("HP-Redaktion",)),
        (("The Harbour",), ("The Harbour",)),
        (("harbourpost.example",), ("harbourpost.example",)),
        (("HPT",), ("HPT",)),
        (("Harbour News", "Ann Lee"), ("Ann Lee",)),
        (("Reuters Staff",), ()),
        (("AFP News",), ()),
        (("News Agencies",), ()),
        (("QX",), ()),
        (("posted by the team of the harbour",), ()),
        (("hpt@harbourpost.example",), ()),
    ],
)
def test_where_no_person_is_named_the_house_or_desk_is(authors, kept, placed):
    page = placed(
        "body",
        "x",
        "html",
        authors=authors,
        uri="https://www.harbourpost.example/a",
        metadata=(MetadataField(name="jsonld.publisher.name", value="the harbour"),),
    )
    assert read_credits(page, REGISTRY).authors == kept


def test_of_a_byline_without_authors_only_people_are_taken(placed):
    assert read_credits(placed("byline", "Harbour News", "html", by="Harbour News"), REGISTRY).authors == ()


@pytest.mark.parametrize("name", ["\u00a0", "Ann Lee, \u200b", "\u00ad/\u2060", "“”", "Ann Lee; ·"])
def test_signs_without_a_letter_name_nobody(name, placed):
    assert read_credits(placed("body", "x", authors=(name,)), REGISTRY).authors in ((), ("Ann Lee",))
    assert read_credits(placed("body", "x", by=name), REGISTRY).authors in ((), ("Ann Lee",))


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("By Michael R. Bloomberg", []),
        ("By MICHAEL R. BLOOMBERG", []),
        ("By Ann Lee, AAP President", []),
        ("By Ann Lee, UNI Global Union", []),
        ("Ann Lee, MPH, PA", []),
        ("By AP Student Ann Lee", []),
        ("By Ann Lee, AFP Nairobi", ["afp"]),
        ("By Ann Lee, AAP", ["aap"]),
        ("By Ann Lee, PA Political Editor", ["pa"]),
        ("By Ann Lee for The Associated Press", ["ap"]),
    ],
)
def test_what_a_person_is_at_another_body_is_no_credit(line, agencies, placed):
    credits = read_credits(placed("byline", line, "html"), REGISTRY)
    assert [source.id for source in credits.info_sources] == agencies
