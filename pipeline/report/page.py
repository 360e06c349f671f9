"""The whole page, written from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template
from typing import BinaryIO

from pipeline.report import overview
from pipeline.report.article import show_article
from pipeline.report.limits import LearnedLine, Ledger, Limits, OutdatedProfile
from pipeline.report.markup import Markup, join, tag
from pipeline.report.selection import Selection, read_article, read_rejects, read_story, select
from pipeline.report.story import story_line, story_opening
from pipeline.report.words import count

_HERE = Path(__file__).parent
_BREAK = "<!-- page -->"
_DEFAULT = Limits()


def write_report(
    folder: Path,
    target: Path,
    ledger: Ledger,
    *,
    learned: Sequence[LearnedLine] = (),
    outdated: Sequence[OutdatedProfile] = (),
    limits: Limits = _DEFAULT,
) -> None:
    """Write the report of a run.

    The same records, ledger and learned lines give the same bytes: no clock, no place of this machine, no order of a
    set. Memory grows with the limits, not with the run: the files are read once each, and articles again one by one.

    Args:
        folder: Holds stories.jsonl, articles.jsonl, reuse.jsonl and rejects.jsonl, sorted by id.
        target: The file to write, replaced if it exists.
        ledger: What became of the documents.
        learned: Lines learned to be boilerplate, in any order.
        outdated: Sources whose profile no longer fits all pages, in any order.
        limits: How much the page shows; what is left out is named in the page.

    Raises:
        OSError: If a file can't be read or the target can't be written.
        msgspec.DecodeError: If a line is no record.
        ValueError: If the stories name an article that isn't there.
    """
    selection = select(folder, limits)
    head, tail = _frame()
    with target.open("wb") as out, (folder / "articles.jsonl").open("rb") as articles:
        page = _Page(out, limits.page_bytes)
        page.write(head)
        for part in (
            overview.opening(ledger, selection, has_learned=bool(learned)),
            Markup("\n<main>\n"),
            overview.outdated_profiles(outdated, limits),
            overview.agencies(selection, limits),
            overview.attribution(selection),
            overview.outlets(selection, limits),
        ):
            page.write(part)
        with (folder / "stories.jsonl").open("rb") as stories:
            _write_stories(page, stories, articles, selection, limits)
        _write_singles(page, articles, selection, limits)
        page.write(overview.learned_lines(learned, limits))
        page.write(overview.rejects(ledger, read_rejects(folder, limits.rows)))
        page.write(overview.reading())
        page.write(Markup("\n</main>\n"))
        page.write(_footer(page, selection))
        page.write(tail)


class _Page:
    """The file, and how full it is."""

    def __init__(self, out: BinaryIO, most_bytes: int) -> None:
        self._out = out
        self._left = most_bytes
        self.without_text = 0  # articles

    @property
    def is_full(self) -> bool:
        return self._left <= 0

    def write(self, part: Markup | None) -> None:
        if part is not None:
            self._left -= self._out.write(part.encode())

    def write_articles(self, articles: BinaryIO, ids: Iterable[str], selection: Selection, limits: Limits) -> None:
        for id in ids:
            article = read_article(articles, selection.shown[id].offset)
            if self.is_full:
                self.without_text += 1
                selection.shown[id].passages = []  # so that no link leads to them
            self.write(show_article(article, selection, limits, with_text=not self.is_full))
            self.write(Markup("\n"))


def _write_stories(page: _Page, records: BinaryIO, articles: BinaryIO, selection: Selection, limits: Limits) -> None:
    stories = selection.stories
    page.write(Markup('\n<section id="stories">'))
    page.write(overview.heading("stories"))
    if not stories.shared:
        page.write(tag("p.note", "No story was printed more than once."))
    elif stories.shared > len(stories.largest):
        shown = (
            f"The {len(stories.largest):,} largest of {count(stories.shared, 'story', 'stories')} with several copies."
        )
        page.write(tag("p.note", f"{shown} All of them are in stories.jsonl."))
    for number, printed in enumerate(stories.largest, 1):
        story = read_story(records, printed.offset)
        page.write(Markup('\n<details class="story" open>' if number == 1 else '\n<details class="story">'))
        page.write(tag("summary", story_line(story, number)))
        page.write(Markup(f'<div id="s-{story.id}">'))
        page.write(story_opening(story, printed.copies[: limits.copies], selection))
        page.write(tag("h4", "Copies, one by one"))
        copies = _by_date(printed.copies[: limits.texts], selection)
        page.write_articles(articles, copies, selection, limits)
        if story.size > len(copies):
            note = f"{len(copies):,} of {count(story.size, 'copy', 'copies')} are shown with their text."
            page.write(tag("p.note", f"{note} The others are in articles.jsonl."))
        page.write(Markup("</div></details>"))
    page.write(Markup("</section>\n"))


def _by_date(ids: tuple[str, ...], selection: Selection) -> list[str]:
    def key(id: str) -> tuple[bool, str, str]:
        created = selection.rows[id].first_created
        return created is None, created or "", id

    return sorted(ids, key=key)


def _write_singles(page: _Page, articles: BinaryIO, selection: Selection, limits: Limits) -> None:
    stories = selection.stories
    page.write(Markup('\n<section id="singles">'))
    page.write(overview.heading("singles"))
    single = stories.stories - stories.shared
    if not single:
        page.write(tag("p.note", "None: every article has another copy."))
    elif single > len(stories.singles):
        page.write(
            tag(
                "p.note",
                f"{len(stories.singles):,} of {count(single, 'article')} without another copy, "
                "those with an agency first. All of them are in articles.jsonl.",
            )
        )
    page.write_articles(articles, stories.singles, selection, limits)
    page.write(Markup("</section>\n"))


def _footer(page: _Page, selection: Selection) -> Markup:
    left_out = None
    if page.without_text:
        left_out = f"The page is full: {count(page.without_text, 'article')} above came without text. "
    return tag(
        "footer",
        tag(
            "p",
            left_out,
            "The records behind this page lie beside it: ",
            join(
                [tag("code", name) for name in ("stories.jsonl", "articles.jsonl", "reuse.jsonl", "rejects.jsonl")],
                ", ",
            ),
            ". The page runs no script and loads nothing.",
        ),
    )


def _frame() -> tuple[Markup, Markup]:
    """The page's text before and after its content."""
    style = (_HERE / "style.css").read_text(encoding="utf-8")
    frame = Template((_HERE / "page.html").read_text(encoding="utf-8")).substitute(style=style, page=_BREAK)
    head, tail = frame.split(_BREAK)
    return Markup(head), Markup(tail)
