"""Whether a line speaks to its reader, or tells a story: what makes a word of a topic a request."""

from __future__ import annotations

import re

from transforms.boilerplate.cue import Cue
from transforms.boilerplate.folding import fold

CAPTIONS = ("photo_caption", "photo_credit")  # classes whose lines are sentences that a credit ends
MAX_TOPIC_WORDS = 45  # words of a line that speaks to the reader
MAX_STOPPED_WORDS = 25  # words of such a line that neither begins with an imperative nor lacks a final stop
SHORT_REQUEST = 9  # words; "Sign up for updates" needs no pronoun, a longer sentence does
STATEMENT_WORDS = 5  # words; from here a sentence that speaks to nobody is a story's: "Members have until Friday to vote."

_REQUESTS = (
    "donation", "membership", "newsletter", "app_download", "push_notification", "paywall", "comments", "survey",
    "about_author", "social_follow", "adblock", "cookie_consent",
)  # classes whose formulas ask the reader for something
_STATED = (*CAPTIONS, "copyright", "cookie_consent")  # classes whose formulas are statements
_LABEL = re.compile(r"[^.!?:|]{2,30} ?[:|]")  # "Also read: …"
_WORDS = re.compile(r"[\w'&-]+")
_JOINTS = re.compile("['-]")
_TITLE = re.compile('["\u201c\u201e\u00ab] ?[^\\W_][^"\u201c\u201d\u201e\u00ab\u00bb.!?,]{1,40}["\u201c\u201d\u00bb]')  # no sentence
_QUOTES = '"\u2018\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d'


def tells(cue: Cue, words: list[str], folded: str, line: str) -> bool:
    """Whether a line is a story's own sentence: it ends with a stop, and quotes, names who said so, or states something
    and speaks to nobody."""
    if not folded.endswith((".", '."', ".'", '"', "\u3002", "\u0964")):
        return False
    if not cue.reader.report.isdisjoint(words) or (cue.cls not in CAPTIONS and _quotes(cue, words, line)):
        return True
    return not (cue.states or cue.cls in _STATED or _LABEL.match(folded)) and _states(cue, words)


def _quotes(cue: Cue, words: list[str], line: str) -> bool:
    """Whether somebody is quoted. In a request what is quoted is a title: ``Listen to our podcast "Deep Water".``"""
    if not any(sign in line for sign in _QUOTES):
        return False
    reader = cue.reader
    if not words or words[0] not in reader.start or (reader.address and reader.address.isdisjoint(words)):
        return True
    return any(sign in _TITLE.sub("", line) for sign in _QUOTES)


def _states(cue: Cue, words: list[str]) -> bool:
    """Whether a sentence asks nobody for anything; never in a language whose words for that aren't known."""
    reader = cue.reader
    if len(words) < STATEMENT_WORDS or not reader.address or not reader.address.isdisjoint(words):
        return False
    return words[0] not in reader.start or not reader.story.isdisjoint(words)


def speaks_of(cue: Cue, words: list[str], line: str) -> bool:
    """Whether a line asks its reader for something, and doesn't tell of somebody who asks."""
    reader = cue.reader
    if not words or len(words) > MAX_TOPIC_WORDS or any(sign in line for sign in _QUOTES):
        return False
    joined = {part for word in words if "'" in word or "-" in word for part in _JOINTS.split(word)}  # l'application, he's
    present = joined.union(words)
    if any(part.isdisjoint(present) for part in cue.topic) or not present.isdisjoint(reader.report):
        return False
    told = (before for before, word in zip(("", *words), words) if word in reader.story)
    if not reader.story.isdisjoint(joined) or not all(before in reader.every for before in told):
        return False  # "each Friday" tells nothing
    address = len(present & reader.address)
    stopped = line.rstrip().endswith((".", ":", "\u3002", "\u0964"))
    if words[0] in reader.start:
        return bool(address) or (len(words) <= SHORT_REQUEST and not stopped)
    return (address >= 2 and len(words) <= MAX_STOPPED_WORDS) or (address == 1 and not stopped)


def belongs_to(cue: Cue, line: str, leads: bool) -> bool:
    """Whether the sentence that stands beside a request in its paragraph is part of it, and doesn't tell.

    Args:
        cue: What takes the request.
        line: The sentence, not blank.
        leads: It stands before the request.
    """
    if cue.cls not in _REQUESTS or any(sign in line for sign in _QUOTES):
        return False
    words = _WORDS.findall(fold(line))
    reader = cue.reader
    if not words or not (reader.report.isdisjoint(words) and reader.story.isdisjoint(words)):
        return False
    if leads and line.endswith("?"):
        return True
    # A pronoun of address alone is no sign: "You should keep your receipts for two years."
    return words[0] in reader.start or not reader.outlet.isdisjoint(words)
