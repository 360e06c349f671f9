"""A story with its copies, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.report.markup import Markup, cut, given, join, link_out, tag
from pipeline.report.selection import Claim, Row, Selection
from pipeline.report.words import WORDS, count, moment, percent
from schemas.records import ArticleRecord, Basis, Role, StoryInfoSource, StoryRecord

# characters shown of what files say, chosen so that a row stays a row; longer values are cut
MOST_HEADLINE = 200
MOST_NAME = 80
MOST_LABELS = 6  # agencies named in one line
MOST_AGENCIES = 12  # agencies of one story told in full


def story_opening(story: StoryRecord, copies: Sequence[str], selection: Selection) -> Markup:
    """A story's facts and the table of the given copies; the copies themselves follow."""
    rows = sorted(
        (selection.rows[id] for id in copies),
        key=lambda row: (row.first_created is None, row.first_created or "", row.id),
    )
    left_out = story.size - len(rows)
    return join(
        (
            tag("dl.facts", *_facts(story, selection)),
            _copies(rows, story.representative_id, selection),
            tag("p.note", f"{count(left_out, 'more copy', 'more copies')} in articles.jsonl (story_id {story.id}).")
            if left_out
            else None,
        )
    )


def story_line(story: StoryRecord, number: int) -> Markup:
    """The line a folded story shows: its headline, how often it was printed, and whose it is."""
    return join(
        (
            tag("span.rank", f"{number}"),
            tag("span.title", given(story.headline, MOST_HEADLINE, absent="no headline")),
            tag(
                "span.byline",
                " · ".join(
                    (
                        count(story.size, "copy", "copies"),
                        *([count(len(story.sources), "outlet")] if story.sources else ()),
                        _days(story),
                    )
                ),
                *(join((" ", _story_label(agency))) for agency in story.info_sources[:MOST_LABELS]),
                _more_labels(len(story.info_sources)),
            ),
        )
    )


def agency_label(name: str, role: Role, basis: Basis) -> Markup:
    """An agency's name in a frame: a full line for a credit in the text, a dashed one and a word for an inference."""
    title = WORDS.basis[basis] + ("" if role == "origin" else f", {WORDS.role[role]}")
    inferred = tag("span.how", " inferred") if basis == "inferred" else None
    return tag(f"span.agency.{basis}", tag("bdi", cut(name, MOST_NAME)), inferred, title=title)


def agency_labels(claims: Sequence[Claim]) -> Markup:
    """The agencies of one article, side by side, as many as a line can take."""
    labels = [join((" ", agency_label(claim.name, claim.role, claim.basis))) for claim in claims[:MOST_LABELS]]
    return join([*labels, _more_labels(len(claims))])


def _more_labels(all: int) -> Markup | None:
    return tag("span.quiet", f" and {all - MOST_LABELS:,} more") if all > MOST_LABELS else None


def outlet(article: Row | ArticleRecord) -> Markup:
    """Who printed an article; where nothing says so, the file it lies in."""
    if article.source is not None:
        return tag("b", given(article.source, MOST_NAME))
    return tag("code", given(article.path, MOST_NAME))


def _story_label(agency: StoryInfoSource) -> Markup:
    return agency_label(agency.name, agency.role, "explicit" if agency.explicit_in else "inferred")


def share_bar(share: float) -> Markup:
    """A share as a bar with its number."""
    return tag("span.share", tag("span.bar", tag("span", share=min(1.0, max(0.0, share)))), " ", percent(share))


def _days(story: StoryRecord) -> str:
    if story.first_seen is None or story.last_seen is None:
        return "no date"
    first, last = story.first_seen[:10], story.last_seen[:10]
    return first if first == last else f"{first} to {last}"


def _facts(story: StoryRecord, selection: Selection) -> Iterable[Markup]:
    yield _fact("Outlets", _names(story.sources, 30) if story.sources else tag("span.absent", "none named"))
    seen = (story.first_seen, story.last_seen)
    yield _fact("First seen", moment(seen[0]))
    yield _fact("Last seen", moment(seen[1]))
    if story.info_sources:
        listed = [tag("li", *_agency(claim)) for claim in story.info_sources[:MOST_AGENCIES]]
        if len(story.info_sources) > MOST_AGENCIES:
            listed.append(tag("li.quiet", f"and {len(story.info_sources) - MOST_AGENCIES:,} more in stories.jsonl"))
        yield _fact("Agencies", tag("ul.plain", *listed))
    else:
        yield _fact("Agencies", tag("span.absent", "none found"))
    stands_for = selection.rows[story.representative_id]
    yield _fact(
        "Stands for it",
        join(
            (
                tag("a", outlet(stands_for), href=f"#a-{stands_for.id}"),
                tag("span.quiet", " · ", cut(story.representative_rule.replace("_", " "), MOST_NAME)),
            )
        ),
    )
    if story.languages:
        yield _fact("Languages", cut(", ".join(story.languages), 80))
    if story.replaces:
        yield _fact("Merged from", _ids(story.replaces))
    if story.split_from:
        yield _fact("Split from", _ids((story.split_from,)))
    yield _fact("Story id", tag("code", story.id))


def _agency(claim: StoryInfoSource) -> Iterable[Markup]:
    found = []
    if claim.explicit_in:
        found.append(f"credited in {count(len(claim.explicit_in), 'copy', 'copies')}")
    if claim.inferred_in:
        found.append(f"inferred in {count(len(claim.inferred_in), 'copy', 'copies')}")
    yield _story_label(claim)
    role = WORDS.role[claim.role]
    yield tag("span.quiet", f" {role} · {', '.join(found)} · greatest confidence {percent(claim.confidence)}")


def _copies(rows: Sequence[Row], representative: str, selection: Selection) -> Markup:
    columns = ("Outlet", "Headline", "Published", "Credit", "Derivation", "Shared wording")
    return tag(
        "table.copies",
        tag("thead", tag("tr", *(tag("th", column) for column in columns))),
        tag("tbody", *(_copy(row, row.id == representative, row.id in selection.shown) for row in rows)),
    )


def _copy(row: Row, stands: bool, linked: bool) -> Markup:
    headline = given(row.headline, MOST_HEADLINE, absent="no headline")
    status = WORDS.status[row.attribution_status]
    return tag(
        "tr",
        tag("td", outlet(row), label="Outlet"),
        tag(
            "td",
            tag("a", headline, href=f"#a-{row.id}") if linked else link_out(row.uri, headline),
            tag("span.note", " stands for the story") if stands else None,
            label="Headline",
        ),
        tag("td.date", tag("time", moment(row.first_created), moment=row.first_created), label="Published")
        if row.first_created
        else tag("td.date", tag("span.absent", "no date"), label="Published"),
        tag(
            "td",
            tag("span", status.label, title=status.means),
            agency_labels(row.info_sources),
            label="Credit",
        ),
        tag("td", WORDS.derivation[row.derivation], label="Derivation"),
        tag("td", share_bar(row.reused_share), label="Shared wording"),
    )


def _fact(term: str, *shown: Markup | str) -> Markup:
    return tag("div", tag("dt", term), tag("dd", *shown))


def _names(names: Sequence[str], most: int) -> Markup:
    more = f" and {len(names) - most:,} more" if len(names) > most else None
    return join((join([tag("bdi", cut(name, MOST_NAME)) for name in names[:most]], ", "), more))


def _ids(ids: Sequence[str]) -> Markup:
    return join([tag("code", id) for id in ids[:20]], " ")
