"""What an agency's name does in a sentence that credits nobody: a quoted source, a picture's credit, or neither."""

from __future__ import annotations

import re

from schemas.records import MentionRole
from transforms.attribution.names import Alias, Name
from transforms.attribution.quotes import STEM, WORDS, Quotes, ending
from transforms.attribution.registry import Registry

# Characters beside a name that can hold a cue.
_BEFORE = 120
_AFTER = 70
# Kinds of agencies whose acronyms mean other bodies in other countries.
_LOCAL = ("national", "state", "regional", "religious")
_MOST_JOINT = 6  # names on either side that one cue can govern
_POLL_BEFORE = re.compile(r"\b(?:poll|survey)s? (?:by|from|of|conducted by) (?:the )?$")
_POLL = re.compile(r"/\w[\w&-]{1,20} (?:poll|survey|tally)", re.I)
_ACRONYM = re.compile(r" \([A-Z]{2,8}\)")  # the Saudi Press Agency (SPA) reported
_JOINT = re.compile(
    r"\s?(?:,|/|;|&|and|or|et|und|y|e|o|och|og|en|и|و)?\s?(?:the |the news agenc(?:y|ies) |l'|la |der |die )?"
)


class MentionReader:
    """Tells the role of names with the cues of a registry."""

    def __init__(self, registry: Registry):
        self._agencies = registry.agencies
        self._cues = registry.cues["quoted"]
        self._fillers = tuple(p for cue in registry.cues["filler"] for p in cue.before)
        self._certain = Quotes(self._cues, self._fillers, certain=True)
        # made when first met; never more than the registry has ambiguous names, and sets of languages
        self._of_name: dict[str, Quotes] = {}
        self._of_languages: dict[tuple[str, ...], Quotes] = {}
        self._plain = re.compile(ending([p for cue in registry.cues["plain"] for p in cue.before], "(?!)"))
        pictures = registry.cues["photo"]
        filler = "|".join(self._fillers)
        self._photo_before = re.compile(ending([p for cue in pictures for p in cue.before], filler), re.I)
        self._photo_stems = frozenset(
            word[:STEM] for cue in pictures for p in cue.before for word in WORDS.findall(p)
        )
        self._photo_after = re.compile("|".join(p for cue in pictures for p in cue.after), re.I)

    def _quotes(self, alias: Alias) -> Quotes:
        """The cues that prove a name: of an acronym of one country, those in the languages of that country.

        ``segundo a ANP`` is no Dutch agency; ``segundo a AFP`` is an international one.
        """
        if not alias.weak:
            return self._certain
        if (known := self._of_name.get(alias.text)) is None:
            known = self._of_name[alias.text] = self._of_cues(self._homes(alias))
        return known

    def _homes(self, alias: Alias) -> frozenset[str]:
        """The countries whose languages speak of an ambiguous name; none for all languages."""
        owners = [self._agencies[i] for i in alias.ids if i in self._agencies]
        local = alias.text.isupper() and all(agency.kind in _LOCAL for agency in owners)
        return frozenset(agency.country for agency in owners if local)

    def _of_cues(self, homes: frozenset[str]) -> Quotes:
        cues = tuple(cue for cue in self._cues if not homes or not cue.countries or homes.intersection(cue.countries))
        languages = tuple(cue.id for cue in cues)
        if (known := self._of_languages.get(languages)) is None:
            known = self._of_languages[languages] = Quotes(cues, self._fillers, certain=False)
        return known

    def _in_photo(self, before: str, low: str) -> bool:
        """Whether a picture's cue ends at the name; cheap looks first."""
        gated = before.rstrip()[-1:] in ("/", ",", "(", "|", ":") or not before.isascii()
        if not gated and self._photo_stems.isdisjoint([word[:STEM] for word in WORDS.findall(low)]):
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
        behind = text[last.end : min(end, last.end + _AFTER)]
        if behind.startswith(" (") and (acronym := _ACRONYM.match(behind)) is not None:
            behind = behind[acronym.end() :]
        before_low, after_low = before.lower(), behind.lower()
        poll = _POLL.match(behind) is not None or _POLL_BEFORE.search(before_low) is not None
        if self._plain.search(before_low):
            return None if name.alias.weak else "other"
        if name.alias.kind == "photo":
            return "photo"
        if not poll and (self._in_photo(before, before_low) or self._photo_after.match(behind)):
            return "photo"
        wordlike = name.alias.wordlike and " " not in name.alias.text
        if poll or self._quotes(name.alias).cite(before_low, after_low, wordlike):
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
