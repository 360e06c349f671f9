"""What holds of the credits of any text: each piece stands where it says, and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.attribution.conftest import REGISTRY
from transforms.attribution.credits import read_credits

pieces = st.sampled_from(
    [
        "AFP",
        "(AFP)",
        "Reuters",
        "REUTERS",
        "PTI",
        "dpa",
        "/ritzau/",
        "By ",
        "With ",
        "Source: ",
        "© ",
        " - ",
        "— ",
        "BERLIN ",
        "told ",
        " and ",
        ", ",
        "\n",
        "\n\n",
        "(",
        ")",
        "新华社",
        "رويترز",
        "Ann Lee",
        "The council met on Monday.",
        "agencies",
        "İ",
        "Photo: ",
        "burs-ab/cd",
        "dpa:210628-99-170231/3",
        "(Corrects x)",
        "UPDATE 2-",
        "contributed to this report.",
        "\u00a0",
        "“",
    ]
)
texts = st.lists(st.one_of(pieces, st.text(max_size=6)), max_size=14).map("".join).filter(str.strip)


@given(
    st.lists(
        st.tuples(st.sampled_from(["line", "paragraph", "byline", "caption", "headline", "related"]), texts),
        min_size=1,
        max_size=8,
    )
)
def test_every_piece_stands_where_it_says(article, parts):

    made = article(list(parts))
    credits = read_credits(made, REGISTRY)
    assert credits == read_credits(made, REGISTRY)
    for proof in [e for s in credits.info_sources for e in s.evidence] + [m.evidence for m in credits.marks]:
        assert proof.place == "raw" and made.raw[proof.start : proof.end] == proof.exact != ""
        assert made.raw[max(0, proof.start - 32) : proof.start] == proof.prefix
        assert made.raw[proof.end : proof.end + 32] == proof.suffix
    for mention in credits.mentions:
        assert made.raw[mention.start : mention.end] == mention.exact != ""
    last = 0
    for piece in credits.removed:
        assert made.raw[piece.start : piece.end] == piece.exact and piece.start >= last
        last = piece.end


HOSTILE = [
    "AFP ",
    "(AFP",
    "AFP/",
    "AFP, ",
    "Ann Lee/AFP ",
    "© AFP ",
    "told AFP. ",
    "Reporting by a; Editing by b ",
    "dpa:210628-",
    "urn:newsml:a.",
    "(Corrects ",
    "AFP contributed to this report. ",
    "A. B. ",
    "新华社",
    "رويترز ",
    "information from x ",
    "/",
    "(",
    "- ",
    "UPDATE 2-",
    "Copyright ",
    "Reporting by photo; editing by ",
    "Editing by AP a b c: https://apnews.com ",
    "To contact the editor bloomberg.net ",
    "Reporte de a editado en español por ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_lines_take_linear_time(unit, article):
    def seconds(length):
        made = article(
            [("line", (unit * length)[:length]), ("line", "The council met on Monday to talk of the bridge.")]
        )
        start = time.process_time()
        read_credits(made, REGISTRY)
        return time.process_time() - start

    seconds(1000)
    assert seconds(200_000) < 1.5
