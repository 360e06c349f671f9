"""What printed names mean in one article: which agency, which house, a person, and what part each has in a credit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.records import Role
from transforms.attribution.entries import Agency
from transforms.attribution.names import Name
from transforms.attribution.registry import UNNAMED, Registry, folded

UNNAMED_NAME = "agencies"
_HANDED_ON = 32  # characters before a name that can say that it hands on what others wrote


class Meanings:
    """Reads names against an article's text, source and country."""

    def __init__(
        self,
        text: str,
        registry: Registry,
        host: str | None,
        country: str | None,
        source: str | None,
        houses: Mapping[str, str],
    ):
        self.text = text
        self.registry = registry
        self.country = country or _country_of(host)
        self._source = folded(source)
        self._houses = houses

    def resolve(self, name: Name) -> str | None:
        """The agency that a name in a credit means; None where other words show that it means something else."""
        if name.alias.kind == "collective":
            return UNNAMED
        agency = self.ranked(name.alias.ids)
        return None if self.means_other(name, agency) else agency

    def name_of(self, agency: str) -> str:
        return self.registry.agencies[agency].name if agency in self.registry.agencies else UNNAMED_NAME

    def role_of(self, agency: str) -> Role:
        known = self.registry.agencies.get(agency)
        return "press_release" if known is not None and known.kind == "press-release" else "origin"

    def is_house(self, span: tuple[int, int]) -> bool:
        """Whether printed words are the house whose page this is, or look like a title."""
        words = self.text[span[0] : span[1]]
        if (name := folded(words)) == self._source or name in self._houses:
            return True
        first, last = words.split()[0], words.split()[-1]
        return not self.registry.house_words.isdisjoint((last, last.capitalize())) or first == "The"

    def is_foreign(self, name: Name) -> bool:
        """Whether the outlet is known to sit in another country than all agencies of a name."""
        homes = {
            self.registry.agencies[agency].country for agency in name.alias.ids if agency in self.registry.agencies
        }
        return self.country is not None and self.country not in homes

    def is_home(self, name: Name) -> bool:
        """Whether the outlet is known to sit in the country of an agency of that name."""
        return self.country is not None and not self.is_foreign(name)

    def is_person(self, span: tuple[int, int]) -> bool:
        """Whether printed words look like a name and surname: ``By Ann Lee with AFP``."""
        words = self.text[span[0] : span[1]].split()
        named = 2 <= len(words) <= 3 and all(word[0].isupper() and not word.isupper() for word in words)
        starts = self.registry.phrases["house_start"].words
        return named and not self.is_house(span) and words[0] not in starts and "'" not in words[0]

    def ranked(self, ids: tuple[str, ...]) -> str:
        if len(ids) == 1:
            return ids[0]
        opening = self.text[:400]

        def score(agency: Agency) -> tuple[bool, bool, bool, int]:
            spelled = any(len(name) > 5 and name in self.text for name in agency.names)
            placed = any(place in opening for place in agency.places)
            return not spelled, agency.country != self.country, not placed, agency.rank

        return min((self.registry.agencies[i] for i in ids), key=score).id

    def means_other(self, name: Name, agency: str) -> bool:
        known = self.registry.agencies.get(agency)
        for unless in known.unless if known is not None else ():
            if name.alias.text in unless.names:
                if self.country in unless.countries:
                    return True
                begin, end = max(0, name.start - 400), name.end + 400
                if any(self.text.find(word, begin, end) >= 0 for word in unless.near):
                    return True
        return False

    def roles(self, ids: Sequence[str], tight: bool) -> list[Role]:
        """In a relay (Reuters/NAN, /ritzau/AFP) the one national agency hands on what an international one wrote."""
        kinds = [self.registry.agencies[i].kind if i in self.registry.agencies else "" for i in ids]
        national = [
            k in ("national", "state", "regional") and self.registry.agencies[i].group is None
            for i, k in zip(ids, kinds)
        ]
        roles = [self.role_of(i) for i in ids]
        if tight and "international" in kinds and sum(national) == 1:
            roles[national.index(True)] = "distributor"
        return roles

    def hands_on(self, name: Name, agency: str) -> bool:
        """Whether the words before a network's name say that it hands on the copy of others: ``Distributed by``."""
        known = self.registry.agencies.get(agency)
        if known is None or known.kind != "network":
            return False
        before = self.text[max(0, name.start - _HANDED_ON) : name.start].casefold().rstrip(" :")
        return before.endswith(self.registry.phrases["distributor"].words)


def _country_of(host: str | None) -> str | None:
    """The country of a host's top-level domain; generic ones have none."""
    top = (host or "").rpartition(".")[2]
    return (
        {"uk": "GB"}.get(top, top.upper())
        if len(top) == 2 and top not in ("io", "co", "tv", "me", "ai", "fm")
        else None
    )
