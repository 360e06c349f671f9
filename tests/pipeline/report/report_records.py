"""An invented run to report on: two stories of several copies, one single article, one reject."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from pipeline.report import Ledger
from schemas.codec import encode_line
from schemas.records import (
    ArticleRecord,
    DateEvidence,
    Evidence,
    InfoSource,
    Mention,
    Record,
    RejectRecord,
    Removed,
    ReuseRecord,
    Role,
    StoryInfoSource,
    StoryRecord,
)

LEDGER = Ledger(documents=5, articles=4, rejects=1, rejects_by={"read.unsupported": 1})
HARBOUR, ECHO, LONE, MERGED = (digit * 32 for digit in "1234")
STORY, OTHER, PASSAGE, QUOTE, PASTED = (digit * 32 for digit in "56789")

BODY = (
    "PORT ELDER (Northwire) - The harbour of Port Elder reopened on Monday after a storm had closed it for nine days.\n\n"
    "“We counted every crane twice,” harbour master Ida Quell told Southwire.\n\n"
    "Port Elder has been the island's only deep harbour since 1931."
)
TAIL = "Sign up for our morning letter"


def article_of(body: str, id: str, **changes: object) -> ArticleRecord:
    """An article whose whole text is body, with the given fields changed."""
    plain = ArticleRecord(
        id=id, uri=None, path=f"{id[:3]}.txt", input_id=None, source=f"outlet-{id[0]}.example", content_sha256="a" * 64,
        language="en", language_confidence=0.9998, headline="Harbour reopens", standfirst=None, by=None, authors=(),
        dateline=None, located=None, credit_line=None, copyright_notice=None, ed_note=None,
        first_created="2024-03-04T09:15:00Z", first_created_evidence=None, version_created=None, version=None,
        body_text=body, word_count=len(body.split()), simhash="0" * 16, info_sources=(), mentions=(),
        attribution_status="no_agency_found", removed=(), story_id=STORY, also_from=(), derivation="none",
        reused_share=0.0, reused=(), kept=((0, len(body), 0, len(body)),),
    )  # fmt: skip
    return replace(plain, **changes)


def story_of(articles: Sequence[ArticleRecord], id: str, **changes: object) -> StoryRecord:
    """A story of these articles, the first of which stands for it."""
    seen = sorted(article.first_created for article in articles if article.first_created)
    plain = StoryRecord(
        id=id, replaces=(), split_from=None, size=len(articles), article_ids=tuple(sorted(a.id for a in articles)),
        sources=tuple(sorted({a.source for a in articles if a.source})), representative_id=articles[0].id,
        representative_rule="fullest", headline=articles[0].headline, body_text=articles[0].body_text,
        languages=("en",), info_sources=(), first_seen=seen[0] if seen else None, last_seen=seen[-1] if seen else None,
    )  # fmt: skip
    return replace(plain, **changes)


def passage_of(a: str, b: str, span: tuple[int, int], kind: str, id: str, **changes: object) -> ReuseRecord:
    """A passage at the same place of two bodies."""
    plain = ReuseRecord(
        id=id, story_id=STORY, other_story_id=None, a_id=a, b_id=b, a_start=span[0], a_end=span[1], b_start=span[0],
        b_end=span[1], words=12, similarity=0.97, kind=kind, attributed_to=("northwire",), direction="a_to_b",
    )  # fmt: skip
    return replace(plain, **changes)


def write_run(
    folder: Path,
    articles: Sequence[Record],
    stories: Sequence[Record],
    reuse: Sequence[Record] = (),
    rejects: Sequence[Record] = (),
) -> Path:
    """The four files of a run, each in the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, records in (("articles", articles), ("stories", stories), ("reuse", reuse), ("rejects", rejects)):
        (folder / f"{name}.jsonl").write_bytes(b"".join(encode_line(record) for record in records))
    return folder


