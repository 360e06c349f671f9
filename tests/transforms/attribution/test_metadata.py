"""Agencies in the fields of a page or a record, and whose own page it is."""

import pytest

from tests.transforms.attribution.conftest import REGISTRY, claims, proofs
from transforms.attribution.credits import read_credits
from transforms.attribution.own import is_own_source


def test_metadata_credits_and_canonical(placed, field):
    metadata = (field("jsonld.author[0].name", "Ann Lee, AFP"), field("jsonld.publisher.name", "Reuters"))
    made = placed("body", "x", canonical="https://www.reuters.com/a", uri="https://g.example/a", metadata=metadata)
    credits = read_credits(made, REGISTRY)
    ((agency, kind, _, exact),) = proofs(credits)
    assert (agency, kind, exact) == ("afp", "metadata", "AFP")
    assert [(m.agency, m.evidence.kind, m.evidence.exact) for m in credits.marks] == [
        ("reuters", "canonical", "www.reuters.com")
    ]


@pytest.mark.parametrize(
    "fields, own",
    [
        ({"uri": "https://www.reuters.com/a", "source": "reuters.com"}, {"reuters": "origin"}),
        ({"source": "Reuters"}, {"reuters": "origin"}),
        ({"uri": "https://www.nytimes.com/a", "source": "The New York Times"}, {}),
        ({"uri": "https://g.example/a", "source": "Reuters fan page"}, {}),
    ],
)
def test_own_source(fields, own, placed):
    credits = read_credits(placed("body", "x", **fields), REGISTRY)
    assert claims(credits) == own
    assert is_own_source(credits) == bool(own)


def test_own_agency_of_the_profile(placed):
    credits = read_credits(placed("trailer", "(AFP)", source="harbour"), REGISTRY, own_agency="pa")
    assert claims(credits) == {"afp": "origin", "pa": "origin"}
    assert is_own_source(credits)


@pytest.mark.parametrize(
    ("author", "agencies"),
    [
        ("Ann Lee, CNN", ["cnnwire"]),
        ("Ann Lee | The Conversation", ["theconversation"]),
        ("Lee, Nina", []),
        ("the associated press", ["ap"]),
        ("ann lee, associated press", ["ap"]),
        ("sid", []),
        ("Sid", []),
        ("SID", ["afp-sid"]),
    ],
)
def test_who_an_author_is(author, agencies, placed, field):
    page = placed("body", "x", metadata=(field("jsonld.author[0].name", author),))
    assert [source.id for source in read_credits(page, REGISTRY).info_sources] == agencies


def test_a_network_named_by_its_host_does_not_credit_itself(placed, field):
    byline = (field("meta.author", "Ann Lee, CNN"),)
    assert read_credits(placed("body", "x", metadata=byline, source="cnn.com"), REGISTRY).info_sources == ()


@pytest.mark.parametrize(
    ("value", "credited"), [("Reuters", {"reuters": "origin"}), ("Photo: Reuters", {}), ("Ann Lee", {}), ("The Harbour Post", {})]
)
def test_the_credit_text_of_schema_org_is_one(value, credited, placed, field):
    made = placed("body", "x", metadata=(field("jsonld.creditText", value),))
    assert claims(read_credits(made, REGISTRY)) == credited
