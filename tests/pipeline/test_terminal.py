import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.terminal import shown, shown_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Zürich", "Zürich"), ("a\x1b[2Jb\u202ec", r"a\x1b[2Jb\u202ec"), ("\x9b31m\n", r"\x9b31m\n")],
)
def test_text_of_a_page_cannot_command_a_terminal(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_says_the_same_and_commands_nothing(text: str) -> None:
    printed = shown_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(printed) == text
    assert not any("\x7f" <= c <= "\x9f" or c in "\u200e\u200f\u202a\u202d\u202e\u2066\u2067" or c < " " for c in printed)
