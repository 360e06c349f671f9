"""The signs of an appeal in one language, and how many of them a line shows.

An outlet that asks says *we*, or its own name; it speaks to *you*, begins with an imperative, or asks a question; it
names what it makes (a story, a newsletter, the newsroom) and what it offers or wants (free, a month, an app, €).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.article import Flow
from schemas.errors import ConfigurationError
from transforms.boilerplate.cue import ReaderWords
from transforms.boilerplate.folding import EDGE, fold, pieces
from transforms.boilerplate.gates import Shown

MOST_THINGS = 2  # words that count of what an outlet makes
MOST_OFFERS = 3  # words that count of what it offers
FEWEST_WORDS = 2  # of all lists together; beyond ASCII, where words have endings and the lists parts of them, and beside
# an imperative at the beginning one is enough
NAME_SIGNS = 2  # an outlet that names itself is its own "we", and one of the things that outlets have
HOUSELESS = 1  # signs that a line lacks which names nothing that only outlets have: anybody asks for help and for money
HEADING_BEGINS = 3  # words of a heading among which one says that there is more
FEW = 5  # words of a sentence that belongs to what it stands beside: "No spam, ever."
SHORT = 20  # words; a line in which nobody speaks, or that shows but three signs, is no longer than that
LONG = 30  # words; a longer line has one of the words by chance
MIN_NAME = 6  # letters of a source's name; shorter ones stand inside other words
MAX_WORDS = 45  # words of an appeal; the longest labelled one has 44

_KEYS = ("we", "you", "i", "asks", "more", "house", "offers", "places", "hits", "misses")
_CLAUSE = re.compile("[.!?:;,\u2026\u2013\u2014-]+ ")
_INSIDE = re.compile("[^\\W\\d_],? (?=([A-Z][a-z]+))")  # a word with a capital that begins no sentence
_SENTENCE_END = re.compile("(?<=[.!?\u2026])(?:\\s+|(?=[A-Z\u00c0-\u00dd\u0410-\u042f]))")
_SHOUTED = re.compile(r"\b[A-Z]{2,}\b")


class Words(Flow):
    """A list of words; what ends in a hyphen is a part that may stand anywhere in a line: ``newslett-``, ``€-``."""

    whole: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()

    def count(self, words: frozenset[str], folded: str) -> int:
        """How many of them stand in a line."""
        found = len(self.whole & words)
        for part in self.parts:
            if part in folded:
                found += 1
        return found


class Signs(NamedTuple):
    """The signs of an appeal in one line."""

    count: int = 0  # 0..9
    speaks: bool = False  # somebody says we, or you, or asks
    addresses: bool = False  # it says you, or demands something
    short: bool = False  # and names what only outlets have


class Appeal(Flow, kw_only=True):
    """The signs of one language."""

    id: str
    cls: str
    reader: ReaderWords
    we: frozenset[str]
    you: frozenset[str]
    formal: frozenset[str]  # a "you" only with a capital, and not at the beginning of a sentence: the German Sie
    i: frozenset[str]  # of somebody who writes for himself: no outlet
    asks: frozenset[str]  # imperatives and short questions with which a clause of an appeal begins
    more: frozenset[str]  # with which a heading over other stories begins
    house: Words
    offers: Words
    places: Words  # where it is found; so is anybody: they count as house beside its we or its name
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """Its code, with which the rules begin."""
        return self.id.partition(".")[0]

    @property
    def persons(self) -> frozenset[str]:
        """The words by which an outlet speaks of itself and to its reader."""
        return self.we | self.you | {word.lower() for word in self.formal}

    def signs(self, text: str, shown: Shown, named: bool) -> Signs:
        """How many signs a line shows; none for one that tells of somebody, or in which nobody speaks.

        Args:
            text: The line.
            shown: What it shows.
            named: Whether the outlet's own name stands in it.
        """
        folded, listed, _ = shown
        words = frozenset(listed)
        if len(listed) > MAX_WORDS or self._tells(listed, words):
            return Signs()
        words = unshouted(words, text)
        we, you = not self.we.isdisjoint(words), self._addresses(words, text)
        demands, questions = self._demands(folded), "?" in text
        offers = self.offers.count(words, folded)
        places = self.places.count(words, folded) if we or named else 0
        if not (offers or places or demands or questions or named):
            return Signs()  # who wants nothing tells: "We read our story in the newspaper, and you laugh."
        house = self.house.count(words, folded) + places
        speaks_to = you or demands or questions
        count = we + you + demands + questions + NAME_SIGNS * named + min(house, MOST_THINGS) + min(offers, MOST_OFFERS)
        count -= (len(listed) > LONG) + (we and not (speaks_to or places or named))
        if not (house or named):
            count = count - HOUSELESS if we else 0
        short = bool(house or named) and len(listed) <= SHORT
        return Signs(count, we or speaks_to, you or demands, short)

    def heads(self, text: str, shown: Shown, named: bool, at_an_end: bool) -> bool:
        """Whether a short line is a heading over the outlet's other stories: ``More from our harbour coverage``."""
        if self.more.isdisjoint(shown.words[:HEADING_BEGINS]):
            return False
        words = frozenset(shown.words)
        return named or (self.house.count(words, shown.folded) > 0 and (at_an_end or self.is_own(text)))

    def is_all_of(self, text: str, name: str) -> bool:
        """Whether each sentence of a line is part of the appeal: the outlet speaks or asks, or two signs stand in it.
        A story's own sentence, to which an appeal is glued, has neither."""
        return all(self._is_part(sentence, name) for sentence in _SENTENCE_END.split(text) if sentence)

    def _is_part(self, sentence: str, name: str) -> bool:
        folded = fold(sentence)
        listed = pieces(folded)
        words = unshouted(frozenset(listed), sentence)
        if len(listed) <= FEW or not self.we.isdisjoint(words) or "?" in sentence or self._demands(folded):
            return True
        if is_named(name, folded):
            return True
        return self._addresses(words, sentence) + self.house.count(words, folded) + self.offers.count(words, folded) > 1

    def speaks(self, text: str) -> bool:
        """Whether a line has one of the persons: we, you, I."""
        words = unshouted(frozenset(pieces(fold(text))), text)
        return not (self.we.isdisjoint(words) and self.i.isdisjoint(words)) or self._addresses(words, text)

    def is_own(self, text: str) -> bool:
        """Whether the outlet speaks of itself in a line."""
        return not self.we.isdisjoint(unshouted(frozenset(pieces(fold(text))), text))

    def names_house(self, text: str) -> bool:
        """Whether a line names what only outlets have. Who tells reporters something is heard by them, no more."""
        folded = fold(text)
        words = frozenset(pieces(folded))
        return self.reader.report.isdisjoint(words) and self.house.count(words, folded) > 0

    def _addresses(self, words: frozenset[str], text: str) -> bool:
        if not self.you.isdisjoint(words):
            return True
        return bool(self.formal) and not self.formal.isdisjoint(_INSIDE.findall(text))

    def _demands(self, folded: str) -> bool:
        return any(clause.partition(" ")[0].strip(EDGE) in self.asks for clause in _CLAUSE.split(folded))

    def _tells(self, listed: Sequence[str], words: frozenset[str]) -> bool:
        reader = self.reader
        if not (reader.report.isdisjoint(words) and self.i.isdisjoint(words)):
            return True
        if reader.story.isdisjoint(words):
            return False
        return any(word in reader.story and before not in reader.every for before, word in zip(("", *listed), listed))


