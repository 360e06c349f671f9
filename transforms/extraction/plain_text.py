"""An article's text as it was scraped, with whatever stuck to it: lines, and which of them are not paragraphs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from schemas.article import Block, BlockKind, Flow
from schemas.records import DateEvidence, Moment
from transforms.boilerplate.cues import Cue, CueTable
from transforms.boilerplate.folding import EDGE, REMEMBERED_LINES, SHORT_LINE, fold, key
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.shape import ends_with_stop, is_prose, word_count
from transforms.extraction.dates import UNKNOWN_HABITS, DateHabits
from transforms.extraction.text_dates import FoundDates, Span, glued_date, is_date_line
from transforms.extraction.words import is_house_byline, names_in_byline, starts_as_byline

HEAD_LINES = 16  # lines from the first in which the headline and its company are looked for
TAIL_LINES = 3  # lines from the last in which a date is looked for
HEADLINE_WORDS = range(3, 32)  # words; in scripts without spaces what the length stands for
STANDFIRST_WORDS = range(7, 61)  # words
BYLINE_WORDS = 12  # words at most
TITLE_SHARE = 0.8  # share of a given title's words that a line must have to be its print, 0..1
HOUSE_LINES = 3  # lines under the headline, or from the first without one, in which a desk may sign by its name alone
BYLINE_CHARACTERS = 180  # code points at most, of a line that may be the given byline
WRAP_WIDTHS = range(40, 101)  # code points of the longest line of a hard-wrapped text
WRAP_SHARE = 0.35  # share of line ends inside a paragraph after which the text goes on in lower case

_WORDS = re.compile(r"\w+")
_KIND = re.compile(r"([^:|.\n]{3,20}?) ?[:|.] (\S.*)")
_TWO_SENTENCES = re.compile("[a-z\u00df-\u00ff]{3}[.?!][\"\u201d\u2019]? +[A-Z]")
_NAME_JOINTS = frozenset("and und et y e och og en i dan ve и та & de van von der den del di da la le bin al el for of in".split())

CueOf = Callable[[str], Cue | None]  # the cue that takes a whole line


class TextReading(Flow, kw_only=True):
    """What a plain text says of itself. Blocks tile raw, white space apart."""

    raw: str  # as given
    blocks: tuple[Block, ...]
    headline: str | None  # None when the text has none
    standfirst: str | None
    by: str | None  # verbatim
    authors: tuple[str, ...]  # as printed, agencies among them
    first_created: Moment | None
    first_created_evidence: DateEvidence | None
    version_created: Moment | None
    declared_language: str | None  # always None: a text declares none


def read_text(
    text: str, given_title: str | None, given_byline: str | None, cues: CueTable, habits: DateHabits = UNKNOWN_HABITS
) -> TextReading:
    """Read a scraped text into blocks and fields.

    A line is a block; hard-wrapped lines are joined to paragraphs, and a date glued before a sentence is a block of
    its own. The headline is looked for above the first paragraph: neither a line that a cue takes nor a paragraph is
    one, so a text may have none.

    Args:
        text: The decoded text.
        given_title: What the input says beside the text; found in the text, that line is the headline.
        given_byline: Likewise.
        cues: They tell a navigation line from a headline.
        habits: How its source writes dates.
    """
    raw = text
    spans = _paragraphs(raw)
    dates = FoundDates(habits)
    ends = (*spans[:HEAD_LINES], *spans[-TAIL_LINES:])
    cue_of = LineMatcher(cues, "\n".join(raw[span.start : span.end] for span in ends)).match
    spans, kinds, first = _mark_dates(raw, spans, cue_of, dates)
    headline = _mark_headline(raw, spans, kinds, first, given_title, cue_of)
    by, authors = _mark_byline(raw, spans, kinds, first, headline, given_byline, cue_of)
    standfirst = _mark_standfirst(raw, spans, kinds, headline, cue_of)
    printed = raw[spans[headline].start : spans[headline].end] if headline is not None else None
    return TextReading(
        raw=raw,
        blocks=tuple(Block(start=s.start, end=s.end, kind=kind) for s, kind in zip(spans, kinds, strict=True)),
        headline=given_title.strip() if given_title and given_title.strip() else _single_line(printed),
        standfirst=_single_line(standfirst),
        by=given_byline.strip() if given_byline and given_byline.strip() else by,
        authors=names_in_byline(given_byline) if given_byline else authors,
        first_created=dates.printed,
        first_created_evidence=dates.evidence,
        version_created=dates.changed,
        declared_language=None,
    )


def _single_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


# ── lines and paragraphs ──


def _paragraphs(raw: str) -> list[Span]:
    """The lines that are not blank; those of a hard-wrapped text joined to paragraphs."""
    lines = []
    place = 0
    for line in filter(None, map(str.strip, raw.splitlines())):
        start = raw.index(line[0], place)  # between two lines is nothing but white space
        place = start + len(line)
        lines.append(Span(start, place))
    return _unwrapped(raw, lines) if len(lines) > 3 else lines


def _unwrapped(raw: str, lines: list[Span]) -> list[Span]:
    """Join the lines of each paragraph, if the text was wrapped at a fixed width."""
    adjacent = [(left, right) for left, right in zip(lines, lines[1:], strict=False) if _adjacent(raw, left, right)]
    widest = max((left.end - left.start for left, _ in adjacent), default=0)  # a headline alone may be any length
    if widest not in WRAP_WIDTHS:
        return lines
    inner = [(left, right) for left, right in adjacent if not ends_with_stop(raw[left.start : left.end])]
    going_on = sum(raw[right.start].islower() for _, right in inner)
    if len(inner) < 3 or going_on < WRAP_SHARE * len(inner):
        return lines
    wide = widest * 2 // 3  # a line that is much shorter ends its paragraph, or is a heading
    joined = [lines[0]]
    for left, right in zip(lines, lines[1:], strict=False):
        if _adjacent(raw, left, right) and left.end - left.start >= wide:
            joined[-1] = Span(joined[-1].start, right.end)
        else:
            joined.append(right)
    return joined


def _adjacent(raw: str, left: Span, right: Span) -> bool:
    """Whether nothing but one line break, and spaces, stands between two lines."""
    between = raw[left.end : right.start]
    return between.count("\n") + between.count("\r") - between.count("\r\n") == 1


# ── dates ──


def _mark_dates(
    raw: str, spans: list[Span], cue_of: CueOf, dates: FoundDates
) -> tuple[list[Span], list[BlockKind], int]:
    """Mark date lines in the head and the tail, and part a date from the sentence it is glued to.

    Returns:
        The lines, their kinds, and which of them is the first paragraph, as ``_first_paragraph`` says.
    """
    kinds: list[BlockKind] = ["line"] * len(spans)
    first = _first_paragraph(raw, spans, kinds, cue_of)
    head = min(first + 1, HEAD_LINES) + 1
    parted: dict[int, Span] = {}
    for n in (*range(min(head, len(spans))), *range(max(head, len(spans) - TAIL_LINES), len(spans))):
        span = spans[n]
        glued = glued_date(raw, span, dates) if n <= first else None
        if glued is not None:
            parted[n] = glued
        elif is_date_line(raw, span, cue_of, dates):
            kinds[n] = "date"
    for n, glued in reversed(parted.items()):
        spans[n : n + 1] = [Span(spans[n].start, glued.end), Span(glued.start, spans[n].end)]
        kinds[n : n + 1] = ["date", "line"]
    if parted or "date" in kinds[first : first + 1]:
        first = _first_paragraph(raw, spans, kinds, cue_of)
    return spans, kinds, first


# ── headline, byline, standfirst ──


def _first_paragraph(raw: str, spans: list[Span], kinds: list[BlockKind], cue_of: CueOf) -> int:
    """The first line that is a paragraph of the story; the number of lines if none is."""
    for n, span in enumerate(spans):
        line = raw[span.start : span.end]
        if kinds[n] == "line" and is_prose(line) and not (n < HEAD_LINES and cue_of(line)):
            return n
    return len(spans)


def _mark_headline(
    raw: str, spans: list[Span], kinds: list[BlockKind], first: int, title: str | None, cue_of: CueOf
) -> int | None:
    """The line that prints the given title; else the best above the first paragraph."""
    best = _printed_title(raw, spans, kinds, title) if title else None
    if best is None and not (title and title.strip()):
        if first < len(spans) or len(spans) == 1:
            best = _line_like_headline(raw, spans, kinds, first, cue_of)
        if best is None and 0 < first < len(spans):
            labelled = kinds[0] == "line" and _is_labelled_headline(raw[spans[0].start : spans[0].end])
            best = 0 if labelled else _sentence_headline(raw, spans, kinds, first)
    if best is not None:
        kinds[best] = "headline"
    return best


def _printed_title(raw: str, spans: list[Span], kinds: list[BlockKind], title: str) -> int | None:
    wanted = set(_WORDS.findall(fold(title)))
    if not wanted:
        return None
    plain = key(fold(title))
    for n, span in enumerate(spans[:HEAD_LINES]):
        line = raw[span.start : span.end]
        if kinds[n] != "line" or len(line) > 2 * len(title) + 20:
            continue
        found = set(_WORDS.findall(fold(line)))
        if key(fold(line)) == plain or (found and len(found & wanted) >= TITLE_SHARE * max(len(found), min(len(wanted), 8))):
            return n
    return None


def _line_like_headline(
    raw: str, spans: list[Span], kinds: list[BlockKind], first: int, cue_of: CueOf
) -> int | None:
    """The first line above the first paragraph that may be a headline; one of the fewest words only without another."""
    short: int | None = None
    for n in range(min(first, len(spans), HEAD_LINES)):
        line = raw[spans[n].start : spans[n].end]
        if kinds[n] == "line" and _may_be_headline(line, cue_of):
            if word_count(line) > HEADLINE_WORDS.start:
                return n
            short = n if short is None else short
    return short


def _may_be_headline(line: str, cue_of: CueOf) -> bool:
    if word_count(line) not in HEADLINE_WORDS or cue_of(line) is not None or is_prose(line):
        return False
    if _TWO_SENTENCES.search(line) or line.endswith((".", "\u3002", ":", ",", ";")) and not line.endswith("..."):
        return False
    return not _is_byline(line) and any(map(str.isalpha, line))


def _is_labelled_headline(line: str) -> bool:
    """Whether a text's first line names its kind and goes on: "Analysis: What the vote means"."""
    found = _KIND.match(line)
    return (
        found is not None
        and found[1].casefold() in _kinds()
        and word_count(found[2]) in HEADLINE_WORDS
        and not is_prose(line)
    )


