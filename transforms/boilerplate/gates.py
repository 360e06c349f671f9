"""Which cues a line may answer to: words gate patterns, so that on most lines of a story none is tried."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from schemas.article import Flow
from transforms.boilerplate.cue import Cue, ReaderWords
from transforms.boilerplate.folding import EDGE, pieces
from transforms.boilerplate.triggers import DIGIT, triggers_of

_HAS_LETTER = re.compile(r"[^\W\d_]")
_SPACELESS = re.compile("[\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that glue words together
HEAD = 3  # signs of a line's beginning that are looked at first

_INSIDE = re.compile(r"[^\w]+")


class Shown(NamedTuple):
    """What a line shows of itself before anything costly is tried."""

    folded: str
    words: list[str]  # the pieces of the folded line
    hot: frozenset[str]  # those of them that some cue asks for, or by which a line speaks to its reader


class _Gates(Flow):
    """The gates of one cue, by how they are looked for."""

    pieces: frozenset[str]  # words that are one piece
    words: frozenset[str]  # words of several pieces, as e-mail
    anywhere: tuple[str, ...]  # signs, and words of scripts without spaces
    speaking: frozenset[
        str
    ]  # pieces of words, of which one stands in a line that speaks to the reader; of a topic only


class GateIndex:
    """Of the cues with a pattern or a topic, those that a line may answer to, by how it begins and by its words.

    What isn't found here takes no line: each cue stands under all its pattern's openings and words, or, where its
    pattern has none, under its gates; and under the first words of its topic. Cues are named by their place in the table.
    """

    def __init__(self, cues: Sequence[Cue]):
        self._cues = cues
        self._gates = tuple(map(_gates_of, cues))
        self._openings: dict[str, tuple[int, ...]] = {}
        self._words: dict[str, tuple[int, ...]] = {}  # a piece of a word
        self._topics: dict[str, tuple[int, ...]] = {}  # likewise, where the line speaks to its reader
        self._signs: dict[str, tuple[int, ...]] = {}
        self._spaceless: dict[str, tuple[int, ...]] = {}
        for number, cue in enumerate(cues):
            if cue.topic:
                self._enter_loose(self._topics, cue.topic[0], number)
            if cue.pattern is not None:
                triggers = triggers_of(cue.pattern)
                _enter(self._openings, triggers.openings, number)
                _enter(self._words, triggers.words, number)
                if triggers.open:
                    self._enter_loose(self._words, cue.gate, number)
        self._sizes = _sizes_of(self._openings)
        self.signs = tuple(self._signs)
        self._all_signs, self._all_spaceless, self._all_words = _by_kind(
            gate for cue in cues for gate in _all_gates(cue)
        )
        self._triggers = frozenset((*self._words, *self._topics))
        self.asked = self._triggers.union(*(gates.pieces | gates.speaking for gates in self._gates))

    def _enter_loose(self, table: dict[str, tuple[int, ...]], words: Iterable[str], number: int) -> None:
        signs, spaceless, lettered = _by_kind(words)
        _enter(self._spaceless, spaceless, number)
        _enter(table, (max(pieces(word), key=len) for word in lettered), number)
        _enter(self._signs, signs, number)

    def candidates(self, shown: Shown, signs: Iterable[str]) -> list[Cue]:
        """The cues whose triggers and gates stand in a line, in the order of the tables.

        Args:
            shown: Of the line.
            signs: Those of ``self.signs`` that may stand in it.
        """
        folded, _, hot = shown
        found: list[int] = []
        openings = self._openings
        for size in self._sizes_for(folded):
            if (opening := folded[:size]) in openings:
                found.extend(openings[opening])
        if folded[:1].isdecimal():
            found.extend(openings.get(DIGIT, ()))
        for word in self._triggers & hot:
            found.extend(self._words.get(word, ()))
            for number in self._topics.get(word, ()):
                if not self._gates[number].speaking.isdisjoint(hot):
                    found.append(number)
        for sign in signs:
            if sign in folded:
                found.extend(self._signs[sign])
        if not folded.isascii() and is_spaceless(folded):
            for word, numbers in self._spaceless.items():
                if word in folded:
                    found.extend(numbers)
        if not found:
            return []
        return [self._cues[number] for number in sorted(set(found)) if _is_open(self._gates[number], folded, hot)]

    def may_answer(self, opening: str, hot: frozenset[str]) -> bool:
        """Whether the opening of a line begins as some pattern does, or holds a word of one.

        Args:
            opening: Of the folded line.
            hot: Of the whole line.
        """
        if any(opening[:size] in self._openings for size in self._sizes_for(opening)):
            return True
        triggers = self._triggers & hot
        return bool(triggers) and not triggers.isdisjoint(pieces(opening))

    def _sizes_for(self, folded: str) -> tuple[int, ...]:
        """How long the openings are that a line may have that begins so."""
        sizes = self._sizes
        return sizes.get(folded[:HEAD]) or sizes.get(folded[:2]) or sizes.get(folded[:1], ())

    def stand_in(self, folded: str) -> bool:
        """Whether any gate stands in a folded text: words as words, signs and words of scripts without spaces anywhere."""
        if _words_in(folded.split(), self._all_words) or any(sign in folded for sign in self._all_signs):
            return True
        return not folded.isascii() and is_spaceless(folded) and any(word in folded for word in self._all_spaceless)


def is_spaceless(text: str) -> bool:
    """Whether a script that glues words together stands in a text."""
    return _SPACELESS.search(text) is not None


def _all_gates(cue: Cue) -> tuple[str, ...]:
    return (*cue.gate, *(sorted(cue.topic[0]) if cue.topic else ()))


def _by_kind(words: Iterable[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Signs, words of scripts without spaces, and other words."""
    words = frozenset(words)
    spaceless = frozenset(word for word in words if _SPACELESS.search(word))
    lettered = frozenset(word for word in words if _HAS_LETTER.search(word)) - spaceless
    return words - lettered - spaceless, spaceless, lettered


