"""The page can be read: enough contrast in both schemes, and no mark told by colour alone."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from pipeline import report
from pipeline.report.marks import KINDS

STYLE = Path(report.__file__).with_name("style.css").read_text(encoding="utf-8")
SCHEMES = [
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
]
GROUNDS = ("paper", "sheet", "faint", "narrative", "quote", "background", "credit")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_there_is_a_light_and_a_dark_scheme_with_the_same_colours() -> None:
    light, dark = SCHEMES
    assert set(light) == set(dark)
    assert luminance(light["paper"]) > 0.9
    assert luminance(dark["paper"]) < 0.1


@pytest.mark.parametrize("scheme", SCHEMES, ids=("light", "dark"))
def test_text_has_the_contrast_of_wcag_aa(scheme: dict[str, str]) -> None:
    pairs = [*product(("ink",), GROUNDS), *product(("quiet", "link", "warn"), ("paper", "sheet", "faint"))]
    assert {
        pair: round(contrast(scheme[pair[0]], scheme[pair[1]]), 1)
        for pair in pairs
        if contrast(*map(scheme.get, pair)) < 4.5
    } == {}


@pytest.mark.parametrize("scheme", SCHEMES, ids=("light", "dark"))
def test_the_lines_of_marks_stand_out(scheme: dict[str, str]) -> None:
    lines = [name for name in scheme if name.endswith("-line")]
    assert len(lines) == len(KINDS)
    for line, ground in product(lines, ("paper", "sheet")):
        assert contrast(scheme[line], scheme[ground]) >= 3, (line, ground)


def test_every_mark_has_a_line_of_its_own_shape() -> None:
    shapes = {
        kind: re.search(
            rf"^mark\.{kind} \{{[^}}]*?(border-bottom|underline|outline)[^;]*?(solid|dotted|dashed)",
            STYLE,
            re.MULTILINE,
        )
        for kind in KINDS
    }
    assert None not in shapes.values()
    assert len({(found[1], found[2]) for found in shapes.values() if found}) == len(KINDS)
