"""The grammar of a credit line: which words of a short text are names, and whether all the others may stand there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from transforms.attribution.names import Name
from transforms.attribution.registry import Registry
from transforms.attribution.tokens import Token, is_compound, is_of_person, without_given_names

# A credit is short. Longer lines are prose, or copyright boilerplate whose names stand in front.
MAX_LINE = 400
# Words of one printed house, person or place: "The Anytown Morning Herald and Gazette".
_MAX_RUN = 6
# Signs that join letters to words, as the vowels of Hindi and Thai: no letters to a pattern. Of visarga print makes a colon.
_SIGNS = "\u064b-\u0652\u0900-\u0902\u0904-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u200c\u200d"
_WORD = rf"[^\W_]+(?:[{_SIGNS}]+[^\W_]*)*"
_TOKEN = re.compile(rf"{_WORD}(?:['.&-]{_WORD})*\.?|[^\w\s]|_")
_DIGITS = re.compile(r"\d[\d.:/-]*(?:st|nd|rd|th|er|h|hrs|am|pm)?\.?$", re.I)
_HOST = re.compile(r"www\.[^\W_]|[a-z0-9-]{2,40}\.(?:com|org|net|[a-z]{2})$")
_INITIALS = re.compile(r"[^\W\d_]{1,5}$")
_SIGNED = 4  # letters of the initials with which staff sign behind a comma
_CLASSES = ("by", "source", "with", "photo", "rights", "and", "role", "company", "date")  # of phrases; the first that fits counts
_SET_OFF = ("/", "(", "[")  # marks beside which staff sign with initials
_NEVER = ("?", "!", "%", "$", "€", "£")  # marks of prose, slogans and prices


class CreditLine(NamedTuple):
    """What a line credits. Offsets count where the line's text does."""

    tokens: tuple[Token, ...]
    names: tuple[Name, ...]  # agencies and collective terms, in print order
    tight: bool  # joined by slashes or hyphens, as a relay is
    house: tuple[int, int] | None  # the printed house that edited: "FRANCE 24" in "FRANCE 24 with AFP"
    people: tuple[tuple[int, int], ...]  # runs of capitalised words that are no house
    led: frozenset[str]  # classes of the phrases met: by, source, with, photo, rights
    marked: bool  # brackets, a dash or slashes set the line apart


