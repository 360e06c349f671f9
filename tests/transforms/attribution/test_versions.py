"""An agency's marks of versions, and notes of corrections."""

import pytest

from tests.transforms.attribution.conftest import REGISTRY
from transforms.attribution.credits import read_credits


@pytest.mark.parametrize(
    "headline, version",
    [
        ("UPDATE 2-Council weighs a bridge", "UPDATE 2"),
        ("WRAPUP 1-Council weighs a bridge", "WRAPUP 1"),
        ("CORRECTED-Council weighs a bridge", "CORRECTED"),
        ("URGENT: Council weighs a bridge", "URGENT"),
        ("CORRECTED-UPDATE 3-Council weighs a bridge", "CORRECTED-UPDATE 3"),
        ("1st lead: Council weighs", "1st lead"),
        ("Council updates its plan", None),
        ("Urgent repairs begin", None),
        ("Leading members resign", None),
    ],
)
def test_versions(headline, version, placed):
    assert read_credits(placed("body", "x", headline=headline), REGISTRY).version == version


@pytest.mark.parametrize(
    "note",
    [
        "(Corrects name of mayor in paragraph 3)",
        "CORRECTION: An earlier text misspelled the mayor's name.",
        "(Recasts, adds quotes)",
        "Editor's note: This story has been updated.",
        "This story has been corrected to fix a date.",
    ],
)
def test_notes(note, placed):
    credits = read_credits(placed("trailer", note), REGISTRY)
    assert credits.ed_note == note
    assert [(r.cls, r.exact) for r in credits.removed] == [("ed_note", note)]
