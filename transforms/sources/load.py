"""Profiles from folders of TOML, checked so that a mistake names its file, table and key."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec.structs import replace

from schemas.errors import ConfigurationError
from transforms.boilerplate.cues import Cue, CueTable, load_cue_text
from transforms.boilerplate.match import LineMatcher
from transforms.extraction.layout import Layout
from transforms.sources.address import host_of
from transforms.sources.profile import DatedLayout, DateOrder, Profile, Profiles, folded_name

OUR_PROFILES = Path(__file__).parent
PROFILE_FILE = "profile.toml"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_LAYOUT_PARTS = Layout.__struct_fields__
_LAYOUT_KEYS = ("valid_from", *_LAYOUT_PARTS)
_PROFILE_KEYS = (
    "id", "name", "hosts", "language", "country", "own_agency", "series", "time_zone", "date_order", "house_names",
    "layout", "cue",
)  # fmt: skip


def load_profiles(extra: Path | None = None) -> Profiles:
    """The profiles that come with the program and the user's own.

    The user's profile of an id takes the place of ours; a host that the user's profile names is no longer one of ours.

    Args:
        extra: A folder of profile folders, or None.

    Raises:
        ConfigurationError: A profile is wrong, or two of one folder claim the same id, name or host. The message names
            file, table and key, what was found and what is allowed.
    """
    ours = read_profiles(OUR_PROFILES, tested=True)
    theirs = read_profiles(extra) if extra is not None else ()
    if extra is not None and not theirs:
        if (extra / PROFILE_FILE).exists():
            raise ConfigurationError(f"{extra}: is a profile itself; name the folder that it lies in")
        raise ConfigurationError(f"{extra}: no profile; a profile is a folder that has a {PROFILE_FILE}")
    taken_ids = {profile.id for profile in theirs}
    taken_names = {folded_name(name) for profile in theirs for name in (profile.id, profile.name)}
    taken_hosts = {host for profile in theirs for host in profile.hosts}
    left: list[Profile] = []
    for profile in ours:
        hosts = tuple(host for host in profile.hosts if host not in taken_hosts)
        if hosts and profile.id not in taken_ids and folded_name(profile.name) not in taken_names:
            left.append(profile if hosts == profile.hosts else replace(profile, hosts=hosts))
    return Profiles((*left, *theirs))


def read_profiles(folder: Path, tested: bool = False) -> tuple[Profile, ...]:
    """The profiles of one folder, sorted by id.

    Args:
        folder: Holds one folder a profile; other files and folders are no profiles.
        tested: As ``read_profile``.

    Raises:
        ConfigurationError: As ``load_profiles``.
    """
    profiles = [read_profile(path, tested) for path in sorted(folder.glob(f"*/{PROFILE_FILE}"))]
    seen: dict[tuple[str, str], Profile] = {}
    for profile in profiles:
        claims = [("host", host) for host in profile.hosts]
        claims += [("name", name) for name in sorted({folded_name(profile.id), folded_name(profile.name)})]
        for claim in claims:
            other = seen.setdefault(claim, profile)
            if other is not profile:
                raise ConfigurationError(
                    f"{folder}: {other.id} and {profile.id} claim the same {claim[0]} {claim[1]!r}; one of them may"
                )
    return tuple(profiles)


def read_profile(path: Path, tested: bool = False) -> Profile:
    """One profile.

    Args:
        path: A ``profile.toml`` in a folder that bears the profile's id.
        tested: Whether our tests have read it: compiling its selectors and matching its cues' hits and misses, which
            only tells mistakes, would cost every run 150 ms.

    Raises:
        ConfigurationError: As ``load_profiles``.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{where}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{where}: no TOML: {error}") from error
    _refuse_unknown(table, _PROFILE_KEYS, where)
    layouts = _tables(table, "layout", where)
    cues = load_cue_text(text, where) if _tables(table, "cue", where) else ()
    if not tested:
        _check_selectors(layouts, where)
        _check_cues(cues, where)
    profile = Profile(
        id=_text(table, "id", where, _ID, "small letters, digits and single hyphens", required=True),
        name=_text(table, "name", where, required=True),
        hosts=_hosts(table, where),
        language=_text(table, "language", where, _LANGUAGE, "a BCP 47 tag such as 'en' or 'pt-BR'"),
        country=_text(table, "country", where, _COUNTRY, "two capital letters such as 'FR' (ISO 3166-1)"),
        own_agency=_text(table, "own_agency", where, _ID, "an id of the agency registry such as 'afp'"),
        series=_text(table, "series", where, _ID, "small letters, digits and single hyphens"),
        time_zone=_checked(table, "time_zone", where, _is_zone, "an IANA name such as 'Europe/Paris'"),
        date_order=_checked(table, "date_order", where, _is_order, f"one of {', '.join(get_args(DateOrder))}"),
        house_names=_texts(table, "house_names", where),
        layouts=_layouts(layouts, where),
        cues=cues,
    )
    if profile.id != path.parent.name:
        raise ConfigurationError(
            f"{where}: id = {profile.id!r} in the folder {path.parent.name!r}; a profile's folder bears its id"
        )
    return profile


