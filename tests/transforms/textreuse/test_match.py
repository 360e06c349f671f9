from __future__ import annotations

from transforms.textreuse.match import Matcher, bodies_of
from transforms.textreuse.tokens import tokenise


def shared(one: str, other: str) -> list[tuple[str, str, int]]:
    """What one body shares with another: the text on both sides and the equal words."""
    tokens = tokenise([one, other])
    body, hub = bodies_of(tokens)
    matcher = Matcher()
    matcher.load(hub)
    cut = tokens.bounds.tolist()
    out = []
    for passage in matcher.match(body):
        left = one[tokens.start[passage.a_start] : tokens.end[passage.a_end - 1]]
        right = other[tokens.start[cut[1] + passage.b_start] : tokens.end[cut[1] + passage.b_end - 1]]
        out.append((left, right, passage.equal))
    return out


SENTENCE = "The ministry of water closed nine wells near the northern border after samples showed traces of lead"


def test_equal_sentences_are_one_passage() -> None:
    assert shared(f"Own words stand here. {SENTENCE}. More own words.", f"{SENTENCE}.") == [(SENTENCE, SENTENCE, 17)]


def test_small_edits_stay_inside() -> None:
    edited = SENTENCE.replace("nine", "several").replace("northern border", "border")
    assert shared(edited, SENTENCE) == [(edited, SENTENCE, 15)]


def test_an_edit_at_the_end_reaches_to_the_end_of_the_sentence() -> None:
    edited = SENTENCE.replace("traces of lead", "hints of lead")
    found = shared(f"{edited}. Another thing entirely happened.", f"{SENTENCE}. So it ended.")
    assert found == [(edited, SENTENCE, 16)]


def test_sentences_in_another_order_are_passages_of_their_own() -> None:
    second = "Farmers from six villages drove their tractors to the capital and blocked two bridges for an hour"
    found = shared(f"{second}. {SENTENCE}.", f"{SENTENCE}. {second}.")
    assert [left for left, _, _ in found] == [second, SENTENCE]


def test_a_turn_of_phrase_is_no_passage() -> None:
    one, other = "He spoke at a news conference in the capital on Monday.", "At a news conference in the east she sang."
    assert shared(one, other) == []


def test_a_short_quotation_that_is_whole_is_one() -> None:
    assert shared('"We will never ever give up," he said.', 'It read: "We will never ever give up" and more.') == [
        ("We will never ever give up", "We will never ever give up", 6)
    ]


def test_one_hub_after_another_leaves_no_trace() -> None:
    other = "Nothing like it was printed here by anyone at any time before or since."
    texts = [f"{SENTENCE}.", other, f"Well. {SENTENCE}."]
    bodies = bodies_of(tokenise(texts))
    matcher = Matcher()
    found = []
    for hub in (0, 1, 0):
        matcher.load(bodies[hub])
        found.append([(one.a_start, one.a_end, one.b_start, one.b_end) for one in matcher.match(bodies[2])])
    assert found == [[(1, 18, 0, 17)], [], [(1, 18, 0, 17)]]


def test_bodies_without_words_match_nothing() -> None:
    assert shared("", SENTENCE) == [] == shared(SENTENCE, "…")
