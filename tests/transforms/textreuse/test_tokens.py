from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse.fold import hash_spelling, spell
from transforms.textreuse.tokens import tokenise

BODIES = st.lists(
    st.text(st.sampled_from("abAB eéß'’“”\"‘.,!? \n\t12٣北京市はไทยกสา\u0301\u00ad-–—%«»😀𠀀الع"), max_size=40), max_size=5
)


def printed(body: str) -> list[str]:
    tokens = tokenise([body])
    return [body[start:end] for start, end in zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)]


@given(BODIES)
def test_a_body_gives_the_same_words_in_any_company(bodies: list[str]) -> None:
    together = tokenise(bodies)
    for place, body in enumerate(bodies):
        alone = tokenise([body])
        own = slice(*together.bounds[place : place + 2].tolist())
        for name in ("word", "start", "end", "upper", "digit"):
            assert getattr(together, name)[own].tolist() == getattr(alone, name).tolist()
        assert np.diff(together.unit[own]).tolist() == np.diff(alone.unit).tolist()
        marks = slice(*together.mark_bounds[place : place + 2].tolist())
        assert together.mark[marks].tolist() == alone.mark.tolist()


@given(BODIES)
def test_words_lie_in_their_body_in_order(bodies: list[str]) -> None:
    tokens = tokenise(bodies)
    for place, body in enumerate(bodies):
        own = slice(*tokens.bounds[place : place + 2].tolist())
        start, end = tokens.start[own], tokens.end[own]
        assert (start < end).all() and (end[:-1] <= start[1:]).all()
        assert not len(end) or 0 <= start[0] and end[-1] <= len(body)


@given(st.from_regex(r"[b-df-hj-np-rt-vx]{1,9}", fullmatch=True))
def test_a_column_hash_is_the_hash_of_the_spelling(word: str) -> None:
    found = tokenise([word]).word.tolist()
    assert found in ([hash_spelling(spell(word))], [hash_spelling("m")], [hash_spelling("bn")], [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The U.S. isn’t sure.", ["The", "U.S", "isn’t", "sure"]),
        ("It cost 311,000, or 3.5, in sum", ["It", "cost", "311,000", "or", "3", "5", "in", "sum"]),
        ("a two-year plan–B", ["a", "two", "year", "plan", "B"]),
        ("so\u00adft and a\u0301 b", ["so\u00adft", "and", "a\u0301", "b"]),
        ("F16 and 2nd", ["F", "16", "and", "2", "nd"]),
        ("", []),
        (" \n“…”", []),
    ],
)
def test_where_words_begin_and_end(body: str, expected: list[str]) -> None:
    assert printed(body) == expected


def test_style_that_differs_reads_alike() -> None:
    one = tokenise(["US envoy says three per cent of al-Zawahiri's 5000 men"]).word.tolist()
    other = tokenise(["U.S. Envoy says 3% of Zawaheri’s 5,000 men"]).word.tolist()
    assert one == other


def test_sentences_and_quotations_are_units() -> None:
    tokens = tokenise(['He came. "We will go," he said. J. Smith of the U.S. Navy left!'])
    units = [np.flatnonzero(tokens.unit == unit).tolist() for unit in np.unique(tokens.unit)]
    assert units == [[0, 1], [2, 3, 4], [5, 6], [7, 8, 9, 10, 11, 12, 13]]


@pytest.mark.parametrize("text", ["伊拉克总理星期一谴责美国对叙利亚和伊拉克境内的空袭", "นายกรัฐมนตรีอิรักประณามการโจมตีทางอากาศ"])
def test_runs_of_unspaced_scripts_are_cut_by_their_own_characters(text: str) -> None:
    words = printed(text)
    assert "".join(words) == text
    assert len(words) > len(text) / 8
    moved = printed("前" + text if text[0] > "一" else "ก" + text)
    assert words[2:] == moved[-len(words[2:]) :]


def test_a_line_of_200_000_letters_is_one_word() -> None:
    assert len(tokenise(["x9" * 100_000]).word) == 200_000
    assert len(tokenise(["bc" * 100_000]).word) == 1
