"""Which cue a line answers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.boilerplate.cue import Cue
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.folding import (
    EDGE,
    FOLDED_SIGNS,
    REMEMBERED_LINES,
    SHORT_LINE,
    fold,
    fold_lines,
    is_glued,
    key,
    pieces,
    pieces_of,
    unglued,
)
from transforms.boilerplate.gates import Shown
from transforms.boilerplate.reader import CAPTIONS, belongs_to, speaks_of, tells
from transforms.boilerplate.several import BAR_SIGN, MAX_PHRASE, MAX_SEGMENT_WORDS, phrases_in_a_row, several
from transforms.boilerplate.triggers import finder

MAX_LINE = 700  # code points of a line that a pattern is tried on; longer ones are prose, or an attack
MAX_SEVERAL = 400  # code points of a line that may be several formulas
MAX_OPENING = 110  # code points of the first of them, where the line is longer than a phrase
MAX_FORMULA = 340  # code points of a formula; only classes that quote the law or describe a picture are longer
LONG_CLASSES = ("photo_caption", "photo_credit", "copyright", "cookie_consent")
MAX_GLUED = 200  # code points of a line whose words are parted where a capital follows a small letter
SHORT_OPENING = 4  # words of a first sentence that says nothing by itself: "Thanks for reading."

_INNER_STOP = re.compile("[^\\W\\d]{3}[.!?\u2026][\"']? ?(?=[^\\W\\d_]{2})|[\u3002\uff01\uff1f](?=.)")
_PART = re.compile("[.!?|\u2026\u2022] ")
_SPLIT = re.compile(r"[^\w'&-]+")


class Read(NamedTuple):
    """What is known of a line wherever it stands."""

    shown: Shown
    cue: Cue | None  # takes the whole line


_remembered: dict[tuple[CueTable, str], Read] = {}  # of short lines


def _remember(table: CueTable, line: str, read: Read) -> None:
    if len(_remembered) >= REMEMBERED_LINES:
        _remembered.clear()
    _remembered[table, line] = read


def _shown(table: CueTable, folded: str) -> Shown:
    words = pieces(folded)
    return Shown(folded, words, table.asked.intersection(words))


class LineMatcher:
    """The cues of one article: bound to its text, so that signs are looked for once, and no line is matched twice.

    Args:
        table: The cues.
        raw: A text in which all lines stand that are asked for.
    """

    __slots__ = ("_cache", "_signs", "table")

    def __init__(self, table: CueTable, raw: str):
        self.table = table
        self._signs = [sign for sign in table.gates.signs if sign in raw or sign.upper() in raw or sign in FOLDED_SIGNS]
        self._cache: dict[str, Read] = {}

    def read(self, texts: Sequence[str]) -> list[Read]:
        """What each of some lines shows, and the cue that takes the whole of it."""
        table = self.table
        reads = [_remembered.get((table, text)) for text in texts]
        fresh = [text for text, read in zip(texts, reads, strict=True) if read is None]
        folded = fold_lines(fresh)
        found: dict[str, Read] = {}
        for text, line, words in zip(fresh, folded, pieces_of(folded), strict=True):
            shown = Shown(line, words, table.asked.intersection(words))
            found[text] = read = Read(shown, self.cue_of(text, shown) if len(text) <= MAX_LINE else None)
            if len(text) <= SHORT_LINE:
                _remember(table, text, read)
        return [read or found[text] for text, read in zip(texts, reads, strict=True)]

    def match(self, line: str) -> Cue | None:
        """The cue that takes the whole line, or None."""
        read = self._cache.get(line)
        if read is None:
            (read,) = self.read((line,))
            self._cache[line] = read
        return read.cue

    def phrase(self, plain: str) -> Cue | None:
        """The cue of a whole phrase, as ``key`` writes it."""
        return self.table.phrases.get(plain)

    def addresses(self, words: list[str]) -> bool:
        """Whether one of the words is a pronoun of address in any language of the tables."""
        return not self.table.address.isdisjoint(words)

    def unit(self, sentence: str) -> Cue | None:
        """The cue that takes a sentence which is no line of its own: one formula, or phrases in a row."""
        folded = fold(sentence)
        return self._formula(sentence, folded, self._candidates(folded))

    def unit_of(self, sentence: str, folded: str, hot: frozenset[str]) -> Cue | None:
        """``unit``, of a sentence that is folded already and stands in a line in which these words are hot."""
        may_answer = folded[:1].isdecimal() or self._may_answer(folded, hot)
        return self._formula(sentence, folded, self._candidates(folded) if may_answer else [])

    def _formula(self, sentence: str, folded: str, cues: list[Cue]) -> Cue | None:
        found = self._whole(folded, sentence, cues) if cues or len(folded) <= MAX_PHRASE else None
        return found or phrases_in_a_row(folded, self.table)

    def cue_of(self, line: str, shown: Shown) -> Cue | None:
        """The cue that takes a line, of which it is known what it shows. ``read`` without a memory."""
        folded = shown.folded
        if not folded:
            return None
        table = self.table
        cues = table.gates.candidates(shown, self._signs)
        found = self._whole(folded, line, cues) if cues or len(folded) <= MAX_PHRASE else None
        if found is None and len(folded) <= MAX_SEVERAL and (cues or table.ends.may_begin_phrases(shown)):
            found = self._several_of(line, shown)
        if found is None and len(line) <= MAX_GLUED and is_glued(line):
            loose = unglued(line)
            folded = fold(loose)
            found = self._whole(folded, loose, self._candidates(folded)) or several(loose, folded, table, self.unit)
        return found

    def _candidates(self, folded: str) -> list[Cue]:
        return self.table.gates.candidates(_shown(self.table, folded), self._signs)

    def _several_of(self, line: str, shown: Shown) -> Cue | None:
        """A line of several formulas, the first of which is short and begins as one."""
        folded = shown.folded
        if len(folded) > MAX_PHRASE:
            end = _PART.search(folded, 0, MAX_OPENING)
            if end is None or (folded[end.start()] in ".!?" and not self._may_take(folded[: end.end()], line, shown)):
                return None
        found = several(line, folded, self.table, self.unit)
        return found if found is not None and self._may_begin(folded) else None

    def _may_take(self, opening: str, line: str, shown: Shown) -> bool:
        """Whether a cue may take the first sentence of a line. A necessary condition, and cheap."""
        return (
            self._may_answer(opening, shown.hot)
            or self.table.ends.may_begin_phrases(shown)
            or BAR_SIGN.search(line) is not None
        )

    def _may_answer(self, part: str, hot: frozenset[str]) -> bool:
        """Whether a pattern may take a part, which begins with no digit, of a line in which these words are hot."""
        return (
            self.table.gates.may_answer(part, hot)
            or not part.isascii()
            or any(sign in part for sign in self._signs)
        )

    def _may_begin(self, folded: str) -> bool:
        """Whether a formula may stand at the beginning: a phrase's first word, or a gate near it."""
        opening = folded[:MAX_PHRASE]
        first = opening.split(None, 1)[0].strip(EDGE)
        return (len(folded) <= MAX_PHRASE and first in self.table.first_words) or self.table.gates.stand_in(opening)

    def _whole(self, folded: str, line: str, cues: list[Cue]) -> Cue | None:
        """The cue of one formula, of those that the line shows triggers of."""
        if len(folded) <= MAX_PHRASE and folded and folded[0] not in "\"'":  # what is quoted is said by somebody
            table = self.table
            plain = key(folded)
            if (cue := table.phrases.get(plain)) is not None:
                return cue
            if plain.endswith("(0") and (cue := table.phrases.get(plain[:-2].strip(EDGE))) is not None:
                return cue  # a heading and its count: Comments (3)
            first = plain.partition(" ")[0].strip(EDGE)
            return self._gated(folded, line, cues) or (self._every(first, folded) if first in table.every else None)
        return self._gated(folded, line, cues)

    def _every(self, first: str, folded: str) -> Cue | None:
        words = [word for word in _SPLIT.split(folded) if word]
        if not 1 < len(words) <= MAX_SEGMENT_WORDS:
            return None
        for cue in self.table.every[first]:
            if all(word in cue.every or word.isdigit() for word in words):
                return cue
        return None

    def _gated(self, folded: str, line: str, cues: list[Cue]) -> Cue | None:
        """The first of some cues whose pattern or topic agrees."""
        words: list[str] = []
        for cue in cues:
            if len(folded) > MAX_FORMULA and cue.cls not in LONG_CLASSES:
                continue
            takes = cue.pattern is not None and finder(cue.pattern)(folded) is not None
            if takes or cue.topic:
                words = words or [word for word in _SPLIT.split(folded) if word]
                takes = takes and not tells(cue, words, folded, line)
                if (takes or (cue.topic and speaks_of(cue, words, line))) and self._opens_with_it(cue, folded):
                    return cue if takes else self.table.spoken[cue.id]
        return None

    def _opens_with_it(self, cue: Cue, folded: str) -> bool:
        """Whether a line is no paragraph with a formula glued behind it: of several sentences, the first is one too."""
        if cue.cls in CAPTIONS:
            return True
        found = _INNER_STOP.search(folded)
        if found is None:
            return True
        opening = folded[: found.end()].rstrip()
        words = [word for word in _SPLIT.split(opening) if word]
        if len(words) <= SHORT_OPENING or belongs_to(cue, opening, leads=True):
            return True
        return self._whole(opening, opening, self._candidates(opening)) is not None
