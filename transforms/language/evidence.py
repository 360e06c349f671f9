"""What a text shows of its language without a model: its script, and the function words it uses."""

from __future__ import annotations

import functools
import re
import struct
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

KANA_SHARE = 0.05  # share of kana among kana and ideographs from which a text is Japanese; news has 0.4 to 0.6

_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
# What is neither Latin, Cyrillic, Arabic nor Devanagari: those are used by many languages.
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0530-\u05ff\u0980-\u1fff\u3040-\u9fff\uac00-\ud7af]")
_EDGES = ".,;:!?\"'()[]\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2026\u2013\u2014-\u060c\u061b\u061f\u06d4\u0964\u00bf\u00a1"


class Words(NamedTuple):
    """Function words counted in a sample."""

    total: int  # words of the sample
    best: str | None  # the language with the most
    hits: int  # its function words
    second: int  # those of the next language


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@functools.cache
def _tables() -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, re.Pattern[str]], ...]]:
    table = _table()
    languages: dict[str, list[str]] = {}
    for language, words in table["languages"].items():
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(language)
    scripts = tuple((language, re.compile(f"[{span}]")) for language, span in table["scripts"].items())
    return {word: tuple(found) for word, found in languages.items()}, scripts


@functools.cache
def function_words() -> frozenset[str]:
    """The words that stand in nearly every text of some language."""
    return frozenset(_tables()[0])


@functools.cache
def languages_of_words() -> frozenset[str]:
    """The languages that are known by their function words."""
    return frozenset(language for found in _tables()[0].values() for language in found)


@functools.cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(languages_of_words()))


@functools.cache
def _votes() -> dict[str, int]:
    """Of each function word the languages that have it: one number, of which each language has two bytes.

    The sum of such numbers holds the count of every language, at the price of one addition a word.
    """
    shifts = {language: 16 * place for place, language in enumerate(_languages())}
    return {word: sum(1 << shifts[language] for language in found) for word, found in _tables()[0].items()}


@functools.cache
def _counts_in() -> struct.Struct:
    """The form of such a sum: the counts in the order of the languages."""
    return struct.Struct(f"<{len(_languages())}H")


@functools.cache
def unknown_to_langdetect() -> frozenset[str]:
    """Those of them that langdetect has no profile of."""
    return frozenset(_table()["unknown"]["languages"])


def language_of_script(sample: str) -> tuple[str, float] | None:
    """The language of a script that only one language of the news uses, and its share of the letters; else None."""
    if sample.isascii() or not _OTHER_SCRIPT.search(sample):
        return None
    letters = sum(map(str.isalpha, sample)) or 1
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    if 2 * (kana + han) > letters:
        return ("ja" if kana >= KANA_SHARE * (kana + han) else "zh"), min(1.0, (kana + han) / letters)
    for language, signs in _tables()[1]:
        found = sum(map(str.isalpha, signs.findall(sample)))
        if 2 * found > letters:
            return language, min(1.0, found / letters)
    return None


class Counts(NamedTuple):
    """Function words of a sample, counted once for each language that they belong to."""

    total: int  # words of the sample
    hits: int  # a sum of votes


def count_words(sample: str) -> Counts:
    """How many function words of each language stand in a sample of at most 65,535 words."""
    votes = _votes()
    words = sample.lower().replace("\u2019", "'").split()
    hits = 0
    for word in words:
        found = votes.get(word)
        if found is None and not word.isalpha():
            found = votes.get(word.strip(_EDGES))
        if found is not None:
            hits += found
    return Counts(len(words), hits)


def ranked(counts: Counts) -> Words:
    """The two languages with the most function words. Ties go to the first of the alphabet."""
    form = _counts_in()
    hits = form.unpack(counts.hits.to_bytes(form.size, "little"))
    second, most = sorted(hits)[-2:]
    return Words(counts.total, _languages()[hits.index(most)] if most else None, most, second)


def together(samples: Iterable[Counts]) -> Counts:
    """The counts of several samples as those of one."""
    totals, hits = zip(*samples)
    return Counts(sum(totals), sum(hits))
