"""The agencies, as TOML data says who they are: ours beside this file, and the user's own.

One file an agency, named after its id. A file proves itself: each line under ``[hits]`` is read as a credit (in a
caption as a photo, in the body as a quotation) of this agency when it stands where its key says in an otherwise plain
article, and no line under ``[misses]`` is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from schemas.errors import ConfigurationError
from transforms.attribution.entries import Agency, Cue, Patterns, PhotoSource, Phrases, Sign, Unless
from transforms.attribution.names import WORD, Alias, NameTable

NEWSML = "newsml"  # stands in the machine ids of IPTC's format
UNNAMED = "agencies-unnamed"  # a credit that names no agency
_OURS = Path(__file__).parent / "agencies"
_TERMS = Path(__file__).parent / "terms"
_MONTHS = Path(__file__).parent.parent / "extraction" / "months.toml"
# Kinds whose own pages are wire copy. A newspaper, network or press office that also syndicates is no wire at home; a
# financial service is one where the page says so.
_WIRES = frozenset({"international", "national", "state", "regional", "religious"})

T = TypeVar("T")


class Gate(NamedTuple):
    """What lets a sign be looked for."""

    word: str  # the longest word of it; empty for one that is marks only
    text: str
    sign: int  # number of the sign


_Sign = tuple[Agency, Sign, re.Pattern[str]]


class Registry:
    """All agencies of a run and the words of their credits. Equal tables in any order make equal registries."""

    def __init__(
        self,
        agencies: Iterable[Agency],
        photo_sources: Iterable[PhotoSource],
        phrases: dict[str, Phrases],
        cues: dict[str, tuple[Cue, ...]],
        versions: dict[str, Patterns],
    ):
        self.agencies = {agency.id: agency for agency in sorted(agencies, key=lambda agency: (agency.rank, agency.id))}
        self.photo_sources = tuple(sorted(photo_sources, key=lambda source: source.id))
        self.phrases = phrases
        self.cues = cues
        self.versions = versions

    def __reduce__(self) -> tuple[Callable[..., Registry], tuple[object, ...]]:
        """A step carries the name of our registry to where it works; of 230 kB each process makes its own."""
        if self is our_registry():
            return our_registry, ()
        return Registry, (tuple(self.agencies.values()), self.photo_sources, self.phrases, self.cues, self.versions)

    @cached_property
    def names(self) -> NameTable:
        """Every name that can be met in a text."""
        return NameTable(_aliases(self), [gate.word for gate in self.sign_gates if gate.word] + [NEWSML])

    @cached_property
    def house_words(self) -> frozenset[str]:
        """Words with which titles of newspapers and stations end."""
        return frozenset(self.phrases["house"].words)

    @cached_property
    def months(self) -> frozenset[str]:
        """The names of the months in all languages, case folded."""
        table = tomllib.loads(_MONTHS.read_text(encoding="utf-8"))
        return frozenset(form for forms in table.values() for month in forms for form in month.split("|"))

    @cached_property
    def signs(self) -> tuple[_Sign, ...]:
        return tuple(
            (agency, sign, re.compile(sign.pattern)) for agency in self.agencies.values() for sign in agency.sign
        )

    @cached_property
    def sign_gates(self) -> tuple[Gate, ...]:
        """What stands in lines that hold a sign of any line."""
        anywhere = ((n, sign) for n, (_, sign, _) in enumerate(self.signs) if sign.where == "any_line")
        return tuple(
            Gate(max(WORD.findall(text), key=len, default=""), text, n) for n, sign in anywhere for text in sign.gate
        )

    @cached_property
    def signs_at_the_end(self) -> tuple[_Sign, ...]:
        """Those with which a desk closes a text."""
        return tuple(entry for entry in self.signs if entry[1].where != "any_line")

    @cached_property
    def desk_sign(self) -> re.Pattern[str]:
        """Any sign that is a whole line."""
        return re.compile("|".join(f"(?:{s.pattern})" for _, s, _ in self.signs if s.where == "last_line") or "(?!)")

    @cached_property
    def desk_word(self) -> re.Pattern[str]:
        """Any sign that is the last word of a line."""
        return re.compile("|".join(f"(?:{s.pattern})" for _, s, _ in self.signs if s.where == "last_word") or "(?!)")

    @cached_property
    def _international(self) -> frozenset[str]:
        return frozenset(agency.id for agency in self.agencies.values() if agency.kind == "international")

    def is_international(self, ids: Iterable[str]) -> bool:
        """Whether one of some agencies is known in all countries."""
        return not self._international.isdisjoint(ids)

    @cached_property
    def _hosts(self) -> dict[str, str]:
        return {domain: agency.id for agency in reversed(self.agencies.values()) for domain in agency.domains}

    def by_host(self, host: str | None) -> Agency | None:
        """The agency on whose domain a host lies, ``www.`` and other subdomains included."""
        while host and "." in host:
            if (found := self._hosts.get(host)) is not None:
                return self.agencies[found]
            host = host.partition(".")[2]
        return None

    @cached_property
    def _sources(self) -> dict[str, str]:
        return {
            folded(name): agency.id
            for agency in reversed(self.agencies.values())
            if self.is_wire(agency)
            for name in (agency.name, *agency.names, *agency.credit_only, *agency.domains)
        }

    def by_source(self, source: str | None) -> Agency | None:
        """The wire service that a source's name, without case and punctuation, is."""
        found = self._sources.get(folded(source))
        return None if found is None else self.agencies[found]

    def is_wire(self, agency: Agency) -> bool:
        """Whether what the agency prints on its own site is wire copy, credited or not."""
        return agency.kind in _WIRES

    def is_newsroom(self, agency: Agency) -> bool:
        """Whether the agency's name on its own site is a masthead: no credit even where it is printed."""
        return agency.kind not in _WIRES and agency.kind != "financial"


