"""Which cue a line answers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

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
from transforms.boilerplate.reader import CAPTIONS, speaks_of, tells
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


@lru_cache(maxsize=REMEMBERED_LINES)
def _short_shown(table: CueTable, line: str) -> Shown:
    return _shown(table, fold(line))


@lru_cache(maxsize=REMEMBERED_LINES)
def _short_cue(table: CueTable, line: str) -> Cue | None:
    return LineMatcher(table, line).cue_of(line, _short_shown(table, line))


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
        self._cache: dict[str, Cue | None] = {}

    def show(self, texts: Sequence[str]) -> list[Shown]:
        """What each of some lines shows."""
        table = self.table
        long = [text for text in texts if len(text) > SHORT_LINE]
        folded = fold_lines(long)
        asked = table.asked
        parted = zip(folded, pieces_of(folded), strict=True)
        shown = iter([Shown(line, words, asked.intersection(words)) for line, words in parted])
        return [next(shown) if len(text) > SHORT_LINE else _short_shown(table, text) for text in texts]

    def shown(self, text: str) -> Shown:
        """What one line shows."""
        return _short_shown(self.table, text) if len(text) <= SHORT_LINE else _shown(self.table, fold(text))

    def match(self, line: str) -> Cue | None:
        """The cue that takes the whole line, or None."""
        if len(line) <= SHORT_LINE:
            return _short_cue(self.table, line)
        if line not in self._cache:
            self._cache[line] = self.match_shown(line, self.shown(line))
        return self._cache[line]

    def match_shown(self, line: str, shown: Shown) -> Cue | None:
        """The same, of a line of which it is known what it shows."""
        if len(line) <= SHORT_LINE:
            return _short_cue(self.table, line)
        return self.cue_of(line, shown) if len(line) <= MAX_LINE else None

    def phrase(self, plain: str) -> Cue | None:
        """The cue of a whole phrase, as ``key`` writes it."""
        return self.table.phrases.get(plain)

    def addresses(self, words: list[str]) -> bool:
        """Whether one of the words is a pronoun of address in any language of the tables."""
        return not self.table.address.isdisjoint(words)

    def unit(self, sentence: str) -> Cue | None:
        """The cue that takes a sentence which is no line of its own: one formula, or phrases in a row."""
        folded = fold(sentence)
        return self._whole(folded, sentence, self._candidates(folded)) or phrases_in_a_row(folded, self.table)

    def cue_of(self, line: str, shown: Shown) -> Cue | None:
        """``match_shown`` without a memory."""
        folded = shown.folded
        if not folded:
            return None
        table = self.table
        cues = table.gates.candidates(shown, self._signs)
        found = self._whole(folded, line, cues)
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
            self.table.gates.may_answer(opening)
            or not opening.isascii()
            or any(sign in opening for sign in self._signs)
            or self.table.ends.may_begin_phrases(shown)
            or BAR_SIGN.search(line) is not None
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
                    return cue
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
        reader = cue.reader
        if len(words) <= SHORT_OPENING or (
            not reader.address.isdisjoint(words) and reader.report.isdisjoint(words) and reader.story.isdisjoint(words)
        ):
            return True
        return self._whole(opening, opening, self._candidates(opening)) is not None
