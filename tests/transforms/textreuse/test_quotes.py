from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse.quotes import quotations
from transforms.textreuse.tokens import tokenise


def quoted(body: str) -> list[str]:
    marks = tokenise([body]).mark.tolist()
    return [body[start:end] for start, end in quotations(body, marks)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('He said: "We go home."', ["We go home."]),
        ("“We go home,” he said. “And stay there.”", ["We go home,", "And stay there."]),
        ("„Wir gehen heim“, sagte er.", ["Wir gehen heim"]),
        ("»Wir gehen heim«, sagte er. »Gut.«", ["Wir gehen heim", "Gut."]),
        ("« Nous rentrons », a-t-il dit.", [" Nous rentrons "]),
        ("他说：「我们回家。」然后走了。", ["我们回家。"]),
        ("他说：“我们回家。”然后走了。", ["我们回家。"]),
        ("‘We go home,’ he said.", ["We go home,"]),
        ("'We don't go,' the workers' leader said.", ["We don't go,"]),
        ("“We go,“ he said, though others stay.", ["We go,"]),  # the closing mark in the shape of an opening one
        ("“We go.\nAnd we stay away. Nobody minds,” he said.", ["We go.\nAnd we stay away. Nobody minds,"]),
        ("“We go.\n\n“We stay away,” he said.", ["We go.\n\n“We stay away,"]),
        ('It was a 5" gun. Nobody spoke.', []),
        ("The boys' and girls' teams met in the '90s.", []),
        ("", []),
        ("“", []),
    ],
)
def test_marks_of_every_style(body: str, expected: list[str]) -> None:
    assert quoted(body) == expected


def test_a_mark_that_nobody_closes_quotes_nothing() -> None:
    body = 'He said: "We go. ' + "Nothing more was heard of it. " * 80 + 'Later he called it "a joke".'
    assert quoted(body) == ["a joke"]


@given(st.text(st.sampled_from("ab \n.,\"'“”‘’„«»「」-"), max_size=60))
def test_spans_are_sorted_and_apart(body: str) -> None:
    spans = quotations(body, tokenise([body]).mark.tolist())
    assert all(0 <= start <= end <= len(body) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
