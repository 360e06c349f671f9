"""Names in a text, whatever marks a crawl has left between its letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.attribution.credits import read_credits
from transforms.attribution.names import flat

PIECES = st.sampled_from(
    ["AFP", " ", "\u200b", "\u200e", "\u00a0", "’", "–", "&", "nbsp;", "&nbsp;", "&mdash;", "&#8212;", "&x;", "&amp;", "é", "\n"]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_character_keeps_its_place(text):
    assert len(flat(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("AFP\u200b", "AFP "),
        ("\u200f(أ ف ب)\u200f", " (أ ف ب) "),
        ("By&nbsp;AFP", "By      AFP"),
        ("PARIS (AFP) &mdash; It", "PARIS (AFP) —       It"),
        ("&copy; 2021 AFP", "©      2021 AFP"),
        ("AT&T; R&D", "AT&T; R&D"),
    ],
)
def test_marks_without_width_and_entities_are_read_as_they_print(text, read):
    assert flat(text) == read


@pytest.mark.parametrize(
    "line", ["\u200bAFP", "AFP\u200e", "Source:&nbsp;AFP", "**(AFP)**", "_AFP_", "（AFP）", "\u200e— AFP\u200e", "&copy; 2021 AFP"]
)
def test_a_credit_is_read_through_what_a_crawl_left_in_it(line, placed, registry):
    credits = read_credits(placed("trailer", line), registry)
    assert [(s.id, s.evidence[0].exact) for s in credits.info_sources] == [("afp", "AFP")]
