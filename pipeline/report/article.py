"""One article as the page shows it: its fields, whose copy it is and how that is known, its marked text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.report.body import lay_out
from pipeline.report.limits import Limits
from pipeline.report.marks import KINDS, Mark
from pipeline.report.markup import Markup, cut, given, join, link, tag
from pipeline.report.passages import copy_link, more, passage_link, show_passages
from pipeline.report.selection import Selection, Shown
from pipeline.report.story import MOST_HEADLINE, MOST_NAME, agency_label, agency_labels, outlet, share_bar
from pipeline.report.words import WORDS, count, moment, percent
from schemas.records import ArticleRecord, Evidence, InfoSource, Place

UNFOLDED = 3  # pieces of evidence of one claim that need no click; one credit rarely has more
MOST_VALUE = 300  # characters of a field or of a piece of evidence


def show_article(article: ArticleRecord, selection: Selection, limits: Limits, *, with_text: bool) -> Markup:
    """An article, folded; unfolding needs no script."""
    shown = selection.shown[article.id]
    status = WORDS.status[article.attribution_status]
    claims = article.info_sources[: limits.claims]
    return tag(
        "details.article",
        tag(
            "summary",
            tag("span.title", given(article.headline, MOST_HEADLINE, absent="no headline")),
            tag(
                "span.byline",
                outlet(article),
                f" · {moment(article.first_created)} · {status.label}",
                agency_labels(selection.rows[article.id].info_sources),
            ),
        ),
        tag(
            "article",
            tag("dl.facts", *_facts(article, selection)),
            tag("h5", "Whose copy"),
            tag("p", tag("b", status.label), ". ", status.means),
            *(_claim(article, claim, selection, limits) for claim in claims),
            more(len(article.info_sources) - len(claims), "claim"),
            _mentions(article, limits.claims),
            *(_text(article, shown, limits) if with_text else (_NO_TEXT,)),
            show_passages(article, selection),
            id=f"a-{article.id}",
        ),
    )


def _facts(article: ArticleRecord, selection: Selection) -> Iterator[Markup]:
    """The fields that say something; what a file doesn't say takes no room."""
    evidence = article.first_created_evidence
    date = moment(article.first_created)
    where = f" from {evidence.field or 'the text'}" if evidence else ""
    fields: tuple[tuple[str, Markup | str | None], ...] = (
        ("Outlet", given(article.source, MOST_NAME, absent="not named")),
        ("Address", None if article.uri is None else link(article.uri)),
        ("File", given(article.path, 200)),
        ("Input id", article.input_id),
        ("Published", join((date, tag("span.quiet", cut(where, MOST_NAME))))),
        ("Changed", None if article.version_created is None else moment(article.version_created)),
        ("Version", article.version),
        ("Standfirst", article.standfirst),
        ("Byline", article.by),
        ("Authors", ", ".join(article.authors[:20]) or None),
        ("Dateline", article.dateline),
        ("Place", article.located),
        ("Credit line", article.credit_line),
        ("Copyright", article.copyright_notice),
        ("Editor's note", article.ed_note),
        ("Language", _language(article)),
        ("Words", f"{article.word_count:,}"),
        (
            "Derivation",
            join((WORDS.derivation[article.derivation], " · ", share_bar(article.reused_share), " of its words")),
        ),
        ("Also draws on", _stories(article.also_from, selection) if article.also_from else None),
        ("Article id", tag("code", article.id)),
    )
    for term, value in fields:
        if value is not None:
            shown = value if isinstance(value, Markup) else given(value, MOST_VALUE)
            yield tag("div", tag("dt", term), tag("dd", shown))


def _language(article: ArticleRecord) -> str:
    if article.language is None:
        return "not sure"
    sure = "" if article.language_confidence is None else f", {percent(article.language_confidence)} sure"
    return article.language + sure


def _stories(ids: tuple[str, ...], selection: Selection) -> Markup:
    shown = {printed.id for printed in selection.stories.largest}
    codes = ((id, tag("code", id)) for id in ids[:10])
    return join([tag("a", code, href=f"#s-{id}") if id in shown else code for id, code in codes], " ")


