"""What is worked out for many lines at once is what it is for each."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.boilerplate.folding import fold, fold_lines, key, pieces, pieces_of, without_numbers, without_numbers_in

# Signs by which folding, parting and numbering branch, among letters of several scripts.
SIGNS = "aB \u00e9\u03a3\u0130\u0431\u6771\u2018\u2019\u201c\u00ab\u00bb\u2026\u00a0\u3000\u200b\u00ad`'-*>|\t\r\x0b\x1c.,:09\u0663"
LINES = st.lists(st.text(alphabet=SIGNS, max_size=12) | st.text(max_size=20), max_size=6)


@given(LINES)
def test_many_lines_fold_as_each_of_them(texts: list[str]) -> None:
    assert fold_lines(texts) == [fold(text) for text in texts]


@given(LINES)
def test_many_lines_lose_their_numbers_as_each_of_them(texts: list[str]) -> None:
    assert without_numbers_in(texts) == [without_numbers(text) for text in texts]


@given(LINES)
def test_pieces_of_many_lines_are_those_of_each(texts: list[str]) -> None:
    folded = [fold(text) for text in texts]
    assert pieces_of(folded) == [pieces(line) for line in folded]


def test_folding_folds_case_quotes_dashes_spaces_and_numbers() -> None:
    assert fold("\u2022  You\u2019ve\u00a0raised \u2013 \u00a311,501 ") == "you've raised - \u00a311,501"
    assert key(fold("\u00bb 3,204 Shares!")) == "0 shares"
