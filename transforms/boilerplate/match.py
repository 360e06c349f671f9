"""Which cue a line answers to. Words gate patterns: in most articles few gates stand, so few patterns are tried."""

from __future__ import annotations

import re
from collections.abc import Collection

from transforms.boilerplate.cues import MAX_LINE, Cue, CueTable, is_spaceless
from transforms.boilerplate.folding import EDGE, fold, is_glued, key, unglued

CAPTIONS = ("photo_caption", "photo_credit")  # classes whose lines are sentences that a credit ends
MAX_PHRASE = 130  # code points of a line that may be a phrase, or phrases in a row
MAX_SEVERAL = 400  # code points of a line that may be several formulas
MAX_OPENING = 110  # code points of the first of them, where the line is longer than a phrase
MAX_FORMULA = 340  # code points of a formula; only classes that quote the law or describe a picture are longer
LONG_CLASSES = ("photo_caption", "photo_credit", "copyright", "cookie_consent")
MAX_GLUED = 200  # code points of a line whose words are parted where a capital follows a small letter
MAX_PARTS = 14  # sentences or bar-separated parts that a line of several formulas may have
MAX_SEGMENT_WORDS = 24  # words of a line that is phrases in a row
MAX_TOPIC_WORDS = 45  # words of a line that speaks to the reader
MAX_STOPPED_WORDS = 25  # words of such a line that neither begins with an imperative nor lacks a final stop
SHORT_OPENING = 4  # words of a first sentence that says nothing by itself: "Thanks for reading."
SHORT_REQUEST = 9  # words; "Sign up for updates" needs no pronoun, a longer sentence does

_BARS = re.compile(r"\s*[|\u2022\u00b7\u203a>\uff5c\u25ba]\s*|\s+/\s+|\s{2,}|\t+|\s+-\s+")
_BAR_SIGN = re.compile("[|\u2022\u00b7\u203a>\uff5c\u25ba\t/]|  | - ")  # what every bar has, found faster
_STOP_SIGN = re.compile("[.!?\u3002\uff01\uff1f\u2026\u0964]\\s")
_STOPS = re.compile(r"(?<=[.!?\u3002\uff01\uff1f\u2026\u0964])\s+")
_JOINTS = re.compile("['-]")
_INSIDE = re.compile(r"[^\w]+")
_INNER_STOP = re.compile("[^\\W\\d]{3}[.!?\u2026][\"']? ?(?=[^\\W\\d_]{2})|[\u3002\uff01\uff1f](?=.)")
_PART = re.compile("[.!?|\u2026\u2022] ")
_SPLIT = re.compile(r"[^\w'&-]+")
_QUOTES = '"\u2018\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d'
_AMOUNT = EDGE + "0\u00a3$\u20ac\u00a5%"


