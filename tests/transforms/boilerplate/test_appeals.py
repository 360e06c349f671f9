"""Appeals in an outlet's own words: found by their signs, and never in an article that speaks to its reader itself."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article, Credits
from schemas.errors import ConfigurationError
from transforms.boilerplate.appeal import Appeal, bare_name, is_named
from transforms.boilerplate.appeals import ENOUGH
from transforms.boilerplate.cues import CueTable, load_cues, our_cues
from transforms.boilerplate.folding import fold, pieces
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.strip import strip_boilerplate

TABLE = our_cues()
APPEALS = TABLE.appeals.appeals
STORY = (
    "The ferry to Skerry Island will run again from Thursday, its owner said after two weeks of storms.",
    "Supplies had been brought by helicopter since the pier was damaged, and the school stayed closed.",
    "The company has ordered a second boat, which is to be built in a yard on the mainland.",
    "\u201cWe counted the tins,\u201d said Una Marsh, who keeps the only shop on the island.",
    "The pier dates from 1911 and was last repaired after the great storm of 1987.",
)
APPEAL = "Did this story help you? Our readers pay for it, from £3 a month."

Clean = Callable[..., str]


@pytest.fixture
def clean(article_of: Callable[..., Article], no_credits: Credits) -> Clean:
    """Cleans paragraphs and gives the body."""

    def body(*paragraphs: str, source: str = "gazette") -> str:
        article = article_of("\n\n".join(("Ferry returns to Skerry Island", *paragraphs)), source=source)
        return strip_boilerplate(article, no_credits, TABLE, None).body_text

    return body


def best(line: str) -> int:
    """The most signs that a line shows in a language in which somebody speaks."""
    (read,) = LineMatcher(TABLE, line).read([line])
    signs = [appeal.signs(line, read.shown, False) for appeal in TABLE.appeals.languages(read.shown)]
    return max((found.count for found in signs if found.speaks), default=0)


@pytest.mark.parametrize("appeal", APPEALS, ids=lambda appeal: appeal.id)
def test_every_language_takes_its_hits_in_a_story_and_none_of_its_misses(appeal: Appeal, clean: Clean) -> None:
    assert appeal.hits and appeal.misses
    story = "\n\n".join(STORY)
    assert [hit for hit in appeal.hits if clean(*STORY[:2], hit, *STORY[2:]) != story] == []
    assert [miss for miss in appeal.misses if miss not in clean(*STORY[:2], miss, *STORY[2:])] == []


def test_no_cues_miss_is_an_appeal() -> None:
    unquoted = (miss for cue in TABLE.cues for miss in cue.misses if not set('"\u201c\u201d\u201e\u00ab\u00bb') & set(miss))
    assert [miss for miss in unquoted if best(miss) >= ENOUGH] == []


@pytest.mark.parametrize("appeal", APPEALS, ids=lambda appeal: appeal.id)
def test_a_language_lists_no_word_twice_and_every_word_as_lines_show_it(appeal: Appeal) -> None:
    parts = (*appeal.house.parts, *appeal.offers.parts, *appeal.places.parts)
    listed = [*appeal.house.whole, *appeal.offers.whole, *appeal.places.whole, *parts]
    assert [(part, word) for part in parts for word in listed if word != part and part in word] == []
    assert sorted(set(listed)) == sorted(listed)
    words = (*appeal.we, *appeal.you, *appeal.i, *appeal.house.whole, *appeal.offers.whole, *appeal.places.whole)
    assert [word for word in words if pieces(fold(word)) != [word]] == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("The Calder Beacon", "Stand with The Calder Beacon and give what you can."),
        ("www.calderbeacon.example", "Carry the Calder Beacon in your pocket."),
        ("ouest-rivage.example", "Glissez une pièce dans la caisse d'Ouest-Rivage, un euro par mois."),
    ],
)
def test_an_outlets_own_name_is_a_sign(source: str, line: str, clean: Clean) -> None:
    assert clean(*STORY[:2], line, *STORY[2:], source=source) == "\n\n".join(STORY)
    assert line in clean(*STORY[:2], line, *STORY[2:], source="Another Paper")


@pytest.mark.parametrize(
    "heading", ["More from our harbour coverage:", "Elsewhere on Calder Beacon", "( Also on Calder Beacon: Mayor gives up)"]
)
def test_a_heading_over_the_outlets_other_stories_goes(heading: str, clean: Clean) -> None:
    body = clean(*STORY[:3], heading, *STORY[3:], source="Calder Beacon")
    assert body == "\n\n".join(STORY)


def test_a_heading_with_its_story_takes_no_other_line_along(clean: Clean) -> None:
    follower = "What the second boat has to carry in winter"
    assert follower in clean(*STORY[:3], "( Also on Calder Beacon: Mayor gives up)", follower, *STORY[3:], source="Calder Beacon")
    assert follower not in clean(*STORY[:3], "Elsewhere on Calder Beacon", follower, *STORY[3:], source="Calder Beacon")


@pytest.mark.parametrize("heading", ["More boats for the island", "Other news is bad news", "The other reader", "More for us"])
def test_an_intertitle_that_says_more_stays(heading: str, clean: Clean) -> None:
    assert heading in clean(*STORY[:3], heading, *STORY[3:], source="Calder Beacon")


def test_a_short_name_is_none() -> None:
    assert bare_name("The Sun") == ""
    assert bare_name("taz.de") == ""
    assert is_named(bare_name("www.der-bote.example"), fold("Schreiben Sie dem Der-Bote"))
    assert not is_named(bare_name(None), fold("None"))


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "You signed up for a free trial, you forgot about it, and now £9.99 leaves your account every month.",
            "First, find out whom you pay. Look at your bank statement and search for the name you see there.",
            "If the company refuses, write to it. Say that you withdraw your consent and ask for your money back.",
            "Do the same with your inbox: unsubscribe from newsletters you do not open.",
            "Read the story of a bank that paid its customers back, and send your own letter, free.",
        ),
        (
            "I have read your newspaper since 1971 and I have never been so disappointed in a report.",
            "Please tell your readers that they can still cross on foot, as they always could.",
            "I shall renew my subscription, which I had meant to cancel.",
            "Print the tide tables again, and our street will pay for your newspaper every month.",
        ),
        (
            "Sie haben eine App geladen, und jetzt bucht jemand jeden Monat fünf Euro ab?",
            "Prüfen Sie zuerst Ihren Kontoauszug. Dort steht, wer das Geld bekommt.",
            "Kündigen Sie schriftlich und bewahren Sie eine Kopie auf.",
            "Haben Sie nie zugestimmt, müssen Sie auch nicht zahlen.",
            "Abonnieren Sie nichts, was Sie nicht lesen: Leser zahlen im Monat 30 Euro für Newsletter.",
        ),
    ],
)
def test_an_article_that_speaks_to_its_reader_loses_nothing(paragraphs: tuple[str, ...], clean: Clean) -> None:
    assert clean(*paragraphs, *STORY[:2]) == "\n\n".join((*paragraphs, *STORY[:2]))


def test_an_article_about_outlets_loses_nothing(clean: Clean) -> None:
    paragraphs = (
        "When the Courier closed, two sisters started a newsletter at their kitchen table.",
        "Within a month it had 900 subscribers, and the sisters hired an editor.",
        "Readers can leave when they like, but the newsletter costs you £4 a month.",
        STORY[1],
    )
    assert clean(*paragraphs) == "\n\n".join(paragraphs)


def test_what_is_quoted_or_told_of_somebody_stays(clean: Clean) -> None:
    paragraphs = (
        STORY[0],
        "\u201cHelp us keep our newsroom open, give what you can each month,\u201d the sign read.",
        "Help us keep our newsroom open, give what you can each month, the editor told the crowd.",
        "My editor gave us a free month of your newspaper.",
        STORY[1],
    )
    assert clean(*paragraphs) == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        "Check the app of your bank each month, and report what you do not know.",
        "The club's members decide in May; until then, follow it on Facebook.",
        "You can watch the match free of charge in the app of the league.",
        "Pour aider, envoyez un mail à l'association ou suivez-la sur Facebook.",
        "Chcesz pomóc? Napisz mail do fundacji albo wpłać kilka złotych.",
        "Хотите помочь? Напишите в фонд или поддержите его рублём.",
        "Our coverage of the dam cost the company $4 million, and we are proud of it.",
        "Wir treffen sie in ihrer Küche, auf dem Tisch liegt das Abo-Angebot der Zeitung.",
        "Wij lezen hier ons verhaal in de krant, en je lacht.",
    ],
)
def test_what_anybody_may_ask_or_tell_stays(line: str, clean: Clean) -> None:
    assert clean(*STORY[:2], line, *STORY[2:]) == "\n\n".join((*STORY[:2], line, *STORY[2:]))


def test_an_abbreviation_is_no_pronoun_and_the_german_sie_has_a_capital_inside_a_sentence() -> None:
    assert best("Shares of US news website operators cost $4 a month ago.") == 0
    assert best("Help us: our news website costs $4 a month.") >= ENOUGH
    assert best("Die Zeitung im Monat gratis: Sie ist klein.") < best("Die Zeitung im Monat gratis, wenn Sie klein sind.")


def test_three_signs_are_enough_among_the_last_lines_only(clean: Clean) -> None:
    line = "Send this story to someone."
    story = "\n\n".join(STORY)
    assert clean(*STORY, line) == story
    assert clean(*STORY[:2], line, *STORY[2:]) == "\n\n".join((*STORY[:2], line, *STORY[2:]))


def test_a_sentence_of_the_story_is_not_lost_with_the_appeal_glued_to_it(clean: Clean) -> None:
    line = f"{STORY[1]} {APPEAL}"
    assert STORY[1] in clean(STORY[0], line, STORY[2])


def test_appeals_in_a_row_are_not_the_articles_own_voice(clean: Clean) -> None:
    more = "Join the readers who get our newsletter, free, each morning."
    assert clean(*STORY, APPEAL, more, APPEAL.replace("£3", "£5")) == "\n\n".join(STORY)


@given(st.lists(st.sampled_from([*STORY, APPEAL, "Our readers pay.", "You can.", "?", "US", "Sie"]), max_size=12))
def test_a_story_keeps_its_paragraphs_whatever_stands_between_them(lines: list[str]) -> None:
    text = "\n\n".join((*STORY, *lines))
    from transforms.extraction.plain_text import read_text

    reading = read_text(text, None, None, TABLE)
    article = Article(
        id="0" * 32, path="a.txt", input_id=None, source="gazette", uri=None, canonical=None, content_sha256="0" * 64,
        content_bytes=1, crawled=None, media="text", raw=text, blocks=reading.blocks, headline=None, standfirst=None,
        by=None, authors=(), first_created=None, first_created_evidence=None, version_created=None,
        declared_language=None, metadata=(),
    )  # fmt: skip
    body = strip_boilerplate(article, Credits(), TABLE, None).body_text
    assert [line for line in STORY[1:] if line not in body] == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("offer = []", "en.toml: [appeal]: unknown key 'offer'; known keys are asks, hits, house, i, misses, more, offers, places, we, you"),
        ("we = 'we'", "en.toml: [appeal]: 'we' is 'we'; allowed is a list of texts"),
        ("house = ['']", "en.toml: [appeal]: 'house' is ['']; allowed is a list of texts"),
    ],
)
def test_a_wrong_appeal_says_where_and_what_is_allowed(table: str, message: str, tmp_path) -> None:
    (tmp_path / "en.toml").write_text(f"[appeal]\n{table}\n")
    with pytest.raises(ConfigurationError) as caught:
        load_cues(tmp_path)
    assert str(caught.value) == message


def test_the_signs_go_with_a_table_that_has_a_sources_own_cues() -> None:
    assert TABLE.with_cues(()).appeals is TABLE.appeals
    own = CueTable(TABLE.cues[:1], APPEALS)
    assert own.with_cues(TABLE.cues[1:2]).appeals.appeals == APPEALS