def span_of(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def harbour() -> ArticleRecord:
    """The credited copy: a dateline, a quoted agency, two pieces taken out."""
    raw = f"Breadcrumb\n{BODY}\n{TAIL}"
    tail = span_of(raw, TAIL)
    credit, told = span_of(BODY, "Northwire"), span_of(BODY, "Southwire")
    return article_of(
        BODY,
        HARBOUR,
        uri="https://harbour.example/2024/03/04/reopens?a=1&b=2",
        dateline="PORT ELDER (Northwire)",
        located="Port Elder",
        by="By our own reporter",
        first_created_evidence=DateEvidence(place="metadata", field="jsonld.datePublished", start=0, end=20, exact="2024"),
        attribution_status="credited",
        derivation="whole",
        reused_share=0.9,
        kept=((11, 11 + len(BODY), 0, len(BODY)),),
        removed=(
            Removed(cls="navigation", rule="en.navigation.breadcrumb", start=0, end=10, exact="Breadcrumb"),
            Removed(cls="newsletter", rule="en.newsletter.sign-up", start=tail[0], end=tail[1], exact=TAIL),
        ),
        info_sources=(
            InfoSource(
                id="northwire", name="Northwire", role="origin", basis="explicit", confidence=0.98,
                evidence=(
                    Evidence(
                        kind="dateline", place="body", start=credit[0], end=credit[1], exact="Northwire",
                        prefix="PORT ELDER (", suffix=") - The harbour of Port Elder re", rule="dateline.brackets",
                    ),
                ),
            ),
        ),
        mentions=(Mention(id="southwire", role="quoted", place="body", start=told[0], end=told[1], exact="Southwire"),),
    )  # fmt: skip


def echo() -> ArticleRecord:
    """The copy that credits nobody: inferred from the wording it shares with the credited one."""
    prose = span_of(BODY, "The harbour of Port Elder reopened on Monday after a storm had closed it for nine days.")
    return article_of(
        BODY,
        ECHO,
        first_created="2024-03-05",
        headline="Port back in business",
        attribution_status="not_credited_in_text",
        derivation="whole",
        reused_share=0.87,
        info_sources=(
            InfoSource(
                id="northwire", name="Northwire", role="origin", basis="inferred", confidence=0.81,
                evidence=(
                    Evidence(
                        kind="shared_wording", place="body", start=prose[0], end=prose[1], exact=BODY[slice(*prose)],
                        rule="shared_wording.narrative", reuse_id=PASSAGE, article_id=HARBOUR,
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def desk(role: Role) -> StoryInfoSource:
    """One of several roles of one house."""
    return StoryInfoSource(
        id="outlet:desk", name="The Desk", role=role, confidence=0.9, explicit_in=(LONE,), inferred_in=()
    )


def write_invented_run(folder: Path) -> Path:
    """The records of the invented run."""
    articles = (harbour(), echo(), article_of("A market.", LONE, story_id=OTHER, headline=None, first_created=None))
    merged = article_of(
        BODY, MERGED, derivation="partial", attribution_status="shared_origin_unknown", reused_share=0.3
    )
    articles = (*articles, merged)
    northwire = StoryInfoSource(
        id="northwire", name="Northwire", role="origin", confidence=0.98, explicit_in=(HARBOUR,), inferred_in=(ECHO,)
    )
    stories = (
        story_of((articles[0], articles[1], merged), STORY, info_sources=(northwire,)),
        story_of(
            (articles[2],), OTHER, info_sources=tuple(desk(role) for role in ("press_release", "editor", "distributor"))
        ),
    )
    prose = span_of(BODY, "The harbour of Port Elder reopened on Monday after a storm had closed it for nine days.")
    quote = span_of(BODY, "“We counted every crane twice,”")
    pasted = span_of(BODY, "Port Elder has been the island's only deep harbour since 1931.")
    reuse = (
        passage_of(HARBOUR, ECHO, prose, "narrative", PASSAGE),
        passage_of(HARBOUR, ECHO, quote, "quote", QUOTE, attributed_to=()),
        passage_of(HARBOUR, MERGED, pasted, "background", PASTED, attributed_to=(), direction="undecided"),
    )
    reject = RejectRecord(
        path="scan.pdf", stage="read", reason="unsupported", detail="scan.pdf: a kind that isn't read yet", bytes=9,
        content_sha256=None,
    )  # fmt: skip
    return write_run(folder, articles, stories, reuse, (reject,))
