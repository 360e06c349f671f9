"""The passages that an article shares with other copies, as the page lists them."""

from __future__ import annotations

from pipeline.report.markup import Markup, cut, join, link_out, tag
from pipeline.report.selection import Selection
from pipeline.report.story import MOST_NAME, outlet
from pipeline.report.words import WORDS, count, percent
from schemas.records import ArticleRecord, ReuseRecord

MOST_EXCERPT = 160  # characters of a passage; the text above the list has it whole


def show_passages(article: ArticleRecord, selection: Selection) -> Markup | None:
    """The longest passages that the article shares, in the order of its text; folded."""
    shown = selection.shown[article.id]
    if not shown.passages:
        return None
    passages = sorted(shown.passages, key=lambda passage: (*_span(article, passage), passage.id))
    columns = ("Passage", "Kind", "Words", "Alike", "Also in", "Order", "Evidence for")
    return tag(
        "details.passages",
        tag("summary", f"Shared passages, one by one ({shown.passage_count:,})"),
        tag(
            "table.copies",
            tag("thead", tag("tr", *(tag("th", column) for column in columns))),
            tag("tbody", *(_row(article, passage, selection) for passage in passages)),
        ),
        more(shown.passage_count - len(passages), "shorter passage", file="reuse.jsonl"),
    )


def passage_link(article: str, passage: str, selection: Selection) -> Markup:
    """A passage in the list of an article, linked where the list has it."""
    shown = selection.shown.get(article)
    if shown is None or all(listed.id != passage for listed in shown.passages):
        return join(("passage ", tag("code", passage), " of reuse.jsonl"))
    return tag("a", "the shared passage", href=f"#p-{article}-{passage}")


def copy_link(article: str, selection: Selection) -> Markup:
    """A copy by its outlet's name, linked to where the page shows it, else to where it was printed."""
    row = selection.rows.get(article)
    name = tag("code", article) if row is None else outlet(row)
    if article in selection.shown:
        return tag("a", name, href=f"#a-{article}")
    return link_out(row.uri, name) if row else name


def more(left_out: int, singular: str, plural: str | None = None, *, file: str = "articles.jsonl") -> Markup | None:
    """What a list leaves out, and where it is."""
    return (
        tag("p.note", f"{count(left_out, f'more {singular}', plural and f'more {plural}')} in {file}.")
        if left_out > 0
        else None
    )


def _row(article: ArticleRecord, passage: ReuseRecord, selection: Selection) -> Markup:
    start, end = _span(article, passage)
    is_a = passage.a_id == article.id
    order = passage.direction
    if order != "undecided":
        order = "out" if (order == "a_to_b") == is_a else "back"
    kind = WORDS.kind[passage.kind]
    agencies = ", ".join(passage.attributed_to[:6])
    return tag(
        "tr",
        tag("td.excerpt", cut(article.body_text[start:end], MOST_EXCERPT), label="Passage", auto=True),
        tag("td", tag(f"span.kind.{passage.kind}", kind.label, title=kind.means), label="Kind"),
        tag("td.number", f"{passage.words:,}", label="Words"),
        tag("td.number", percent(passage.similarity), label="Alike"),
        tag("td", copy_link(passage.b_id if is_a else passage.a_id, selection), label="Also in"),
        tag("td", WORDS.direction[order], label="Order"),
        tag("td", cut(agencies, MOST_NAME) or tag("span.absent", "none"), label="Evidence for"),
        id=f"p-{article.id}-{passage.id}",
    )


def _span(article: ArticleRecord, passage: ReuseRecord) -> tuple[int, int]:
    if passage.a_id == article.id:
        return passage.a_start, passage.a_end
    return passage.b_start, passage.b_end
