"""What a profile says of a publisher, and how the profile of a host or a name is found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from schemas.article import Flow
from transforms.boilerplate.cues import Cue
from transforms.extraction.layout import Layout
from transforms.sources.address import host_named

DateOrder = Literal["dmy", "mdy", "ymd"]


class DatedLayout(Flow, kw_only=True):
    """A layout and the day of the redesign that brought it."""

    valid_from: str | None = None  # YYYY-MM-DD; None: since ever
    layout: Layout


class Profile(Flow, kw_only=True):
    """What is known of one source. Every field but the first three may stay empty."""

    id: str  # the source of its articles, and the name of the profile's folder
    name: str  # as readers know it
    hosts: tuple[str, ...]  # lower case; each stands for its subdomains too
    language: str | None = None  # BCP 47, a hint for pages that declare none
    country: str | None = None  # ISO 3166-1 alpha-2
    own_agency: str | None = None  # id of the wire service that is this source's own
    series: str | None = None  # the network it belongs to: text that its titles share is not syndication
    time_zone: str | None = None  # IANA name, for dates without an offset
    date_order: DateOrder | None = None  # of all-number dates such as 04/05/2024
    house_names: tuple[str, ...] = ()  # as the house signs its own part of a joint credit, beside its name
    layouts: tuple[DatedLayout, ...] = ()  # the newest first
    cues: tuple[Cue, ...] = ()  # boilerplate that only this source prints

    def layouts_on(self, day: str | None) -> tuple[Layout, ...]:
        """The layouts in the order in which a page is tried with them; the first that finds a body is the page's.

        A layout fits from its day on, and the newest that fits goes first. Those of later days follow, the earliest
        first: archives are moved into new designs, so an old article may well stand in a new layout.

        Args:
            day: YYYY-MM-DD (a moment may follow) when the page was crawled or, if that isn't known, published; None:
                not known, then the newest goes first.
        """
        if day is None:
            return tuple(dated.layout for dated in self.layouts)
        fits = [dated.layout for dated in self.layouts if (dated.valid_from or "") <= day[:10]]
        later = [dated.layout for dated in self.layouts if (dated.valid_from or "") > day[:10]]
        return (*fits, *reversed(later))


class Profiles:
    """All profiles of a run. Equal profiles in any order make equal look-ups."""

    __slots__ = ("_by_host", "_by_id", "_by_name", "_houses", "_own_houses", "_profiles")

    def __init__(self, profiles: Iterable[Profile] = ()):
        self._profiles = tuple(sorted(profiles, key=lambda profile: profile.id))
        self._by_id = {profile.id: profile for profile in self._profiles}
        self._by_host = {host: profile for profile in self._profiles for host in profile.hosts}
        self._by_name: dict[str, Profile] = {}
        for profile in self._profiles:
            for name in (profile.id, profile.name):
                self._by_name.setdefault(folded_name(name), profile)
        self._houses = {name: profile.id for name, profile in self._by_name.items()}
        self._own_houses = {
            profile.id: {**self._houses, **{folded_name(name): profile.id for name in profile.house_names}}
            for profile in self._profiles
            if profile.house_names
        }

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles)

    def __len__(self) -> int:
        return len(self._profiles)

    def by_id(self, source: str | None) -> Profile | None:
        """The profile of an article's source; None when the source has none."""
        return self._by_id.get(source) if source else None

    def by_host(self, host: str) -> Profile | None:
        """The profile of a host: its own, else that of the nearest domain above it (``www.``, ``sport.``).

        Args:
            host: Lower case, as ``host_of`` gives it.
        """
        while "." in host:
            if (profile := self._by_host.get(host)) is not None:
                return profile
            host = host.partition(".")[2]
        return None

    def by_name(self, name: str) -> Profile | None:
        """The profile whose id or name this is, case and punctuation apart, or whose host it spells."""
        if (profile := self._by_id.get(name) or self._by_name.get(folded_name(name))) is not None:
            return profile
        host = host_named(name)
        return self.by_host(host) if host else None

    def houses(self, source: str | None) -> Mapping[str, str]:
        """The publishers that a credit in this source may print as the editing house: folded name -> profile id.

        Short names by which a house signs (``HG``) are known in its own pages only: elsewhere they are another's.
        """
        return self._own_houses.get(source or "", self._houses)


def folded_name(name: str) -> str:
    """Letters and digits of a name, without case and accents: ``Le Monde`` and ``le-monde`` are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())
