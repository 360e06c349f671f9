"""Cue tables: what boilerplate says of itself, per language, as data that proves itself by hits and misses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import structs

from schemas.errors import ConfigurationError
from transforms.boilerplate.appeal import Appeal, AppealIndex, appeal_of
from transforms.boilerplate.cue import Cue, ReaderWords
from transforms.boilerplate.ends import PhraseEnds
from transforms.boilerplate.folding import EDGE, fold_lines, key
from transforms.boilerplate.gates import GateIndex
from transforms.boilerplate.triggers import triggers_of

CUES_FOLDER = Path(__file__).parent / "cues"
FIRST = ("any.toml", "en.toml")  # formulas that stand on pages of all languages are named after these tables
_KNOWN = {"id", "class", "phrases", "pattern", "gate", "every", "starts", "topic", "opens", "states", "glue", "hits", "misses"}
_READER = ("start", "address", "report", "story", "outlet", "every")


class CueTable:
    """All cues of a run, indexed by what must stand in a line before anything costly is tried.

    Args:
        cues: The formulas.
        appeals: The signs of appeals, a language each.
    """

    def __init__(self, cues: Iterable[Cue], appeals: Iterable[Appeal] = ()):
        self.cues = tuple(cues)
        self.appeals = AppealIndex(appeals)
        self.phrases: dict[str, Cue] = {}
        self.every: dict[str, tuple[Cue, ...]] = {}
        self.longest = 1  # words of the longest phrase
        for cue in self.cues:
            for phrase in cue.phrases:
                self.phrases.setdefault(phrase, cue)
                self.longest = max(self.longest, phrase.count(" ") + 1)
            for word in sorted(cue.starts or cue.every):
                self.every[word] = (*self.every.get(word, ()), cue)
        self.spoken = {cue.id: structs.replace(cue, spoken=True) for cue in self.cues if cue.topic}
        self.first_words = frozenset(phrase.partition(" ")[0].strip(EDGE) for phrase in self.phrases)
        self.address = frozenset(word for cue in self.cues for word in cue.reader.address)
        self.gates = GateIndex(self.cues)
        self.ends = PhraseEnds(self.phrases, self.every, self.address)
        self.asked = self.gates.asked | self.ends.address | self.appeals.asked

    def with_cues(self, extra: Iterable[Cue]) -> CueTable:
        """This table with a source's own cues, which are tried first."""
        extra = tuple(extra)
        return CueTable((*extra, *self.cues), self.appeals.appeals) if extra else self

    def __reduce__(self) -> tuple[Callable[..., CueTable], tuple[object, ...]]:
        """A step carries its table's name to where it works, or the cues: of an index of 1.2 MB each process makes its own."""
        return (our_cues, ()) if self is our_cues() else (CueTable, (self.cues, self.appeals.appeals))


class SourceCues:
    """The table for each source: the common one, or with its own cues, made when the first article comes.

    Args:
        common: What every source may print.
        own: By source, what only it prints.
    """

    def __init__(self, common: CueTable, own: Mapping[str, tuple[Cue, ...]]):
        self._common = common
        self._own = own
        self._made: dict[str, CueTable] = {}

    def of(self, source: str | None) -> CueTable:
        """The table for the articles of a source."""
        if source not in self._own:
            return self._common
        if source not in self._made:
            self._made[source] = self._common.with_cues(self._own[source])
        return self._made[source]

    def __reduce__(self) -> tuple[type[SourceCues], tuple[CueTable, Mapping[str, tuple[Cue, ...]]]]:
        return SourceCues, (self._common, self._own)


@cache
def our_cues() -> CueTable:
    """The tables that come with the program, read once."""
    return load_cues(CUES_FOLDER)


def load_cues(folder: Path) -> CueTable:
    """Read every ``*.toml`` of a folder.

    Raises:
        ConfigurationError: A table can't be read, or a cue is wrong. The message names file and cue.
    """
    cues: list[Cue] = []
    appeals: list[Appeal] = []
    for path in sorted(folder.glob("*.toml"), key=lambda path: (path.name not in FIRST, path.name)):
        table = _table(path.read_text(encoding="utf-8"), path.name)
        cues.extend(_cues(table, path.name))
        if "appeal" in table:
            appeals.append(appeal_of(table["appeal"], _reader(table, path.name), path.stem, path.name))
    seen: set[str] = set()
    for cue in cues:
        if cue.id in seen:
            raise ConfigurationError(f"cue {cue.id!r} stands twice; ids are unique over all tables")
        seen.add(cue.id)
    return CueTable(cues, appeals)


