"""Cue tables: what boilerplate says of itself, per language, as data that proves itself by hits and misses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from schemas.article import Flow
from schemas.errors import ConfigurationError
from transforms.boilerplate.folding import EDGE, fold, key
from transforms.boilerplate.triggers import pieces, triggers_of

CUES_FOLDER = Path(__file__).parent / "cues"
FIRST = ("any.toml", "en.toml")  # formulas that stand on pages of all languages are named after these tables
MAX_LINE = 700  # code points of a line that a pattern is tried on; longer ones are prose, or an attack
HEAD = 3  # signs of a line's beginning that are looked at first
_KNOWN = {"id", "class", "phrases", "pattern", "gate", "every", "starts", "topic", "opens", "glue", "hits", "misses"}
_READER = ("start", "address", "report", "story")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_SPACELESS = re.compile("[\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that glue words together


def is_spaceless(text: str) -> bool:
    """Whether a script that glues words together stands in a text."""
    return _SPACELESS.search(text) is not None


class ReaderWords(Flow):
    """Words by which a language's boilerplate speaks to its reader, and by which a story doesn't."""

    start: frozenset[str] = frozenset()  # imperatives that such a line begins with: subscribe, download
    address: frozenset[str] = frozenset()  # pronouns of address: you, our
    report: frozenset[str] = frozenset()  # said, according: a sentence that has one is a story's
    story: frozenset[str] = frozenset()  # he, mrs, yesterday: a line that speaks to the reader has none


class Cue(Flow, kw_only=True):
    """One family of formulas. A line is taken when it is one of the phrases, or the pattern finds itself in it, or all
    its words are in ``every``, or it speaks to the reader of a topic."""

    id: str  # language.class.name
    cls: str
    phrases: tuple[str, ...] = ()  # whole lines, as ``key`` writes them: numbers are 0
    pattern: str | None = None  # a regular expression, searched in the folded line
    gate: tuple[str, ...] = ()  # the pattern is tried only where one of these words or signs stands
    every: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()  # with ``every``: the words that such a line begins with; empty: any of them
    topic: tuple[frozenset[str], ...] = ()  # one word of each, in a line that speaks to the reader
    reader: ReaderWords = ReaderWords()
    opens: bool = False  # a heading: in the tail of an article it opens a block that goes with it
    glue: bool | None = None  # True: cut even where no stop parts it from the text; None: only as a sentence of its own
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    def may_be_glued(self, words: int) -> bool:
        """Whether it may be cut, as a sentence of its own, from an end of a line."""
        return words > 1 if self.glue is None else self.glue


class CueTable:
    """All cues of a run, indexed by the words that must stand in a line before anything costly is tried."""

    def __init__(self, cues: Iterable[Cue]):
        self.cues = tuple(cues)
        self.phrases: dict[str, Cue] = {}
        self.every: dict[str, tuple[Cue, ...]] = {}
        self.gates: dict[str, tuple[Cue, ...]] = {}  # a word -> cues
        self.signs: dict[str, tuple[Cue, ...]] = {}  # a sign, as © -> cues
        self.spaceless: dict[str, tuple[Cue, ...]] = {}  # a word of a script without spaces -> cues
        self.longest = 1  # words of the longest phrase
        for cue in self.cues:
            for phrase in cue.phrases:
                self.phrases.setdefault(phrase, cue)
                self.longest = max(self.longest, phrase.count(" ") + 1)
            for word in sorted(cue.starts or cue.every):
                self.every[word] = (*self.every.get(word, ()), cue)
            for word in dict.fromkeys((*cue.gate, *(sorted(cue.topic[0]) if cue.topic else ()))):
                if _SPACELESS.search(word):
                    table = self.spaceless
                else:
                    table = self.gates if _HAS_LETTER.search(word) else self.signs
                table[word] = (*table.get(word, ()), cue)
        self.first_words = frozenset(phrase.partition(" ")[0].strip(EDGE) for phrase in self.phrases)
        self.glued = tuple(phrase for phrase, cue in self.phrases.items() if cue.glue)
        self.glued_words = frozenset(phrase.partition(" ")[0].strip(EDGE) for phrase in self.glued)
        self.address = frozenset(word for cue in self.cues for word in cue.reader.address)
        self.gate_words = frozenset(self.gates)
        self.gates_of = tuple(map(_parted_gates, self.cues))
        self.triggers = TriggerIndex(self.cues)
        self.ends = PhraseEnds(self)
        self.asked = frozenset((*self.triggers.words, *self.triggers.topics, *self.ends.address))

    def with_cues(self, extra: Iterable[Cue]) -> CueTable:
        """This table with a source's own cues, which are tried first."""
        extra = tuple(extra)
        return CueTable((*extra, *self.cues)) if extra else self


