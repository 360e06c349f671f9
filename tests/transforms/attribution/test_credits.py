"""Who is credited, by the place where it stands."""

import json
from pathlib import Path

import pytest

from tests.transforms.attribution.conftest import REGISTRY, claims, proofs
from transforms.attribution.credits import read_credits

LINES = [json.loads(line) for line in (Path(__file__).parent / "credit_lines.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize("media", ["text", "html"])
@pytest.mark.parametrize("where", ["dateline", "byline", "trailer", "line", "caption", "body"])
def test_labelled_lines(where, media, placed):
    for row in (row for row in LINES if row["where"] == where):
        credits = read_credits(placed(where, row["text"], media), REGISTRY)
        shown = [] if row["role"] in ("photo", "quoted", "none") else row["agencies"]
        assert {i for i, role in claims(credits).items() if role != "editor"} == set(shown), row
        named = {(m.id, m.role) for m in credits.mentions if m.role in ("photo", "quoted")}
        assert named == {(a, row["role"]) for a in row["agencies"] if row["role"] in ("photo", "quoted")}, row


def test_a_text_without_a_headline_may_begin_with_its_dateline(article):
    parts = [("headline", "(Reuters) - East harbour markets moved"), ("line", "higher this week, as the council said.")]
    assert claims(read_credits(article(parts), REGISTRY)) == {"reuters": "origin"}
    parts[0] = ("headline", "Reuters - a portrait")
    assert claims(read_credits(article(parts), REGISTRY)) == {}


def test_a_joint_credit_names_the_house_as_editor(placed):
    credits = read_credits(placed("trailer", "(HARBOUR TIMES with AFP and REUTERS)"), REGISTRY)
    assert claims(credits) == {"afp": "origin", "reuters": "origin", "outlet:harbour-times": "editor"}
    assert [source.joint_with for source in credits.info_sources] == [("reuters",), ("afp",), ()]
    assert [exact for *_, exact in proofs(credits)] == ["AFP", "REUTERS", "HARBOUR TIMES"]
    assert credits.credit_line == "(HARBOUR TIMES with AFP and REUTERS)"
    assert [(r.cls, r.exact) for r in credits.removed] == [("credit_line", "(HARBOUR TIMES with AFP and REUTERS)")]


@pytest.mark.parametrize(
    "line, roles",
    [
        ("(Reuters/NAN)", {"reuters": "origin", "nan": "distributor"}),
        ("/ritzau/AFP", {"ritzau": "distributor", "afp": "origin"}),
        ("dpa/NAN", {"dpa": "origin", "nan": "distributor"}),
        ("AFP, AAP", {"afp": "origin", "aap": "origin"}),
        ("AP/AFP/Reuters", {"ap": "origin", "afp": "origin", "reuters": "origin"}),
        ("Press release distributed by Business Wire", {"businesswire": "press_release"}),
        ("With agencies", {"agencies-unnamed": "origin"}),
    ],
)
def test_roles(line, roles, placed):
    credits = read_credits(placed("trailer", line), REGISTRY)
    assert claims(credits) == roles


def test_a_network_that_distributes_hands_on(placed):
    for line in ("(c)2021 Harbour Post. Distributed by Tribune News Service.", "Distributed by TCA"):
        assert claims(read_credits(placed("trailer", line), REGISTRY)) == {"tns": "distributor"}
    assert claims(read_credits(placed("trailer", "— Tribune News Service"), REGISTRY)) == {"tns": "origin"}


def test_a_line_may_credit_a_text_and_a_picture(placed):
    credits = read_credits(placed("trailer", "Text: dpa | Bild: Ann Lee/AFP"), REGISTRY)
    assert claims(credits) == {"dpa": "origin"}
    assert [(m.id, m.role) for m in credits.mentions] == [("afp", "photo")]
    credits = read_credits(placed("byline", "By Ann Lee | Photos by AP"), REGISTRY)
    assert (claims(credits), [(m.id, m.role) for m in credits.mentions]) == ({}, [("ap", "photo")])


@pytest.mark.parametrize(
    ("where", "line", "photo"),
    [
        ("trailer", "REUTERS/Ann Lee", True),
        ("trailer", "© Ann Lee/dpa", True),
        ("trailer", "Ann Lee/AFP", False),
        ("trailer", "Harbour Post/AFP", False),
        ("trailer", "AFP/ab", False),
        ("line", "© AFP", True),
        ("line", "© AFP 2021", False),
        ("line", "©NTB", False),
    ],
)
def test_a_picture_is_signed(where, line, photo, placed):
    credits = read_credits(placed(where, line), REGISTRY)
    assert bool(claims(credits)) != photo
    assert [m.role for m in credits.mentions] == ["photo"] * photo


@pytest.mark.parametrize(
    ("lines", "credited"),
    [
        (["Tags", "Reuters", "Harbour"], []),
        (["Schlagwörter:", "Hafen", "dpa"], []),
        (["News", "AP", "Business"], []),
        (["AFP", "Tags", "Reuters"], ["afp"]),
        (["Source:", "Reuters"], ["reuters"]),
        (["Ann Lee", "Reuters", "Share"], ["reuters"]),
        (["Tags", "Harbour", "Source: AFP"], ["afp"]),
        (["@Reuters"], []),
        (["1. Another bridge has opened in the north - Reuters"], []),
    ],
)
def test_an_item_of_a_list_is_no_credit(lines, credited, article):
    text = "The council met on Monday to talk about the bridge and about the ferry that has served the towns for years."
    parts = [("headline", "A bridge"), ("line", text), ("line", text), *(("line", line) for line in lines)]
    assert list(claims(read_credits(article(parts), REGISTRY))) == credited


def test_a_picture_in_front_of_a_text_is_no_dateline(placed):
    for line in ("(Photo: Reuters) The council met on Monday to talk.", "SN/APA/ANN LEE The council met on Monday."):
        credits = read_credits(placed("dateline", line, "html"), REGISTRY)
        assert (claims(credits), credits.dateline) == ({}, None)


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("segundo a ANP, o preço da gasolina subiu.", []),
        ("segundo a agência ANP, o preço subiu.", ["anp"]),
        ("volgens het ANP komt er een brug.", ["anp"]),
        ("segundo a AFP, o preço subiu.", ["afp"]),
        ("selon la SPA de Lyon, les chiens vont bien.", []),
        ("disse à TAP que não voa.", []),
        ("according to ANP, the bridge is safe.", ["anp"]),
        ("In Vijayawada, AP reported the most cases, near Andhra Pradesh.", []),
    ],
)
def test_an_acronym_is_quoted_in_its_own_languages(sentence, quoted, placed):
    credits = read_credits(placed("body", sentence), REGISTRY)
    assert [m.id for m in credits.mentions if m.role == "quoted"] == quoted