class Grammar:
    """Reads credit lines with the words of a registry."""

    def __init__(self, registry: Registry):
        self.registry = registry
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        for kind in _CLASSES:
            for phrase in registry.phrases[kind].words:
                words = _words(phrase)
                if words:
                    self._phrases.setdefault(words[0], []).append((words, kind))
        for found in self._phrases.values():
            found.sort(key=lambda entry: (-len(entry[0]), _CLASSES.index(entry[1])))
        self._months = registry.months
        self._starts = frozenset(registry.phrases["house_start"].words)
        self._small = frozenset(_small_words(registry))

    def leads_to_name(self, word: str) -> bool:
        """Whether a word can stand between a sentence and the agencies that it credits: by, with, and, the."""
        fold = _folded(word.rstrip(",;:"))
        return not fold or any(words == [fold] and kind != "photo" for words, kind in self._phrases.get(fold, ()))

    def tokens(self, text: str, start: int, end: int, names: list[Name]) -> list[Token]:
        """The pieces of a line, names whole and phrases as long as they go.

        Args:
            text: Flattened.
            start: Where the line begins in the text.
            end: Where it ends.
            names: The names inside, in order.
        """
        pieces: list[Token] = []
        at = start
        for name in [*names, None]:
            upto = end if name is None else name.start
            pieces += [Token("", m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, at, upto)]
            if name is not None:
                pieces.append(Token("name", name.start, name.end, name.alias.text, name))
                at = name.end
        return self._classed(pieces)

    def _classed(self, pieces: list[Token]) -> list[Token]:
        classed, i = [], 0
        folds = [None if piece.name is not None else _folded(piece.text) for piece in pieces]
        while i < len(pieces):
            piece, fold = pieces[i], folds[i]
            if fold is None:
                classed.append(piece)
                i += 1
                continue
            length, kind = 1, ""
            for words, known in self._phrases.get(fold, ()):
                if folds[i : i + len(words)] == words:
                    length, kind = len(words), known
                    break
            end = pieces[i + length - 1].end
            classed.append(Token(kind or self._kind_of(piece.text, fold), piece.start, end, piece.text))
            i += length
        for i, (token, following) in enumerate(zip(classed, classed[1:])):
            titled = following.kind == "cap" and following.start == token.end + 1
            if titled and token.text in self._starts and token.name is None:
                classed[i] = replace(token, kind="cap")  # Le Journal, The Gazette
        return classed

    def _kind_of(self, text: str, fold: str) -> str:
        first = text[0]
        if "." in text[1:-1] and _HOST.match(text):
            return "role"  # an address says nothing
        if fold in self._months or first.isdecimal() and _DIGITS.match(text):
            return "date"
        if not first.isalnum():
            return "punct"
        if first.isupper() or unicodedata.category(first) in ("Lo", "Lt"):
            return "cap"
        if first.isdigit():
            return "date" if any(c.isdigit() for c in text[-2:]) else "cap"
        return "lower"

    def read(self, text: str, start: int, end: int, names: list[Name]) -> CreditLine | None:
        """The credit that a line is, or None where it is anything else.

        A line is a credit when every word in it is a name, a phrase of credit lines, a date, initials beside a slash
        or bracket, or belongs to at most two runs of capitalised words.
        """
        if end - start > MAX_LINE or self._is_prose(text[start:end]):
            return None
        tokens = self._tokens_of_agencies(text, start, end, names)
        agencies = tuple(t.name for t in tokens if t.name is not None and t.name.alias.kind in ("agency", "collective"))
        if not agencies or any(t.name is not None and t.name.alias.kind == "decoy" or t.text in _NEVER for t in tokens):
            return None
        tokens = _with_small_house(tokens)
        if any(t.text in _SET_OFF for t in tokens):
            tokens = _with_initials(tokens)
        if any(t.kind == "lower" for t in tokens):
            return None
        runs = _runs(tokens)
        if len(runs) > 2 or any(b - a > _MAX_RUN for a, b in runs):
            return None
        led = frozenset(t.kind for t in tokens if t.kind in ("by", "source", "with", "photo", "rights"))
        if any(t.name is not None and t.name.alias.kind == "photo" for t in tokens):
            led |= {"photo"}  # Anadolu via Getty Images
        if "©" in text[start:end]:
            led |= {"rights"}
        house = _house(tokens, runs, self.registry.house_words)
        people = tuple((tokens[a].start, tokens[b - 1].end) for a, b in runs if house is None or a != house[0])
        return CreditLine(
            tokens=tuple(tokens),
            names=agencies,
            tight=_tight(tokens),
            house=None if house is None else (tokens[house[0]].start, tokens[house[1] - 1].end),
            people=people,
            led=led,
            marked=_marked(tokens),
        )

    def of_agencies(self, text: str, start: int, end: int, names: list[Name]) -> list[Name]:
        """The names of a line without those that are people's: ``By Petra Lee``, ``ANA RUIZ``, ``Nadia Tass``.

        Args:
            text: Flattened.
            start: Where the line begins in the text.
            end: Where it ends.
            names: The names inside, in order.
        """
        return [token.name for token in self._tokens_of_agencies(text, start, end, names) if token.name is not None]

    def _tokens_of_agencies(self, text: str, start: int, end: int, names: list[Name]) -> list[Token]:
        """The pieces of a line, names of people taken apart."""
        names = without_given_names(text, names, in_line=True)
        tokens = self.tokens(text, start, end, names)
        found = [i for i in range(len(tokens)) if is_of_person(text, tokens, i) or is_compound(tokens, i)]
        others = [tokens[i].name for i in found]
        return self.tokens(text, start, end, [name for name in names if name not in others]) if others else tokens

    def _is_prose(self, line: str) -> bool:
        """A cheap look: whether a word can be neither initials nor a word of names, of credit lines and of dates."""
        if any(mark in line for mark in _SET_OFF):
            return False
        words = line.split()[1:]  # a house may write itself small
        if len(words) > 1 and words[-2][-1] in ",." or len(words) == 1 and line.split()[0][-1] == ",":
            words = words[:-1] if len(words[-1]) <= _SIGNED else words
        return any(word[0].islower() and word.isalpha() and word.casefold() not in self._small for word in words)


def _small_words(registry: Registry) -> Iterator[str]:
    """The words that may stand in a credit line although they begin small."""
    yield from registry.months
    for kind in (*_CLASSES, "house_start"):
        for phrase in registry.phrases[kind].words:
            yield from _words(phrase)
    for alias in registry.names.aliases:
        yield from _words(alias.text)


def _folded(word: str) -> str:
    return word.casefold().rstrip(".")


def _words(phrase: str) -> list[str]:
    return [_folded(m[0]) for m in _TOKEN.finditer(phrase)]


