"""Which cue a line answers to. Words gate patterns: in most articles few gates stand, so few patterns are tried."""

from __future__ import annotations

import re

from transforms.boilerplate.cues import MAX_LINE, Cue, CueTable
from transforms.boilerplate.folding import EDGE, fold, key, unglued

SHORT = 80  # code points; lines up to here are looked up as they are, longer ones only where a gate stands
MAX_PARTS = 14  # sentences or bar-separated parts that a line of several formulas may have
MAX_SEGMENT_WORDS = 24  # words of a line that is phrases in a row
MAX_TOPIC_WORDS = 45  # words of a line that speaks to the reader
EDGE_WINDOW = 300  # code points at both ends of a long line in which a glued formula is looked for
SHORT_REQUEST = 9  # words; "Sign up for updates" needs no pronoun, a longer sentence does

_BARS = re.compile(r"\s*[|\u2022\u00b7\u203a>\uff5c\u25ba]\s*|\s+/\s+|\s{2,}|\t+|\s+-\s+")
_STOPS = re.compile(r"(?<=[.!?\u3002\uff01\uff1f\u2026\u0964])\s+")
_SPLIT = re.compile(r"[^\w'&-]+")
_QUOTES = '"\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d'


class LineMatcher:
    """The cues of one article: bound to its text, so that each gate is looked for once."""

    __slots__ = ("_cache", "_signs", "_table", "_words", "present")

    def __init__(self, table: CueTable, raw: str):
        lowered = raw.lower()
        tokens = set(lowered.split())
        present = tokens & table.words
        for token in tokens:
            if not token.isalpha() and (bare := token.strip(EDGE)) in table.words:
                present.add(bare)
            elif not token.isalnum():
                present.update(part for part in _SPLIT.split(token.replace("'", " ").replace("\u2019", " ")) if part in table.words)
        self._table = table
        self._words = frozenset(present)
        self._signs = tuple(sign for sign in table.signs if sign in lowered)
        self.present = tuple(sorted(present)) + self._signs
        self._cache: dict[str, Cue | None] = {}

    def may_match(self, line: str) -> bool:
        """Whether the line is worth a closer look: short, or with a gate in it."""
        if len(line) <= SHORT:
            return True
        lowered = line.lower()
        return any(word in lowered for word in self.present)

    def may_be_glued(self, line: str) -> bool:
        """Whether a formula may stand at an end of the line: a gate of this article stands in it."""
        lowered = line.lower() if len(line) <= 2 * EDGE_WINDOW else line[:EDGE_WINDOW].lower() + line[-EDGE_WINDOW:].lower()
        return any(word in lowered for word in self.present)

    def begins_phrase(self, word: str) -> bool:
        return word in self._table.first_words

    def phrase(self, plain: str) -> Cue | None:
        """The cue of a whole phrase, as ``key`` writes it."""
        return self._table.phrases.get(plain)

    def match(self, line: str) -> Cue | None:
        """The cue that takes the whole line, or None."""
        if len(line) > MAX_LINE:
            return None
        if line in self._cache:
            return self._cache[line]
        found = self._single(line) or self._several(line)
        if found is None and (loose := unglued(line)) != line:
            found = self._single(loose) or self._several(loose)
        self._cache[line] = found
        return found

    def _single(self, line: str) -> Cue | None:
        folded = fold(line)
        if not folded:
            return None
        plain = key(folded)
        if (cue := self._table.phrases.get(plain)) is not None:
            return cue
        if plain.endswith("(0") and (cue := self._table.phrases.get(plain[:-2].strip(EDGE))) is not None:
            return cue  # a heading and its count: Comments (3)
        words = [word for word in _SPLIT.split(folded) if word]
        return self._every(words) or self._gated(folded, words, line)

    def _every(self, words: list[str]) -> Cue | None:
        if not words or len(words) > MAX_SEGMENT_WORDS:
            return None
        for cue in self._table.every.get(words[0], ()):
            if all(word in cue.every or word.isdigit() for word in words) and len(words) > 1:
                return cue
        return None

    def _gated(self, folded: str, words: list[str], line: str) -> Cue | None:
        tried: set[str] = set()
        gates = self._table.gates
        for table, names in ((gates, words), (self._table.signs, [sign for sign in self._signs if sign in folded])):
            for name in names:
                for cue in table.get(name, ()):
                    if cue.id in tried:
                        continue
                    tried.add(cue.id)
                    if cue.pattern is not None and cue.pattern.search(folded) and not _tells(cue, words, folded):
                        return cue
                    if cue.topic and _speaks_of(cue, words, line):
                        return cue
        return None

    def _several(self, line: str) -> Cue | None:
        """A line of several formulas: sentences, parts between bars, or phrases in a row."""
        for splitter in (_STOPS, _BARS):
            parts = [part for part in splitter.split(line.strip(), MAX_PARTS) if part.strip(EDGE)]
            if len(parts) > 1 and len(parts) <= MAX_PARTS:
                cues = [self._single(part) or self._segments(part) or self._barred(part, splitter) for part in parts]
                if all(cues):
                    return cues[0]
        return self._segments(line)

    def _barred(self, part: str, splitter: re.Pattern[str]) -> Cue | None:
        if splitter is _BARS:
            return None
        parts = [piece for piece in _BARS.split(part, MAX_PARTS) if piece.strip(EDGE)]
        cues = [self._single(piece) for piece in parts]
        return cues[0] if len(parts) > 1 and all(cues) else None

    def _segments(self, line: str) -> Cue | None:
        words = key(fold(line)).split()
        if not 1 < len(words) <= MAX_SEGMENT_WORDS:
            return None
        start, found = 0, []
        while start < len(words):
            for end in range(min(len(words), start + self._table.longest), start, -1):
                cue = self._table.phrases.get(" ".join(words[start:end]).strip(EDGE))
                if cue is not None:
                    found.append(cue)
                    start = end
                    break
            else:
                if not words[start].strip(EDGE + "0\u00a3$\u20ac"):
                    start += 1  # a counter or an amount between the phrases
                    continue
                return None
        return found[0] if len(found) > 1 else None


def _tells(cue: Cue, words: list[str], folded: str) -> bool:
    """Whether a line is a story's own sentence: it ends with a stop and names who said so."""
    return folded.endswith((".", '."', '"', "\u3002")) and not cue.reader.report.isdisjoint(words)


def _speaks_of(cue: Cue, words: list[str], line: str) -> bool:
    """Whether a line asks its reader for something, and doesn't tell of somebody who asks."""
    reader = cue.reader
    if len(words) > MAX_TOPIC_WORDS or any(sign in line for sign in _QUOTES):
        return False
    present = set(words)
    if not present.isdisjoint(reader.report) or any(part.isdisjoint(present) for part in cue.topic):
        return False
    address = len(present & reader.address)
    if words[0] in reader.start:
        return bool(address) or len(words) <= SHORT_REQUEST
    stopped = line.rstrip().endswith((".", "\u3002", "\u0964"))
    return address >= 2 or (address == 1 and not stopped)