def test_a_word_of_a_language_is_a_credit_alone_only_at_home(placed):
    assert claims(read_credits(placed("trailer", "Hina"), REGISTRY)) == {}
    assert claims(read_credits(placed("trailer", "Hina"), REGISTRY, country="HR")) == {"hina": "origin"}
    assert claims(read_credits(placed("trailer", "Hina"), REGISTRY, country="PK")) == {}


def test_a_name_inside_a_signature_is_no_mention(placed):
    credits = read_credits(placed("trailer", "WAM/Ann Lee/Bo Ray", "html"), REGISTRY)
    assert (claims(credits), credits.mentions) == ({"wam": "origin"}, ())


def test_a_relay_is_not_joint(placed):
    credits = read_credits(placed("trailer", "/ritzau/AFP"), REGISTRY)
    assert {source.id: source.joint_with for source in credits.info_sources} == {"ritzau": (), "afp": ()}


def test_a_dateline_stays_in_the_body(placed):
    credits = read_credits(placed("dateline", "KABUL, Aug 3, 2021 (AFP) - The council met on Monday."), REGISTRY)
    assert (credits.dateline, credits.located) == ("KABUL, Aug 3, 2021 (AFP)", "KABUL")
    assert credits.removed == ()
    assert proofs(credits) == [("afp", "dateline", "dateline.brackets", "AFP")]


def test_a_byline_before_the_dateline_is_no_place(placed):
    credits = read_credits(placed("dateline", "By Ann Lee KABUL (Reuters) - The council met on Monday."), REGISTRY)
    assert credits.located == "KABUL"