def _with_small_house(tokens: list[Token]) -> list[Token]:
    """What is written small: a house, ``gazette.example mit dpa``, editors, ``Editor: annlee``, ``Quelle: dpa, al``."""
    if len(tokens) > 2 and tokens[0].kind == "lower" and tokens[1].kind == "with":
        tokens = [replace(tokens[0], kind="cap"), *tokens[1:]]
    signed = len(tokens) > 2 and tokens[-2].text == "," and any(t.name is not None for t in tokens[:-2])
    signed = signed or len(tokens) > 3 and tokens[-2].kind == "by" and tokens[-3].text == ","  # źródło: PAP, oprac. al
    if signed and tokens[-1].kind == "lower" and len(tokens[-1].text) <= _SIGNED:
        tokens = [*tokens[:-1], replace(tokens[-1], kind="initials")]
    if len(tokens) > 3 and [t.kind for t in tokens[-3:]] == ["role", "punct", "lower"] and tokens[-2].text == ":":
        tokens = [*tokens[:-1], replace(tokens[-1], kind="initials")]
    return tokens


def _with_initials(tokens: list[Token]) -> list[Token]:
    """Short words beside a slash, inside brackets or beside a hyphen are staff initials."""
    edges = ("/", "(", ")", ",", "-", ";", "|", "[", "]")
    found = []
    for i, token in enumerate(tokens):
        if token.kind in ("lower", "role", "by", "and", "with", "date", "source") and _INITIALS.match(token.text):
            before = tokens[i - 1].text if i else "("
            after = tokens[i + 1].text if i + 1 < len(tokens) else ")"
            next_slash = "/" in (before, after)
            opens = before in ("(", "[") and after in (",", "/", ";", "-")
            if token.end - token.start <= 5 and (
                next_slash or opens or (token.kind == "lower" and before in edges and after in edges)
            ):
                token = replace(token, kind="initials")
        found.append(token)
    # "mm/wmr (AFP)": the last initials before a bracket
    for i, token in enumerate(found):
        if token.kind == "lower" and len(token.text) <= 4 and i and found[i - 1].text == "/":
            found[i] = replace(token, kind="initials")
    return found


def _runs(tokens: list[Token]) -> list[tuple[int, int]]:
    """Stretches of capitalised words: houses, people, places. A number or a small word inside belongs to them."""
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        if tokens[i].kind != "cap":
            i += 1
            continue
        j = i + 1
        while j < len(tokens):
            if tokens[j].kind == "cap":
                j += 1
            elif (
                j + 1 < len(tokens)
                and tokens[j + 1].kind == "cap"
                and (
                    tokens[j].kind in ("role", "and", "by", "date", "with", "source", "photo")
                    or tokens[j].text in ("&", "'", "/")
                )
                and tokens[j].text not in (",",)
            ):
                j += 2
            elif tokens[j].kind == "date" and tokens[j].text.isdigit() and len(tokens[j].text) <= 2 and j == i + 1:
                j += 1
            else:
                break
        runs.append((i, j))
        i = j
    return runs


def _house(tokens: list[Token], runs: list[tuple[int, int]], desks: frozenset[str]) -> tuple[int, int] | None:
    """The run that stands before "with", or before "and agencies"."""
    for a, b in runs:
        titled = b
        while titled < len(tokens) and tokens[titled].kind == "role" and tokens[titled].text[0].isupper():
            titled += 1  # GAZETTE NEWS, Gazette Staff
        behind = titled
        while behind < len(tokens) and tokens[behind].kind == "role" and tokens[behind].text.capitalize() in desks:
            behind += 1  # Gazette staff and agencies
        after = [t for t in tokens[behind : behind + 2] if t.text != ","]
        if after and after[0].kind == "with":
            return a, titled
        if len(after) == 2 and after[0].kind == "and" and after[1].name is not None:
            return a, titled
    return None


def _tight(tokens: list[Token]) -> bool:
    where = [i for i, t in enumerate(tokens) if t.name is not None]
    if len(where) < 2:
        return False
    return all(
        all(t.text in ("/", "-", "–", "=") or t.kind == "initials" for t in tokens[a + 1 : b])
        for a, b in zip(where, where[1:])
    )


def _marked(tokens: list[Token]) -> bool:
    tokens = [token for token in tokens if token.text != "*"] or tokens
    return tokens[0].text in ("(", "[", "-", "–", "—", "/", "【", "（", "«", "--", "―", "©") or tokens[-1].text in (
        ")",
        "]",
        "】",
        "/",
        "）",
    )
