"""Which measured links speak for one story, and how strongly."""

from __future__ import annotations

from typing import Literal

from schemas.reuse import Aligned, Link
from transforms.textreuse.columns import NO_DAY, day_number, explicit_agencies
from transforms.textreuse.spans import length

Tie = Literal["narrative", "quotation", "form", "nothing"]

# All fitted on the two development sets on 2026-11-20 (docs/algorithms.md has the tables).
COPY_SHARE = 0.3  # share of one article's words, 0..1: so much shared wording joins whatever the dates
COPY_WORDS = 20  # words, 5..100: of narrative in it
RUN_WORDS = 10  # words, 6..30: shortest narrative passage that can join two sources
NARRATIVE_SHARE = 0.05  # share of the lesser article, 0..1: least narrative that joins two sources
NEAR_DAYS = 4  # days, 0..14: between articles that less than COPY_SHARE joins; a wire story is printed within three
SAME_SOURCE_SHARE = 0.15  # share of the lesser article, 0..1: one source repeats its own background from day to day
SAME_SOURCE_WORDS = 30  # words, 10..100: of narrative, likewise
QUOTED_DAYS = 2  # days, 0..7: between articles that quotations join (the contract's figure)
QUOTED_SHARE = 0.1  # share of the lesser article, 0..1: of quotation and narrative, where quotations join
QUOTED_WORDS = 16  # words, 8..60: in at least two quotations that follow each other in both
ATTRIBUTED_WORDS = (8, 3)  # words of quotation, of narrative around it: one quotation with its attribution
FORM_CHANGES = 2  # names and numbers that differ, 2..10: from here shared wording may be a form
FORM_VERSIONS = 5  # numbers that differ, no name, on one day, 3..20: likewise; a new version changes few
FORM_DENSITY_VERSIONS = 6  # words of narrative a number, 2..15: fewer make it one also where fewer numbers differ
FORM_DENSITY = 20  # words of narrative a difference, 5..50: fewer make it one; houses spell and date differently
FORM_NAMES = 2  # names that differ inside one source, 2..10: likewise, for it has its forms and one way to spell
FORM_NAMES_DENSITY = 40  # words of narrative a name, 5..100: fewer make it one there
FILLED_SHARE = 0.5  # share of an article, 0.2..1: so much of it that another day's article fills in otherwise makes it a form


def containment(aligned: Aligned, link: Link) -> float:
    """Share of the words of either article that stand in the other, the greater of the two, 0..1."""
    return min(
        1.0, max(length(link.a_spans) / aligned.words[link.a], length(link.b_spans) / aligned.words[link.b])
    )


def told_share(aligned: Aligned, link: Link) -> float:
    """Share of the lesser article that both tell alike, 0..1; what both quote counts half, for others heard it too."""
    return (link.narrative + link.quoted / 2) / min(aligned.words[link.a], aligned.words[link.b])


def all_ties(aligned: Aligned) -> dict[tuple[int, int], Tie]:
    """What ties each pair of articles.

    What an article of another day fills in otherwise is a form everywhere: copies of it agree in all names and numbers. One
    more pair in which few differ, as the weather of two days that is almost the same, tells nothing else.
    """
    ties = {(link.a, link.b): tie(aligned, link) for link in aligned.links}
    forms: set[int] = set()
    for link in aligned.links:
        if ties[link.a, link.b] == "form" and not _on_one_day(aligned, link):
            for article, spans in ((link.a, link.a_spans), (link.b, link.b_spans)):
                if length(spans) >= FILLED_SHARE * aligned.words[article]:
                    forms.add(article)
    for link in aligned.links:
        if link.renamed + link.renumbered and link.a in forms and link.b in forms:
            ties[link.a, link.b] = "form"
    return ties


def tie(aligned: Aligned, link: Link) -> Tie:
    """What ties two articles, if anything can make them one story.

    Narrative does. A quotation does only with the words around it or with another one in the same order, and only within
    two days. Wording in which names or many numbers differ is a form that is filled in again and again: weather, results,
    police logs.
    """
    same_source = aligned.articles[link.a].article.publisher == aligned.articles[link.b].article.publisher
    if _is_form(link, same_source, _on_one_day(aligned, link)):
        return "form"
    lesser = min(aligned.words[link.a], aligned.words[link.b])
    if same_source:
        told = link.narrative >= max(SAME_SOURCE_WORDS, SAME_SOURCE_SHARE * lesser)
        return "narrative" if told else "nothing"
    if link.narrative >= COPY_WORDS and containment(aligned, link) >= COPY_SHARE:
        return "narrative"
    apart = _days_apart(aligned, link)
    if _credit_others(aligned, link):
        return "nothing"
    if apart <= NEAR_DAYS and link.run >= RUN_WORDS and link.narrative >= NARRATIVE_SHARE * lesser:
        return "narrative"
    if apart > QUOTED_DAYS or link.quoted + link.narrative < QUOTED_SHARE * lesser:
        return "nothing"
    several = link.quotations >= 2 and link.quoted >= QUOTED_WORDS
    attributed = link.quoted >= ATTRIBUTED_WORDS[0] and link.narrative >= ATTRIBUTED_WORDS[1]
    return "quotation" if several or attributed else "nothing"


def _is_form(link: Link, same_source: bool, on_one_day: bool) -> bool:
    changed = link.renamed + link.renumbered
    versions = on_one_day and not link.renamed  # of one story: the dead and the votes are counted through a day
    density = FORM_DENSITY_VERSIONS if versions and changed < FORM_VERSIONS else FORM_DENSITY
    if changed >= FORM_CHANGES and link.narrative <= density * changed:
        return True
    return same_source and link.renamed >= FORM_NAMES and link.narrative <= FORM_NAMES_DENSITY * link.renamed


def _on_one_day(aligned: Aligned, link: Link) -> bool:
    """Whether two articles are known to be of one day."""
    one, other = (aligned.articles[side].article.first_created for side in (link.a, link.b))
    return one is not None and other is not None and one[:10] == other[:10]


def _credit_others(aligned: Aligned, link: Link) -> bool:
    """Whether both articles credit agencies, but none that both do: two reporters heard the same words."""
    a, b = (set(explicit_agencies(aligned.articles[one])) for one in (link.a, link.b))
    return bool(a and b) and a.isdisjoint(b)


def _days_apart(aligned: Aligned, link: Link) -> int:
    """Days between two articles; 0 when one has no date, for nothing speaks against it."""
    one, other = (day_number(aligned.articles[side].article.first_created) for side in (link.a, link.b))
    return 0 if NO_DAY in (one, other) else abs(one - other)