class Gates(Flow):
    """The gates of a cue, by how they are looked for."""

    pieces: frozenset[str]  # words that are one piece
    words: frozenset[str]  # words of several pieces, as e-mail
    anywhere: tuple[str, ...]  # signs, and words of scripts without spaces
    speaking: frozenset[str]  # pieces of words, of which one stands in a line that speaks to the reader; of a topic only


def _parted_gates(cue: Cue) -> Gates:
    gates = dict.fromkeys((*cue.gate, *(sorted(cue.topic[0]) if cue.topic else ())))
    words = [gate for gate in gates if _HAS_LETTER.search(gate) and not _SPACELESS.search(gate)]
    return Gates(
        pieces=frozenset(word for word in words if pieces(word) == [word]),
        words=frozenset(word for word in words if pieces(word) != [word]),
        anywhere=tuple(gate for gate in gates if gate not in words),
        speaking=frozenset(piece for word in (*cue.reader.address, *cue.reader.start) for piece in pieces(word)[:1] if cue.topic),
    )


class TriggerIndex:
    """Of the cues with a pattern or a topic, those that a line may answer to, by how it begins and by its words.

    What isn't found here takes no line: each cue stands under all its pattern's openings and words, or, where its
    pattern has none, under its gates; and under the first words of its topic.
    """

    def __init__(self, cues: Iterable[Cue]):
        self.openings: dict[str, tuple[int, ...]] = {}  # -> cues, by their place in the table; so are all of these
        self.words: dict[str, tuple[int, ...]] = {}  # a piece of a word
        self.topics: dict[str, tuple[int, ...]] = {}  # likewise, where the line speaks to its reader
        self.signs: dict[str, tuple[int, ...]] = {}
        self.spaceless: dict[str, tuple[int, ...]] = {}
        for number, cue in enumerate(cues):
            if cue.topic:
                self._enter_loose(self.topics, cue.topic[0], number)
            if cue.pattern is not None:
                triggers = triggers_of(cue.pattern)
                _enter(self.openings, triggers.openings, number)
                _enter(self.words, triggers.words, number)
                if triggers.open:
                    self._enter_loose(self.words, cue.gate, number)
        self.heads = frozenset(opening[:HEAD] for opening in self.openings)

    def _enter_loose(self, table: dict[str, tuple[int, ...]], words: Iterable[str], number: int) -> None:
        spaceless = {word for word in words if _SPACELESS.search(word)}
        lettered = {word for word in words if _HAS_LETTER.search(word)} - spaceless
        _enter(self.spaceless, spaceless, number)
        _enter(table, (max(pieces(word), key=len) for word in lettered), number)
        _enter(self.signs, set(words) - lettered - spaceless, number)


def _enter(table: dict[str, tuple[int, ...]], words: Iterable[str], number: int) -> None:
    for word in sorted(set(words)):
        table[word] = (*table.get(word, ()), number)


