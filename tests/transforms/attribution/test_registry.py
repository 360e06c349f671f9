"""The registry proves itself: every agency's hits are read, its misses are not; wrong files are named."""

import re
from pathlib import Path

import pytest

from schemas.errors import ConfigurationError
from transforms.attribution.credits import read_credits
from transforms.attribution.registry import load_registry

AGENCIES = sorted(load_registry().agencies.values(), key=lambda agency: agency.id)
OURS = Path(__file__).parents[3] / "transforms" / "attribution" / "agencies"

GAZETTE = """
id = "gnp"
name = "Gazette News Pool"
kind = "national"
country = "GB"
status = "active"
names = ["Gazette News Pool"]
credit_only = ["GNP"]
[hits]
trailer = ["(GNP)"]
[misses]
body = ["The GNP grew by two percent."]
"""


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.id)
def test_hits_are_read_and_misses_are_not(agency, registry, placed):
    assert agency.hits and agency.misses, f"{agency.id}.toml: prove it with [hits] and [misses]"
    for where, lines in agency.hits.items():
        for line in lines:
            credits = read_credits(placed(where, line), registry, country=agency.country)
            if where in ("caption", "body"):
                role = "photo" if where == "caption" else "quoted"
                assert (agency.id, role) in [(m.id, m.role) for m in credits.mentions], line
                assert credits.info_sources == (), line
            else:
                assert agency.id in [source.id for source in credits.info_sources], line
    for where, lines in agency.misses.items():
        for line in lines:
            credits = read_credits(placed(where, line), registry, country=agency.country)
            assert agency.id not in [source.id for source in credits.info_sources], line
            assert not [m for m in credits.mentions if m.id == agency.id and m.role in ("photo", "quoted")], line


@pytest.mark.parametrize("agency", [a for a in AGENCIES if a.sign], ids=lambda agency: agency.id)
def test_signs_prove_themselves(agency):
    for sign in agency.sign:
        find = re.search if sign.where == "any_line" else re.match
        for hit in sign.hits:
            assert find(sign.pattern, hit), (sign.id, hit)
        for miss in sign.misses:
            assert not find(sign.pattern, miss), (sign.id, miss)


@pytest.mark.parametrize("group", ["quoted", "photo"])
def test_cues_prove_themselves(group, registry, placed):
    for cue in registry.cues[group]:
        for form in cue.hits:
            for name, agency in (("Reuters", "reuters"), ("TASS", "tass")):
                line = form.replace("{}", name)
                mentions = read_credits(placed("body", line), registry).mentions
                assert (agency, group) in [(m.id, m.role) for m in mentions], (cue.id, line, mentions)
        for form in cue.misses:
            mentions = read_credits(placed("body", form.replace("{}", "Reuters")), registry).mentions
            assert ("reuters", group) not in [(m.id, m.role) for m in mentions], (cue.id, form)


def test_there_is_one_file_an_agency():
    assert len(AGENCIES) == len(list(OURS.glob("*.toml"))) == len({agency.rank for agency in AGENCIES})


def test_an_agency_of_the_user_is_read_and_replaces_ours(tmp_path, placed):
    (tmp_path / "gnp.toml").write_text(GAZETTE)
    ours = (OURS / "afp.toml").read_text().replace('name = "Agence France-Presse"', 'name = "Replaced"')
    (tmp_path / "afp.toml").write_text(ours)
    registry = load_registry(tmp_path)
    assert registry.agencies["afp"].name == "Replaced"
    assert [source.id for source in read_credits(placed("trailer", "(GNP)"), registry).info_sources] == ["gnp"]
    assert read_credits(placed("body", "The GNP grew by two percent."), registry).info_sources == ()


@pytest.mark.parametrize(
    "change, message",
    [
        (('country = "GB"', 'contry = "GB"'), "gnp.toml: unknown key 'contry'; known keys are id, name, kind"),
        (('id = "gnp"', 'id = "gpn"'), "gnp.toml: key 'id' is 'gpn'; a file is named after its agency's id"),
        (('kind = "national"', 'kind = "local"'), "gnp.toml: key 'kind': Invalid enum value 'local'"),
        (("[hits]", "[hits"), "gnp.toml: "),
        (("[misses]", "[[sign]]\nid='x'\n[misses]"), "gnp.toml: [[sign]] 1: Object missing required field `kind`"),
        (
            (
                "[misses]",
                "[[sign]]\nid='x'\nkind='signature'\npattern='('\nwhere='any_line'\nhits=[]\nmisses=[]\n[misses]",
            ),
            "gnp.toml: [[sign]] x: key 'pattern': missing ), unterminated subpattern",
        ),
    ],
)
def test_a_wrong_file_is_named_with_table_and_key(tmp_path, change, message):
    (tmp_path / "gnp.toml").write_text(GAZETTE.replace(*change))
    with pytest.raises(ConfigurationError) as error:
        load_registry(tmp_path)
    assert message in str(error.value)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match="nowhere: no such folder of agencies"):
        load_registry(tmp_path / "nowhere")


def test_a_folder_without_agencies_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=f"{tmp_path}: no agency; each is a TOML file"):
        load_registry(tmp_path)


def test_hosts_and_sources_lead_to_agencies(registry):
    assert registry.by_host("www.reuters.com").id == "reuters"
    assert registry.by_host("notreuters.com") is None
    assert registry.by_source("Associated Press").id == "ap"
    assert registry.by_source("The New York Times") is None  # a newspaper is no wire at home


def test_version_marks_and_notes_prove_themselves(registry, placed):
    marks, notes = registry.versions["mark"], registry.versions["note"]
    for hit in marks.hits:
        assert read_credits(placed("body", "x", headline=hit), registry).version, hit
    for miss in marks.misses:
        assert read_credits(placed("body", "x", headline=miss), registry).version is None, miss
    for hit in notes.hits:
        assert read_credits(placed("trailer", hit), registry).ed_note == hit
    for miss in notes.misses:
        assert read_credits(placed("trailer", miss), registry).ed_note is None, miss


def test_every_credit_phrase_holds_a_gate(registry):
    credit = registry.phrases["credit"]
    ungated = [word for word in credit.words if not any(gate in word for gate in credit.gates)]
    assert ungated == [], "lines without a gate are not searched"