@cache
def _kinds() -> frozenset[str]:
    return frozenset(tomllib.loads(Path(__file__).with_name("plain_text.toml").read_text("utf-8"))["kind"])


def _sentence_headline(raw: str, spans: list[Span], kinds: list[BlockKind], first: int) -> int | None:
    """A headline with a full stop: the first line, if the byline or the date stands right under it."""
    under = first + 1
    line = raw[spans[first].start : spans[first].end]
    if under >= len(spans) or word_count(line) > 20 or kinds[first] != "line":
        return None
    below = raw[spans[under].start : spans[under].end]
    return first if kinds[under] == "date" or _is_byline(below) else None


def _is_byline(line: str) -> bool:
    """A byline's word and names: words in capitals, joined by small ones."""
    return len(line) <= SHORT_LINE and _short_is_byline(line)


@lru_cache(maxsize=REMEMBERED_LINES)
def _short_is_byline(line: str) -> bool:
    if word_count(line) > BYLINE_WORDS or not starts_as_byline(line):
        return False
    words = [word.strip(EDGE) for word in line.split()[1:]]
    small = [word for word in words if word[:1].islower() and "@" not in word and word not in _NAME_JOINTS]
    return len(small) <= 1 + len(words) // 4 and not ends_with_stop(line)


def _mark_byline(
    raw: str,
    spans: list[Span],
    kinds: list[BlockKind],
    first: int,
    headline: int | None,
    given: str | None,
    cue_of: CueOf,
) -> tuple[str | None, tuple[str, ...]]:
    """The first byline above the first paragraph, or right under it; or a desk's name under the headline."""
    by: str | None = None
    authors: tuple[str, ...] = ()
    plain = key(fold(given)) if given else None
    top = -1 if headline is None else headline
    for n in range(min(len(spans), max(first, 1) + 2, HEAD_LINES)):
        line = raw[spans[n].start : spans[n].end]
        if kinds[n] != "line" or len(line) > BYLINE_CHARACTERS:
            continue
        cue = cue_of(line)
        is_given = plain is not None and plain in (key(fold(line)), key(fold(line.partition(" ")[2])))
        signs = top < n < first and n - top <= HOUSE_LINES and is_house_byline(line)
        if is_given or _is_byline(line) or signs or (cue is not None and cue.cls == "byline"):
            kinds[n] = "byline"
            if by is None:
                by, authors = _single_line(line), names_in_byline(line)
    return by, authors


