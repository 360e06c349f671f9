"""How phrases begin and end, in pieces of words: what a line must show before it is parted and looked up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from transforms.boilerplate.cue import Cue
from transforms.boilerplate.folding import EDGE, fold, pieces, pieces_of
from transforms.boilerplate.gates import Shown

_BEHIND_STOP = re.compile("[.!?\u2026\u3002\u0964]([^.!?\u2026\u3002\u0964\\s]\\S*)")


class PhraseEnds:
    """Necessary conditions, all of them cheap: where one says no, no phrase stands.

    Args:
        phrases: As ``key`` writes them.
        every: The words that lines of menu words begin with.
        address: The pronouns of address of all languages.
    """

    def __init__(self, phrases: Mapping[str, Cue], every: Iterable[str], address: Collection[str]):
        parted = [words for words in pieces_of(tuple(phrases)) if words]
        glued = [phrase for phrase, cue in phrases.items() if cue.glue]
        parted_glued = pieces_of(glued)
        self._pronouns: dict[str, tuple[str, ...]] = {}  # their last piece -> pronouns
        for word in sorted(address):
            if words := pieces(word):
                self._pronouns[words[-1]] = (*self._pronouns.get(words[-1], ()), word)
        self.address = frozenset(self._pronouns)
        self._single = frozenset(words[0] for words in parted if len(words) == 1)
        self._first = frozenset(words[0] for words in parted)
        self._first_two = frozenset((words[0], words[1]) for words in parted if len(words) > 1)
        self._last_two = frozenset((words[-2], words[-1]) for words in parted if len(words) > 1)
        self._before_number = frozenset(_last_word(words) for words in parted if not words[-1].isalpha())
        self._every = frozenset(words[0] for word in every if (words := pieces(word)))
        self._glued_words = frozenset(phrase.partition(" ")[0].strip(EDGE) for phrase in glued)
        self._single_glued = frozenset(words[0] for words in parted_glued if len(words) == 1)
        self._glued_two = frozenset((words[0], words[1]) for words in parted_glued if len(words) > 1)

    def may_begin_phrases(self, shown: Shown) -> bool:
        """Whether a line's first part may be a phrase."""
        folded, words, _ = shown
        if (
            not words
            or not words[0].isalpha()
            or not (folded[0].isalnum() or (folded[0] in "\"'" and folded[1].isalnum()))
        ):
            return True
        first = words[0]
        return (
            first in self._single
            or first in self._every
            or (first in self._first and _are_two(words[:2], self._first_two))
        )

    def pronouns(self, shown: Shown) -> frozenset[str]:
        """Pieces of pronouns of address in a line, if one stands in it as a word, or glued behind a stop."""
        found = self.address & shown.hot
        if not found:
            return found
        parted = f" {shown.folded} "
        if any(f" {word} " in parted for piece in found for word in self._pronouns[piece]):
            return found
        glued = any(not self.address.isdisjoint(pieces(rest)) for rest in _BEHIND_STOP.findall(shown.folded))
        return found if glued else frozenset()

    def begins_glued(self, text: str) -> bool:
        """Whether a phrase that needs no stop behind it may stand at the beginning of a text."""
        words = text.split(None, 2)
        if not words or words[0].lower().strip(EDGE) not in self._glued_words:
            return False
        shown = pieces(fold(" ".join(words[:2])))
        return not shown or shown[0] in self._single_glued or len(shown) < 2 or _are_two(shown[:2], self._glued_two)

    def may_begin_glued(self, shown: Shown) -> bool:
        """Whether a phrase may be glued before a line."""
        folded, words, _ = shown
        if not words or not words[0].isalpha() or words[0] in self._single_glued:
            return True
        if words[0] in self._single:
            behind = folded.find(words[0]) + len(words[0])
            if folded[behind : behind + 1] != " " or not folded[behind + 1 : behind + 2].isalnum():
                return True  # no word of the same sentence right behind it
        return words[0] in self._first and _are_two(words[:2], self._first_two)

    def may_end_glued(self, shown: Shown) -> bool:
        """Whether a phrase may be glued behind a line in which no bars or gaps stand."""
        folded, words, _ = shown
        if not words:
            return True
        last = words[-1]
        if not last.isalpha():
            return _last_word(words) in self._before_number
        if last in self._single:
            at = folded.rfind(last)
            if at < 2 or folded[at - 1] != " " or not folded[at - 2].isalnum():
                return True  # no word of the same sentence right before it
        return _are_two(words[-2:], self._last_two)


def _last_word(words: Sequence[str]) -> str:
    """The last piece without a digit; empty if there is none."""
    return next((word for word in reversed(words) if word.isalpha()), "")


def _are_two(words: list[str], pairs: frozenset[tuple[str, str]]) -> bool:
    """Whether two pieces stand together in a phrase; digits, which phrases write as 0, may."""
    return len(words) == 2 and (tuple(words) in pairs or not (words[0].isalpha() and words[1].isalpha()))
