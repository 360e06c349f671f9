"""Appeals in an outlet's own words, which no list of phrases holds: lines that show enough signs of one.

News does not speak to its reader outside of quotations. An article that does (advice, a letter, a column, an interview)
says *you* and *we* itself, so there the signs mean nothing and its lines stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from transforms.boilerplate.appeal import Appeal, AppealIndex, bare_name, is_named
from transforms.boilerplate.lines import Line
from transforms.boilerplate.reader import SHORT_REQUEST

ENOUGH = 4  # signs. Origin: blind lines of 24 languages, and 50,582 paragraphs of real bodies, where 3 took news
ENOUGH_AT_AN_END = 3  # signs of a short line that says you or asks, among the last lines or beside one that goes
HEADING_WORDS = 8  # of a heading over other stories
END_LINES = 2  # lines from the last
OWN_SHARE = 0.2  # of an article's other lines, 0..1: above it the article itself speaks to its reader, or is about outlets
OWN_LINES = 2  # such lines at the least; a short article may have one by chance
MAX_LINE = 340  # code points, as other formulas

_QUOTE = re.compile('["\u2018\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d]')


class Voice:
    """Whether an article itself speaks to its reader, or is about outlets: what its other lines say of one.

    Args:
        texts: The lines that stay, and those that may be appeals but in which no outlet speaks.
    """

    def __init__(self, texts: Sequence[str]):
        self._texts = texts
        self._speaking: dict[str, list[str]] = {}

    def speaks(self, appeal: Appeal, text: str) -> bool:
        """Whether others than a text speak, outside of quotations, to the reader or of their writer."""
        if appeal.id not in self._speaking:
            self._speaking[appeal.id] = [line for line in self._texts if not _quotes(line) and appeal.speaks(line)]
        return self._are_many(self._speaking[appeal.id], text)

    def is_about_outlets(self, appeal: Appeal, text: str) -> bool:
        """Whether others tell of readers, newsrooms and subscribers: many; or one, if in the text nobody speaks."""
        telling = [line for line in self._texts if appeal.names_house(line)]
        return self._are_many(telling, text) if appeal.speaks(text) else any(line != text for line in telling)

    def _are_many(self, lines: Sequence[str], text: str) -> bool:
        return len(lines) - (text in lines) >= max(OWN_LINES, OWN_SHARE * len(self._texts))


def mark_appeals(lines: Sequence[Line], index: AppealIndex, source: str | None) -> Voice:
    """Remove the appeals of an article that doesn't itself speak to its reader. What cues took for a request by its topic
    only stays in one that does, and where anybody may ask so.

    Args:
        lines: Of the article, in order; those that are removed already show where appeals stand.
        index: The signs.
        source: Name, host or folder of the outlet; its name is a sign.

    Returns:
        The voice of the lines that are neither.
    """
    name = bare_name(source)
    _mark_headings(lines, index, name)
    found: dict[int, Appeal] = {}
    for n, line in enumerate(lines):
        if line.cls is None and line.shown.hot and (languages := index.languages(line.shown)):
            appeal = _appeal(line, languages, name, lambda at=n: _at_an_end(lines, at))
            if appeal is not None:
                found[n] = appeal
    asked = {n: appeal for n, line in enumerate(lines) if line.spoken and (appeal := index.of(line.rule)) is not None}
    theirs = {n for n, appeal in (found | asked).items() if is_named(name, lines[n].folded) or appeal.is_own(lines[n].text)}
    voice = Voice([line.text for n, line in enumerate(lines) if n not in theirs and (line.cls is None or n in asked)])
    for n, appeal in found.items():
        if not voice.speaks(appeal, lines[n].text) and (n in theirs or not voice.is_about_outlets(appeal, lines[n].text)):
            lines[n].remove(appeal.cls, appeal.id)
    for n, appeal in asked.items():
        if n in theirs or _at_an_end(lines, n):
            continue
        if voice.speaks(appeal, lines[n].text) or _is_anybodys(lines[n], appeal):
            lines[n].keep()
    return voice


def is_own_request(text: str, rule: str, index: AppealIndex, voice: Voice) -> bool:
    """Whether a request is the article's own: it speaks to its reader itself, and no outlet speaks in the request."""
    appeal = index.of(rule)
    return appeal is not None and not appeal.is_own(text) and voice.speaks(appeal, text)


def _mark_headings(lines: Sequence[Line], index: AppealIndex, name: str) -> None:
    """Headings over the outlet's other stories, what stands under which goes as under any heading of related stories."""
    for n, line in enumerate(lines):
        if line.cls is None and not line.credited and len(line.shown.words) <= HEADING_WORDS and line.teaser:
            named = is_named(name, line.shown.folded)
            for appeal in index.heading(line.shown):
                if line.cls is None and appeal.heads(line.text, line.shown, named, _at_an_end(lines, n)):
                    line.remove("related", f"{appeal.language}.related.own")
                    line.opens = ":" not in line.text.rstrip()[:-1]  # "Also in the Beacon: Council votes" is all there is


def _is_anybodys(line: Line, appeal: Appeal) -> bool:
    """Whether anybody may ask so: ``Check the app of your bank each month, and report what is not yours.``"""
    asks_more_than_buttons = len(line.shown.words) > SHORT_REQUEST
    return asks_more_than_buttons and line.cls != "comments" and not appeal.names_house(line.text)


def _appeal(line: Line, languages: Iterable[Appeal], name: str, is_at_an_end: Callable[[], bool]) -> Appeal | None:
    """The first language in which a line shows enough signs."""
    if line.credited or len(line.text) > MAX_LINE or _quotes(line.text):
        return None
    named = is_named(name, line.shown.folded)
    for appeal in languages:
        signs = appeal.signs(line.text, line.shown, named)
        enough = ENOUGH_AT_AN_END if signs.addresses else ENOUGH
        if (signs.speaks and signs.count >= ENOUGH) or (signs.short and signs.count >= enough and is_at_an_end()):
            return appeal if appeal.is_all_of(line.text, name) else None
    return None


def _at_an_end(lines: Sequence[Line], n: int) -> bool:
    if n >= len(lines) - END_LINES:
        return True
    beside = (lines[m] for m in (n - 1, n + 1) if m >= 0)
    return any(line.cls is not None and not line.spoken and not line.rule.startswith("block.") for line in beside)


def _quotes(text: str) -> bool:
    return _QUOTE.search(text) is not None