def is_profile_id(text: str) -> bool:
    """Whether a text may be the id of a profile."""
    return _ID.match(text) is not None


def _hosts(table: dict[str, Any], where: str) -> tuple[str, ...]:
    hosts = _texts(table, "hosts", where)
    if not hosts:
        raise ConfigurationError(f"{where}: 'hosts' is missing; name at least one host such as 'gazette.example'")
    for host in hosts:
        if host_of(f"//{host}/") != host:
            raise ConfigurationError(
                f"{where}: hosts: {host!r} is no host; write it in lower case, without scheme, port and path"
            )
    return tuple(dict.fromkeys(hosts))


def _layouts(tables: list[dict[str, Any]], where: str) -> tuple[DatedLayout, ...]:
    layouts: dict[str, DatedLayout] = {}
    for number, table in enumerate(tables, 1):
        place = f"{where}: [[layout]] {number}"
        _refuse_unknown(table, _LAYOUT_KEYS, place)
        day = table.get("valid_from")
        if day is not None and type(day) is not datetime.date:
            raise ConfigurationError(f"{place}: valid_from = {day!r}; allowed is a day without quotes, as 2024-03-01")
        layout = Layout(**{part: _texts(table, part, place) for part in _LAYOUT_PARTS})
        if not layout.body:
            raise ConfigurationError(f"{place}: 'body' is missing; a layout is known by the body that it finds")
        dated = DatedLayout(valid_from=day.isoformat() if day else None, layout=layout)
        if (dated.valid_from or "") in layouts:
            found = f"valid_from = {dated.valid_from}" if day else "no valid_from"
            raise ConfigurationError(f"{place}: {found}, as an earlier layout; each redesign has a day of its own")
        layouts[dated.valid_from or ""] = dated
    return tuple(layouts[day] for day in sorted(layouts, reverse=True))


def _check_selectors(tables: list[dict[str, Any]], where: str) -> None:
    import soupsieve  # here: only profiles of users are checked in a run, and importing costs 40 ms

    for number, table in enumerate(tables, 1):
        for part in _LAYOUT_PARTS:
            place = f"{where}: [[layout]] {number}"
            for selector in _texts(table, part, place):
                try:
                    soupsieve.compile(selector)
                except soupsieve.SelectorSyntaxError as error:
                    reason = str(error).partition("\n")[0].rstrip(".")
                    raise ConfigurationError(f"{place}: {part}: {selector!r} is no CSS selector: {reason}") from error


def _check_cues(cues: tuple[Cue, ...], where: str) -> None:
    for number, cue in enumerate(cues, 1):
        place = f"{where}: [[cue]] {number} ({cue.id})"
        if not cue.hits or not cue.misses:
            raise ConfigurationError(f"{place}: a cue proves itself; give lines that it takes in 'hits' and lines that "
                                     "it leaves in 'misses'")  # fmt: skip
        table = CueTable([cue])
        for line in cue.hits:
            if LineMatcher(table, line).match(line) is None:
                raise ConfigurationError(f"{place}: does not take its own hit {line!r}")
        for line in cue.misses:
            if LineMatcher(table, line).match(line) is not None:
                raise ConfigurationError(f"{place}: takes its own miss {line!r}")


def _refuse_unknown(table: dict[str, Any], known: Iterable[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise ConfigurationError(f"{where}: unknown key {key!r}; known keys are {', '.join(known)}")


def _tables(table: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    tables = table.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise ConfigurationError(f"{where}: {key!r} is no list of tables; write [[{key}]] above each")
    return tables


def _texts(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = table.get(key, [])
    if isinstance(texts, str):
        texts = [texts]
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise ConfigurationError(f"{where}: {key} = {texts!r}; allowed is a text, or a list of texts, none of them empty")
    return tuple(texts)


def _text(
    table: dict[str, Any],
    key: str,
    where: str,
    form: re.Pattern[str] | None = None,
    allowed: str = "a text",
    required: bool = False,
) -> Any:
    if required and key not in table:
        raise ConfigurationError(f"{where}: {key!r} is missing")
    return _checked(table, key, where, lambda text: bool(text.strip()) and (form is None or bool(form.match(text))), allowed)


def _checked(table: dict[str, Any], key: str, where: str, fits: Callable[[str], bool], allowed: str) -> Any:
    value = table.get(key)
    if value is not None and not (isinstance(value, str) and fits(value)):
        raise ConfigurationError(f"{where}: {key} = {value!r}; allowed is {allowed}")
    return value


def _is_order(order: str) -> bool:
    return order in get_args(DateOrder)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if not available_timezones():
            raise ConfigurationError("this machine has no time zone database; pip install tzdata") from error
        return False
    return True

