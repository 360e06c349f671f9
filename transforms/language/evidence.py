"""What a text shows of its language without a model: its script, and the function words it uses."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
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


def count_words(sample: str) -> Counter[str]:
    """How many function words of each language stand in a sample; the count of all its words under ``""``."""
    languages = _tables()[0]
    counts: Counter[str] = Counter()
    words = Counter(sample.lower().replace("\u2019", "'").split())
    for word, times in words.items():
        found = languages.get(word)
        if found is None and not word.isalpha():
            found = languages.get(word.strip(_EDGES))
        if found is not None:
            for language in found:
                counts[language] += times
    counts[""] = words.total()
    return counts


def ranked(counts: Counter[str]) -> Words:
    """The two languages with the most function words. Ties go to the first of the alphabet."""
    order = sorted((-hits, language) for language, hits in counts.items() if language)
    best = order[0][1] if order else None
    return Words(counts[""], best, -order[0][0] if order else 0, -order[1][0] if len(order) > 1 else 0)
