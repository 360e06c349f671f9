"""docs/boilerplate.md lists every class that a cue has, and the thresholds it quotes are those of the code."""

import re
from pathlib import Path

from transforms.boilerplate import learned
from transforms.boilerplate.cues import our_cues

PAGE = (Path(__file__).parents[3] / "docs" / "boilerplate.md").read_text("utf-8")


def test_every_class_of_a_cue_is_listed() -> None:
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\|", PAGE.partition("## Classes")[2].partition("## Add")[0], re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert {cue.cls for cue in our_cues().cues} - {"byline"} - listed == set()


def test_the_thresholds_of_learned_lines_are_quoted_right() -> None:
    told = " ".join(PAGE.partition("## Learned lines")[2].split())
    assert f"at least {learned.MIN_STORIES} stories and {learned.MIN_SHARE:.0%} of".replace("%", " %") in told
    assert f"or {learned.MIN_SHAPE_SHARE:.0%} of all stories".replace("%", " %") in told
    assert f"fewer than {learned.MIN_SOURCE_STORIES} stories" in told