@lru_cache(maxsize=1024)  # the same few sources and houses in every article
def folded(name: str | None) -> str:
    """Letters and digits of a name, without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name or "").casefold() if c.isalnum())


@cache
def our_registry() -> Registry:
    """The agencies that come with the program, read once."""
    return _registry(_read_folder(_OURS))


def load_registry(extra_folder: Path | None = None) -> Registry:
    """Read the agencies.

    Args:
        extra_folder: A folder of further agency files; a file whose id we have replaces ours.

    Returns:
        The registry of our agencies and the extra ones.

    Raises:
        ConfigurationError: If a file is not TOML or breaks the form; the message names file, table and key.
    """
    if extra_folder is None:
        return our_registry()
    if not extra_folder.is_dir():
        raise ConfigurationError(f"{extra_folder}: no such folder of agencies")
    theirs = {agency.id: agency for agency in _read_folder(extra_folder)}
    if not theirs:
        raise ConfigurationError(f"{extra_folder}: no agency; each is a TOML file (docs/attribution.md)")
    return _registry({**our_registry().agencies, **theirs}.values())


def _registry(agencies: Iterable[Agency]) -> Registry:
    """Agencies, and the words of credits that come with the program."""
    photo = _convert(_TERMS / "photo_sources.toml", dict[str, tuple[PhotoSource, ...]])["photo_source"]
    phrases = _convert(_TERMS / "phrases.toml", dict[str, Phrases])
    cues = _convert(_TERMS / "cues.toml", dict[str, tuple[Cue, ...]])
    versions = _convert(_TERMS / "versions.toml", dict[str, Patterns])
    houses = _convert(_TERMS / "groups.toml", dict[str, tuple[str, ...]])["group"]
    registry = Registry(agencies, photo, phrases, cues, versions)
    for agency in registry.agencies.values():
        if agency.group is not None and agency.group not in registry.agencies and agency.group not in houses:
            raise ConfigurationError(f"{agency.id}.toml: key 'group': no agency {agency.group!r}")
    return registry


def _read_folder(folder: Path) -> list[Agency]:
    found = []
    for path in sorted(folder.glob("*.toml")):
        agency = _convert(path, Agency)
        if agency.id != path.stem:
            raise ConfigurationError(f"{path}: key 'id' is {agency.id!r}; a file is named after its agency's id")
        for sign in agency.sign:
            try:
                re.compile(sign.pattern)
            except re.error as error:
                raise ConfigurationError(f"{path}: [[sign]] {sign.id}: key 'pattern': {error}") from None
        found.append(agency)
    return found


def _convert(path: Path, form: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), form)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from None
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path}: {_place(str(error), form)}") from None


def _place(message: str, form: type) -> str:
    """msgspec's message, with the table and the key in the words of the file."""
    text, _, where = message.partition(" - at `")
    tables = re.findall(r"\.(\w+)(?:\[(\d+)\])?", where)
    known, inside = form, []
    for name, index in tables:
        inside.append(f"[[{name}]] {int(index) + 1}" if index else f"key '{name}'")
        known = {"unless": Unless, "sign": Sign}.get(name, known)
    if (unknown := re.fullmatch(r"Object contains unknown field `(.*)`", text)) is not None:
        text = f"unknown key '{unknown[1]}'"
        if fields := getattr(known, "__struct_fields__", ()):
            text += f"; known keys are {', '.join(fields)}"
    return ": ".join([*inside, text])


def _aliases(registry: Registry) -> list[Alias]:
    ids: dict[str, list[str]] = {}
    weak, wordlike, barred, given = set(), set(), set(), set()
    for agency in registry.agencies.values():
        for name in (*agency.names, *agency.credit_only):
            ids.setdefault(name, []).append(agency.id)
        weak.update(agency.credit_only)
        wordlike.update(agency.wordlike)
        barred.update(agency.never)
        given.update(name.casefold() for name in agency.given)
    for name in sorted(ids):  # a headline-like setting in capitals is the same name
        if name not in weak and (upper := name.upper()) != name and len(name) >= 5 and upper not in ids:
            ids[upper] = ids[name]
    found = [
        Alias(
            text=name,
            ids=tuple(owners),
            kind="agency",
            weak=name in weak,
            wordlike=name in wordlike,
            given=name.casefold() in given,
        )
        for name, owners in sorted(ids.items())
    ]
    for name, owners in sorted(ids.items()):
        plain = name not in wordlike and name.casefold() not in given
        if 2 <= len(name) <= 8 and name.isalpha() and name[0].isupper() | name[0].islower() and plain:
            for form in (name.lower(), name.capitalize(), name.upper()):
                if form not in ids and form not in barred:
                    ids[form] = owners
                    found.append(Alias(text=form, ids=tuple(owners), kind="agency", weak=True, slot_only=True))
    for source in registry.photo_sources:
        own = (source.agency,) if source.agency else ()
        found += [Alias(text=name, ids=own, kind="photo") for name in source.aliases if name not in ids]
    for agency in registry.agencies.values():
        found += [Alias(text=name, ids=(), kind="decoy") for name in agency.decoys]
    found += [
        Alias(text=name, ids=(UNNAMED,), kind="collective", weak=True) for name in registry.phrases["collective"].words
    ]
    return found
