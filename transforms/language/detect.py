"""Which language a text is in."""

from __future__ import annotations

import functools
from itertools import islice
from typing import TYPE_CHECKING

from transforms.language.evidence import (
    Words,
    count_words,
    language_of_script,
    languages_of_words,
    ranked,
    together,
    unknown_to_langdetect,
)

if TYPE_CHECKING:
    from langdetect import DetectorFactory

MIN_LETTERS = 60  # letters of an alphabet; shorter texts are names and headlines, on which langdetect errs at will
MIN_SIGNS = 12  # letters of a script that is a language's own
SLICE = 400  # code points of each part of the sample
SLICES = 3  # parts: beginning, middle, end
SURE_SHARE = 0.18  # share of function words; news in the languages of the list has 0.25 to 0.5
SURE_MARGIN = 2.0  # how many times as many as the next language has
HINTED_SHARE = 0.12  # the same where the declaration says the same
HINTED_MARGIN = 1.0
SLICE_HITS = 8  # function words by which a slice votes; slices that vote for different languages: mixed
FOREIGN_SHARE = 0.05  # for a language that langdetect doesn't know: agglutinating languages have few function words
MIN_PROBABILITY = 0.8  # of langdetect; below it the text is mixed or none of its languages
SEED = 0  # any constant: langdetect draws lots

_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "zh-cn": "zh", "zh-tw": "zh", "sh": "hr", "bs": "hr"}
# Languages that langdetect takes for each other on news; the declaration decides between them.
_NEIGHBOURS = tuple(
    map(frozenset, (("da", "no", "sv"), ("cs", "sk"), ("hr", "sl", "sr"), ("id", "ms"), ("es", "ca", "gl"), ("pt", "gl"), ("nl", "af"), ("bg", "mk", "ru"), ("ru", "uk", "be"), ("hi", "mr", "ne"), ("ar", "fa", "ur", "ps")))
)


def detect_language(text: str, declared: str | None) -> tuple[str | None, float | None]:
    """The language of a text, and how sure that is.

    A function of its arguments alone. Script and function words decide where they, the declaration and all parts of
    the sample agree; else langdetect does. Short and mixed texts give None.

    Args:
        text: The cleaned text; 1,200 code points of it are looked at: its beginning, middle and end.
        declared: BCP 47, as the page or the profile says; a hint.

    Returns:
        A BCP 47 primary tag (``no`` for Bokmål and Nynorsk, ``zh`` for any Chinese, ``sr`` written in Cyrillic and
        ``hr`` for what is written in Latin letters of Serbo-Croatian), and its confidence 0..1, four decimals: the
        share of letters in the language's script, the share of the function words found that are its own, or
        langdetect's probability. Or (None, None).
    """
    slices = _slices(text)
    sample = "\n".join(slices)
    hint = _primary(declared)
    script = language_of_script(sample)
    if script is not None:
        return (script[0], round(script[1], 4)) if _has_letters(sample, MIN_SIGNS) else (None, None)
    if not _has_letters(sample, MIN_LETTERS):
        return None, None
    counts = [count_words(part) for part in slices]
    words = ranked(together(counts))
    parts = map(ranked, counts)
    votes = {part.best for part in parts if part.hits >= SLICE_HITS and part.hits >= SURE_MARGIN * part.second}
    if len(votes) > 1:
        return None, None
    if _is_sure(words, hint):
        return words.best, round(words.hits / (words.hits + words.second), 4)
    return _by_langdetect(sample, words, hint)


def _has_letters(sample: str, least: int) -> bool:
    return len(list(islice(filter(str.isalpha, sample), least))) == least


def _slices(text: str) -> list[str]:
    text = text.strip()
    if len(text) <= SLICE * SLICES:
        third = max(1, -(-len(text) // SLICES))
        return [text[n : n + third] for n in range(0, len(text), third)] if len(text) > SLICE else [text]
    middle = (len(text) - SLICE) // 2
    return [text[:SLICE], text[middle : middle + SLICE], text[-SLICE:]]


def _primary(declared: str | None) -> str | None:
    if not declared:
        return None
    tag = declared.strip().lower().replace("_", "-").partition("-")[0]
    return _SAME.get(tag, tag) or None


def _is_sure(words: Words, hint: str | None) -> bool:
    if words.best is None:
        return False
    share = words.hits / words.total
    if words.best == hint:
        return share >= HINTED_SHARE and words.hits >= HINTED_MARGIN * words.second
    if words.best in unknown_to_langdetect():
        return share >= FOREIGN_SHARE and words.hits >= SURE_MARGIN * words.second
    return hint is None and share >= SURE_SHARE and words.hits >= SURE_MARGIN * words.second


def _by_langdetect(sample: str, words: Words, hint: str | None) -> tuple[str | None, float | None]:
    factory = _factory()
    from langdetect.lang_detect_exception import LangDetectException

    detector = factory.create()
    detector.append(sample)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no letters that any of its profiles knows
        return None, None
    if not found:
        return None, None
    best = _SAME.get(found[0].lang, found[0].lang)
    probability = round(found[0].prob, 4)
    if hint is not None and hint != best:
        near = any(hint in group and best in group for group in _NEIGHBOURS)
        if near and hint in languages_of_words() and (words.best == hint or probability < MIN_PROBABILITY):
            return hint, round(1 - probability, 4) if words.best != hint else round(words.hits / (words.hits + words.second), 4)
    if probability < MIN_PROBABILITY:
        return None, None
    return best, probability


@functools.cache
def _factory() -> DetectorFactory:
    from langdetect import PROFILES_DIRECTORY, DetectorFactory  # here: importing costs 0.4 s, and few texts need it

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(SEED)
    return factory