def bare_name(source: str | None) -> str:
    """A source's name without blanks and hyphens; empty if it is too short to tell. Of a host it is its own part:
    ``www.calderbeacon.example`` is called ``calderbeacon``."""
    name = fold(source or "").removeprefix("www.").removeprefix("the ")
    if "." in name and " " not in name:
        name = name.rpartition(".")[0]
    name = name.replace(" ", "").replace("-", "")
    return name if len(name) >= MIN_NAME else ""


def is_named(name: str, folded: str) -> bool:
    """Whether a bare name stands in a folded line."""
    return bool(name) and name in folded.replace(" ", "").replace("-", "")


def unshouted(words: frozenset[str], text: str) -> frozenset[str]:
    """The words of a line without those that stand there as abbreviations only: ``US`` is no pronoun."""
    shouted = _SHOUTED.findall(text)
    if not shouted or text.isupper():
        return words
    return words.difference([word.lower() for word in shouted])


class AppealIndex:
    """The signs of all languages, by what a line must show before they are counted."""

    def __init__(self, appeals: Iterable[Appeal]):
        self.appeals = tuple(appeals)
        self._by_language = {a.language: a for a in self.appeals}
        self._by_word = _entered(a.persons | a.house.whole | a.offers.whole | a.places.whole for a in self.appeals)
        self._by_start = _entered(a.asks for a in self.appeals)
        self._by_more = _entered(a.more for a in self.appeals)
        self._persons = frozenset().union(*(a.persons for a in self.appeals))
        self.asked = frozenset(self._by_word)

    def of(self, rule: str) -> Appeal | None:
        """The signs of a cue's language."""
        return self._by_language.get(rule.partition(".")[0])

    def heading(self, shown: Shown) -> list[Appeal]:
        """The languages in which a line says near its beginning that there is more."""
        numbers = {number for word in shown.words[:HEADING_BEGINS] for number in self._by_more.get(word, ())}
        return [self.appeals[number] for number in sorted(numbers)]

    def languages(self, shown: Shown) -> Iterable[Appeal]:
        """The languages in which a line may be an appeal: of those of which enough words stand in it, the ones that know
        most of them. A long line has a person. Necessary, and cheap."""
        folded, words, hot = shown
        if self._persons.isdisjoint(hot) and len(words) > SHORT:
            return ()
        known = self.asked & hot
        if len(known) < FEWEST_WORDS and not (known and (words[0] in self._by_start or not folded.isascii())):
            return ()
        found = [*self._by_start.get(words[0], ()), *(number for word in known for number in self._by_word[word])]
        most = max(map(found.count, found))
        return [self.appeals[number] for number in sorted(set(found)) if found.count(number) == most]


