"""Whatever the records say, the page runs nothing, loads nothing and leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from pipeline.report import LearnedLine, Ledger
from schemas.records import (
    ArticleRecord,
    DateEvidence,
    Evidence,
    InfoSource,
    Mention,
    RejectRecord,
    Removed,
    ReuseRecord,
    StoryInfoSource,
    StoryRecord,
)
from tests.pipeline.report.page_reader import page_of
from tests.pipeline.report.report_records import (
    ECHO,
    HARBOUR,
    PASSAGE,
    STORY,
    write_run,
)

EVIL = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'`><a href=javascript:alert(1)>\u202e\x00&lt;"


def hostile_run(folder: Path) -> Path:
    """A run in which every string that a file or a registry can choose is hostile."""
    place = Evidence(
        kind="metadata", place="metadata", field=EVIL, start=0, end=3, exact=EVIL, prefix=EVIL, suffix=EVIL, rule=EVIL,
        reuse_id="d" * 32, article_id="e" * 32,
    )  # fmt: skip
    source = InfoSource(
        id=EVIL,
        name=EVIL,
        role="editor",
        basis="explicit",
        confidence=1.0,
        joint_with=(EVIL,),
        evidence=(place, replace(place, place="body", kind="byline")),
    )
    article = ArticleRecord(
        id=HARBOUR, uri=f"javascript:alert(1)//{EVIL}", path=EVIL, input_id=EVIL, source=EVIL, content_sha256="a" * 64,
        language=EVIL, language_confidence=None, headline=EVIL, standfirst=EVIL, by=EVIL, authors=(EVIL, EVIL),
        dateline=EVIL, located=EVIL, credit_line=EVIL, copyright_notice=EVIL, ed_note=EVIL,
        first_created="2024-01-01",
        first_created_evidence=DateEvidence(place="metadata", field=EVIL, start=0, end=1, exact=EVIL),
        version_created=None, version=EVIL, body_text=EVIL, word_count=1, simhash="0" * 16, info_sources=(source,),
        mentions=(Mention(id=EVIL, role="photo", place="body", start=3, end=9, exact=EVIL),),
        attribution_status="credited",
        removed=(Removed(cls=EVIL, rule=EVIL, start=0, end=len(EVIL), exact=EVIL),),
        story_id=STORY, also_from=(STORY, "f" * 32), derivation="whole", reused_share=1.0, reused=(), kept=(),
    )  # fmt: skip
    other = replace(article, id=ECHO, uri=None)
    agency = StoryInfoSource(id=EVIL, name=EVIL, role="editor", confidence=1.0, explicit_in=(HARBOUR,), inferred_in=())
    story = StoryRecord(
        id=STORY, replaces=("a" * 32,), split_from="b" * 32, size=2, article_ids=(HARBOUR, ECHO), sources=(EVIL,),
        representative_id=HARBOUR, representative_rule=EVIL, headline=EVIL, body_text=EVIL, languages=(EVIL,),
        info_sources=(agency,), first_seen=None, last_seen=None,
    )  # fmt: skip
    passage = ReuseRecord(
        id=PASSAGE, story_id=STORY, other_story_id=None, a_id=HARBOUR, b_id=ECHO, a_start=5, a_end=30, b_start=0,
        b_end=9_999, words=3, similarity=1.0, kind="narrative", attributed_to=(EVIL,), direction="b_to_a",
    )  # fmt: skip
    reject = RejectRecord(path=EVIL, stage=EVIL, reason=EVIL, detail=EVIL, bytes=None, content_sha256=None)
    return write_run(folder, (article, other), (story,), (passage,), (reject,))


def test_hostile_records_put_nothing_into_the_page(tmp_path: Path) -> None:
    ledger = Ledger(documents=3, articles=2, rejects=1, rejects_by={EVIL: 1})
    page = page_of(hostile_run(tmp_path / "run"), ledger, (LearnedLine(source=EVIL, line=EVIL, count=2),))
    assert page.elements <= {
        "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer", "article",
        "details", "summary", "h1", "h2", "h4", "h5", "p", "ul", "li", "dl", "dt", "dd", "div", "span", "b", "q", "a",
        "bdi", "code", "time", "mark", "del", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert page.attributes <= {
        "lang", "charset", "http-equiv", "content", "name", "id", "class", "dir", "title", "href", "data-label", "style",
        "datetime", "open",
    }  # fmt: skip
    assert [link for link in page.links if not link.startswith("#")] == []
    assert "<script" not in page.source
    assert "\u202e" not in page.source
    assert "\x00" not in page.source
    assert page.source.count("<style>") == page.source.count("</style>") == 1
    inner = {link[1:] for link in page.links}
    assert inner <= set(page.anchors)
    assert "</style></title><script>alert(1)</script>" in page.shown["rejects"]


def test_the_page_loads_and_runs_nothing(invented_run: Path) -> None:
    page = page_of(invented_run)
    assert "default-src &#x27;none&#x27;" not in page.source
    assert (
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"" in page.source
    )
    assert page.elements.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg"})
    style = page.source[page.source.index("<style>") : page.source.index("</style>")]
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    outward = [link for link in page.links if not link.startswith("#")]
    assert outward == ["https://harbour.example/2024/03/04/reopens?a=1&b=2"]
    assert 'rel="noopener noreferrer nofollow" href="https://harbour.example' in page.source
