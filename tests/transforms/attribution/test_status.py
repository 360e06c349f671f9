"""Each row of the status table, in its order."""

import pytest

from schemas.records import InfoSource
from transforms.attribution.status import attribution_status


def source(agency, basis="explicit", role="origin", confidence=0.9):
    return InfoSource(id=agency, name=agency, role=role, basis=basis, confidence=confidence, evidence=())


@pytest.mark.parametrize(
    "sources, foreign, own, status",
    [
        ([source("reuters"), source("afp", "inferred")], True, True, "own_source"),
        ([source("reuters"), source("afp", "inferred")], True, False, "partly_credited"),
        ([source("agencies-unnamed"), source("afp", "inferred")], True, False, "partly_credited"),
        ([source("reuters"), source("afp", "inferred", confidence=0.4)], True, False, "credited"),
        ([source("reuters")], True, False, "credited"),
        ([source("ritzau", role="distributor")], False, False, "credited"),
        ([source("businesswire", role="press_release")], False, False, "credited"),
        ([source("agencies-unnamed")], False, False, "credited"),
        ([source("afp", "inferred")], True, False, "not_credited_in_text"),
        ([source("outlet:gazette", role="editor"), source("afp", "inferred")], True, False, "not_credited_in_text"),
        ([source("outlet:gazette", role="editor")], True, False, "shared_origin_unknown"),
        ([], True, False, "shared_origin_unknown"),
        ([], False, False, "no_agency_found"),
    ],
)
def test_the_first_status_that_fits(sources, foreign, own, status):
    assert attribution_status(sources, foreign, own) == status
