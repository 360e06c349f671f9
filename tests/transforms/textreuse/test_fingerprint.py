from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from simhash import Simhash

from transforms.textreuse.fingerprint import (
    RUN_WORDS,
    SIMHASH_FEATURES,
    UNIT_WORDS,
    WINDOW,
    article_simhash,
    fingerprints,
    run_keys,
    unit_simhashes,
    winnow,
    word_hash,
)
from transforms.textreuse.fold import spell
from transforms.textreuse.tokens import tokenise

WORD = st.from_regex(r"[bdfghjklmnpqrtvwx][aiu][bdfghjklmnpqrtvwx]{1,4}", fullmatch=True)


@given(st.lists(WORD, min_size=UNIT_WORDS[0], max_size=UNIT_WORDS[1]))
def test_a_unit_has_the_value_of_the_simhash_package(words: list[str]) -> None:
    simhashes, starts = unit_simhashes(tokenise([" ".join(words)]))
    assert simhashes.tolist() == [Simhash([spell(word) for word in words], hashfunc=word_hash).value]
    assert starts.tolist() == [0]


def test_units_too_short_or_too_long_have_none() -> None:
    short, long = "Kabba dutta.", " ".join(f"kab{letter}at" for letter in "bdfghjklmnpq" * 6)
    assert unit_simhashes(tokenise([short, long]))[0].tolist() == []


@given(st.lists(st.integers(0, 50).map(np.uint64), max_size=60))
def test_every_window_keeps_a_key(keys: list[np.uint64]) -> None:
    column = np.array(keys, np.uint64)
    kept = set(winnow(column).tolist())
    for start in range(len(keys) - WINDOW + 1):
        assert kept & set(range(start, start + WINDOW))


@given(
    st.lists(WORD, min_size=RUN_WORDS + WINDOW - 1, max_size=25),
    st.lists(WORD, max_size=9),
    st.lists(WORD, max_size=9),
)
def test_a_long_enough_shared_run_is_always_found(shared: list[str], before: list[str], after: list[str]) -> None:
    one, other = tokenise([" ".join(shared)]), tokenise([" ".join([*before, *shared, *after])])
    left, right = run_keys(one), run_keys(other)
    assert set(left[winnow(left)].tolist()) & set(right[winnow(right)].tolist())


def test_no_run_reaches_into_the_next_body() -> None:
    bodies = ["kabat dutta figga", "gudda hibba jakka laffa", "mabba nadda paffa qagga raja tamma vanna"]
    keys = run_keys(tokenise(bodies))
    assert (keys != np.uint64(0xFFFFFFFFFFFFFFFF)).tolist() == [False] * 7 + [True, True] + [False] * 5


def test_fingerprints_do_not_depend_on_the_pack() -> None:
    bodies = [
        "Kabat dutta figga gudda hibba jakka laffa mabba.", "", "Nadda paffa.",
        "Qagga raja tamma vanna waxxa bitta durra.",
    ]  # fmt: skip
    together = fingerprints(tokenise(bodies))
    for place, body in enumerate(bodies):
        alone = fingerprints(tokenise([body]))
        assert sorted(together.key[together.article == place].tolist()) == sorted(alone.key.tolist())


def test_an_article_has_the_value_of_the_simhash_package_over_its_first_words() -> None:
    body = " ".join(f"word{place % 90}" for place in range(300))
    features = [f"word{place}" for place in range(SIMHASH_FEATURES)]
    assert article_simhash(body.upper()) == f"{Simhash(features).value:016x}"


def test_an_article_without_words_has_zeros() -> None:
    assert article_simhash(" … ") == "0" * 16


def test_unrelated_texts_of_unspaced_scripts_differ() -> None:
    texts = [
        "伊拉克总理星期一谴责美国对叙利亚和伊拉克境内的空袭。",
        "中国国家统计局周三公布第三季度经济增长数据。",
        "ไทยประกาศวันหยุดเพิ่มเติมในเดือนหน้า",
        "نفى المتحدث باسم الوزارة هذه التقارير",
    ]
    assert len({article_simhash(text) for text in texts}) == len(texts)
    keys = [set(fingerprints(tokenise([text])).key.tolist()) for text in texts]
    assert all(keys) and not any(keys[a] & keys[b] for a in range(4) for b in range(a))
