import numpy as np

from schemas.reuse import Candidates
from transforms.textreuse.columns import KEY_BITS, article_number
from transforms.textreuse.fingerprint import run_keys
from transforms.textreuse.texts import BACKGROUND, NARRATIVE, join_texts, read_texts
from transforms.textreuse.tokens import tokenise

PARAGRAPH = (
    "The dam was completed by the old government in the north and supplies almost a fifth of the power that "
    "the capital needs in a cold winter when nobody can travel over the pass."
)


NOTHING_KNOWN = Candidates(numbers=(), words=(), pairs=(), groups=(), components=(), background=())


def test_what_is_background_in_one_component_weighs_in_those_that_only_travel_with_it(article) -> None:
    articles = sorted((article(PARAGRAPH, name=name) for name in "abcd"), key=lambda one: one.article.id)
    numbers = tuple(article_number(one.article.id) for one in articles)
    runs = run_keys(tokenise([PARAGRAPH]))
    keys = np.unique(runs[runs < runs.max()] & np.uint64((1 << KEY_BITS) - 1)).tolist()  # the greatest: no run starts
    candidates = Candidates(
        numbers=numbers,
        words=(30,) * 4,
        pairs=((numbers[0], numbers[1]), (numbers[2], numbers[3])),
        groups=numbers,
        components=(numbers[0], numbers[0], numbers[2], numbers[2]),
        background=tuple((numbers[0], key) for key in keys),
    )
    texts = read_texts(articles, [0, 1, 2, 3], candidates)
    assert [set(texts[index].kind.tolist()) for index in range(4)] == [{BACKGROUND}, {BACKGROUND}, {NARRATIVE}, {NARRATIVE}]


def test_punctuation_hangs_on_words(article) -> None:
    bodies = ["(“Well!”) he said… and 'n' $5 (((((six)))))", "“Again,” he said."]
    texts = read_texts([article(body, str(place)) for place, body in enumerate(bodies)], [0, 1], NOTHING_KNOWN)
    shown = [
        bodies[index][start - before : end + behind]
        for index, text in texts.items()
        for start, before, end, behind in zip(text.start, text.before, text.end, text.behind, strict=True)
    ]
    assert shown == ["(“Well!”)", "he", "said…", "and", "'n'", "$5", "((((six))))", "“Again,”", "he", "said."]


def test_joined_texts_have_their_places_one_behind_the_other(article) -> None:
    bodies = ["One two. Three four five.", "", "Six seven eight nine ten."]
    read = read_texts([article(body, str(place)) for place, body in enumerate(bodies)], [0, 1, 2], NOTHING_KNOWN)
    texts = join_texts([read[2], read[1], read[0]])
    assert texts.bounds.tolist() == [0, 5, 5, 10]
    assert texts.unit_start.tolist() == [0] * 5 + [5] * 2 + [7] * 3
    assert texts.unit_end.tolist() == [5] * 5 + [7] * 2 + [10] * 3
    assert texts.seed[0] == join_texts([read[2]]).seed[0]
