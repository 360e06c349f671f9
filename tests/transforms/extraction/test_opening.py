"""Paragraphs that open with a dateline."""

import pytest

from transforms.extraction.opening import agency_names, opens_with_dateline
from transforms.extraction.page import read_page

STORY = "The harbour bridge reopened on Monday after two years of repairs, the city said, and lorries crossed it."


@pytest.mark.parametrize(
    "text",
    [
        "PORT ELLERY (Reuters) - The bridge is open.",
        "Port Ellery (AFP) – The bridge is open.",
        "PORT ELLERY, May 3 (Xinhua) -- The bridge is open.",
        "Port Ellery (dpa) - Die Brücke ist offen.",
        "Santa Maria de la Ellery (AP) — The bridge is open.",
        "(Reuters) - The bridge is open.",
        "Reuters, Baghdad",
    ],
)
def test_datelines(text: str) -> None:
    assert opens_with_dateline(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor (left) - who opened the bridge - walked across it.",
        "EXCLUSIVE - The bridge is open.",
        "Robin Marsh, Port Ellery",
        "Reuters, which reported it first, said so.",
        "The harbour bridge (1932) is open.",
        "Drivers save half an hour on the way to the port.",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert not opens_with_dateline(text)


def test_the_agencies_are_those_of_the_registry() -> None:
    assert {"Reuters", "AFP", "dpa"} <= agency_names()
    assert "Robin Marsh" not in agency_names()


@pytest.mark.parametrize("opening", ["PORT ELLERY (Reuters) - The bridge is open again.", "Reuters, Baghdad"])
def test_a_short_first_paragraph_with_a_dateline_is_body(opening: str) -> None:
    page = (
        "<html><body><article><h1>Harbour bridge reopens</h1><div class='byline'>By Robin Marsh</div>"
        f"<div><span>{opening}</span></div><div class='more'><p>{STORY}</p><p>{STORY[::-1]}</p></div></article></body></html>"
    )
    reading = read_page(page * 1, None)
    first = next(b for b in reading.blocks if reading.raw[b.start : b.end] == opening)
    assert (first.kind, first.cut) == ("paragraph", None)
    assert reading.standfirst is None
    assert reading.by == "By Robin Marsh"
