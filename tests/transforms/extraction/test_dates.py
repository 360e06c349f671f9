"""Moments in many forms; nothing guessed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extraction.dates import find_moment, read_moment

FORMS = [
    ("2019-11-20T04:31:13+00:00", "2019-11-20T04:31:13Z"),
    ("2019-11-20T01:50:59.403", "2019-11-20"),
    ("2019-11-20T09:29:08+0530", "2019-11-20T03:59:08Z"),
    ("20191120T043113Z", "2019-11-20T04:31:13Z"),
    ("2024-12-03T10:00", "2024-12-03"),
    ("1617000000", "2021-03-29T06:40:00Z"),
    ("1617000000000", "2021-03-29T06:40:00Z"),
    ("Tue, 19 Nov 2019 21:57:01 GMT", "2019-11-19T21:57:01Z"),
    ("Tue Nov 19 21:57:01 UTC 2019", "2019-11-19T21:57:01Z"),
    ("Tuesday, November 19, 2019, 06:51 AM", "2019-11-19"),
    ("Published Fri, Apr 28 20232:23 PM EDT", "2023-04-28T18:23:00Z"),
    ("11:00 AM PDT • May 16, 2024", "2024-05-16T18:00:00Z"),
    ("Updated 6:55 PM ET, Mon June 28, 2021", "2021-06-28T22:55:00Z"),
    ("5th of May, 2021", "2021-05-05"),
    ("28.04.2023 - 12:01 Uhr", "2023-04-28"),
    ("05. November 2024, 16:03", "2024-11-05"),
    ("28 de junio de 2021", "2021-06-28"),
    ("1er janvier 2022", "2022-01-01"),
    ("28 июня 2021, 14:20 МСК", "2021-06-28T11:20:00Z"),
    ("٢٨ يونيو ٢٠٢١", "2021-06-28"),
    ("28 كانون الثاني 2021", "2021-01-28"),
    ("2024 m. balandžio 24 d.", "2024-04-24"),
    ("2021年6月28日 12:00", "2021-06-28"),
    ("2025년 6월 3일", "2025-06-03"),
    ("28 tháng 6 năm 2021", "2021-06-28"),
    ("28 มิถุนายน 2564", "2021-06-28"),
    ("13 अगस्त 2024", "2024-08-13"),
    ("date 2021-06-28 Iraq", "2021-06-28"),
    ("2021. 06. 28. 10:20", "2021-06-28"),
]
NONE = [
    "03/04/2021",
    "03.05.2024",
    "May 5",
    "12月25日",
    "PT1M48S",
    "in 28 days",
    "2021-13-45",
    "31 February 2021",
    "4 months ago",
    "",
    "12 listopada 2021",
]


@pytest.mark.parametrize(("text", "moment"), FORMS)
def test_form(text: str, moment: str) -> None:
    assert read_moment(text, None, None) == moment


@pytest.mark.parametrize("text", NONE)
def test_nothing_is_guessed(text: str) -> None:
    assert read_moment(text, None, None) is None


def test_the_source_says_which_number_is_the_day() -> None:
    assert read_moment("03/04/2021", True, None) == "2021-04-03"
    assert read_moment("03/04/2021", False, None) == "2021-03-04"
    assert read_moment("25/04/2021", None, None) == "2021-04-25"


def test_the_source_says_the_zone() -> None:
    assert read_moment("28.04.2023 - 12:01 Uhr", None, "Europe/Berlin") == "2023-04-28T10:01:00Z"
    assert read_moment("2023-12-24 23:30", None, "America/New_York") == "2023-12-25T04:30:00Z"
    assert read_moment("2023-12-24 23:30", None, "No/Such_Zone") == "2023-12-24"


def test_the_language_decides_between_months() -> None:
    assert read_moment("12 listopada 2021", None, None, "pl") == "2021-11-12"
    assert read_moment("12. listopada 2021", None, None, "hr-HR") == "2021-10-12"


def test_the_place_is_the_characters_of_the_date() -> None:
    text = "Last updated on 28 June 2021 by the desk"
    found = find_moment(text, None, None)
    assert found and text[found.start : found.end] == "28 June 2021"


@given(st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2090, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_iso_gives_back_the_moment(moment: datetime.datetime, minutes: int) -> None:
    zoned = moment.replace(microsecond=0, tzinfo=datetime.timezone(datetime.timedelta(minutes=minutes)))
    assert read_moment(zoned.isoformat(), None, None) == zoned.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@given(st.text(max_size=300))
def test_any_text_gives_a_moment_inside_of_it_or_none(text: str) -> None:
    found = find_moment(text, None, None)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert datetime.date.fromisoformat(found.moment[:10]).year in range(1840, 2100)


@pytest.mark.parametrize("text", ["1." * 100_000, "2021-" * 50_000, "May " * 50_000, "1 " * 200_000, "12:" * 100_000])
def test_long_lines_take_no_time(text: str) -> None:
    assert read_moment(text, None, None) is None
