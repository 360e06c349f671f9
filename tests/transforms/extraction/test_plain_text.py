"""What a scraped text says of itself: raw as given, blocks that tile it, and which lines are no paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.boilerplate.cues import CueTable, our_cues
from transforms.extraction.plain_text import TextReading, read_text

CUES: CueTable = our_cues()
LEAD = "The ferry to Skerry Island will run again from Thursday, its owner said after two weeks of storms."
NEXT = "Supplies had been brought by helicopter since the pier was damaged, and the school stayed closed."
HEADLINE = "Ferry returns to Skerry Island after two weeks"


def read(*lines: str, title: str | None = None, byline: str | None = None, gap: str = "\n\n") -> TextReading:
    return read_text(gap.join(lines), title, byline, CUES)


def kinds(reading: TextReading) -> list[tuple[str, str]]:
    return [(block.kind, reading.raw[block.start : block.end]) for block in reading.blocks]


def test_the_headline_is_no_navigation_line_and_no_paragraph() -> None:
    reading = read("Skip to content", "Home > News > Islands", HEADLINE, LEAD, NEXT)
    assert reading.headline == HEADLINE
    assert [kind for kind, _ in kinds(reading)] == ["line", "line", "headline", "line", "line"]


def test_a_text_may_have_no_headline() -> None:
    reading = read(LEAD, "What happens next", NEXT)
    assert reading.headline is None
    assert {kind for kind, _ in kinds(reading)} == {"line"}


def test_a_short_intertitle_above_the_headline_is_not_it() -> None:
    assert read("Background", HEADLINE, LEAD).headline == HEADLINE


@pytest.mark.parametrize("label", ["Opinion: ", "ANALYSE | ", "Vidéo. "])
def test_a_first_line_that_names_its_kind_is_a_headline(label: str) -> None:
    assert read(label + HEADLINE, LEAD, NEXT).headline == label + HEADLINE
    assert read(HEADLINE, label + "Seven lakes to swim in", LEAD, NEXT).headline == HEADLINE
    assert read("Read more: Seven lakes to swim in", LEAD, NEXT).headline is None


def test_a_given_title_is_found_in_the_text() -> None:
    reading = read("Islands", f"{HEADLINE}!", LEAD, title=HEADLINE)
    assert reading.headline == HEADLINE
    assert kinds(reading)[1] == ("headline", f"{HEADLINE}!")


def test_a_given_title_that_the_text_does_not_print_takes_no_line() -> None:
    reading = read("Storms and their cost", LEAD, NEXT, title=HEADLINE)
    assert reading.headline == HEADLINE
    assert {kind for kind, _ in kinds(reading)} == {"line"}


def test_byline_date_and_standfirst_around_the_headline() -> None:
    deck = "Owner promises two sailings a day until the pier is mended"
    reading = read(HEADLINE, deck, "By Nora Pike and Tom Reed", "Published: 3 May 2024", LEAD, NEXT)
    assert [kind for kind, _ in kinds(reading)] == ["headline", "standfirst", "byline", "date", "line", "line"]
    assert reading.standfirst == deck
    assert (reading.by, reading.authors) == ("By Nora Pike and Tom Reed", ("Nora Pike", "Tom Reed"))
    assert reading.first_created == "2024-05-03"
    evidence = reading.first_created_evidence
    assert evidence is not None and reading.raw[evidence.start : evidence.end] == evidence.exact == "3 May 2024"


@pytest.mark.parametrize("line", ["Kestrel Newsroom", "Skerry News Desk", "STAFF REPORTER", "IN-Redaktion", "Rédaction"])
def test_a_desk_signs_under_the_headline(line: str) -> None:
    reading = read(HEADLINE, "3 May 2024", line, LEAD, NEXT)
    assert [kind for kind, _ in kinds(reading)] == ["headline", "date", "byline", "line", "line"]
    assert (reading.by, reading.authors) == (line, (line,))
    assert read(line, LEAD, NEXT, title=HEADLINE).by == line


@pytest.mark.parametrize("line", ["The mayor thanked the staff", "Skerry Hill", "Talks with the bureau"])
def test_other_short_lines_under_the_headline_sign_nothing(line: str) -> None:
    assert read(HEADLINE, line, LEAD, NEXT).by is None


def test_a_desk_in_the_story_is_content() -> None:
    assert read(HEADLINE, LEAD, "Kestrel Newsroom", NEXT, NEXT).by is None


def test_the_first_paragraph_is_no_standfirst() -> None:
    reading = read(HEADLINE, LEAD, NEXT)
    assert reading.standfirst is None


def test_results_under_the_headline_are_content() -> None:
    assert read(HEADLINE, "Full result: Holt (Ind) 4,120; Marsh (Lab) 3,998", LEAD).standfirst is None


def test_a_changed_date_is_not_the_first(cues: CueTable = CUES) -> None:
    reading = read(HEADLINE, "Published: 2024-05-03", "Updated: 2024-05-04", LEAD)
    assert (reading.first_created, reading.version_created) == ("2024-05-03", "2024-05-04")


@pytest.mark.parametrize(
    ("line", "date", "rest"),
    [
        (f" date 2021-06-28 {LEAD}", "date 2021-06-28", LEAD),
        (f"2021-06-28 {LEAD}", "2021-06-28", LEAD),
        (f"Posted: 28 June 2021 | {LEAD}", "Posted: 28 June 2021", LEAD),
    ],
)
def test_a_date_glued_to_a_sentence_is_a_block_of_its_own(line: str, date: str, rest: str) -> None:
    reading = read_text(line, None, None, CUES)
    found = kinds(reading)
    assert found[0] == ("date", date)
    assert found[-1] == ("line", rest)
    assert reading.first_created == "2021-06-28"


@pytest.mark.parametrize("line", ["28 people were hurt when the ferry ran into the pier of Skerry on Monday.", "2021-06-28 was a day that nobody on the island of Skerry will ever forget.", "June 28, 2021 (Northern Wire) - The ferry ran into the pier of Skerry Island."])
def test_a_date_that_belongs_to_the_sentence_stays(line: str) -> None:
    assert kinds(read_text(line, None, None, CUES)) == [("line", line)]


def test_an_ambiguous_date_is_null() -> None:
    assert read(HEADLINE, "Published: 03/04/2021", LEAD).first_created is None


def test_dates_in_the_middle_of_a_list_are_content() -> None:
    reading = read(HEADLINE, LEAD, NEXT, "Oct. 6, 1923", NEXT, "Aug. 6, 1960", LEAD, NEXT, LEAD, NEXT)
    assert [kind for kind, text in kinds(reading) if text in ("Oct. 6, 1923", "Aug. 6, 1960")] == ["line", "line"]
    assert reading.first_created is None


def test_hard_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = (
        "Ferry returns to Skerry\n\nThe ferry to Skerry Island will run again from Thursday, its\nowner said after two weeks of storms that had kept boats in the\n"
        "harbour.\n\nSupplies had been brought by helicopter since the pier was hit by\na wave, and the school of the island stayed closed for all of that\ntime.\n"
    )
    blocks = [text for _, text in kinds(read_text(text, None, None, CUES))]
    assert len(blocks) == 3
    assert blocks[1].startswith("The ferry to Skerry") and blocks[1].endswith("harbour.")


def test_a_headline_wider_than_the_paragraphs_keeps_no_line_apart() -> None:
    text = (
        "Ferry returns to Skerry Island after two weeks of storms and empty shelves\n\n"
        "The ferry to Skerry Island will run again\nfrom Thursday, its owner said after two\nweeks of storms.\n\n"
        "Supplies had been brought by helicopter\nsince the pier was hit by a wave, and the\nschool stayed closed.\n"
    )
    assert [text.count("\n") for _, text in kinds(read_text(text, None, None, CUES))] == [0, 2, 2]


def test_lines_of_a_list_are_not_joined() -> None:
    assert len(read("One loaf", "two eggs", "three apples", "four pears", LEAD, gap="\n").blocks) == 5


def test_a_text_declares_no_language() -> None:
    assert read(HEADLINE, LEAD).declared_language is None


LINES = st.sampled_from([LEAD, NEXT, HEADLINE, "Menu", "By Nora Pike", " date 2021-06-28 Iraq", "3 May 2024", "", " \u00a0", "wrapped and\ngoing on", "\x0c", "x" * 500, "\u2028"])
TEXTS = st.one_of(
    st.lists(LINES, max_size=12).flatmap(lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r"]).map(lambda gap: gap.join(lines))),
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200),
)


@given(TEXTS, st.one_of(st.none(), LINES), st.one_of(st.none(), LINES))
def test_blocks_tile_any_text_white_space_apart(text: str, title: str | None, byline: str | None) -> None:
    reading = read_text(text, title, byline, CUES)
    assert reading.raw == text
    at = 0
    for block in reading.blocks:
        assert at <= block.start < block.end
        assert text[at : block.start].strip() == ""
        assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
        at = block.end
    assert text[at:].strip() == ""
