"""Lines that are nothing but a credit, in many languages."""

import pytest

from transforms.attribution.credits import read_credits


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Gazette staff and agencies", ["agencies-unnamed"]),
        ("Staff and agencies in Elmsworth", ["agencies-unnamed"]),
        ("AFP in Elmsworth", ["afp"]),
        ("Emergency services and agencies", []),
        ("From our correspondent and AFP", ["afp"]),
        ("Přístavní noviny, ČTK", ["ctk"]),
        ("Írta: MTI", ["mti"]),
        ("Пише: Танјуг", ["tanjug"]),
        ("Από ΑΠΕ-ΜΠΕ", ["amna"]),
        ("पीटीआई, नई दिल्ली", ["pti"]),
        ("来源：新华社 作者：李明 责任编辑：王芳", ["xinhua"]),
        ("홍길동 기자 연합뉴스", ["yonhap"]),
        ("źródło: PAP, oprac. al", ["pap"]),
        ("Por France Presse", ["afp"]),
    ],
)
def test_a_line_under_the_headline(line, agencies, placed, registry):
    credits = read_credits(placed("line", line), registry)
    assert [s.id for s in credits.info_sources if s.role != "editor"] == agencies


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("AAP 2.4%", []),
        ("Ann from Erie, PA", []),
        ("Additional reporting by Ann Lee, PA", ["pa"]),
        ("Credit: APA/Ann Lee", []),
        ("भाषा जोहेब मनीषा", ["pti"]),
        ("भाषा का महत्व", []),
        ("tag:reuters.com,2021:newsml_L1N2AB123:1", ["reuters"]),
        ("Cet article a été rédigé avec l'AFP.", ["afp"]),
        ("AAP?", []),
        ("Bloomberg!", []),
        ("AAP Ltd", []),
        ("© 2021 AAP Group", []),
        ("© 2021 AAP Pty Ltd", ["aap"]),
        ("© 2021 Bloomberg L.P.", ["bloomberg"]),
        ("The National News Agency declined to comment on the plan.", []),
        ("Global Voices is a nonprofit newsroom with writers in 160 countries.", ["globalvoices"]),
    ],
)
def test_a_last_line(line, agencies, placed, registry):
    assert [source.id for source in read_credits(placed("trailer", line), registry).info_sources] == agencies


@pytest.mark.parametrize("line", ["Harrisburg, PA", "Elmsworth, MA"])
def test_a_place_in_the_slot_of_a_byline_is_no_agency(line, placed, registry):
    assert read_credits(placed("byline", line, "html"), registry).info_sources == ()


@pytest.mark.parametrize(
    "line",
    ["Photo by Ann Lee, Reuters", "Kuvan lähde: STT", "Bildcredit: dpa", "照片来源：路透社", "Nyitókép: MTI", "Anadolu via Getty Images", "이미지: 연합뉴스"],
)
def test_a_line_that_credits_a_picture_credits_no_text(line, placed, registry):
    credits = read_credits(placed("trailer", line), registry)
    assert credits.info_sources == ()
    assert {mention.role for mention in credits.mentions} <= {"photo"}
