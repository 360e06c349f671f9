"""The files of a state: texts in blocks, versions, when segments are merged, what damage does."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigurationError
from transforms.state.blocks import Blocks, write_blocks
from transforms.state.compacting import SEGMENTS_OF_A_SIZE, to_merge
from transforms.state.form import fingerprint_form
from transforms.state.manifest import SegmentEntry
from transforms.state.versions import content_digest, is_newer, path_digest


@given(st.lists(st.binary(max_size=300), max_size=60))
def test_every_piece_comes_back(pieces: list[bytes]) -> None:
    file = io.BytesIO()
    places = write_blocks(file, pieces)
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else "/tmp") / "wirestories-test-blocks"
    path.write_bytes(file.getvalue())
    blocks = Blocks(path)
    assert [blocks.read(place) for place in reversed(places)] == pieces[::-1]
    blocks.close()
    path.unlink()


def test_a_damaged_block_names_its_file_and_place(tmp_path: Path) -> None:
    path = tmp_path / "texts.zst"
    with path.open("wb") as file:
        places = write_blocks(file, [bytes([number]) * 500 for number in range(40)])
    data = bytearray(path.read_bytes())
    data[places[20].offset + 9] ^= 0x55
    path.write_bytes(bytes(data))
    blocks = Blocks(path)
    assert blocks.read(places[0]) == b"\0" * 500
    with pytest.raises(ConfigurationError, match=rf"texts\.zst: damaged at byte {places[20].offset}"):
        blocks.read(places[20])
    blocks.close()


@pytest.mark.parametrize(
    ("version", "known", "newer"),
    [
        (("2024-05-02", "", "a", "x"), ("2024-05-01", "", "b", "y"), True),
        (("2024-05-01", "", "b", "x"), ("2024-05-02", "", "a", "y"), False),
        (("", "2024-05-02", "a", "x"), ("", "2024-05-01", "b", "x"), True),
        (("", "", "a", "x"), ("", "", "b", "x"), True),  # the same file with new content
        (("", "", "a", "x"), ("", "", "b", "y"), False),  # two files, both there
        (("", "", "b", "x"), ("", "", "a", "y"), True),
        (("", "", "a", "x"), ("", "", "a", "y"), False),
    ],
)
def test_the_newer_version_wins(version: tuple, known: tuple, newer: bool) -> None:
    assert is_newer(version, known) is newer


@given(st.tuples(*[st.sampled_from("ab")] * 3), st.tuples(*[st.sampled_from("ab")] * 3))
def test_of_two_files_one_is_newer_in_either_order(one: tuple, other: tuple) -> None:
    assert is_newer((*one, "x"), (*other, "y")) == (one > other)


def test_digests_tell_paths_and_contents_apart() -> None:
    assert len(path_digest("a\udcff.html")) == len(content_digest("ab" * 32)) == 16
    assert path_digest("a") != path_digest("b")


def entry(articles: int) -> SegmentEntry:
    return SegmentEntry(name=str(articles), articles=articles, outcomes=0, first_day=0, last_day=0, files={})


def test_segments_of_a_size_are_merged_and_larger_ones_left() -> None:
    small = [entry(10)] * SEGMENTS_OF_A_SIZE
    assert list(to_merge(small)) == list(range(SEGMENTS_OF_A_SIZE))
    assert list(to_merge(small[1:])) == []
    assert list(to_merge([entry(100_000), *small])) == list(range(1, 1 + SEGMENTS_OF_A_SIZE))
    assert list(to_merge([entry(10), entry(100_000), *small[2:]])) == []


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=300))
def test_a_state_has_few_segments_and_rewrites_each_article_few_times(runs: list[int]) -> None:
    segments: list[SegmentEntry] = []
    written = 0
    for articles in runs:
        segments.append(entry(articles))
        chosen = to_merge(segments)
        if chosen:
            merged = sum(segments[place].articles for place in chosen)
            written += merged
            segments[chosen.start : chosen.stop] = [entry(merged)]
    assert len(segments) <= 60
    assert written <= 8 * sum(runs)


def test_the_form_of_fingerprints_is_stable() -> None:
    assert fingerprint_form() == fingerprint_form()
    assert len(fingerprint_form()) == 16
