"""The cleaning is reversible and explained."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article, Block, Cleaning, Credits, Cut
from schemas.errors import NothingLeft
from schemas.records import Removed
from transforms.boilerplate.cues import CueTable, our_cues
from transforms.boilerplate.strip import strip_boilerplate
from transforms.extraction.plain_text import read_text

STORY = (
    "The ferry to Skerry Island will run again from Thursday, its owner said after two weeks of storms.",
    "Supplies had been brought by helicopter since the pier was damaged, and the school stayed closed.",
    "It did not.",
    "\u201cWe counted the tins,\u201d said Una Marsh, who keeps the only shop on the island.",
)
HEADLINE = "Ferry returns to Skerry Island after two weeks"


def taken(cleaning: Cleaning) -> list[tuple[str, str]]:
    return [(piece.cls, piece.exact) for piece in cleaning.removed]


def assert_tiles(raw: str, cleaning: Cleaning) -> None:
    pieces = [(start, end) for start, end, _, _ in cleaning.kept] + [(r.start, r.end) for r in cleaning.removed]
    at = 0
    for start, end in sorted(pieces):
        assert at <= start < end
        assert raw[at:start].strip() == ""
        at = end
    assert raw[at:].strip() == ""
    for raw_start, raw_end, body_start, body_end in cleaning.kept:
        assert cleaning.body_text[body_start:body_end] == raw[raw_start:raw_end]
    for piece in cleaning.removed:
        assert piece.exact == raw[piece.start : piece.end]
        assert piece.cls and piece.rule


def test_head_tail_and_middle_are_cleaned_and_the_story_stays(article_of, cues: CueTable, no_credits: Credits) -> None:
    text = "\n\n".join(
        ["Skip to content", HEADLINE, STORY[0], "ADVERTISEMENT", *STORY[1:], "Most read", "Bakery wins prize for its rye loaf", "Share"]
    )
    article = article_of(text)
    cleaning = strip_boilerplate(article, no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join(STORY)
    assert taken(cleaning) == [
        ("skip_link", "Skip to content"),
        ("headline", HEADLINE),
        ("ad_marker", "ADVERTISEMENT"),
        ("related", "Most read"),
        ("related", "Bakery wins prize for its rye loaf"),
        ("share_bar", "Share"),
    ]
    assert [piece.rule for piece in cleaning.removed][-2] == "tail.opened"
    assert_tiles(article.raw, cleaning)


def test_intertitles_and_results_stay(article_of, cues: CueTable, no_credits: Credits) -> None:
    text = "\n\n".join([HEADLINE, STORY[0], "\u2013 \u2018Counted the tins\u2019 \u2013", STORY[1], "Background", STORY[3], "Result: Smith 14,212; Jones 12,900"])
    cleaning = strip_boilerplate(article_of(text), no_credits, cues, None)
    assert taken(cleaning) == [("headline", HEADLINE)]


def test_lines_are_the_tail_of_a_story_only_where_one_stands_before_them(article_of, cues: CueTable, no_credits: Credits) -> None:
    lines = ["The winners by district", "Alder Una Marsh", "Birch Tom Pike", "Cedar Nora Lund", "Share"]
    cleaning = strip_boilerplate(article_of("\n\n".join(["Skip to content", *lines])), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join(lines[:-1])
    assert taken(cleaning) == [("skip_link", "Skip to content"), ("share_bar", "Share")]


def test_a_heading_between_paragraphs_takes_its_teasers_only(article_of, cues: CueTable, no_credits: Credits) -> None:
    teaser = "Harbour master retires after forty years at sea"
    text = "\n\n".join([HEADLINE, STORY[0], "Read also:", teaser, STORY[1], STORY[3]])
    cleaning = strip_boilerplate(article_of(text), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join([STORY[0], STORY[1], STORY[3]])
    assert ("related", teaser) in taken(cleaning)


def test_a_caption_printed_twice_goes_twice(article_of, cues: CueTable, no_credits: Credits) -> None:
    caption = "The ferry Maren leaves the harbour of Skerry with the first passengers on board since the storm."
    text = "\n\n".join([HEADLINE, f"{caption}\n{caption} \u00a9 Island Council/Nora Pike", *STORY])
    cleaning = strip_boilerplate(article_of(text), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join(STORY)
    assert [rule.rule for rule in cleaning.removed][1] == "caption.twin"


def test_on_a_page_a_paragraph_that_says_the_same_as_a_caption_stays(
    article_of, cues: CueTable, no_credits: Credits
) -> None:
    text = "\n\n".join([f"{STORY[0]} Photo: Pike", *STORY])
    kinds = ("caption", *["paragraph"] * len(STORY))
    starts = [0, *(i + 2 for i in range(len(text)) if text.startswith("\n\n", i))]
    ends = [*(start - 2 for start in starts[1:]), len(text)]
    blocks = tuple(Block(start=start, end=end, kind=kind) for start, end, kind in zip(starts, ends, kinds, strict=True))
    page = article_of(text, blocks=blocks)
    assert strip_boilerplate(page, no_credits, cues, None).body_text == "\n\n".join(STORY)


def test_formulas_glued_to_a_sentence_are_cut(article_of, cues: CueTable, no_credits: Credits) -> None:
    text = "\n\n".join([f"Skip to main content {STORY[0]}", f"{STORY[1]}Sign up for our newsletter", STORY[3]])
    cleaning = strip_boilerplate(article_of(text), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join([STORY[0], STORY[1], STORY[3]])
    assert taken(cleaning) == [("skip_link", "Skip to main content"), ("newsletter", "Sign up for our newsletter")]


def test_a_phrase_that_begins_a_sentence_is_not_cut(article_of, cues: CueTable, no_credits: Credits) -> None:
    lines = ["The latest UN figures show that the island lost a third of its people in ten years.", "Home Secretary Ivy Lane defended the plan at length on Monday in the chamber."]
    cleaning = strip_boilerplate(article_of("\n\n".join(lines)), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join(lines)


def test_a_question_that_the_next_sentence_answers_is_not_cut(
    article_of, cues: CueTable, no_credits: Credits
) -> None:
    line = "Do you have information about the fire? The police in Skerry ask witnesses to come forward by Friday."
    cleaning = strip_boilerplate(article_of("\n\n".join((HEADLINE, *STORY, line))), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join((*STORY, line))


def test_statements_stay_and_statements_of_the_page_go(article_of, cues: CueTable, no_credits: Credits) -> None:
    told = "Members have until Friday to vote on the deal."
    printed = "Comments on this story are closed."
    text = "\n\n".join((HEADLINE, STORY[0], told, *STORY[1:], printed))
    cleaning = strip_boilerplate(article_of(text), no_credits, cues, None)
    assert cleaning.body_text == "\n\n".join((STORY[0], told, *STORY[1:]))
    assert taken(cleaning)[-1] == ("comments", printed)


def test_cut_blocks_and_fields_are_removed_with_their_class(article_of, cues: CueTable, no_credits: Credits) -> None:
    parts = [HEADLINE, "By Nora Pike", "1 May 2024", STORY[0], "The pier in May", "Other news of the day from all over the county"]
    raw, blocks, at = "\n".join(parts), [], 0
    for part, kind in zip(parts, ["headline", "byline", "date", "paragraph", "caption", "paragraph"], strict=True):
        blocks.append(Block(start=at, end=at + len(part), kind=kind, cut=Cut(cls="related", rule="tag.aside") if part is parts[5] else None))
        at += len(part) + 1
    cleaning = strip_boilerplate(article_of(raw, blocks=tuple(blocks)), no_credits, cues, None)
    assert cleaning.body_text == STORY[0]
    assert [(piece.cls, piece.rule) for piece in cleaning.removed] == [
        ("headline", "block.headline"), ("byline", "block.byline"), ("date_meta", "block.date"),
        ("photo_caption", "block.caption"), ("related", "tag.aside"),
    ]  # fmt: skip


def test_credit_pieces_go_with_their_own_class_and_rule(article_of, cues: CueTable) -> None:
    text = "\n\n".join([HEADLINE, STORY[0], f"{STORY[1]} (Northern Wire)"])
    article = article_of(text)
    start = text.index("(Northern")
    piece = Removed(cls="credit_line", rule="trailer.brackets", start=start, end=len(text), exact=text[start:])
    cleaning = strip_boilerplate(article, Credits(removed=(piece,)), cues, None)
    assert cleaning.removed[-1] == piece
    assert cleaning.body_text.endswith("stayed closed.")
    assert_tiles(text, cleaning)


def test_a_note_of_the_editor_goes_as_a_note(article_of, cues: CueTable) -> None:
    note = "This story corrects the name of the ferry."
    text = "\n\n".join([HEADLINE, STORY[0], note])
    cleaning = strip_boilerplate(article_of(text), Credits(ed_note=note), cues, None)
    assert taken(cleaning)[-1] == ("ed_note", note)


def test_an_article_of_nothing_but_boilerplate_is_refused(article_of, cues: CueTable, no_credits: Credits) -> None:
    article = article_of("Menu\n\nAccept all cookies\n\nShare this article")
    with pytest.raises(NothingLeft) as caught:
        strip_boilerplate(article, no_credits, cues, None)
    assert str(caught.value) == "gazette/1.txt: nothing left after boilerplate (3 blocks removed, en.nav_menu first)"
    assert (caught.value.stage, caught.value.reason) == ("strip", "nothing_left")


LINES = st.sampled_from(
    [*STORY, HEADLINE, "Menu", "Share", "Most read", "Read more:", "Advertisement", "\u00a9 2024 Gazette", "Photo: N. Pike",
     " date 2021-06-28 The pier was closed again by order of the council.", "Sign up nowThe pier opened.", "\u00a0", "", "\t",
     "Publi\u00e9 le 3 mai 2021", "\u5e7f\u544a", "By Nora Pike", "x" * 900, "Share this article Donate today \u2022 Menu"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(LINES, max_size=14).flatmap(lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", " "]).map(lambda gap: gap.join(lines))),
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300),
)
CUES = our_cues()


@given(TEXTS, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 80)), max_size=3))
def test_kept_and_removed_tile_any_text(text: str, spans: list[tuple[int, int]]) -> None:
    reading = read_text(text, None, None, CUES)
    pieces = []
    for start, length in sorted(spans):
        end = min(len(text), start + length)
        if start < end and text[start:end].strip() == text[start:end] and (not pieces or pieces[-1].end <= start):
            pieces.append(Removed(cls="credit_line", rule="test", start=start, end=end, exact=text[start:end]))
    article = Article(
        id="0" * 32, path="a.txt", input_id=None, source=None, uri=None, canonical=None, content_sha256="0" * 64,
        content_bytes=len(text), crawled=None, media="text", raw=text, blocks=reading.blocks, headline=reading.headline,
        standfirst=None, by=None, authors=(), first_created=None, first_created_evidence=None, version_created=None,
        declared_language=None, metadata=(),
    )  # fmt: skip
    try:
        cleaning = strip_boilerplate(article, Credits(removed=tuple(pieces)), CUES, None)
    except NothingLeft as error:
        assert str(error).startswith("a.txt: nothing left after boilerplate (")
        return
    assert_tiles(text, cleaning)


def test_two_questions_between_removed_lines_are_a_paragraph(article_of, cues: CueTable, no_credits: Credits) -> None:
    questions = "Which harbour do you like best? And how do you get there with a pram?"
    text = "\n\n".join([HEADLINE, *STORY, "Share", questions, "Menu"])
    assert strip_boilerplate(article_of(text), no_credits, cues, None).body_text.endswith(questions)


def test_a_text_of_very_many_short_lines_costs_little(article_of, cues: CueTable, no_credits: Credits) -> None:
    started = time.process_time()
    lines = ["x", "Menu", "Bakery wins prize for its rye loaf"] * 15_000
    cleaning = strip_boilerplate(article_of("\n".join(lines)), no_credits, cues, None)
    assert time.process_time() - started < 10  # CPU seconds; one that looks at all other lines takes many minutes
    assert "Menu" not in cleaning.body_text
