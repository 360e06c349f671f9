"""Moments, as metadata and visible text write them, in some forty languages."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.article import Flow
from schemas.records import Moment

# Characters of a text that are read. Date lines are short; a date further on is part of a story.
_WINDOW = 400
# Years that news can bear. Below it are numbers of other kinds, above it nothing is published yet.
_YEARS = range(1840, 2100)
# Buddhist years, as Thai pages print them, lie 543 years ahead.
_BUDDHIST = range(2440, 2640)

# Texts whose moment is remembered: those of one feed repeat. At most 400 characters each.
_REMEMBERED = 2048

_FOUR_DIGITS = re.compile(r"\d{4}")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?(?:([-/._])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)|"
    r"年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日|년\s?(\d{1,2})\s?월\s?(\d{1,2})\s?일)"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|z|[+-]\d\d:\d\d)", re.A)
_COMPACT = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:[T_-]?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?(?![\d.])"
)
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?(?:\.\d+)?\s*")
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d{3,}|\d?[./-]\d)")
_WORD = re.compile(r"[^\W\d_]{2,16}")
_DAY_BEFORE = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª|°|-го)?,?[\s-]{0,3}(?:(?:de|of|di|d[’'])[\s]{0,2})?$", re.I
)
_YEAR_AFTER = re.compile(r"\.?,?[\s/-]{0,3}(?:(?:de|del|พ\.ศ\.|ค\.ศ\.|г\.|of|năm)\s{0,2})?(\d{4})(?!\d{3,})", re.I)
_DAY_YEAR_AFTER = re.compile(
    r"\.?\s{0,3}(?:de\s)?(\d{1,2})(?:st|nd|rd|th|\.)?,?\s{0,3}(?:(?:de|del|at)\s)?(\d{4})(?!\d{3,})", re.I
)
_DAY_AFTER = re.compile(r"\.?\s{0,3}(\d{1,2})(?!\d|:)")
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})\.?(?:\s?(?:m|g|ko|\.gada|e)\.?)?,?[\s-]{0,3}$")
_RFC_TAIL = re.compile(r"\.?\s{1,3}(\d{1,2})\s(\d\d):(\d\d):(\d\d)\s([A-Z]{2,5})\s(\d{4})")
_VIETNAMESE = re.compile(r"(\d{1,2})\s?tháng\s?(\d{1,2})(?:\s?năm|,)?\s?(\d{4})", re.I)
_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:hH](\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    r"|\.(\d\d)(?=\s?(?:uhr|[ap]\.?m))|(?=\s?[ap]\.?m\b))\s?([ap]\.?\s?m\b\.?)?"
    r"(?:\s?uhr)?\s{0,2}\(?(z\b|(?:utc|gmt)?\s?[+\u2212-]\d\d?:?(?:\d\d)?(?!\d)|[^\W\d_]{1,4}\b)?",
    re.I,
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+\u2212-])(\d\d?):?(\d\d)?", re.I)


class DateHabits(Flow, kw_only=True):
    """How a source writes its dates, as far as its profile says."""

    day_first: bool | None = None  # whether days stand before months in all-number dates; None: not known
    zone: str | None = None  # IANA name of the zone of times that name none; None: not known


UNKNOWN_HABITS = DateHabits()


class FoundMoment(Flow, kw_only=True):
    """A moment, and the characters that say it."""

    start: int  # code points of the text
    end: int  # exclusive
    moment: Moment


def read_moment(text: str, day_first: bool | None, zone: str | None, language: str | None = None) -> Moment | None:
    """The first moment that a text names, as far as it is certain.

    Nothing is guessed: ``03/04/2021`` is None unless ``day_first`` says how to read it, a date without a year is None,
    and a time of day without a zone gives the day only.

    Args:
        text: A metadata value or a line of a page; 400 characters of it are read.
        day_first: Whether the source writes days before months; None if that isn't known.
        zone: IANA name of the zone of times that name none; None if that isn't known.
        language: BCP 47, decides between month names that two languages share; None if that isn't known.

    Returns:
        ``2021-06-28T15:04:05Z``, ``2021-06-28`` where only the day is certain, or None.
    """
    found = find_moment(text, day_first, zone, language)
    return found.moment if found else None


def find_moment(text: str, day_first: bool | None, zone: str | None, language: str | None = None) -> FoundMoment | None:
    """As ``read_moment``, with the place in the text."""
    whole = _ISO.fullmatch(text)
    if whole:
        found = _iso(whole)
        if found:
            return found
    text = text[:_WINDOW]
    if _FOUR_DIGITS.search(text) is None:
        return None  # no year, no moment
    return _first_in(text, day_first, zone, language)


@functools.lru_cache(maxsize=_REMEMBERED)
def _first_in(text: str, day_first: bool | None, zone: str | None, language: str | None) -> FoundMoment | None:
    """The first moment of any form."""
    text = _western_digits(text)
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        moment = datetime(1970, 1, 1) + timedelta(seconds=int(epoch[1]))
        return FoundMoment(start=epoch.start(1), end=len(text.rstrip()), moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    best: tuple[int, int, date] | None = None
    for read in (_year_first, _compact, _year_last, _with_month_name, _vietnamese):
        found = read(text, day_first, language)
        if found and (best is None or found[0] < best[0]):
            best = found
    if best is None:
        return None
    start, end, day = best
    return _with_time(text, start, end, day, zone)


def _iso(m: re.Match[str]) -> FoundMoment | None:
    """The form that metadata has nearly always, without a search for any other."""
    try:
        written = f"{m[1]}-{m[2]}-{m[3]}T{m[4]}:{m[5]}:{m[6] or '00'}{'+00:00' if m[7] in 'Zz' else m[7]}"
        moment = datetime.fromisoformat(written).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None
    return (
        FoundMoment(start=0, end=len(m[0]), moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        if moment.year in _YEARS
        else None
    )


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    year = int(year)
    if year not in _YEARS:
        return None
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _year_first(text: str, day_first: bool | None, language: str | None) -> tuple[int, int, date] | None:
    for m in _YEAR_FIRST.finditer(text):
        month, day = m[3] or m[5] or m[7], m[4] or m[6] or m[8]
        found = _day(m[1], month, day)
        if found:
            return m.start(), m.end(), found
    return None


def _compact(text: str, day_first: bool | None, language: str | None) -> tuple[int, int, date] | None:
    m = _COMPACT.search(text)
    found = _day(m[1], m[2], m[3]) if m else None
    return (m.start(), m.end(), found) if m and found else None


def _year_last(text: str, day_first: bool | None, language: str | None) -> tuple[int, int, date] | None:
    for m in _YEAR_LAST.finditer(text):
        first, second = int(m[1]), int(m[3])
        if first > 12 or day_first or first == second:
            found = _day(m[4], second, first)
        elif second > 12 or day_first is False:
            found = _day(m[4], first, second)
        else:
            return None  # a date stands here, and nobody says which
        if found:
            return m.start(), m.end(), found
    return None


def _vietnamese(text: str, day_first: bool | None, language: str | None) -> tuple[int, int, date] | None:
    m = _VIETNAMESE.search(text)
    found = _day(m[3], m[2], m[1]) if m else None
    return (m.start(), m.end(), found) if m and found else None


def _with_month_name(text: str, day_first: bool | None, language: str | None) -> tuple[int, int, date] | None:
    for word in _month_words(text):
        start, end = word
        month = _month(text[start:end], language)
        if month is None:
            continue
        before = _DAY_BEFORE.search(text, max(0, start - 14), start)
        after = _YEAR_AFTER.match(text, end)
        if before and after:
            found = _day(_common_year(after[1]), month, before[1])
            if found:
                return before.start(), after.end(), found
        tail = _RFC_TAIL.match(text, end)
        if tail:
            found = _day(tail[6], month, tail[1])
            if found:
                return start, tail.end(), found
        after = _DAY_YEAR_AFTER.match(text, end)
        if after:
            found = _day(after[2], month, after[1])
            if found:
                return start, after.end(), found
        before, after = _YEAR_BEFORE.search(text, max(0, start - 14), start), _DAY_AFTER.match(text, end)
        if before and after:
            found = _day(before[1], month, after[1])
            if found:
                return before.start(), after.end(), found
    return None


def _common_year(year: str) -> int:
    return int(year) - 543 if int(year) in _BUDDHIST else int(year)


def _month_words(text: str) -> list[tuple[int, int]]:
    """Places of words; in Thai and Arabic a month may be written in two, with dots or with vowel signs inside."""
    spans = [m.span() for m in _WORD.finditer(text)]
    if not text.isascii():
        spans += [
            m.span()
            for m in re.finditer(r"(?:كانون|تشرين) (?:الثاني|الأول)|[\u0e00-\u0e7f.]{3,14}|[\u0900-\u09ff]{2,14}", text)
        ]
        spans.sort()
    return spans


@functools.cache
def _months() -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    table = tomllib.loads(Path(__file__).with_name("months.toml").read_text("utf-8"))
    by_language: dict[str, dict[str, int]] = {}
    everywhere: dict[str, int] = {}
    for language, months in table.items():
        own = by_language.setdefault(language, {})
        for number, forms in enumerate(months, 1):
            for form in forms.split("|"):
                own[form.casefold()] = number
                everywhere[form.casefold()] = number if everywhere.get(form.casefold(), number) == number else 0
    return by_language, everywhere


def _month(word: str, language: str | None) -> int | None:
    by_language, everywhere = _months()
    key = word.casefold().replace(".", "")
    own = by_language.get((language or "").split("-")[0].lower(), {})
    return own.get(key) or everywhere.get(key) or None


@functools.cache
def _zones() -> tuple[dict[str, int], dict[str, str]]:
    table = tomllib.loads(Path(__file__).with_name("zones.toml").read_text("utf-8"))
    return table["offset"], table["named"]


def _zone(written: str | None, default: str | None) -> tzinfo | None:
    """The zone that a time names, else the source's own."""
    offsets, named = _zones()
    key = (written or "").strip().lower()
    if key in offsets:
        return timezone(timedelta(minutes=offsets[key]))
    m = _OFFSET.fullmatch(key) if key else None
    if m:
        minutes = int(m[2]) * 60 + int(m[3] or 0)
        if minutes <= 15 * 60:
            return timezone(timedelta(minutes=minutes if m[1] == "+" else -minutes))
    name = named.get(key, default)
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _with_time(text: str, start: int, end: int, day: date, zone: str | None) -> FoundMoment:
    """The time of day stands inside of the date, behind it or before it; without a zone it says nothing in UTC."""
    only_day = FoundMoment(start=start, end=end, moment=day.isoformat())
    compact = _COMPACT.match(text, start)
    if compact and compact[4]:
        hour, minute, second = int(compact[4]), int(compact[5]), int(compact[6] or 0)
        written = re.match(r"z|[+-]\d\d:?\d\d", text[end:], re.I)
        first, last = start, end + (written.end() if written else 0)
        where = _zone(written[0] if written else None, zone)
    else:
        # slices, because a year may be glued to the time behind it: "Apr 28 20232:23 PM"
        for begin, part in (
            (start, text[start:end]),
            (end, text[end : end + 40]),
            (max(0, start - 30), text[max(0, start - 30) : start]),
        ):
            m = _TIME.search(part)
            if m and int(m[1]) < 24:
                break
        else:
            return only_day
        hour, minute, second = int(m[1]), int(m[2] or m[4] or 0), int(m[3] or 0)
        if m[5]:
            hour = hour % 12 + (12 if m[5][0] in "pP" else 0)
        first, last = min(start, begin + m.start()), max(end, begin + m.end())
        rfc = _RFC_TAIL.search(text, start, end)
        where = _zone(rfc[5] if rfc else m[6], zone)
    if where is None:
        return only_day
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=where)
        moment = local.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return only_day
    return FoundMoment(start=first, end=last, moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
