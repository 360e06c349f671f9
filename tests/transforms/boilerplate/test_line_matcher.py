"""Lines of several formulas, and lines that only look like one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.boilerplate import match
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.folding import SHORT_LINE
from transforms.boilerplate.match import LineMatcher


@pytest.mark.parametrize(
    ("line", "cls"),
    [
        ("Open menu Close menu", "nav_menu"),
        ("Sign in | Register", "nav_menu"),
        ("Dinner newsletterReceive one recipe every evening", "newsletter"),
        ("You've Raised: \u00a3 4,120 We need: \u00a3 880", "donation"),
        ("We use cookies to improve your experience. Accept all Manage settings", "cookie_consent"),
        ("COMMENTS (14)", "comments"),
        ("\u00bb Copy link", "share_bar"),
        ("Tous droits r\u00e9serv\u00e9s.", "copyright"),
    ],
)
def test_a_line_of_several_formulas_is_taken(cues: CueTable, line: str, cls: str) -> None:
    found = LineMatcher(cues, line).match(line)
    assert found is not None and found.cls == cls


@pytest.mark.parametrize(
    "line",
    [
        "\u201cSubscribe to our channel,\u201d the flyer urged the pupils.",
        "The council will share the cost with the county.",
        "Comments by the mayor angered the union.",
        "Advertising Standards officials opened an inquiry on Friday.",
        "A \u2018Download the app\u2019 sticker was found on the bus.",
        "Reading times at the school improved.",
        "Background",
        "Q: Who pays for it?",
        "Result: Elm Rovers 3, Oak United 1",
    ],
)
def test_a_sentence_of_a_story_is_content(cues: CueTable, line: str) -> None:
    assert LineMatcher(cues, line).match(line) is None


def test_a_line_longer_than_any_formula_is_not_tried(cues: CueTable) -> None:
    line = "Subscribe to our newsletter " * 10_000
    assert LineMatcher(cues, line).match(line) is None


def test_what_is_remembered_of_a_short_line_is_what_the_line_is(cues: CueTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match, "_remembered", {})  # with room for all lines of the tables
    others = [hit for cue in cues.cues for hit in (*cue.hits, *cue.misses) if len(hit) <= SHORT_LINE]
    first = [LineMatcher(cues, line).match(line) for line in others]
    assert len(others) > 0.9 * sum(len(cue.hits) + len(cue.misses) for cue in cues.cues)
    matcher = LineMatcher(cues, "")
    assert [matcher.match(line) for line in reversed(others)] == first[::-1]
    assert [LineMatcher(cues, line).cue_of(line, matcher.read([line])[0].shown) for line in others] == first


def test_lines_that_were_forgotten_meanwhile_are_read_all_the_same(cues: CueTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match, "_remembered", {})
    monkeypatch.setattr(match, "REMEMBERED_LINES", 2)
    lines = ["Sign in | Register", "The mayor spoke.", "Sign in | Register", "Rain fell.", "Snow fell.", "The mayor spoke."]
    for _ in range(2):
        taken = [read.cue is not None for read in LineMatcher(cues, "").read(lines)]
        assert taken == [True, False, True, False, False, False]
        assert len(match._remembered) <= 2


SIGNS = st.text(st.sampled_from("©\"“”'.,:;!?|/-–—·•»()[]#@*&_…\u3002\u200b\u00a0 0aZ"), max_size=16)


@given(line=SIGNS, word=st.sampled_from(["", "copyright", "tags", "photo", "read more", "we use cookies", "follow us"]))
@example(line='"', word="©")
def test_no_line_of_signs_ends_the_search(cues: CueTable, line: str, word: str) -> None:
    for shown in (line, f"{word} {line}", f"{line} {word}", f"{line}{word}{line}"):
        found = LineMatcher(cues, shown).match(shown)
        assert found is None or found.id in {cue.id for cue in cues.cues}
