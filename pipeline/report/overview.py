"""What the page says of the run as a whole: the ledger, the agencies, the statuses, the tables at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.report.limits import LearnedLine, Ledger, Limits, OutdatedProfile
from pipeline.report.markup import Markup, cut, given, join, tag
from pipeline.report.passages import more
from pipeline.report.selection import Selection
from pipeline.report.story import MOST_NAME, share_bar
from pipeline.report.words import WORDS, count
from schemas.records import RejectRecord

MOST_PATH = 160  # characters
MOST_DETAIL = 400  # characters of a reject's message or of a learned line


def opening(ledger: Ledger, selection: Selection, *, has_learned: bool) -> Markup:
    """The page's head: what the run found, in one sentence and one equation."""
    stories = selection.stories
    found = sum(not agency.only_edits for agency in stories.agencies.values())
    shared = "No story was printed more than once."
    if stories.shared:
        shared = f"{count(stories.shared, 'story was', 'stories were')} printed more than once, in {stories.copies:,} copies."
    sentence = f"{shared} {count(selection.articles - stories.copies, 'article')} stood alone."
    return tag(
        "header",
        tag("p.brand", "wirestories"),
        tag("h1", "Stories and their copies"),
        tag("p.lead", sentence),
        _equation(ledger),
        tag(
            "ul.counts",
            *(
                tag("li", tag("b", f"{number:,}"), " ", noun)
                for number, noun in (
                    (stories.stories, _noun(stories.stories, "story", "stories")),
                    (stories.shared, "with several copies"),
                    (len(selection.sources), _noun(len(selection.sources), "outlet")),
                    (found, _noun(found, "agency", "agencies")),
                    (selection.reuse_count, _noun(selection.reuse_count, "shared passage")),
                )
            ),
        ),
        tag(
            "nav",
            *(
                join((tag("a", term.label, href=f"#{anchor}"), " "))
                for anchor, term in WORDS.section.items()
                if anchor != "learned" or has_learned
            ),
        ),
    )


def _equation(ledger: Ledger) -> Markup:
    terms = [("=", ledger.articles, "article"), ("+", ledger.rejects, "reject")]
    if ledger.unchanged:
        terms.append(("+", ledger.unchanged, "unchanged document"))
    shown = [tag("span.term", tag("b", f"{ledger.documents:,}"), " ", _noun(ledger.documents, "document"))]
    shown += [
        tag("span.term", tag("span.sign", sign), tag("b", f"{number:,}"), " ", _noun(number, noun))
        for sign, number, noun in terms
    ]
    warning = None
    if not ledger.balances:
        warning = tag("p.warning", "This ledger does not balance: documents are missing or counted twice.")
    return join((tag("p.equation", *shown), warning))


def _noun(number: int, singular: str, plural: str | None = None) -> str:
    return singular if number == 1 else plural or singular + "s"


def agencies(selection: Selection, limits: Limits) -> Markup:
    """Every agency that was found, with how often it is credited and how often inferred."""
    found = sorted(
        selection.stories.agencies.items(),
        key=lambda entry: (entry[1].only_edits, -entry[1].explicit - entry[1].inferred, entry[0]),
    )
    if not found:
        return section("agencies", tag("p.note", "No agency was found."))
    rows = [
        tag(
            "tr",
            tag("td", tag("b", given(agency.name, MOST_NAME)), " ", tag("code", cut(id, MOST_NAME)), label="Agency"),
            tag("td", ", ".join(WORDS.role[role] for role in sorted(agency.roles)), label="Role"),
            tag("td.number", f"{agency.explicit:,}", label="Credited in the text"),
            tag("td.number", f"{agency.inferred:,}", label="Inferred"),
            tag("td.number", f"{agency.stories:,}", label="Stories"),
        )
        for id, agency in found[: limits.rows]
    ]
    return section(
        "agencies",
        table(("Agency", "Role", "Credited in the text", "Inferred", "Stories"), rows, numbers=(2, 3, 4)),
        more(len(found) - len(rows), "agency", "agencies", file="stories.jsonl"),
    )


def attribution(selection: Selection) -> Markup:
    """How the articles' credits stand, in plain words."""
    rows = [
        tag(
            "tr",
            tag("td", tag("b", term.label), " ", tag("code", code), label="Status"),
            tag("td.number", f"{selection.statuses[code]:,}", label="Articles"),
            tag("td", share_bar(selection.statuses[code] / max(1, selection.articles)), label="Share"),
            tag("td", term.means, label="Meaning"),
        )
        for code, term in WORDS.status.items()
    ]
    return section("attribution", table(("Status", "Articles", "Share", "Meaning"), rows, numbers=(1,)))