class LineMatcher:
    """The cues of one article: bound to its text, so that each gate is looked for once."""

    __slots__ = ("_cache", "_signs", "_table", "_words")

    def __init__(self, table: CueTable, raw: str):
        plain = raw.lower()
        if not plain.isascii():
            plain = plain.replace("\u0307", "").replace("\u2019", "'")  # as fold does
        gates = [sign for sign in table.signs if sign in plain]
        if not plain.isascii() and is_spaceless(plain):
            gates.extend(word for word in table.spaceless if word in plain)
        present = _words_in(set(plain.split()), table.gate_words)
        self._table = table
        self._words = present
        self._signs = tuple(gates)
        self._cache: dict[str, Cue | None] = {}

    def match(self, line: str) -> Cue | None:
        """The cue that takes the whole line, or None."""
        if len(line) > MAX_LINE:
            return None
        if line not in self._cache:
            self._cache[line] = self._match(line)
        return self._cache[line]

    def phrase(self, plain: str) -> Cue | None:
        """The cue of a whole phrase, as ``key`` writes it."""
        return self._table.phrases.get(plain)

    def may_begin(self, text: str) -> bool:
        """Whether a formula may stand at the beginning: a phrase's first word, or a gate near it. Cheap."""
        opening = text[:MAX_PHRASE].lower()
        words = opening.split(None, 1)
        if len(text) <= MAX_PHRASE and words and words[0].strip(EDGE) in self._table.first_words:
            return True
        return bool(self._standing(opening))

    def addresses(self, words: list[str]) -> bool:
        """Whether one of the words is a pronoun of address in any language of the tables."""
        return not self._table.address.isdisjoint(words)

    def begins_glued(self, text: str) -> bool:
        """Whether a phrase that needs no stop behind it may stand at the beginning."""
        words = text.split(None, 1)
        return bool(words) and words[0].lower().strip(EDGE) in self._table.glued_words

    def _match(self, line: str) -> Cue | None:
        folded = fold(line)
        found = self._whole(folded, line)
        if found is None and self._may_be_several(folded):
            found = self._several(line, folded)
        if found is None and len(line) <= MAX_GLUED and is_glued(line):
            loose = unglued(line)
            folded = fold(loose)
            tight = self._loosened(folded)
            found = tight._whole(folded, loose) or tight._several(loose, folded)
        return found

    def unit(self, sentence: str) -> Cue | None:
        """The cue that takes a sentence which is no line of its own: one formula, or phrases in a row."""
        folded = fold(sentence)
        return self._whole(folded, sentence) or self._segments(folded)

    def _may_be_several(self, folded: str) -> bool:
        if len(folded) > MAX_SEVERAL or not self.may_begin(folded):
            return False
        return len(folded) <= MAX_PHRASE or _PART.search(folded, 0, MAX_OPENING) is not None

    def _loosened(self, folded: str) -> LineMatcher:
        """A matcher of one line alone: glued words hide gates from the article's."""
        return LineMatcher(self._table, folded)

    def _whole(self, folded: str, line: str) -> Cue | None:
        if not folded:
            return None
        table = self._table
        if len(folded) <= MAX_PHRASE and folded[0] not in "\"'":  # what is quoted is said by somebody
            plain = key(folded)
            if (cue := table.phrases.get(plain)) is not None:
                return cue
            if plain.endswith("(0") and (cue := table.phrases.get(plain[:-2].strip(EDGE))) is not None:
                return cue  # a heading and its count: Comments (3)
            first = plain.partition(" ")[0].strip(EDGE)
            return self._gated(folded, line) or (self._every(first, folded) if first in table.every else None)
        return self._gated(folded, line)

    def _every(self, first: str, folded: str) -> Cue | None:
        words = [word for word in _SPLIT.split(folded) if word]
        if not 1 < len(words) <= MAX_SEGMENT_WORDS:
            return None
        for cue in self._table.every[first]:
            if all(word in cue.every or word.isdigit() for word in words):
                return cue
        return None

    def _gated(self, folded: str, line: str) -> Cue | None:
        """The first cue whose gate stands in the line and whose pattern or topic agrees."""
        words: list[str] = []
        for cue in self._candidates(folded):
            if len(folded) > MAX_FORMULA and cue.cls not in LONG_CLASSES:
                continue
            takes = cue.pattern is not None and cue.pattern.search(folded) is not None
            if takes or cue.topic:
                words = words or [word for word in _SPLIT.split(folded) if word]
                takes = takes and not _tells(cue, words, folded, line)
                if (takes or (cue.topic and _speaks_of(cue, words, line))) and self._opens_with_it(cue, folded):
                    return cue
        return None

    def _candidates(self, folded: str) -> list[Cue]:
        """The cues whose gates stand in a line, in the order of the tables."""
        table = self._table
        gates = self._standing(folded)
        found = {cue.id: cue for gate in gates for cue in table.gates.get(gate) or table.signs.get(gate) or table.spaceless[gate]}
        return sorted(found.values(), key=lambda cue: table.rank[cue.id]) if len(found) > 1 else list(found.values())

    def _standing(self, folded: str) -> list[str]:
        """The article's gates that stand in a line: words as words, signs anywhere."""
        found = _words_in(folded.split(), self._words)
        return [*sorted(found), *(sign for sign in self._signs if sign in folded)]

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
        return self._whole(opening, opening) is not None

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
        parts = [part for part in splitter.split(line, MAX_PARTS) if part.strip(EDGE)]
        if not 1 < len(parts) <= MAX_PARTS:
            return None
        first: Cue | None = None
        for part in parts:
            folded = fold(part)
            cue = self._whole(folded, part) or self._segments(folded)
            if cue is None and splitter is _STOPS and _BARS.search(part):
                cue = self._parts(part, _BARS)
            if cue is None:
                return None
            first = first or cue
        return first

    def _segments(self, folded: str) -> Cue | None:
        if len(folded) > MAX_PHRASE:
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


def _tells(cue: Cue, words: list[str], folded: str, line: str) -> bool:
    """Whether a line is a story's own sentence: it ends with a stop, and quotes or names who said so."""
    if not folded.endswith((".", '."', ".'", '"', "\u3002", "\u0964")):
        return False
    return not cue.reader.report.isdisjoint(words) or (cue.cls not in CAPTIONS and any(sign in line for sign in _QUOTES))


def _speaks_of(cue: Cue, words: list[str], line: str) -> bool:
    """Whether a line asks its reader for something, and doesn't tell of somebody who asks."""
    reader = cue.reader
    if not words or len(words) > MAX_TOPIC_WORDS or any(sign in line for sign in _QUOTES):
        return False
    present = set(words)
    for word in words:
        if "'" in word or "-" in word:
            present.update(_JOINTS.split(word))  # l'application, whatsapp-kanaal
    if not (present.isdisjoint(reader.report) and present.isdisjoint(reader.story)):
        return False
    if any(part.isdisjoint(present) for part in cue.topic):
        return False
    address = len(present & reader.address)
    stopped = line.rstrip().endswith((".", ":", "\u3002", "\u0964"))
    if words[0] in reader.start:
        return bool(address) or (len(words) <= SHORT_REQUEST and not stopped)
    return (address >= 2 and len(words) <= MAX_STOPPED_WORDS) or (address == 1 and not stopped)
