"""Lines of an article, and paragraphs whose lines were wrapped."""

import pytest

from transforms.attribution.credits import read_credits
from transforms.attribution.zones import unwrapped

WRAPPED = "The council met on Monday to discuss the new bridge, he\nadded. The Associated\nPress contributed to this report."


@pytest.mark.parametrize(("media", "kept"), [("text", 0), ("html", 2)])
def test_a_wrapped_paragraph_of_a_text_is_one_line(media, kept, article):
    made = article([("line", "A new bridge"), ("line", WRAPPED)], media=media)
    text = unwrapped(made, made.raw)
    assert len(text) == len(made.raw)
    assert text[: made.blocks[1].start] == made.raw[: made.blocks[1].start]
    assert text[made.blocks[1].start :].count("\n") == kept


def test_a_name_may_stand_across_line_ends(article, registry):
    (source,) = read_credits(article([("line", "A new bridge"), ("line", WRAPPED)]), registry).info_sources
    assert (source.id, source.evidence[0].exact) == ("ap", "The Associated\nPress")
