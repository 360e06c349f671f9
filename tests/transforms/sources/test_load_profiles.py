from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import ConfigurationError
from transforms.attribution.registry import load_registry
from transforms.extraction.layout import Layout
from transforms.sources.load import OUR_PROFILES, load_profiles, read_profile, read_profiles
from transforms.sources.profile import Profile, Profiles

WHOLE = """
id          = "example-gazette"
name        = "The Example Gazette"
hosts       = ["gazette.example", "gazette-plus.example"]
language    = "en-GB"
country     = "GB"
own_agency  = "gna"
series      = "example-papers"
time_zone   = "Europe/London"
date_order  = "dmy"
house_names = "The Gazette"

[[layout]]
headline = "h1"
body     = "div.text > p"

[[layout]]
valid_from = 2024-03-01
headline   = ["h1.headline", "h1"]
body       = "div.story > p"
drop       = ["aside.newsletter", "div.donate"]

[[cue]]
id      = "gazette.signoff"
class   = "newsletter"
phrases = ["More at eight in the Gazette letter"]
hits    = ["More at eight in the Gazette letter"]
misses  = ["He promised more at eight in the evening."]
"""
BARE = 'id = "{0}"\nname = "{1}"\nhosts = ["{2}"]\n'


def write(folder: Path, id_: str, text: str) -> Path:
    path = folder / id_ / "profile.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_profile(tmp_path: Path) -> None:
    profile = read_profile(write(tmp_path, "example-gazette", WHOLE))
    (cue,) = profile.cues
    newest, oldest = profile.layouts
    assert (profile.name, profile.hosts) == ("The Example Gazette", ("gazette.example", "gazette-plus.example"))
    assert (profile.language, profile.country, profile.own_agency) == ("en-GB", "GB", "gna")
    assert (profile.series, profile.time_zone, profile.date_order) == ("example-papers", "Europe/London", "dmy")
    assert profile.house_names == ("The Gazette",)
    assert (cue.id, cue.cls) == ("gazette.signoff", "newsletter")
    assert (newest.valid_from, oldest.valid_from) == ("2024-03-01", None)
    assert newest.layout == Layout(
        headline=("h1.headline", "h1"), body=("div.story > p",), drop=("aside.newsletter", "div.donate")
    )


