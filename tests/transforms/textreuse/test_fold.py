from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse import fold as fold_module
from transforms.textreuse.fold import DROPPED, fold_letter, hash_spelling, spell, splitmix, word_table
from transforms.textreuse.tokens import tokenise

FOLDING = tomllib.loads((Path(fold_module.__file__).parent / "folding.toml").read_text())


def words(text: str) -> list[int]:
    return tokenise([text]).word.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zawahiri", "Zawaheri"), ("Sadiq", "Sadeq"), ("Mohamed", "Mohammed"), ("colour", "color"), ("organise", "organize"),
        ("travelled", "traveled"), ("Café", "cafe"), ("ÉCOLE", "école"), ("ﬁne", "fine"[:1] + "ne"), ("٣٤", "34"),
        ("سُورِيَا", "سوريا"), ("أحمد", "احمد"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert spell(one) == spell(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Iraq", "Iran"), ("2014", "2044"), ("北京", "南京"), ("ไทย", "ไท"), ("1100", "100")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert spell(one) != spell(other)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_no_two_chinese_texts_are_merged(text: str) -> None:
    assert spell(text) == text


@given(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E, categories=("L", "M")))
def test_thai_letters_and_vowels_are_kept(letter: str) -> None:
    assert fold_letter(letter) == ord(letter)


@given(st.characters(min_codepoint=0x0621, max_codepoint=0x064A, categories=("Lo",)))
def test_arabic_letters_are_letters(letter: str) -> None:
    assert fold_letter(letter) > DROPPED


@pytest.mark.parametrize(("word", "plain"), sorted({**FOLDING["spelling"], **FOLDING["number"]}.items()))
def test_every_entry_reads_as_its_plain_form(word: str, plain: str) -> None:
    assert words(word) == words(plain)


@pytest.mark.parametrize("word", FOLDING["drop"])
def test_every_dropped_word_is_left_out(word: str) -> None:
    assert words(f"before {word} after") == words("before after")


@pytest.mark.parametrize("word", ["person", "century", "albania", "general's", "tenth", "seventh", "marching"])
def test_words_that_only_begin_like_an_entry_stay(word: str) -> None:
    assert words(word) == [hash_spelling(spell(word))]


def test_the_word_table_holds_every_entry() -> None:
    table = word_table()
    assert set(FOLDING["drop"]) and int((table.slot != 0).sum()) >= len(FOLDING["spelling"]) + len(FOLDING["drop"])


@given(st.integers(0, (1 << 64) - 1))
def test_splitmix_stays_in_64_bits(value: int) -> None:
    assert 0 <= splitmix(value) < 1 << 64
