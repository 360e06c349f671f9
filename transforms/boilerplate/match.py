"""Which cue a line answers to. Words gate patterns: in most articles few gates stand, so few patterns are tried."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from transforms.boilerplate.cues import HEAD, MAX_LINE, Cue, CueTable, Gates, is_spaceless
from transforms.boilerplate.folding import EDGE, fold, is_glued, key, pieces_of, unglued
from transforms.boilerplate.reader import CAPTIONS, speaks_of, tells
from transforms.boilerplate.triggers import DIGIT, OPENING, compiled, pieces

MAX_PHRASE = 130  # code points of a line that may be a phrase, or phrases in a row
MAX_SEVERAL = 400  # code points of a line that may be several formulas
MAX_OPENING = 110  # code points of the first of them, where the line is longer than a phrase
MAX_FORMULA = 340  # code points of a formula; only classes that quote the law or describe a picture are longer
LONG_CLASSES = ("photo_caption", "photo_credit", "copyright", "cookie_consent")
MAX_GLUED = 200  # code points of a line whose words are parted where a capital follows a small letter
MAX_PARTS = 14  # sentences or bar-separated parts that a line of several formulas may have
MAX_SEGMENT_WORDS = 24  # words of a line that is phrases in a row
SHORT_OPENING = 4  # words of a first sentence that says nothing by itself: "Thanks for reading."

_BARS = re.compile(r"\s*[|\u2022\u00b7\u203a>\uff5c\u25ba]\s*|\s+/\s+|\s{2,}|\t+|\s+-\s+")
_BAR_SIGN = re.compile("[|\u2022\u00b7\u203a>\uff5c\u25ba\t/]|  | - ")  # what every bar has, found faster
_STOP_SIGN = re.compile("[.!?\u3002\uff01\uff1f\u2026\u0964]\\s")
_STOPS = re.compile(r"(?<=[.!?\u3002\uff01\uff1f\u2026\u0964])\s+")
_INSIDE = re.compile(r"[^\w]+")
_INNER_STOP = re.compile("[^\\W\\d]{3}[.!?\u2026][\"']? ?(?=[^\\W\\d_]{2})|[\u3002\uff01\uff1f](?=.)")
_PART = re.compile("[.!?|\u2026\u2022] ")
_BEHIND_STOP = re.compile("[.!?\u2026\u3002\u0964]([^.!?\u2026\u3002\u0964\\s]\\S*)")
_SPLIT = re.compile(r"[^\w'&-]+")
_AMOUNT = EDGE + "0\u00a3$\u20ac\u00a5%"


class Shown(NamedTuple):
    """What a line shows of itself before anything costly is tried."""

    folded: str
    words: list[str]  # the pieces of the folded line
    hot: frozenset[str]  # those of them that some cue asks for, or that address the reader


class LineMatcher:
    """The cues of one article: bound to its text, so that signs are looked for once, and no line is matched twice."""

    __slots__ = ("_cache", "_signs", "_table")

    def __init__(self, table: CueTable, raw: str):
        self._table = table
        self._signs = [sign for sign in table.triggers.signs if sign in raw or sign.upper() in raw]
        self._cache: dict[str, Cue | None] = {}

    def show(self, texts: Iterable[str]) -> list[Shown]:
        """What each of some lines shows."""
        folded = [fold(text) for text in texts]
        asked = self._table.asked
        return [Shown(plain, words, asked.intersection(words)) for plain, words in zip(folded, pieces_of(folded), strict=True)]

    def match(self, line: str) -> Cue | None:
        """The cue that takes the whole line, or None."""
        return self._cache[line] if line in self._cache else self.match_shown(line, self._shown(fold(line)))

    def match_shown(self, line: str, shown: Shown) -> Cue | None:
        """The same, of a line of which it is known what it shows."""
        if line in self._cache:
            return self._cache[line]
        found = self._match(line, shown) if len(line) <= MAX_LINE else None
        self._cache[line] = found
        return found

    def _shown(self, folded: str) -> Shown:
        words = pieces(folded)
        return Shown(folded, words, self._table.asked.intersection(words))

    def phrase(self, plain: str) -> Cue | None:
        """The cue of a whole phrase, as ``key`` writes it."""
        return self._table.phrases.get(plain)

    def addresses(self, words: list[str]) -> bool:
        """Whether one of the words is a pronoun of address in any language of the tables."""
        return not self._table.address.isdisjoint(words)

    def begins_glued(self, text: str) -> bool:
        """Whether a phrase that needs no stop behind it may stand at the beginning."""
        words = text.split(None, 2)
        if not words or words[0].lower().strip(EDGE) not in self._table.glued_words:
            return False
        ends = self._table.ends
        shown = pieces(fold(" ".join(words[:2])))
        return not shown or shown[0] in ends.single_glued or len(shown) < 2 or _are_two(shown[:2], ends.glued_two)

    def may_begin_glued(self, shown: Shown) -> bool:
        """Whether a phrase may be glued before a line. A necessary condition, and cheap."""
        ends = self._table.ends
        folded, words, _ = shown
        if not words or not words[0].isalpha() or words[0] in ends.single_glued:
            return True
        if words[0] in ends.single:
            behind = folded.find(words[0]) + len(words[0])
            if folded[behind : behind + 1] != " " or not folded[behind + 1 : behind + 2].isalnum():
                return True  # no word of the same sentence right behind it
        return words[0] in ends.first and _are_two(words[:2], ends.first_two)

    def may_end_glued(self, shown: Shown) -> bool:
        """Whether a phrase may be glued behind a line in which no bars or gaps stand. A necessary condition, and cheap."""
        ends = self._table.ends
        folded, words, _ = shown
        if not words:
            return True
        last = words[-1]
        if not last.isalpha():
            return ends.may_end_with_number(words)
        if last in ends.single:
            at = folded.rfind(last)
            if at < 2 or folded[at - 1] != " " or not folded[at - 2].isalnum():
                return True  # no word of the same sentence right before it
        return _are_two(words[-2:], ends.last_two)

    def may_address(self, shown: Shown) -> bool:
        """Whether a pronoun of address stands in a line as a word, or glued behind a stop."""
        if self._table.ends.address.isdisjoint(shown.hot):
            return False
        if not self._table.address.isdisjoint(shown.folded.split()):
            return True
        address = self._table.ends.address
        return any(not address.isdisjoint(pieces(rest)) for rest in _BEHIND_STOP.findall(shown.folded))

    def _match(self, line: str, shown: Shown) -> Cue | None:
        folded = shown.folded
        if not folded:
            return None
        cues = self._candidates(shown)
        found = self._whole(folded, line, cues)
        if found is None and len(folded) <= MAX_SEVERAL and (cues or self._may_begin_phrases(shown)):
            found = self._several_of(line, shown)
        if found is None and len(line) <= MAX_GLUED and is_glued(line):
            loose = unglued(line)
            folded = fold(loose)
            found = self._whole(folded, loose, self._candidates(self._shown(folded))) or self._several(loose, folded)
        return found

    def unit(self, sentence: str) -> Cue | None:
        """The cue that takes a sentence which is no line of its own: one formula, or phrases in a row."""
        return self._part(fold(sentence), sentence)

    def _part(self, folded: str, text: str) -> Cue | None:
        return self._whole(folded, text, self._candidates(self._shown(folded))) or self._segments(folded)

    def _may_begin_phrases(self, shown: Shown) -> bool:
        """Whether a line's first part may be a phrase. A necessary condition, and cheap."""
        folded, words, _ = shown
        if not words or not words[0].isalpha() or not (folded[0].isalnum() or (folded[0] in "\"'" and folded[1].isalnum())):
            return True
        ends = self._table.ends
        return words[0] in ends.single or words[0] in ends.every or (
            words[0] in ends.first and _are_two(words[:2], ends.first_two)
        )

    def _several_of(self, line: str, shown: Shown) -> Cue | None:
        """A line of several formulas, the first of which is short and begins as one."""
        folded = shown.folded
        if len(folded) > MAX_PHRASE:
            end = _PART.search(folded, 0, MAX_OPENING)
            if end is None or (folded[end.start()] in ".!?" and not self._may_take(folded[: end.end()], line, shown)):
                return None
        found = self._several(line, folded)
        return found if found is not None and self._may_begin(folded) else None

    def _may_take(self, opening: str, line: str, shown: Shown) -> bool:
        """Whether a cue may take the first sentence of a line. A necessary condition, and cheap."""
        return (
            self._may_open(opening)
            or any(word in opening for word in shown.hot)
            or not opening.isascii()
            or any(sign in opening for sign in self._signs)
            or self._may_begin_phrases(shown)
            or _BAR_SIGN.search(line) is not None
        )

    def _may_begin(self, folded: str) -> bool:
        """Whether a formula may stand at the beginning: a phrase's first word, or a gate near it."""
        opening = folded[:MAX_PHRASE]
        first = opening.split(None, 1)[0].strip(EDGE)
        return (len(folded) <= MAX_PHRASE and first in self._table.first_words) or bool(self._standing(opening))

    def _whole(self, folded: str, line: str, cues: list[Cue]) -> Cue | None:
        """The cue of one formula, of those that the line shows triggers of."""
        if len(folded) <= MAX_PHRASE and folded and folded[0] not in "\"'":  # what is quoted is said by somebody
            table = self._table
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
        for cue in self._table.every[first]:
            if all(word in cue.every or word.isdigit() for word in words):
                return cue
        return None

    def _gated(self, folded: str, line: str, cues: list[Cue]) -> Cue | None:
        """The first of some cues whose pattern or topic agrees."""
        words: list[str] = []
        for cue in cues:
            if len(folded) > MAX_FORMULA and cue.cls not in LONG_CLASSES:
                continue
            takes = cue.pattern is not None and compiled(cue.pattern).search(folded) is not None
            if takes or cue.topic:
                words = words or [word for word in _SPLIT.split(folded) if word]
                takes = takes and not tells(cue, words, folded, line)
                if (takes or (cue.topic and speaks_of(cue, words, line))) and self._opens_with_it(cue, folded):
                    return cue
        return None

    def _candidates(self, shown: Shown) -> list[Cue]:
        """The cues whose triggers and gates stand in a line, in the order of the tables."""
        table = self._table
        index = table.triggers
        folded, words, hot = shown
        found: set[int] = set()
        if self._may_open(folded):
            for size in range(1, OPENING + 1):
                if (start := folded[:size]) in index.openings:
                    found.update(index.openings[start])
        if folded[:1].isdecimal():
            found.update(index.openings.get(DIGIT, ()))
        for word in hot:
            found.update(index.words.get(word, ()))
            for number in index.topics.get(word, ()):
                if not table.gates_of[number].speaking.isdisjoint(words):
                    found.add(number)
        for sign in self._signs:
            if sign in folded:
                found.update(index.signs[sign])
        if not folded.isascii() and is_spaceless(folded):
            for word in index.spaceless:
                if word in folded:
                    found.update(index.spaceless[word])
        if not found:
            return []
        return [table.cues[number] for number in sorted(found) if _is_open(table.gates_of[number], folded, words)]

    def _may_open(self, folded: str) -> bool:
        """Whether a line begins as some pattern does, as far as its first signs tell."""
        heads = self._table.triggers.heads
        return folded[:HEAD] in heads or folded[:2] in heads or folded[:1] in heads

    def _standing(self, folded: str) -> set[str]:
        """The gates that stand in a line: words as words, signs and words of scripts without spaces anywhere."""
        table = self._table
        found = set(_words_in(folded.split(), table.gate_words))
        found.update(sign for sign in table.signs if sign in folded)
        if not folded.isascii() and is_spaceless(folded):
            found.update(word for word in table.spaceless if word in folded)
        return found

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
        return self._whole(opening, opening, self._candidates(self._shown(opening))) is not None

    def _several(self, line: str, folded: str) -> Cue | None:
        """A line of several formulas: sentences, parts between bars, or phrases in a row."""
        line = line.strip()
        for sign, splitter in ((_STOP_SIGN, _STOPS), (_BAR_SIGN, _BARS)):
            if sign.search(line):
                found = self._parts(line, splitter)
                if found is not None:
                    return found
        return self._segments(folded)

    def _parts(self, line: str, splitter: re.Pattern[str]) -> Cue | None:
        border = splitter.search(line)
        if border is None:
            return None
        start = line[: border.start()]
        first = self._part_or_bars(start, splitter) if start.strip(EDGE) else None
        if first is None and start.strip(EDGE):
            return None  # most lines of a story: the rest needn't be parted
        parts = [part for part in splitter.split(line, MAX_PARTS) if part.strip(EDGE)]
        if not 1 < len(parts) <= MAX_PARTS:
            return None
        for part in parts[1:] if first is not None else parts:
            cue = self._part_or_bars(part, splitter)
            if cue is None:
                return None
            first = first or cue
        return first

    def _part_or_bars(self, part: str, splitter: re.Pattern[str]) -> Cue | None:
        cue = self._part(fold(part), part)
        if cue is None and splitter is _STOPS and _BARS.search(part):
            cue = self._parts(part, _BARS)
        return cue

    def _segments(self, folded: str) -> Cue | None:
        if len(folded) > MAX_PHRASE:
            return None
        first = folded.partition(" ")[0].strip(EDGE)
        if first.isalpha() and first not in self._table.first_words:
            return None
        words = key(folded).split()
        if not 1 < len(words) <= MAX_SEGMENT_WORDS:
            return None
        phrases, longest = self._table.phrases, self._table.longest
        start, found = 0, []
        while start < len(words):
            if words[start].strip(EDGE) in self._table.first_words:
                for end in range(min(len(words), start + longest), start, -1):
                    cue = phrases.get(" ".join(words[start:end]).strip(EDGE))
                    if cue is not None:
                        break
            else:
                cue = None
            if cue is not None:
                found.append(cue)
                start = end
            elif not words[start].strip(_AMOUNT):
                start += 1  # a counter or an amount between the phrases
            else:
                return None
        return found[0] if len(found) > 1 else None


def _is_open(gates: Gates, folded: str, words: list[str]) -> bool:
    """Whether one of a cue's gates stands in a line."""
    if not gates.pieces.isdisjoint(words):
        return True
    if gates.anywhere and any(sign in folded for sign in gates.anywhere):
        return True
    return any(word in folded for word in gates.words) and bool(_words_in(folded.split(), gates.words))


def _words_in(tokens: Collection[str], words: frozenset[str]) -> frozenset[str]:
    """Which of some words stand among tokens, as a whole, between signs, or beside a hyphen or an apostrophe."""
    found = words.intersection(tokens)
    for token in tokens:
        if not token.isalnum():
            bare = token.strip(EDGE)
            if bare in words:
                found |= {bare}
            if not bare.isalnum():
                found |= words.intersection(_INSIDE.split(bare))
    return found


def _are_two(words: list[str], pairs: frozenset[tuple[str, ...]]) -> bool:
    """Whether two pieces stand together in a phrase; digits, which phrases write as 0, may."""
    return len(words) == 2 and (tuple(words) in pairs or not (words[0].isalpha() and words[1].isalpha()))
