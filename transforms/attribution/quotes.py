"""The wordings that make a quoted source of a name: told AFP, laut dpa, AFP meldete."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from transforms.attribution.entries import Cue

_MOST_FILLERS = 7  # words between a cue and the name
STEM = 4  # letters by which words of a pattern and words of a text are compared: endings vary
EDGE = r"\b"  # with which a pattern begins that starts a word
WORDS = re.compile(r"[^\W\d_]{3,}")


class Quotes:
    """The cues of some languages, for names that are certain or for names that are not."""

    def __init__(self, cues: Iterable[Cue], fillers: Iterable[str], certain: bool):
        cues = tuple(cues)
        self._before = _Before(cues, "|".join(fillers), certain)
        self._after = "|".join(p for cue in cues for p in (*cue.after, *(cue.after_named if certain else ())))
        self._sure = "|".join(p for cue in cues for p in cue.after_sure)

    def cite(self, before: str, behind: str, wordlike: bool) -> bool:
        """Whether the words around a name make a source of it.

        Args:
            before: The text before the name, in lower case.
            behind: The text after it, in lower case.
            wordlike: Whether the name is a word of a language: few of the words after it prove it then.
        """
        return (
            self._before.matches(before)
            or compiled(self._sure).match(behind) is not None
            or not wordlike
            and compiled(self._after).match(behind) is not None
        )


class _Before:
    """The cues that end at a name. Most names have none before them, and cheap looks at the last words tell it."""

    def __init__(self, cues: tuple[Cue, ...], filler: str, certain: bool):
        words = re.findall(r"[^\W\d_]+", filler)
        self._fillers = frozenset(word for word in words if len(word) > 1) | {"a", "o", "l'", "-"}
        self._ended: dict[str, list[str]] = {}  # patterns by the words with which they can end
        for cue in cues:
            pattern = ending([p for p in _before(cue, certain) if p.startswith(EDGE)], filler)
            for word in cue.ends:
                self._ended.setdefault(word, []).append(pattern)
        open_ended = [p for cue in cues if not cue.ends for p in _before(cue, certain) if p.startswith(EDGE)]
        joined = [p for cue in cues for p in _before(cue, certain) if not p.startswith(EDGE)]
        self._stems = frozenset(word[:STEM] for p in open_ended for word in WORDS.findall(p))
        self._open_ended = ending(open_ended, filler)
        self._joined = ending(joined, filler)

    def matches(self, before: str) -> bool:
        """Whether a cue ends where the text before a name does.

        Args:
            before: The text before the name, in lower case.
        """
        words = before.split()
        if any(compiled(pattern).search(before) for pattern in self._ended_with(words)):
            return True
        if not self._stems.isdisjoint([word[:STEM] for word in words]) and compiled(self._open_ended).search(before):
            return True
        return not before.isascii() and compiled(self._joined).search(before) is not None

    def _ended_with(self, words: list[str]) -> Iterable[str]:
        """The patterns that can end in the last words, fillers apart."""
        found: dict[str, None] = {}
        for word in reversed(words[-_MOST_FILLERS:]):
            word = word.strip('"“„«/(')
            found |= dict.fromkeys(self._ended.get(word, ()))
            if "'" in word:
                found |= dict.fromkeys(self._ended.get(word.partition("'")[0] + "'", ()))
            if word and word not in self._fillers and not word.endswith("'s"):
                break
        return found


def _before(cue: Cue, certain: bool) -> tuple[str, ...]:
    return (*cue.before, *cue.before_named) if certain else cue.before


def ending(patterns: list[str], filler: str) -> str:
    """One pattern that ends at the name. Those that begin with a word are tried at the starts of words only."""
    patterns = [p.removesuffix("$") for p in patterns]
    words = "|".join(p.removeprefix(EDGE) for p in patterns if p.startswith(EDGE))
    others = "|".join(p for p in patterns if not p.startswith(EDGE))
    choice = "|".join(([rf"\b(?:{words})"] if words else []) + ([others] if others else [])) or "(?!)"
    return rf"(?:{choice})(?:{filler}){{0,5}}$"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the registry, compiled when it is first asked for: most runs need those of few languages."""
    return re.compile(pattern)
