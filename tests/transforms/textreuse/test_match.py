from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schemas.reuse import Candidates
from transforms.textreuse.match import Passages, find_passages
from transforms.textreuse.texts import Texts, join_texts, read_texts

NOTHING_KNOWN = Candidates(numbers=(), words=(), pairs=(), groups=(), components=(), background=())


def read(article, *bodies: str) -> Texts:
    articles = [article(body, str(place)) for place, body in enumerate(bodies)]
    return join_texts(list(read_texts(articles, range(len(bodies)), NOTHING_KNOWN).values()))


def shown(texts: Texts, bodies: tuple[str, ...], found: Passages, pair: tuple[int, int]) -> list[tuple[str, str, int]]:
    """The wording on both sides and the equal words."""
    out = []
    for _, a_start, a_end, b_start, b_end, equal in zip(*(column.tolist() for column in found[:-1]), strict=True):
        left, right = (
            bodies[text][texts.start[start] : texts.end[end - 1]]
            for text, start, end in ((pair[0], a_start, a_end), (pair[1], b_start, b_end))
        )
        out.append((left, right, equal))
    return out


def shared(article, one: str, other: str) -> list[tuple[str, str, int]]:
    texts = read(article, one, other)
    return shown(texts, (one, other), find_passages(texts, [(0, 1)]), (0, 1))


SENTENCE = "The ministry of water closed nine wells near the northern border after samples showed traces of lead"


APART = "Rain fell on empty roads all night while dogs barked behind closed doors and nobody slept."


def test_equal_sentences_are_one_passage(article) -> None:
    found = shared(article, f"Own words stand here. {SENTENCE}. More own words.", f"{SENTENCE}.")
    assert found == [(SENTENCE, SENTENCE, 17)]


def test_small_edits_stay_inside(article) -> None:
    edited = SENTENCE.replace("nine", "several").replace("northern border", "border")
    assert shared(article, edited, SENTENCE) == [(edited, SENTENCE, 15)]


def test_an_edit_at_the_end_reaches_to_the_end_of_the_sentence(article) -> None:
    edited = SENTENCE.replace("traces of lead", "hints of lead")
    found = shared(article, f"{edited}. Another thing entirely happened.", f"{SENTENCE}. So it ended.")
    assert found == [(edited, SENTENCE, 16)]


def test_sentences_in_another_order_are_passages_of_their_own(article) -> None:
    second = "Farmers from six villages drove their tractors to the capital and blocked two bridges for an hour"
    found = shared(article, f"{second}. {SENTENCE}.", f"{SENTENCE}. {second}.")
    assert [left for left, _, _ in found] == [second, SENTENCE]


def test_a_passage_goes_on_behind_a_chance_match(article) -> None:
    sentence = "Six engineers from the river office {} drained the upper basin before the storm came in"
    edited, printed = sentence.format("at the other end of town"), sentence.format("had quietly")
    found = shared(article, f"{edited}.", f"Nobody lives at the other end of town. {APART} {printed}.")
    assert found == [(edited, printed, 15)]


def test_a_turn_of_phrase_is_no_passage(article) -> None:
    one, other = "He spoke at a news conference in the capital on Monday.", "At a news conference in the east she sang."
    assert shared(article, one, other) == []


def test_a_short_quotation_that_is_whole_is_one(article) -> None:
    found = shared(article, '"We will never ever give up," he said.', 'It read: "We will never ever give up" and more.')
    assert found == [("We will never ever give up", "We will never ever give up", 6)]


def test_a_list_is_found_entry_by_entry(article) -> None:
    cases = [f"Person{n} Smith, {20 + n}, was fined for driving a motor vehicle without insurance on a road." for n in range(9)]
    body = "\n".join(cases)
    assert shared(article, body, body) == [(body[:-1], body[:-1], 9 * 16)]
    late = "\n".join(cases[4:])
    assert shared(article, late, body) == [(late[:-1], late[:-1], 5 * 16)]


def test_pairs_leave_no_trace_in_each_other(article) -> None:
    other = "Nothing like it was printed here by anyone at any time before or since."
    bodies = (f"{SENTENCE}.", other, f"Well. {SENTENCE}.")
    texts = read(article, *bodies)
    found = find_passages(texts, [(2, 0), (2, 1), (0, 2)])
    assert found.pair.tolist() == [0, 2]
    assert shown(texts, bodies, find_passages(texts, [(2, 0)]), (2, 0)) == [(SENTENCE, SENTENCE, 17)]


def test_bodies_without_words_match_nothing(article) -> None:
    assert shared(article, "", SENTENCE) == [] == shared(article, SENTENCE, "…")


WORDS = st.lists(st.sampled_from(["oak", "elm", "ash", "fir.", "yew", "box", "bay"]), max_size=60).map(" ".join)


@given(one=WORDS, other=WORDS, cut=st.integers(0, 60))
def test_passages_stay_in_their_texts_and_count_no_word_twice(article, one: str, other: str, cut: int) -> None:
    bodies = (one, other, f"{' '.join(one.split()[:cut])} {other}")
    texts = read(article, *bodies)
    pairs = [(0, 1), (0, 2), (1, 2)]
    found = find_passages(texts, pairs)
    for pair, a_start, a_end, b_start, b_end, equal in zip(*(column.tolist() for column in found[:-1]), strict=True):
        a, b = pairs[pair]
        assert texts.bounds[a] <= a_start < a_end <= texts.bounds[a + 1]
        assert texts.bounds[b] <= b_start < b_end <= texts.bounds[b + 1]
        assert 5 <= equal <= min(a_end - a_start, b_end - b_start)
    for block in zip(*(column.tolist() for column in found.blocks), strict=True):
        _, a, b, words = block
        assert texts.word[a : a + words].tolist() == texts.word[b : b + words].tolist()


@given(one=WORDS, other=WORDS)
def test_places_across_stay_in_the_passage(article, one: str, other: str) -> None:
    found = find_passages(read(article, one, other), [(0, 1)])
    for passage in range(len(found.pair)):
        places = np.arange(found.a_start[passage], found.a_end[passage])
        across = found.to_b(np.full(len(places), passage), places)
        assert (across >= found.b_start[passage]).all() and (across <= found.b_end[passage]).all()