def load_cue_text(text: str, where: str) -> tuple[Cue, ...]:
    """The cues of one table in TOML: a language's, or the ``[[cue]]`` tables of a source profile.

    Args:
        text: TOML with ``[[cue]]`` tables and an optional ``[reader]``.
        where: Named in messages.

    Raises:
        ConfigurationError: The text is no TOML, or a cue is wrong.
    """
    return _cues(_table(text, where), where)


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{where}: no TOML: {error}") from error


def _cues(table: dict[str, Any], where: str) -> tuple[Cue, ...]:
    reader = _reader(table, where)
    return tuple(_cue(fields, reader, f"{where}: [[cue]] {n}") for n, fields in enumerate(table.get("cue", ()), 1))


def _reader(table: dict[str, Any], where: str) -> ReaderWords:
    words = table.get("reader", {})
    if unknown := sorted(set(words) - set(_READER)):
        raise ConfigurationError(f"{where}: [reader]: unknown key {unknown[0]!r}; known keys are {_listed(_READER)}")
    return ReaderWords(*(frozenset(words.get(name, ())) for name in _READER))


def _cue(fields: dict[str, object], reader: ReaderWords, where: str) -> Cue:
    if unknown := sorted(set(fields) - _KNOWN):
        raise ConfigurationError(f"{where}: unknown key {unknown[0]!r}; known keys are {_listed(_KNOWN)}")
    for name in ("id", "class"):
        if not isinstance(fields.get(name), str) or not fields[name]:
            raise ConfigurationError(f"{where}: {name!r} is missing; every cue has an id and a class")
    where = f"{where} ({fields['id']})"
    for name in ("phrases", "gate", "every", "starts", "hits", "misses"):
        if not _is_words(fields.get(name, [])):
            raise ConfigurationError(f"{where}: {name!r} is {fields[name]!r}; allowed is a list of texts")
    topic = fields.get("topic", [])
    if not isinstance(topic, list) or not all(_is_words(part) for part in topic):
        raise ConfigurationError(f"{where}: 'topic' is {topic!r}; allowed is a list of lists of words")
    pattern = _joined(fields.get("pattern"), where)
    if pattern and not fields.get("gate"):
        raise ConfigurationError(f"{where}: a pattern without 'gate'; name words or signs that every match contains")
    if not (pattern or fields.get("phrases") or fields.get("every") or topic):
        raise ConfigurationError(f"{where}: takes nothing; give 'phrases', 'pattern', 'every' or 'topic'")
    return Cue(
        id=fields["id"],
        cls=fields["class"],
        phrases=tuple(dict.fromkeys(map(key, fold_lines(fields.get("phrases", ()))))),
        pattern=_checked(pattern, where) if pattern else None,
        gate=tuple(fields.get("gate", ())),
        every=frozenset((*fields.get("every", ()), *fields.get("starts", ()))),
        starts=frozenset(fields.get("starts", ())),
        topic=tuple(frozenset(part) for part in topic),
        reader=reader,
        opens=bool(fields.get("opens", False)),
        states=bool(fields.get("states", False)),
        glue=fields.get("glue"),
        hits=tuple(fields.get("hits", ())),
        misses=tuple(fields.get("misses", ())),
    )


def _joined(pattern: object, where: str) -> str | None:
    """A pattern as one text: of a list each alternative is a whole line."""
    if pattern is None or isinstance(pattern, str):
        return pattern
    if not _is_words(pattern):
        raise ConfigurationError(f"{where}: 'pattern' is {pattern!r}; allowed is a text, or a list of texts")
    return f"^(?:{'|'.join(pattern)})$"


def _checked(pattern: str, where: str) -> str:
    try:
        triggers_of(pattern)
    except re.error as error:
        raise ConfigurationError(f"{where}: 'pattern' is no regular expression: {error}") from error
    return pattern


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