def _mark_standfirst(
    raw: str, spans: list[Span], kinds: list[BlockKind], headline: int | None, cue_of: CueOf
) -> str | None:
    """The line under the headline, if it has no final stop, or if a byline or date parts it from the text."""
    n = (headline if headline is not None else len(spans)) + 1
    while n < len(spans) and kinds[n] == "line" and cue_of(raw[spans[n].start : spans[n].end]) is not None:
        n += 1
    if n + 1 >= len(spans) or kinds[n] != "line":
        return None
    line = raw[spans[n].start : spans[n].end]
    if word_count(line) not in STANDFIRST_WORDS or _is_caption(line) or _is_list(line):
        return None
    following = kinds[n + 1]
    parted = following in ("byline", "date")
    below = raw[spans[n + 1].start : spans[n + 1].end]
    if parted or (not ends_with_stop(line) and is_prose(below)):
        kinds[n] = "standfirst"
        return line
    return None


def _is_caption(line: str) -> bool:
    return "\u00a9" in line or line.rstrip().endswith(("]", ")", ":"))


def _is_list(line: str) -> bool:
    """Results and tables, which are content: several numbers, parted."""
    return not ends_with_stop(line) and (";" in line or len([word for word in _WORDS.findall(line) if word.isdigit()]) > 1)