def _entered(lists: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    """For each word the places of the lists in which it stands."""
    table: dict[str, tuple[int, ...]] = {}
    for number, words in enumerate(lists):
        for word in sorted(words):
            table[word] = (*table.get(word, ()), number)
    return table


def appeal_of(table: dict[str, object], reader: ReaderWords, language: str, where: str) -> Appeal:
    """The ``[appeal]`` of a language's table.

    Raises:
        ConfigurationError: A key is unknown or missing, or no list of words.
    """
    if unknown := sorted(set(table) - set(_KEYS)):
        raise ConfigurationError(f"{where}: [appeal]: unknown key {unknown[0]!r}; known keys are {', '.join(sorted(_KEYS))}")
    lists: dict[str, tuple[str, ...]] = {}
    for name in _KEYS:
        words = table.get(name, [])
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise ConfigurationError(f"{where}: [appeal]: {name!r} is {words!r}; allowed is a list of texts")
        lists[name] = tuple(words)
    return Appeal(
        id=f"{language}.membership.appeal", cls="membership", reader=reader,
        we=frozenset(lists["we"]), you=frozenset(word for word in lists["you"] if word.islower()),
        formal=frozenset(word for word in lists["you"] if not word.islower()), i=frozenset(lists["i"]),
        asks=reader.start | frozenset(lists["asks"]), more=frozenset(lists["more"]), house=_words(lists["house"]), offers=_words(lists["offers"]),
        places=_words(lists["places"]), hits=lists["hits"], misses=lists["misses"],
    )  # fmt: skip


def _words(listed: Iterable[str]) -> Words:
    return Words(
        frozenset(word for word in listed if not word.endswith("-")),
        tuple(word[:-1] for word in listed if word.endswith("-")),
    )
