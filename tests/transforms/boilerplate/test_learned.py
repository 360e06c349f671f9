"""What a source repeats is learned from distinct stories, with a second signal, and never across sources."""

from itertools import permutations

import msgspec
import pytest

from schemas.article import Article, Credits
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.evidence import LineEvidence, line_evidence, merge
from transforms.boilerplate.learned import LearnedLines, learn
from transforms.boilerplate.strip import strip_boilerplate

PLACES = ["Aldby", "Birkham", "Colne", "Darnley", "Eskdale", "Farnham", "Garside", "Hexley", "Ilkton", "Jarrow", "Keswick", "Lorton", "Marske", "Norby"]
MOTTO = "The Gazette, read on both banks of the river since 1871 and 412 weeks"


def story(place: str, extra: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{place} opens its new market hall after years of waiting",
        f"The market hall of {place} was opened by the mayor in front of some two hundred people on a cold morning.",
        f"It had been planned by the builders of {place} long before the old one burnt down in a single night.",
        *extra,
        f"Traders from {place} said that they would move in during the coming week and hoped for better sales.",
        f"The {place} council paid for the roof, and a lottery for the windows, which are still to be delivered.",
    ]


def evidence(articles: list[Article]) -> LineEvidence:
    return merge([line_evidence(article) for article in articles])


def gazette(article_of, count: int, extra: tuple[str, ...] = (), tail: tuple[str, ...] = (MOTTO,)) -> list[Article]:
    return [
        article_of("\n\n".join([*story(place, extra), *(line.replace("412", str(300 + n)) for line in tail)]), number=n)
        for n, place in enumerate(PLACES[:count], 1)
    ]


def test_a_line_at_the_end_of_many_stories_is_learned_with_its_digits_folded(article_of) -> None:
    learned = learn(evidence(gazette(article_of, 12)))
    (line,) = learned.lines.values()
    assert (line.stories, line.share, line.signal) == (12, 1.0, "edge")
    assert line.text.startswith("The Gazette, read on both banks")


def test_it_is_removed_and_named_as_the_rule(article_of, cues: CueTable, no_credits: Credits) -> None:
    articles = gazette(article_of, 12)
    learned = learn(evidence(articles))
    cleaning = strip_boilerplate(articles[0], no_credits, cues, learned)
    (hashed,) = learned.lines
    removed = cleaning.removed[-1]
    assert (removed.cls, removed.rule) == ("repeated", f"learned:{hashed}")
    assert removed.exact == MOTTO.replace("412", "301")


def test_few_stories_teach_nothing(article_of) -> None:
    assert learn(evidence(gazette(article_of, 9))).lines == {}


def test_an_intertitle_between_changing_paragraphs_is_not_learned(article_of) -> None:
    longer = []
    for n, place in enumerate(PLACES[:4]):
        lines = [f"Paragraph {m} of the report from {place} says something that no other report has said." for m in range(10)]
        longer.append(article_of("\n\n".join([*lines[:5], "What we know", *lines[5:]]), number=50 + n))
    learned = learn(evidence([*gazette(article_of, 12), *longer]))
    assert [line.text[:11] for line in learned.lines.values()] == ["The Gazette"]


def test_reprints_and_updates_are_one_story(article_of, cues: CueTable, no_credits: Credits) -> None:
    lead = story("Aldby")
    reprints = [article_of("\n\n".join([*lead, f"Update {n}: the hall of Aldby stayed open until late in the evening."]), number=100 + n) for n in range(20)]
    learned = learn(evidence([*gazette(article_of, 12), *reprints]))
    assert learned.stories == 12
    cleaning = strip_boilerplate(reprints[0], no_credits, cues, learned)
    assert [line for line in lead[1:] if line not in cleaning.body_text] == []


def test_merging_is_associative_and_the_order_makes_no_difference(article_of) -> None:
    parts = [line_evidence(article) for article in gazette(article_of, 4)]
    whole = merge(parts)
    assert all(merge(order) == whole for order in permutations(parts))
    assert merge([merge(parts[:1]), merge(parts[1:])]) == whole
    assert merge([merge(parts[:3]), parts[3], parts[3]]) == whole


def test_two_sources_are_never_merged(article_of) -> None:
    parts = [line_evidence(article_of("\n\n".join(story("Colne")), source=source)) for source in ("gazette", "courier")]
    with pytest.raises(ValueError, match="evidence of 2 sources can't be merged; allowed is one"):
        merge(parts)


def test_without_a_source_nothing_is_learned(article_of) -> None:
    nameless = [article_of(article.raw, source=None, number=n) for n, article in enumerate(gazette(article_of, 12))]
    assert learn(evidence(nameless)).lines == {}


def test_another_sources_lines_are_not_used(article_of, cues: CueTable, no_credits: Credits) -> None:
    articles = gazette(article_of, 12)
    learned = learn(evidence(articles))
    foreign = article_of(articles[0].raw, source="courier")
    assert MOTTO.replace("412", "301") in strip_boilerplate(foreign, no_credits, cues, learned).body_text


def test_learned_lines_are_json_for_people(article_of) -> None:
    learned = learn(evidence(gazette(article_of, 12)))
    written = msgspec.json.encode(learned)
    assert msgspec.json.decode(written, type=LearnedLines) == learned
    assert b'"text":"The Gazette, read on both banks' in written and b'"stories":12' in written


def test_evidence_is_small(article_of) -> None:
    (lines,) = line_evidence(gazette(article_of, 1)[0]).articles
    assert len(lines.rows) + len(lines.sketch) + sum(map(len, lines.shown)) < 700