def test_a_credit_at_the_end_of_the_last_paragraph(article):
    text = "The council met on Monday to talk about the bridge and about the ferry. "
    credits = read_credits(article([("line", text * 2 + "It will meet again. (AFP)")]), REGISTRY)
    assert claims(credits) == {"afp": "origin"}
    assert [r.exact for r in credits.removed] == ["(AFP)"]


@pytest.mark.parametrize(
    ("close", "credited"),
    [
        ("It will meet again. (AFP)", ["afp"]),
        ("It will meet again, he said (AFP).", ["afp"]),
        ("It will meet again, he said (UNI).", []),
        ("The drug is given for acute pancreatitis (AP).", []),
        ("It will meet again. (ANSA).", ["ansa"]),
        ("It is led by the American Psychological Association (APA).", []),
        ("It is led by the American Psychological Association (APA)", []),
        ("They met at the University of Northern Iowa (UNI).", []),
        ("It will meet again, he said (Reuters).", ["reuters"]),
        ("The firm is based in Harrisburg (PA).", []),
    ],
)
def test_a_bracket_of_the_last_sentence_is_no_credit(close, credited, article):
    text = "The council met on Monday to talk about the bridge and about the ferry. "
    assert list(claims(read_credits(article([("line", text * 2 + close)]), REGISTRY))) == credited


@pytest.mark.parametrize(
    ("close", "agency"),
    [
        ("Le projet avance bien, a-t-il déclaré à l’AFP.", "afp"),
        ("Il progetto va avanti, ha detto il sindaco all'ANSA.", "ansa"),
        ("« Le travail continue », a-t-il dit à l'ATS.", "keystone-sda"),
        ("The work goes on, he told AP.", "ap"),
    ],
)
def test_the_last_word_may_be_a_quoted_agency(close, agency, article):
    text = "The council met on Monday to talk about the bridge and about the ferry. "
    for after in ([], [("line", text * 3)]):
        credits = read_credits(article([("line", text * 2 + close), *after]), REGISTRY)
        assert (claims(credits), [(m.id, m.role) for m in credits.mentions]) == ({}, [(agency, "quoted")])


@pytest.mark.parametrize(
    ("sentence", "credited"),
    [
        ("The allegations were first published by ProPublica in 2019.", []),
        ("This story was first published by ProPublica in 2019.", ["propublica"]),
        ("First published by ProPublica.", ["propublica"]),
        ("The poll was conducted in partnership with AP.", []),
        ("Produced in partnership with AP.", ["ap"]),
        ("Die Meldung der dpa sorgte für Aufregung.", []),
        ("Diese Meldung wurde von der dpa erstellt.", ["dpa"]),
        ("This article was amended after a complaint by Reuters.", []),
        ("Ann Lee has won awards from the Associated Press and is a member of a national newsroom.", []),
        ("KFF Health News is a national newsroom that writes about health.", ["kffhealth"]),
        ("Material from AP was used in this trial as evidence.", []),
        ("Material from AP was used in this report.", ["ap"]),
        ("This report was compiled using information from Reuters and AFP.", ["reuters", "afp"]),
        ("Aid agencies contributed to the report.", []),
        ("Wire services and AFP contributed to this report.", ["afp"]),
        ("News agencies contributed to this report.", ["agencies-unnamed"]),
        ("This report is auto-generated from ANI news service. The Post holds no responsibility for it.", ["ani"]),
    ],
)
def test_a_sentence_credits_whom_it_says_the_text_is_from(sentence, credited, placed):
    assert list(claims(read_credits(placed("trailer", sentence), REGISTRY))) == credited


def test_boilerplate_may_follow_a_credit(article):
    text = (
        "The council met on Monday to talk about the bridge and about the ferry that has served the towns for years. "
    )
    parts = [
        ("line", text * 4),
        ("line", text * 4),
        ("line", "— Reuters"),
        ("line", "Sign up for our daily newsletter!"),
    ]
    assert claims(read_credits(article([*parts, ("line", "Most read")]), REGISTRY)) == {"reuters": "origin"}