@pytest.mark.parametrize(
    ("day", "bodies"),
    [
        (None, ["div.story > p", "div.text > p"]),
        ("2024-03-01", ["div.story > p", "div.text > p"]),
        ("2024-03-01T06:00:00Z", ["div.story > p", "div.text > p"]),
        ("2024-02-29", ["div.text > p", "div.story > p"]),
    ],
)
def test_the_newest_layout_that_fits_a_day_goes_first(tmp_path: Path, day: str | None, bodies: list[str]) -> None:
    profile = read_profile(write(tmp_path, "example-gazette", WHOLE))
    assert [layout.body[0] for layout in profile.layouts_on(day)] == bodies


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        (
            'headline = "h1"\nbody ',
            'headline = "h1"\nbdoy ',
            "[[layout]] 1: unknown key 'bdoy'; known keys are valid_from, headline, standfirst, body, by, published, drop",
        ),
        ("series ", "sereis ", "unknown key 'sereis'; known keys are id, name, hosts, language, country, own_agency,"),
        ('"div.story > p"', '"div.story >"', "[[layout]] 2: body: 'div.story >' is no CSS selector: "),
        ('"div.story > p"', '"p:frist-child"', "[[layout]] 2: body: 'p:frist-child' is no CSS selector: ':frist-child'"),
        ('"div.story > p"', '""', "[[layout]] 2: body = ['']; allowed is a text, or a list of texts, none of them empty"),
        ('"div.story > p"', "7", "[[layout]] 2: body = 7; allowed is a text, or a list of texts"),
        ('body       = "div.story > p"', "", "[[layout]] 2: 'body' is missing; a layout is known by the body"),
        ("valid_from = 2024-03-01", "", "[[layout]] 2: no valid_from, as an earlier layout; each redesign has a day"),
        ("2024-03-01", '"2024-03-01"', "[[layout]] 2: valid_from = '2024-03-01'; allowed is a day without quotes"),
        ("2024-03-01", "2024-03-01T10:00:00", "allowed is a day without quotes, as 2024-03-01"),
        ('"gazette.example",', '"https://gazette.example",', "hosts: 'https://gazette.example' is no host; write it in"),
        ('"gazette.example",', '"Gazette.example",', "hosts: 'Gazette.example' is no host; write it in lower case"),
        ('hosts       = ["gazette.example", "gazette-plus.example"]', "", "'hosts' is missing; name at least one host"),
        ('"The Example Gazette"', '" "', "name = ' '; allowed is a text"),
        ('name        = "The Example Gazette"', "", "'name' is missing"),
        ('"example-gazette"', '"Example Gazette"', "id = 'Example Gazette'; allowed is small letters, digits and single"),
        ('"example-gazette"', '"gazette"', "id = 'gazette' in the folder 'example-gazette'; a profile's folder bears"),
        ('"en-GB"', '"English"', "language = 'English'; allowed is a BCP 47 tag such as 'en' or 'pt-BR'"),
        ('"GB"', '"uk"', "country = 'uk'; allowed is two capital letters such as 'FR' (ISO 3166-1)"),
        ('"Europe/London"', '"London"', "time_zone = 'London'; allowed is an IANA name such as 'Europe/Paris'"),
        ('"dmy"', '"day first"', "date_order = 'day first'; allowed is one of dmy, mdy, ymd"),
        ("[[layout]]\nheadline", "[layout]\nheadline", "no TOML: "),
        ("misses  = [", "missse = [", "[[cue]] 1: unknown key 'missse'; known keys are "),
        ('hits    = ["More', 'hits    = ["Less', "[[cue]] 1 (gazette.signoff): does not take its own hit 'Less at eight"),
        (
            '"He promised more at eight in the evening."',
            '"More at eight in the Gazette letter"',
            "[[cue]] 1 (gazette.signoff): takes its own miss 'More at eight in the Gazette letter'",
        ),
        ('hits    = ["More at eight in the Gazette letter"]', "", "a cue proves itself; give lines that it takes in"),
    ],
)
def test_a_mistake_names_its_place_what_was_found_and_what_is_allowed(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    assert was in WHOLE
    path = write(tmp_path, "example-gazette", WHOLE.replace(was, becomes, 1))
    with pytest.raises(ConfigurationError) as error:
        load_profiles(tmp_path)
    assert str(error.value).startswith("example-gazette/profile.toml: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert path.exists()


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    write(tmp_path, "gazette", "").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match=r"gazette/profile\.toml: cannot be read: .*utf-8"):
        load_profiles(tmp_path)


def test_a_folder_without_profiles_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no profile; a profile is a folder that has a profile\.toml"):
        load_profiles(tmp_path)


def test_a_profile_itself_is_no_folder_of_profiles(tmp_path: Path) -> None:
    path = write(tmp_path, "a", BARE.format("a", "A", "a.example"))
    with pytest.raises(ConfigurationError, match="a: is a profile itself; name the folder that it lies in"):
        load_profiles(path.parent)


def test_a_machine_without_time_zones_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a", BARE.format("a", "A", "a.example") + 'time_zone = "No/Where"\n')
    monkeypatch.setattr("transforms.sources.load.available_timezones", set)
    with pytest.raises(ConfigurationError, match="no time zone database; pip install tzdata"):
        read_profiles(tmp_path)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (("b", "B", "a.example"), "a and b claim the same host 'a.example'; one of them may"),
        (("b", "A!", "b.example"), "a and b claim the same name 'a'; one of them may"),
    ],
)
def test_two_profiles_never_claim_one_thing(tmp_path: Path, second: tuple[str, ...], message: str) -> None:
    write(tmp_path, "a", BARE.format("a", "A", "a.example"))
    write(tmp_path, "b", BARE.format(*second))
    with pytest.raises(ConfigurationError, match=message):
        read_profiles(tmp_path)


def test_the_users_profile_wins_over_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    write(ours, "a", BARE.format("a", "A", 'a.example", "a2.example'))
    write(ours, "b", BARE.format("b", "B", "b.example"))
    write(ours, "c", BARE.format("c", "C", "c.example"))
    write(theirs, "mine", BARE.format("mine", "Mine", "a.example"))
    write(theirs, "b", BARE.format("b", "B again", "b-new.example"))
    monkeypatch.setattr("transforms.sources.load.OUR_PROFILES", ours)
    profiles = load_profiles(theirs)
    assert [(profile.id, profile.name, profile.hosts) for profile in profiles] == [
        ("a", "A", ("a2.example",)),
        ("b", "B again", ("b-new.example",)),
        ("c", "C", ("c.example",)),
        ("mine", "Mine", ("a.example",)),
    ]
    assert [profile.id for profile in load_profiles()] == ["a", "b", "c"]


def test_what_our_profiles_name_exists() -> None:
    agencies = set(load_registry().agencies)
    own = {profile.own_agency for profile in read_profiles(OUR_PROFILES) if profile.own_agency}
    assert own and own - agencies == set()


def test_look_ups_do_not_depend_on_the_order_of_profiles() -> None:
    a = Profile(id="a", name="Same Name", hosts=("a.example",))
    b = Profile(id="b", name="same name", hosts=("b.example", "x.a.example"))
    for profiles in (Profiles([a, b]), Profiles([b, a])):
        assert profiles.by_name("SAME-NAME") is a
        assert profiles.by_host("www.x.a.example") is b
        assert profiles.by_host("www.a.example") is a
        assert profiles.by_host("example") is None
        assert profiles.by_id("b") is b
        assert profiles.by_id(None) is None
        assert [profile.id for profile in profiles] == ["a", "b"]
        assert len(profiles) == 2
