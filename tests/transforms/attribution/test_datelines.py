"""Datelines in the shapes of the world's agencies, and bylines that look like one."""

import pytest

from transforms.attribution.credits import read_credits

REST = "The council met on Monday to talk about the bridge across the river."


@pytest.mark.parametrize(
    ("dateline", "agencies", "place"),
    [
        ("**PARIS (AFP) —** ", ["afp"], "PARIS"),
        ("**MOSCOW, June 28. /TASS/.** ", ["tass"], "MOSCOW"),
        ("**Київ. 28 червня. Укрінформ.** ", ["ukrinform"], "Київ"),
        ("नयी दिल्ली, तीन नवंबर (भाषा) ", ["pti"], "नयी दिल्ली"),
        ("Hà Nội (TTXVN 28/6) ", ["vna"], "Hà Nội"),
        ("नई दिल्ली, एजेंसी। ", ["agencies-unnamed"], "नई दिल्ली"),
        ("नई दिल्ली, पीटीआई। ", ["pti"], "नई दिल्ली"),
        ("صنعاء - سبأ: ", ["saba"], "صنعاء"),
        ("ACN Girona.- ", ["acn-es"], "Girona"),
        ("Ahmet Dor - KARAAĞAÇ (İHA) ", ["iha"], None),
    ],
)
def test_a_dateline_names_its_agency(dateline, agencies, place, placed, registry):
    credits = read_credits(placed("dateline", dateline + REST), registry)
    assert [source.id for source in credits.info_sources] == agencies
    assert place is None or credits.located == place


@pytest.mark.parametrize(
    ("opening", "agencies"),
    [
        ("CHICAGO — AAP President Ann Lee said on Monday that the work goes on.", []),
        ("Baghdad - INA The minister received an envoy on Monday.", ["ina-iq"]),
        ("CHICAGO, June 28 — AAP The council met on Monday.", ["aap"]),
    ],
)
def test_a_body_called_like_an_agency_is_no_dateline(opening, agencies, placed, registry):
    assert [source.id for source in read_credits(placed("dateline", opening), registry).info_sources] == agencies


def test_a_byline_with_two_houses_is_no_dateline(placed, registry):
    credits = read_credits(placed("byline", "Ann Lee, Bloomberg News (TNS)", "html"), registry)
    assert [source.id for source in credits.info_sources] == ["bloomberg", "tns"]
    assert credits.dateline is None