def outlets(selection: Selection, limits: Limits) -> Markup:
    """How the credits of each outlet's articles stand, those first that print most without one."""
    if not selection.sources:
        return section("outlets", tag("p.note", "No article names its outlet."))
    codes = [code for code in WORDS.status if selection.statuses[code]]
    ordered = sorted(
        selection.sources.items(), key=lambda entry: (-entry[1]["not_credited_in_text"], -entry[1].total(), entry[0])
    )
    rows = [
        tag(
            "tr",
            tag("td", given(source, MOST_NAME), label="Outlet"),
            tag("td.number", f"{statuses.total():,}", label="Articles"),
            *(tag("td.number", f"{statuses[code]:,}", label=WORDS.status[code].label) for code in codes),
        )
        for source, statuses in ordered[: limits.outlets]
    ]
    columns = ("Outlet", "Articles", *(WORDS.status[code].label for code in codes))
    return section(
        "outlets",
        table(columns, rows, numbers=tuple(range(1, len(columns)))),
        more(len(ordered) - len(rows), "outlet", file="articles.jsonl"),
    )


def outdated_profiles(profiles: Sequence[OutdatedProfile], limits: Limits) -> Markup | None:
    """The profiles whose layouts miss pages; nothing when all of them fit."""
    if not profiles:
        return None
    ordered = sorted(profiles, key=lambda profile: (-profile.missed, profile.source))
    shown = ordered[: limits.rows]
    named = join(
        join((", " if n else "", given(one.source, MOST_NAME), f" ({one.missed:,} of {count(one.pages, 'page')})"))
        for n, one in enumerate(shown)
    )
    rest = f", and {len(ordered) - len(shown):,} more" if len(ordered) > len(shown) else ""
    return tag(
        "p.note",
        tag("b", "Profiles out of date: "),
        named,
        rest,
        ". No layout of the profile found the text of these pages, so they were read without it.",
    )


def learned_lines(lines: Sequence[LearnedLine], limits: Limits) -> Markup | None:
    """The lines that were learned to be a source's boilerplate; nothing when none were."""
    if not lines:
        return None
    ordered = sorted(lines, key=lambda line: (line.source, -line.count, line.line))
    rows = [
        tag(
            "tr",
            tag("td", given(line.source, MOST_NAME), label="Outlet"),
            tag("td", given(line.line, MOST_DETAIL), label="Line"),
            tag("td.number", f"{line.count:,}", label="Stories"),
        )
        for line in ordered[: limits.rows]
    ]
    return section(
        "learned",
        table(("Outlet", "Line", "Stories"), rows, numbers=(2,)),
        tag("p.note", f"{count(len(lines) - len(rows), 'more line')} not shown.") if len(lines) > len(rows) else None,
    )


def rejects(ledger: Ledger, records: Iterable[RejectRecord]) -> Markup:
    """Every document that became no article: why, and where it lies."""
    if not ledger.rejects:
        return section("rejects", tag("p.note", "None: every document became an article."))
    reasons = sorted(ledger.rejects_by.items(), key=lambda entry: (-entry[1], entry[0]))
    rows = [
        tag(
            "tr",
            tag("td", tag("code", f"{cut(reject.stage, MOST_NAME)}.{cut(reject.reason, MOST_NAME)}"), label="Reason"),
            tag("td", given(reject.detail, MOST_DETAIL), label="Message"),
            tag("td", given(reject.path, MOST_PATH), label="File"),
        )
        for reject in records
    ]
    return section(
        "rejects",
        tag("ul.counts", *(tag("li", tag("b", f"{number:,}"), " ", tag("code", code)) for code, number in reasons)),
        table(("Reason", "Message", "File"), rows),
        more(ledger.rejects - len(rows), "reject", file="rejects.jsonl"),
    )


def reading() -> Markup:
    """The marks of the texts, each shown on an example and explained."""
    marks = (
        tag("div", tag("dt", tag(f"mark.{kind}", term.label)), tag("dd", term.means))
        for kind, term in WORDS.kind.items()
    )
    removed = join((tag("span.why", "class ", tag("code", "rule")), tag("del", "removed")))
    return section(
        "reading",
        tag(
            "dl.legend",
            *marks,
            tag(
                "div", tag("dt", removed), tag("dd", "Not part of the article: its class, and the rule that found it.")
            ),
        ),
        tag(
            "p",
            tag("span.agency.explicit", "Agency"),
            " is credited in the text. ",
            tag("span.agency.inferred", "Agency", tag("span.how", " inferred")),
            " is recognised by wording shared with a copy that credits it: a conclusion, with its evidence, not a credit.",
        ),
        tag("p.note", "A link with ↗ leads to the outlet's page; every other one stays on this page."),
        tag("p.note", "Control characters and marks that reverse the reading direction are shown by their code."),
    )


def section(anchor: str, *content: Markup | None) -> Markup:
    """A part of the page with its heading and opening sentence."""
    return tag("section", heading(anchor), *content, id=anchor)


def heading(anchor: str) -> Markup:
    """A section's heading and opening sentence."""
    term = WORDS.section[anchor]
    return join((tag("h2", term.label), tag("p", term.means)))


def table(columns: Sequence[str], rows: Sequence[Markup], numbers: tuple[int, ...] = ()) -> Markup:
    """A table whose rows become cards on a narrow screen."""
    head = (tag("th.number" if at in numbers else "th", column) for at, column in enumerate(columns))
    return tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows))