class PhraseEnds:
    """How phrases begin and end, in pieces of words: what a line must show before it is parted and looked up."""

    def __init__(self, table: CueTable):
        parted = [words for phrase in table.phrases if (words := pieces(phrase))]
        self.single = frozenset(words[0] for words in parted if len(words) == 1)
        self.single_glued = frozenset(words[0] for phrase in table.glued if len(words := pieces(phrase)) == 1)
        glued = [words for phrase in table.glued if len(words := pieces(phrase)) > 1]
        self.glued_two = frozenset((words[0], words[1]) for words in glued)
        self.first = frozenset(words[0] for words in parted)
        self.first_two = frozenset((words[0], words[1]) for words in parted if len(words) > 1)
        self.last_two = frozenset((words[-2], words[-1]) for words in parted if len(words) > 1)
        self.before_number = frozenset(_last_word(words) for words in parted if not words[-1].isalpha())
        self.every = frozenset(words[0] for word in table.every if (words := pieces(word)))
        self.address = frozenset(words[-1] for word in table.address if (words := pieces(word)))

    def may_end_with_number(self, words: Sequence[str]) -> bool:
        """Whether a phrase has the last word before a line's closing numbers there, too."""
        return _last_word(words) in self.before_number


def _last_word(words: Sequence[str]) -> str:
    """The last piece without a digit; empty if there is none."""
    return next((word for word in reversed(words) if word.isalpha()), "")


def load_cues(folder: Path | None = None) -> CueTable:
    """Read every ``*.toml`` of a folder.

    Args:
        folder: None for the tables that come with the program.

    Raises:
        ConfigurationError: A table can't be read, or a cue is wrong. The message names file and cue.
    """
    cues: list[Cue] = []
    for path in sorted((folder or CUES_FOLDER).glob("*.toml"), key=lambda path: (path.name not in FIRST, path.name)):
        cues.extend(load_cue_text(path.read_text(encoding="utf-8"), path.name))
    seen: set[str] = set()
    for cue in cues:
        if cue.id in seen:
            raise ConfigurationError(f"cue {cue.id!r} stands twice; ids are unique over all tables")
        seen.add(cue.id)
    return CueTable(cues)


def load_cue_text(text: str, where: str) -> tuple[Cue, ...]:
    """The cues of one table in TOML: a language's, or the ``[[cue]]`` tables of a source profile.

    Args:
        text: TOML with ``[[cue]]`` tables and an optional ``[reader]``.
        where: Named in messages.

    Raises:
        ConfigurationError: The text is no TOML, or a cue is wrong.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{where}: no TOML: {error}") from error
    words = table.get("reader", {})
    if unknown := sorted(set(words) - set(_READER)):
        raise ConfigurationError(f"{where}: [reader]: unknown key {unknown[0]!r}; known keys are {_listed(_READER)}")
    reader = ReaderWords(*(frozenset(words.get(name, ())) for name in _READER))
    return tuple(_cue(fields, reader, f"{where}: [[cue]] {n}") for n, fields in enumerate(table.get("cue", ()), 1))


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
    pattern = fields.get("pattern")
    if pattern and not fields.get("gate"):
        raise ConfigurationError(f"{where}: a pattern without 'gate'; name words or signs that every match contains")
    if not (pattern or fields.get("phrases") or fields.get("every") or topic):
        raise ConfigurationError(f"{where}: takes nothing; give 'phrases', 'pattern', 'every' or 'topic'")
    return Cue(
        id=fields["id"],
        cls=fields["class"],
        phrases=tuple(dict.fromkeys(key(fold(phrase)) for phrase in fields.get("phrases", ()))),
        pattern=_checked(pattern, where) if pattern else None,
        gate=tuple(fields.get("gate", ())),
        every=frozenset((*fields.get("every", ()), *fields.get("starts", ()))),
        starts=frozenset(fields.get("starts", ())),
        topic=tuple(frozenset(part) for part in topic),
        reader=reader,
        opens=bool(fields.get("opens", False)),
        glue=fields.get("glue"),
        hits=tuple(fields.get("hits", ())),
        misses=tuple(fields.get("misses", ())),
    )


def _checked(pattern: object, where: str) -> str:
    try:
        triggers_of(str(pattern))
        if "(?<" in str(pattern):
            re.compile(str(pattern))  # what stands behind a place has one length: the only error that parsing doesn't see
    except re.error as error:
        raise ConfigurationError(f"{where}: 'pattern' is no regular expression: {error}") from error
    return str(pattern)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
