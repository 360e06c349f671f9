"""What a report is given beside the records, and how much of them it shows."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Ledger(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of the input: documents = articles + rejects + unchanged."""

    documents: int
    articles: int
    rejects: int
    rejects_by: Mapping[str, int]  # "stage.reason" -> documents
    unchanged: int = 0  # documents that an earlier run had read already

    @property
    def balances(self) -> bool:
        """Whether every document is accounted for, once."""
        return (
            self.documents == self.articles + self.rejects + self.unchanged
            and sum(self.rejects_by.values()) == self.rejects
        )


class LearnedLine(Struct, frozen=True, kw_only=True):
    """A line that a source repeats, and that was learned to be boilerplate."""

    source: str
    line: str
    count: int  # stories it was seen in


class OutdatedProfile(Struct, frozen=True, kw_only=True):
    """A source whose profile has layouts that no longer fit all of its pages."""

    source: str
    pages: int  # of the source, read as articles
    missed: int  # of these, on which no layout found a body: the general extractor read them


class Limits(Struct, frozen=True, kw_only=True):
    """How much of a run the page shows; what it leaves out it names, with the file that has it.

    With the defaults a run of 1,000 articles of 600 words gives 5 MB, one of 50,000 gives 9 MB, written in 40 MB of
    memory (2026-11-20, stories of 1 to 40 copies). Nothing in the records depends on them.
    """

    stories: int = 200  # stories of several copies, the largest first
    copies: int = 50  # rows in a story's table of copies
    texts: int = 6  # copies of one story whose fields and text are shown
    singles: int = 60  # articles without another copy; credited ones first
    characters: int = 30_000  # of one article's text, removed pieces included
    passages: int = 30  # shared passages listed under one article; its text marks all of them
    claims: int = 20  # claims of one article, pieces of evidence of one claim, mentions of one article
    outlets: int = 30  # rows of the table of outlets
    rows: int = 300  # of the tables of agencies, rejects and learned lines
    page_bytes: int = 5_000_000  # of the page; articles after that come without text and passages
