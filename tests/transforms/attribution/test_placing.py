"""Credits are read in raw and shown in the body, where the body has them."""

from collections.abc import Callable

import pytest

from schemas.article import Cleaning, Credits, Mark
from schemas.records import Evidence, InfoSource, Mention
from transforms.attribution.placing import place_in_body

RAW = "Sign up for our newsletter and miss nothing\n\nOSTREL (AFP) - The dam held, officials told Reuters.\n\nShare this"
BODY = "OSTREL (AFP) - The dam held, officials told Reuters."
CUT = RAW.index(BODY)


def evidence(kind: str, exact: str) -> Evidence:
    start = RAW.index(exact)
    end = start + len(exact)
    return Evidence(
        kind=kind, place="raw", start=start, end=end, exact=exact, prefix=RAW[max(0, start - 32) : start],
        suffix=RAW[end : end + 32], rule="test",
    )  # fmt: skip


def claim(proof: Evidence) -> InfoSource:
    return InfoSource(id="afp", name="AFP", role="origin", basis="explicit", confidence=0.9, evidence=(proof,))


@pytest.fixture
def placed() -> Callable[..., Credits]:
    def place(kept: bool = True, **fields: object) -> Credits:
        body, pieces = (BODY, ((CUT, CUT + len(BODY), 0, len(BODY)),)) if kept else ("Share this", ((CUT + len(BODY) + 2, len(RAW), 0, 10),))
        return place_in_body(Credits(**fields), Cleaning(body_text=body, kept=pieces, removed=()))

    return place


def test_what_stands_around_evidence_in_the_body_is_of_the_body(placed) -> None:
    credits = placed(info_sources=(claim(evidence("dateline", "AFP")),), dateline="OSTREL (AFP) -", located="OSTREL")
    (shown,) = credits.info_sources[0].evidence
    assert (shown.place, shown.start, shown.end, shown.exact) == ("body", 8, 11, "AFP")
    assert (shown.prefix, shown.suffix) == ("OSTREL (", ") - The dam held, officials told")
    assert (credits.dateline, credits.located) == ("OSTREL (AFP) -", "OSTREL")


def test_marks_and_mentions_are_counted_in_the_body_too(placed) -> None:
    start = RAW.index("Reuters")
    mention = Mention(id="reuters", role="quoted", place="raw", start=start, end=start + 7, exact="Reuters")
    credits = placed(mentions=(mention,), marks=(Mark(agency="afp", evidence=evidence("house_style", "held")),))
    assert BODY[credits.mentions[0].start : credits.mentions[0].end] == "Reuters"
    assert (credits.marks[0].evidence.prefix, credits.marks[0].evidence.suffix) == ("OSTREL (AFP) - The dam ", BODY[27:59])


def test_what_was_removed_stays_in_raw_and_is_no_dateline(placed) -> None:
    proof = evidence("dateline", "AFP")
    credits = placed(kept=False, info_sources=(claim(proof),), dateline="OSTREL (AFP) -", located="OSTREL")
    assert credits.info_sources[0].evidence == (proof,)
    assert (credits.dateline, credits.located) == (None, None)