def _claim(article: ArticleRecord, claim: InfoSource, selection: Selection, limits: Limits) -> Markup:
    joint = None
    if claim.joint_with:
        known = selection.stories.agencies
        others = ", ".join(known[id].name if id in known else id for id in claim.joint_with)
        joint = tag("span.quiet", " · in one credit with ", tag("bdi", cut(others, MOST_VALUE)))
    evidence = [tag("li", *_evidence(article, piece, selection)) for piece in claim.evidence[: limits.claims]]
    return join(
        (
            tag(
                "p.claim",
                agency_label(claim.name, claim.role, claim.basis),
                f" {WORDS.role[claim.role]}, {WORDS.basis[claim.basis]}",
                tag("span.quiet", f" · confidence {percent(claim.confidence)}"),
                joint,
            ),
            tag("ul.evidence", *evidence[:UNFOLDED]) if evidence else None,
            _folded(evidence[UNFOLDED:]),
            more(len(claim.evidence) - len(evidence), "piece of evidence", "pieces of evidence"),
        )
    )


def _folded(evidence: list[Markup]) -> Markup | None:
    if not evidence:
        return None
    title = f"{count(len(evidence), 'more piece', 'more pieces')} of evidence"
    return tag("details.passages", tag("summary", title), tag("ul.evidence", *evidence))


def _evidence(article: ArticleRecord, piece: Evidence, selection: Selection) -> Iterator[Markup]:
    yield tag(
        "q",
        tag("span.quiet", cut(piece.prefix, MOST_VALUE)),
        tag("b", cut(piece.exact, MOST_VALUE)),
        tag("span.quiet", cut(piece.suffix, MOST_VALUE)),
        auto=True,
    )
    if piece.place == "metadata":
        place: Markup | str = join(("in ", tag("code", cut(piece.field or "metadata", MOST_NAME))))
    else:
        place = WORDS.place[piece.place]
    yield tag(
        "span.where",
        join((f"{WORDS.evidence[piece.kind]} ", place, f", characters {piece.start:,} to {piece.end:,}, rule ")),
        tag("code", cut(piece.rule, MOST_NAME)),
    )
    if piece.article_id is not None or piece.reuse_id is not None:
        yield tag(
            "span.where",
            None if piece.article_id is None else join(("shown by ", copy_link(piece.article_id, selection))),
            None if piece.reuse_id is None else join((" · ", passage_link(article.id, piece.reuse_id, selection))),
        )


def _mentions(article: ArticleRecord, most: int) -> Markup | None:
    if not article.mentions:
        return None
    times = Counter((mention.exact, mention.role, mention.id) for mention in article.mentions)  # in reading order
    shown = [
        tag(
            "li",
            tag("b", given(exact, MOST_VALUE)),
            tag("span.quiet", f" {WORDS.mention[role]}{f', {number} times' if number > 1 else ''} · "),
            tag("code", cut(id, MOST_NAME)),
        )
        for (exact, role, id), number in list(times.items())[:most]
    ]
    return join(
        (
            tag("h5", "Named, not credited for the text"),
            tag("ul.plain", *shown),
            more(len(times) - len(shown), "mention"),
        )
    )


def _text(article: ArticleRecord, shown: Shown, limits: Limits) -> Iterator[Markup]:
    in_body = [*shown.coverage.marks(), *_credit_marks(article, "body")]
    in_raw = _credit_marks(article, "raw")
    layout = lay_out(article, in_body, in_raw, limits.characters)
    kinds = {mark.kind for mark in (*in_body, *in_raw)}
    key = [tag(f"mark.{kind}", WORDS.kind[kind].label, title=WORDS.kind[kind].means) for kind in KINDS if kind in kinds]
    if article.removed:
        key.append(tag("del", "removed"))
    yield tag("h5", "Text", tag("span.key", " ", join(key, " ")) if key else None)
    yield tag("div.text", layout.html, language=article.language)
    if layout.shown < layout.characters:
        note = f"Cut here, after {layout.shown:,} of {layout.characters:,} characters. The rest is in articles.jsonl."
        yield tag("p.note", note)


_NO_TEXT = tag(
    "p.note", "The page is full: text and shared passages are left out here. See articles.jsonl and reuse.jsonl."
)


def _credit_marks(article: ArticleRecord, place: Place) -> list[Mark]:
    """Where the article's own characters name an agency. Shared wording is marked as such, not as a credit."""
    marks = [
        Mark(piece.start, piece.end, "credit", f"credit: {cut(claim.name, MOST_NAME)}, {WORDS.evidence[piece.kind]}")
        for claim in article.info_sources
        if claim.basis == "explicit"
        for piece in claim.evidence
        if piece.place == place and piece.kind != "shared_wording"
    ]
    marks += [
        Mark(
            mention.start,
            mention.end,
            "mention",
            f"mention: {cut(mention.id, MOST_NAME)}, {WORDS.mention[mention.role]}",
        )
        for mention in article.mentions
        if mention.place == place
    ]
    return marks
