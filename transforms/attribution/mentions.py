"""What an agency's name does in a sentence that credits nobody: a quoted source, a picture's credit, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemas.records import MentionRole
from transforms.attribution.entries import Cue
from transforms.attribution.names import Name
from transforms.attribution.registry import Registry

# Characters beside a name that can hold a cue.
_BEFORE = 120
_AFTER = 70
_MOST_JOINT = 6  # names on either side that one cue can govern
_MOST_FILLERS = 7  # words between a cue and the name
_STEM = 4  # letters by which words of a pattern and words of a text are compared: endings vary
_EDGE = r"\b"  # with which a pattern begins that starts a word
_WORDS = re.compile(r"[^\W\d_]{3,}")
_POLL_BEFORE = re.compile(r"\b(?:poll|survey)s? (?:by|from|of|conducted by) (?:the )?$")
_POLL = re.compile(r"/\w[\w&-]{1,20} (?:poll|survey|tally)", re.I)
_JOINT = re.compile(
    r"\s?(?:,|/|;|&|and|or|et|und|y|e|o|och|og|en|и|و)?\s?(?:the |the news agenc(?:y|ies) |l'|la |der |die )?"
)


class MentionReader:
    """Tells the role of names with the cues of a registry."""

    def __init__(self, registry: Registry):
        filler = "|".join(p for cue in registry.cues["filler"] for p in cue.before)
        fillers = frozenset(word for word in re.findall(r"[^\W\d_]+", filler) if len(word) > 1) | {"a", "o", "l'", "-"}
        self._quoted_before = _Before(registry.cues["quoted"], filler, fillers)
        self._plain = _ending([p for cue in registry.cues["plain"] for p in cue.before], "(?!)")
        self._quoted_after = _after([p for cue in registry.cues["quoted"] for p in cue.after])
        self._quoted_sure = _after([p for cue in registry.cues["quoted"] for p in cue.after_sure])
        self._quoted_named = _after([p for cue in registry.cues["quoted"] for p in (*cue.after, *cue.after_named)])
        self._photo_before = _ending([p for cue in registry.cues["photo"] for p in cue.before], filler, re.I)
        self._photo_stems = frozenset(
            word[:_STEM] for cue in registry.cues["photo"] for p in cue.before for word in _WORDS.findall(p)
        )
        self._photo_after = _after([p for cue in registry.cues["photo"] for p in cue.after], re.I)

    def _in_photo(self, before: str, low: str) -> bool:
        """Whether a picture's cue ends at the name; cheap looks first."""
        gated = before.rstrip()[-1:] in ("/", ",", "(", "|", ":") or not before.isascii()
        if not gated and self._photo_stems.isdisjoint([word[:_STEM] for word in _WORDS.findall(low)]):
            return False
        return self._photo_before.search(before) is not None

    def role(self, text: str, start: int, end: int, names: list[Name], index: int) -> MentionRole | None:
        """The role of one name.

        Args:
            text: Flattened.
            start: Where the line of the name begins.
            end: Where it ends.
            names: All names of the line, in order.
            index: Which of them is asked for.

        Returns:
            ``photo`` or ``quoted`` where a cue says so; ``other`` for a name that is certain without one; else None.
        """
        name = names[index]
        first, last = _group(text, names, index)
        begin = max(start, text.rfind(". ", start, first.start) + 1, first.start - _BEFORE)
        before = text[begin : first.start]
        after = text[last.end : min(end, last.end + _AFTER)]
        before_low, after_low = before.lower(), after.lower()
        poll = _POLL.match(after) is not None or _POLL_BEFORE.search(before_low) is not None
        if self._plain.search(before_low):
            return None if name.alias.weak else "other"
        if name.alias.kind == "photo":
            return "photo"
        if not poll and (self._in_photo(before, before_low) or self._photo_after.match(after)):
            return "photo"
        if poll or self._quoted_before.matches(before_low):
            return "quoted"
        if self._quoted_sure.match(after_low):
            return "quoted"
        if not name.alias.wordlike or " " in name.alias.text:
            cues = self._quoted_after if name.alias.weak else self._quoted_named
            if cues.match(after_low):
                return "quoted"
        return None if name.alias.weak else "other"


def _group(text: str, names: list[Name], index: int) -> tuple[Name, Name]:
    """The first and the last of the names that one cue governs: told AFP and Reuters."""
    low = high = index
    while low > max(0, index - _MOST_JOINT) and _joint(text, names[low - 1], names[low]):
        low -= 1
    while high + 1 < min(len(names), index + 1 + _MOST_JOINT) and _joint(text, names[high], names[high + 1]):
        high += 1
    return names[low], names[high]


def _joint(text: str, left: Name, right: Name) -> bool:
    return right.start - left.end <= 24 and _JOINT.fullmatch(text, left.end, right.start) is not None


class _Before:
    """The cues that end at a name. Most names have none before them, and cheap looks at the last words tell it."""

    def __init__(self, cues: tuple[Cue, ...], filler: str, fillers: frozenset[str]):
        self._fillers = fillers
        self._ended: dict[str, list[re.Pattern[str]]] = {}  # by the words with which they can end
        for cue in cues:
            pattern = _ending([p for p in cue.before if p.startswith(_EDGE)], filler)
            for word in cue.ends:
                self._ended.setdefault(word, []).append(pattern)
        open_ended = [p for cue in cues if not cue.ends for p in cue.before if p.startswith(_EDGE)]
        joined = [p for cue in cues for p in cue.before if not p.startswith(_EDGE)]
        self._stems = frozenset(word[:_STEM] for p in open_ended for word in _WORDS.findall(p))
        self._open_ended = _ending(open_ended, filler)
        self._joined = _ending(joined, filler)

    def matches(self, before: str) -> bool:
        """Whether a cue ends where the text before a name does.

        Args:
            before: The text before the name, in lower case.
        """
        words = before.split()
        if any(pattern.search(before) for pattern in self._ended_with(words)):
            return True
        if not self._stems.isdisjoint([word[:_STEM] for word in words]) and self._open_ended.search(before):
            return True
        return not before.isascii() and self._joined.search(before) is not None

    def _ended_with(self, words: list[str]) -> Iterable[re.Pattern[str]]:
        """The patterns that can end in the last words, fillers apart."""
        found: dict[re.Pattern[str], None] = {}
        for word in reversed(words[-_MOST_FILLERS:]):
            word = word.strip('"“„«/(')
            found |= dict.fromkeys(self._ended.get(word, ()))
            if "'" in word:
                found |= dict.fromkeys(self._ended.get(word.partition("'")[0] + "'", ()))
            if word and word not in self._fillers and not word.endswith("'s"):
                break
        return found


def _ending(patterns: list[str], filler: str, flags: int = 0) -> re.Pattern[str]:
    """One pattern that ends at the name. Those that begin with a word are tried at the starts of words only."""
    patterns = [p.removesuffix("$") for p in patterns]
    words = "|".join(p.removeprefix(_EDGE) for p in patterns if p.startswith(_EDGE))
    others = "|".join(p for p in patterns if not p.startswith(_EDGE))
    choice = "|".join(([rf"\b(?:{words})"] if words else []) + ([others] if others else [])) or "(?!)"
    return re.compile(rf"(?:{choice})(?:{filler}){{0,5}}$", flags)


def _after(patterns: list[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)
