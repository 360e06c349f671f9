"""What is read off a pattern is a necessary condition: no line that shows none of it is taken."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.boilerplate.triggers_file import written
from transforms.boilerplate import triggers as module
from transforms.boilerplate.cues import Cue, our_cues
from transforms.boilerplate.folding import fold, pieces
from transforms.boilerplate.patterns import read_triggers
from transforms.boilerplate.triggers import DIGIT, TRIGGERS_FILE, Triggers, finder, triggers_of

CUES = our_cues()
PATTERNS = [cue.pattern for cue in CUES.cues if cue.pattern is not None]


def shows(pattern: str, line: str) -> bool:
    triggers = triggers_of(pattern)
    begins = line.startswith(triggers.openings) or (line[:1].isdecimal() and DIGIT in triggers.openings)
    return triggers.open or begins or not set(triggers.words).isdisjoint(pieces(line))


@pytest.mark.parametrize("cue", [cue for cue in CUES.cues if cue.pattern], ids=lambda cue: cue.id)
def test_every_hit_shows_its_triggers(cue: Cue) -> None:
    lines = [fold(line) for line in (*cue.hits, *cue.misses)]
    assert [line for line in lines if finder(cue.pattern)(line) and not shows(cue.pattern, line)] == []


@given(st.data())
def test_whatever_a_pattern_matches_shows_its_triggers(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    line = fold(data.draw(st.from_regex(pattern, fullmatch=True)))
    if finder(pattern)(line):
        assert shows(pattern, line)


@pytest.mark.parametrize(
    ("pattern", "openings", "words"),
    [
        ("^(?:open|close) the$", ("close", "open "), ()),
        (r"^\d+ comments?$", (DIGIT,), ()),
        (r"^.{0,20}\ball rights reserved\b", (), ("reserved",)),
        (r"^(?:read|.{2,9} newsletters?\b)", ("read",), ("newsletter", "newsletters")),
        (r"\bsubscribe\b", (), ("subscribe",)),
    ],
)
def test_openings_and_words_are_read_off(pattern: str, openings: tuple[str, ...], words: tuple[str, ...]) -> None:
    triggers = triggers_of(pattern)
    assert (triggers.openings, triggers.words, triggers.open) == (openings, words, False)


@pytest.mark.parametrize("pattern", [r"^.{2,9}$", r"^\w+ing$", r"(?i)^menu$", r"istock\w*"])
def test_a_pattern_that_shows_nothing_is_open(pattern: str) -> None:
    assert triggers_of(pattern).open


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(re.error, match="missing \\), unterminated subpattern"):
        triggers_of("^(menu")


def test_the_file_holds_what_the_patterns_say() -> None:
    message = "the cue tables have changed: python -m tests.transforms.boilerplate.triggers_file"
    assert TRIGGERS_FILE.read_text(encoding="utf-8") == written(), message


def test_without_the_file_a_pattern_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_known", dict)
    assert triggers_of.__wrapped__(PATTERNS[0]) == read_triggers(PATTERNS[0])


def test_a_python_that_cant_read_patterns_tries_them_on_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transforms.boilerplate.patterns", None)
    assert triggers_of.__wrapped__("^(?:ahoy|avast)$") == Triggers(open=True)