def test_what_structure_cuts_holds_no_credit(article):
    text = "The council met on Monday to talk about the bridge and about the ferry that has served the towns for years."
    credits = read_credits(
        article([("paragraph", text), ("related", "KABUL (Reuters) - Ten people."), ("newsletter", "AFP")]), REGISTRY
    )
    assert (credits.info_sources, credits.mentions) == ((), ())


def test_the_same_shape_is_a_photo_in_the_middle_and_a_credit_at_the_end(placed):
    assert claims(read_credits(placed("trailer", "(Yonhap)"), REGISTRY)) == {"yonhap": "origin"}
    middle = read_credits(placed("caption", "(Yonhap)"), REGISTRY)
    assert (claims(middle), [m.role for m in middle.mentions]) == ({}, ["photo"])


def test_a_wire_that_signs_off_with_its_own_word_is_signed(placed):
    assert claims(read_credits(placed("trailer", "Enditem"), REGISTRY)) == {"xinhua": "origin"}
    assert claims(read_credits(placed("trailer", "Enditem/AW"), REGISTRY)) == {"cna-tw": "origin"}


def test_marks_never_claim(placed):
    for line, agency in (("burs-abc/de", "afp"), ("ABC // DEF", "lusa")):
        credits = read_credits(placed("trailer", line), REGISTRY)
        assert credits.info_sources == ()
        assert agency in [mark.agency for mark in credits.marks]
        assert [r.exact for r in credits.removed] == [line]


def test_intertitles_are_a_mark_and_stay(placed):
    credits = read_credits(placed("body", "x"), REGISTRY)
    assert credits.marks == ()
    credits = read_credits(placed("caption", "– ‘Bitter harvest’ –"), REGISTRY)
    assert [(m.agency, m.evidence.kind) for m in credits.marks] == [("afp", "house_style")]
    assert credits.removed == ()


def test_a_newspaper_does_not_credit_itself(placed):
    line = "©2021 The New York Times Company"
    assert claims(read_credits(placed("trailer", line), REGISTRY)) == {"nytns": "origin"}
    assert claims(read_credits(placed("trailer", line, uri="https://www.nytimes.com/a"), REGISTRY)) == {}


def test_shared_acronyms_are_ranked_by_country(placed):
    assert claims(read_credits(placed("trailer", "(KNA)"), REGISTRY, country="KE")) == {"kna-ke": "origin"}
    assert claims(read_credits(placed("trailer", "(KNA)"), REGISTRY, country="DE")) == {"kna-de": "origin"}
    assert claims(read_credits(placed("trailer", "(KNA)", uri="https://a.example.co.ke/x"), REGISTRY)) == {
        "kna-ke": "origin"
    }


@pytest.mark.parametrize(
    "line, editor",
    [
        ("Le Journal avec AFP", "outlet:le-journal"),
        ("DW with AFP", "outlet:dw"),
        ("Daily Ferry with AFP", "outlet:daily-ferry"),
        ("By Ann Lee with AFP", None),
        ("Marie Dupont avec AFP", None),
    ],
)
def test_a_house_edits_and_a_person_does_not(line, editor, placed):
    credits = read_credits(placed("byline", line, "html", by=line), REGISTRY)
    assert claims(credits) == {"afp": "origin"} | ({editor: "editor"} if editor else {})
    assert bool(credits.authors) == (editor is None)


@pytest.mark.parametrize(
    "line",
    [
        "By Petra Lee",
        "[PC World]",
        "Follow AP on Twitter.",
        "Topics: AFP",
        "Posted in AP, News",
        "Data provided by Reuters",
        "Ann Lee, PA-C",
    ],
)
def test_longer_names_and_labels_are_no_credit(line, placed):
    assert claims(read_credits(placed("trailer", line), REGISTRY)) == {}


def test_initials_under_a_headline_abroad_are_no_agency(placed):
    assert claims(read_credits(placed("byline", "PA"), REGISTRY)) == {"pa": "origin"}
    assert claims(read_credits(placed("byline", "PA"), REGISTRY, country="GB")) == {"pa": "origin"}
    assert claims(read_credits(placed("byline", "PA"), REGISTRY, country="LT")) == {}
