from __future__ import annotations

import pytest

from transforms.textreuse.columns import NO_DAY, article_number, day_number, explicit_agencies, name_number, packs


def test_an_article_is_a_signed_64_bit_number() -> None:
    assert article_number("ffffffffffffffff" + "0" * 16) == (1 << 60) - 1
    assert article_number("0" * 32) == 0


@pytest.mark.parametrize(
    ("moment", "day"),
    [("1970-01-01", 0), ("1970-01-02T23:59:59Z", 1), ("1969-12-31", -1), ("2024-03-01", 19783), (None, NO_DAY)],
)
def test_days_count_from_1970(moment: str | None, day: int) -> None:
    assert day_number(moment) == day


def test_names_have_numbers_that_last() -> None:
    assert name_number("afp") == -3968311572216094916  # in every process
    assert -(1 << 63) <= name_number("reuters") < 1 << 63
    assert name_number("afp") != name_number("ap")


def test_only_agencies_that_the_article_credits_for_its_text(article) -> None:
    assert explicit_agencies(article("a", "one", agencies=("reuters", "afp", "outlet:france-24"))) == ("afp", "reuters")


def test_packs_close_by_number_and_by_letters(article) -> None:
    short = [article("word", str(place)) for place in range(130)]
    assert [len(pack) for pack in packs(short)] == [64, 64, 2]
    long = [article("x" * 40_000, str(place)) for place in range(3)]
    assert [len(pack) for pack in packs(long)] == [2, 1]
