"""Marks that overlap cut a text where they begin and end, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import marks as module
from pipeline.report.marks import KINDS, Coverage, Mark, Piece, split

LENGTH = 40
spans = st.tuples(st.integers(0, LENGTH + 5), st.integers(0, LENGTH + 5))
marks = st.lists(
    st.builds(lambda span, kind, note: Mark(*span, kind, note), spans, st.sampled_from(KINDS), st.sampled_from("xy"))
)


@given(marks)
def test_pieces_tile_the_text_and_name_what_covers_them(given_marks: list[Mark]) -> None:
    pieces = split(given_marks, LENGTH)
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces)][: len(pieces)]
    assert pieces[-1].end == LENGTH
    for piece in pieces:
        assert piece.start < piece.end
        for at in range(piece.start, piece.end):
            assert set(piece.marks) == {(mark.kind, mark.note) for mark in given_marks if mark.start <= at < mark.end}


@given(marks)
def test_the_order_of_marks_does_not_matter(given_marks: list[Mark]) -> None:
    assert split(reversed(given_marks), LENGTH) == split(given_marks, LENGTH)


def test_overlap_is_split_at_its_boundaries() -> None:
    assert split([Mark(0, 6, "narrative"), Mark(4, 8, "credit", "credit: Northwire")], 10) == (
        Piece(0, 4, (("narrative", ""),)),
        Piece(4, 6, (("narrative", ""), ("credit", "credit: Northwire"))),
        Piece(6, 8, (("credit", "credit: Northwire"),)),
        Piece(8, 10, ()),
    )


def test_an_empty_text_has_no_pieces() -> None:
    assert split([Mark(0, 3, "quote")], 0) == ()


@given(st.lists(st.tuples(spans, st.sampled_from(KINDS[:3])), max_size=60))
def test_coverage_knows_every_character_however_often_it_merges(passages: list[tuple[tuple[int, int], str]]) -> None:
    often, seldom = Coverage(), Coverage()
    most, module.MOST_SPANS = module.MOST_SPANS, 3
    try:
        for (start, end), kind in passages:
            often.add(start, max(start + 1, end), kind)
    finally:
        module.MOST_SPANS = most
    for (start, end), kind in passages:
        seldom.add(start, max(start + 1, end), kind)
    assert often.marks() == seldom.marks()
    for kind in KINDS[:3]:
        covered = {at for mark in often.marks() if mark.kind == kind for at in range(mark.start, mark.end)}
        assert covered == {
            at for (start, end), of in passages if of == kind for at in range(start, max(start + 1, end))
        }