def _gates_of(cue: Cue) -> _Gates:
    signs, spaceless, lettered = _by_kind(_all_gates(cue))
    return _Gates(
        pieces=frozenset(word for word in lettered if pieces(word) == [word]),
        words=frozenset(word for word in lettered if pieces(word) != [word]),
        anywhere=tuple(sorted(signs | spaceless)),
        speaking=_speaking(cue.reader) if cue.topic else frozenset(),
    )


def _speaking(reader: ReaderWords) -> frozenset[str]:
    return frozenset(parted[0] for word in (*reader.address, *reader.start) if (parted := pieces(word)))


def _enter(table: dict[str, tuple[int, ...]], words: Iterable[str], number: int) -> None:
    for word in dict.fromkeys(words):
        table[word] = (*table.get(word, ()), number)


def _sizes_of(openings: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the first one to three signs of the openings: how long those openings are that a line may have that begins so."""
    sizes: dict[str, set[int]] = {}
    for opening in openings:
        sizes.setdefault(opening[:HEAD], set()).add(len(opening))
    for head, found in sizes.items():
        found.update(size for size in range(1, len(head)) if head[:size] in sizes)
    return {head: tuple(sorted(found)) for head, found in sizes.items()}


def _is_open(gates: _Gates, folded: str, hot: frozenset[str]) -> bool:
    """Whether one of a cue's gates stands in a line."""
    if not gates.pieces.isdisjoint(hot):
        return True
    if gates.anywhere and any(sign in folded for sign in gates.anywhere):
        return True
    return bool(gates.words) and any(word in folded for word in gates.words) and _words_in(folded.split(), gates.words)


def _words_in(tokens: Collection[str], words: frozenset[str]) -> bool:
    """Whether one of some words stands among tokens: as a whole, between signs, or beside a hyphen or an apostrophe."""
    if not words.isdisjoint(tokens):
        return True
    for token in tokens:
        if not token.isalnum():
            bare = token.strip(EDGE)
            if bare in words or (not bare.isalnum() and not words.isdisjoint(_INSIDE.split(bare))):
                return True
    return False
