"""The page as a whole: what it says, and that the same records give the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.report import LearnedLine, Ledger, Limits, write_report
from pipeline.report.words import WORDS
from schemas.records import (
    ArticleRecord,
    InfoSource,
    RejectRecord,
)
from tests.pipeline.report.page_reader import page_of
from tests.pipeline.report.report_records import (
    ECHO,
    HARBOUR,
    LEDGER,
    LONE,
    MERGED,
    PASSAGE,
    STORY,
    article_of,
    desk,
    echo,
    harbour,
    passage_of,
    story_of,
    write_run,
)


def test_the_ledger_is_an_equation(invented_run: Path) -> None:
    page = page_of(invented_run)
    header = re.sub(r"<[^>]+>", "", page.source[page.source.index("<header>") : page.source.index("</header>")])
    assert "5 documents=4 articles+1 reject" in header
    assert "1 story was printed more than once, in 3 copies. 1 article stood alone." in header
    assert "does not balance" not in page.source


@pytest.mark.parametrize(
    "ledger",
    [
        Ledger(documents=6, articles=4, rejects=1, rejects_by={"read.unsupported": 1}),
        Ledger(documents=5, articles=4, rejects=1, rejects_by={}),
    ],
)
def test_a_ledger_that_does_not_balance_is_called_so(invented_run: Path, ledger: Ledger) -> None:
    assert "This ledger does not balance" in page_of(invented_run, ledger).source


def test_unchanged_documents_stand_in_the_equation(invented_run: Path) -> None:
    ledger = Ledger(documents=12, articles=4, rejects=1, unchanged=7, rejects_by={"read.unsupported": 1})
    page = page_of(invented_run, ledger)
    assert "<b>7</b> unchanged documents" in page.source
    assert "does not balance" not in page.source


def test_agencies_are_counted_by_basis(invented_run: Path) -> None:
    shown = page_of(invented_run).shown["agencies"]
    assert "Northwire northwire" in shown
    assert "wrote it111" in shown  # credited in one article, inferred in one, in one story
    assert "The Desk outlet:deskdistributed it, edited it, press release101" in shown


def test_outlets_are_counted_by_status_those_with_most_uncredited_copy_first(tmp_path: Path) -> None:
    def printed(number: int, source: str | None, status: str) -> ArticleRecord:
        return article_of("x", f"{number:032x}", source=source, attribution_status=status)

    articles = (
        printed(1, "a.example", "credited"),
        printed(2, "a.example", "no_agency_found"),
        printed(3, "b.example", "not_credited_in_text"),
        printed(4, "<c>.example", "credited"),
        printed(5, None, "credited"),
    )
    stories = tuple(story_of((one,), one.id) for one in articles)
    run = write_run(tmp_path / "run", articles, stories)
    ledger = Ledger(documents=5, articles=5, rejects=0, rejects_by={})
    shown = page_of(run, ledger).shown["outlets"]
    assert (
        "OutletArticlesCreditedNot credited in the textNo agency foundb.example1010a.example2101<c>.example1100"
        in shown
    )
    assert "1 more outlet in articles.jsonl." in page_of(run, ledger, limits=Limits(outlets=2)).shown["outlets"]


def test_without_sources_no_outlet_is_listed(tmp_path: Path) -> None:
    one = article_of("x", LONE, source=None)
    page = page_of(write_run(tmp_path / "run", (one,), (story_of((one,), LONE),)))
    assert "No article names its outlet." in page.shown["outlets"]
    assert "No story was printed more than once. 1 article stood alone." in page.source


def test_an_editing_house_alone_is_no_agency(tmp_path: Path) -> None:
    one = article_of("x", LONE)
    page = page_of(write_run(tmp_path / "run", (one,), (story_of((one,), LONE, info_sources=(desk("editor"),)),)))
    assert "<b>0</b> agencies" in page.source
    assert "The Desk outlet:deskedited it101" in page.shown["agencies"]


def test_long_lists_of_agencies_say_how_many_they_leave_out(tmp_path: Path) -> None:
    pair = (article_of("x", HARBOUR), article_of("x", ECHO))
    named = [
        replace(desk("origin"), id=f"wire-{number}", name=f"Wire {number}", explicit_in=(HARBOUR,))
        for number in range(15)
    ]
    claims = [
        InfoSource(id=one.id, name=one.name, role="origin", basis="explicit", confidence=1.0, evidence=())
        for one in named
    ]
    pair = (replace(pair[0], info_sources=tuple(claims)), pair[1])
    run = write_run(tmp_path / "run", pair, (story_of(pair, STORY, info_sources=tuple(named)),))
    page = page_of(run, limits=Limits(claims=9))
    assert "Wire 5 and 9 more" in page.shown["stories"]
    assert (
        "Wire 11 wrote it · credited in 1 copy · greatest confidence 90\u202f%and 3 more in stories.jsonl"
        in page.shown["stories"]
    )
    assert "6 more claims in articles.jsonl." in page.shown[f"a-{HARBOUR}"]


def test_an_article_without_a_source_goes_by_its_file(tmp_path: Path) -> None:
    pair = (
        article_of("x", HARBOUR, source=None, path="in/one.txt"),
        article_of("x", ECHO, source=None, path="in/two.txt"),
    )
    page = page_of(write_run(tmp_path / "run", pair, (story_of(pair, STORY),)))
    assert "2 copies · 2024-03-04" in page.source
    assert "Stands for itin/one.txt · fullest" in page.shown[f"s-{STORY}"]
    assert "in/two.txtHarbour reopens2024-03-04" in page.shown[f"s-{STORY}"]
    assert "Outletnot named" in page.shown[f"a-{ECHO}"]


def test_a_copy_without_its_text_is_linked_to_where_it_was_printed(tmp_path: Path) -> None:
    pair = (article_of("x", HARBOUR), article_of("y", ECHO, uri="https://echo.example/a"))
    run = write_run(tmp_path / "run", pair, (story_of(pair, STORY),))
    away = '<a rel="noopener noreferrer nofollow" href="https://echo.example/a"><bdi>Harbour reopens</bdi></a>'
    assert away in page_of(run, limits=Limits(texts=1)).source
    here = page_of(run).source
    assert away not in here and f'<a href="#a-{ECHO}"><bdi>Harbour reopens</bdi></a>' in here


def test_a_joint_credit_names_the_others(tmp_path: Path) -> None:
    claim = InfoSource(
        id="a", name="Wire A", role="origin", basis="explicit", confidence=1.0, joint_with=("b", "c"), evidence=()
    )
    one = article_of("x", LONE, info_sources=(claim, replace(claim, id="b", name="Wire B", joint_with=("a",))))
    page = page_of(
        write_run(
            tmp_path / "run",
            (one,),
            (story_of((one,), LONE, info_sources=(replace(desk("origin"), id="b", name="Wire B"),)),),
        )
    )
    assert (
        "Wire A wrote it, credited in the text · confidence 100\u202f% · in one credit with Wire B, c"
        in page.shown[f"a-{LONE}"]
    )


def test_many_pieces_of_evidence_are_folded(tmp_path: Path) -> None:
    proof = harbour().info_sources[0].evidence[0]
    claim = replace(harbour().info_sources[0], evidence=(proof,) * 6)
    one = article_of(harbour().body_text, LONE, info_sources=(claim,))
    page = page_of(write_run(tmp_path / "run", (one,), (story_of((one,), LONE),)), limits=Limits(claims=5))
    assert page.shown[f"a-{LONE}"].count("rule dateline.brackets") == 5
    assert "2 more pieces of evidence" in page.shown[f"a-{LONE}"]
    assert "1 more piece of evidence in articles.jsonl." in page.shown[f"a-{LONE}"]


def test_texts_name_their_language_and_direction(tmp_path: Path) -> None:
    one = article_of("קול הנמל", LONE, language="he")
    page = page_of(write_run(tmp_path / "run", (one,), (story_of((one,), LONE),)))
    assert '<div class="text" lang="he"><p dir="auto">קול הנמל</p></div>' in page.source


def test_every_status_is_explained_in_neutral_words(invented_run: Path) -> None:
    shown = page_of(invented_run).shown["attribution"]
    for term in WORDS.status.values():
        assert term.label in shown
        assert term.means in shown
    assert "uncredited" not in shown.lower()
    assert "plagiar" not in shown.lower()


def test_a_story_names_its_copies(invented_run: Path) -> None:
    shown = page_of(invented_run).shown[f"s-{STORY}"]
    assert "outlet-1.example, outlet-2.example, outlet-4.example" in shown
    assert "First seen2024-03-04 09:15 UTC" in shown
    assert "Last seen2024-03-05" in shown
    assert "credited in 1 copy, inferred in 1 copy" in shown
    assert "Harbour reopens stands for the story2024-03-04 09:15 UTCCredited Northwirewhole 90\u202f%" in shown.replace(
        "outlet-1.example", ""
    )
    assert "Port back in business2024-03-05Not credited in the text Northwire inferredwhole 87\u202f%" in shown


def test_an_article_shows_its_fields_and_its_evidence(invented_run: Path) -> None:
    shown = page_of(invented_run).shown[f"a-{HARBOUR}"]
    for said in (
        "Addresshttps://harbour.example/2024/03/04/reopens?a=1&b=2",
        "Published2024-03-04 09:15 UTC from jsonld.datePublished",
        "BylineBy our own reporter",
        "DatelinePORT ELDER (Northwire)",
        "PORT ELDER (Northwire) - The harbour of Port Elder re",
        "dateline in the body, characters 12 to 21, rule dateline.brackets",
        "wrote it, credited in the text · confidence 98\u202f%",
        "Southwire quoted as a source · southwire",
    ):
        assert said in shown


def test_an_inference_leads_to_the_copy_and_the_passage_it_rests_on(invented_run: Path) -> None:
    page = page_of(invented_run)
    assert "wrote it, inferred from shared wording · confidence 81\u202f%" in page.shown[f"a-{ECHO}"]
    assert "shown by outlet-1.example · the shared passage" in page.shown[f"a-{ECHO}"]
    assert {f"#a-{HARBOUR}", f"#p-{ECHO}-{PASSAGE}"} <= set(page.links)


def test_every_link_within_the_page_has_its_target(invented_run: Path) -> None:
    page = page_of(invented_run, learned=(LearnedLine(source="a", line="b", count=3),))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.anchors)
    assert len(page.anchors) == len(set(page.anchors))
    assert {f"a-{HARBOUR}", f"a-{ECHO}", f"a-{MERGED}"} <= inner


def test_links_to_what_is_not_shown_are_no_links(invented_run: Path) -> None:
    page = page_of(invented_run, limits=Limits(stories=1, copies=3, texts=1, singles=0, passages=0))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.anchors)
    assert f"a-{HARBOUR}" in inner
    assert f"a-{ECHO}" not in inner


def test_texts_are_marked(invented_run: Path) -> None:
    page = page_of(invented_run)
    assert '<mark class="credit" title="credit: Northwire, dateline">Northwire</mark>' in page.source
    assert '<mark class="mention" title="mention: southwire, quoted as a source">Southwire</mark>' in page.source
    assert '<mark class="narrative" title="shared narrative">The harbour of Port Elder' in page.source
    assert '<mark class="quote" title="shared quotation">“We counted every crane twice,”</mark>' in page.source
    assert '<mark class="background" title="shared background">Port Elder has been' in page.source
    assert (
        '<del title="Removed: newsletter, rule en.newsletter.sign-up">Sign up for our morning letter</del>'
        in page.source
    )


def test_passages_are_listed_from_both_sides(invented_run: Path) -> None:
    page = page_of(invented_run)
    row = "The harbour of Port Elder reopened on Monday after a storm had closed it for nine days.narrative1297\u202f%"
    assert page.shown[f"p-{HARBOUR}-{PASSAGE}"] == f"{row}outlet-2.examplehere firstnorthwire"
    assert page.shown[f"p-{ECHO}-{PASSAGE}"] == f"{row}outlet-1.examplethere firstnorthwire"


def test_rejects_have_reason_message_and_path(invented_run: Path) -> None:
    shown = page_of(invented_run).shown["rejects"]
    assert "1 read.unsupported" in shown
    assert "read.unsupportedscan.pdf: a kind that isn't read yetscan.pdf" in shown


def test_learned_lines_are_shown_when_there_are_some(invented_run: Path) -> None:
    assert "learned" not in page_of(invented_run).anchors
    lines = (
        LearnedLine(source="outlet-9.example", line="Follow us", count=3),
        LearnedLine(source="a", line="b", count=7),
    )
    page = page_of(invented_run, learned=lines)
    assert page.shown["learned"].endswith("OutletLineStoriesab7outlet-9.exampleFollow us3")
    assert page.source == page_of(invented_run, learned=lines[::-1]).source


def test_an_empty_run_has_a_page(tmp_path: Path) -> None:
    page = page_of(write_run(tmp_path / "run", (), ()), Ledger(documents=0, articles=0, rejects=0, rejects_by={}))
    assert "No agency was found." in page.shown["agencies"]
    assert "No story was printed more than once." in page.shown["stories"]
    assert "None: every document became an article." in page.shown["rejects"]


def test_stories_that_name_a_missing_article_fail(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", (echo(),), (story_of((harbour(), echo()), STORY),))
    with pytest.raises(
        ValueError,
        match=f"articles.jsonl: stories.jsonl names article {HARBOUR}, which isn't in it; the files are not of one run",
    ):
        page_of(run)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    ids = [f"{number:032x}" for number in range(1, 13)]
    copies = [article_of("One two three.", id, story_id=ids[0] if id < ids[6] else ids[6]) for id in ids[:8]]
    alone = [article_of("Four five.", id, story_id=id) for id in ids[8:]]
    stories = [story_of(copies[:6], ids[0]), story_of(copies[6:], ids[6]), *(story_of((one,), one.id) for one in alone)]
    reuse = [passage_of(ids[0], ids[at], (0, 3), "narrative", f"{at:032x}", words=at) for at in range(1, 6)]
    rejects = [
        RejectRecord(path=f"{n}.txt", stage="read", reason="empty", detail="no bytes", bytes=0, content_sha256=None)
        for n in range(4)
    ]
    run = write_run(tmp_path / "run", [*copies, *alone], stories, reuse, rejects)
    ledger = Ledger(documents=16, articles=12, rejects=4, rejects_by={"read.empty": 4})
    page = page_of(
        run, ledger, limits=Limits(stories=1, copies=4, texts=2, singles=3, passages=2, rows=1, characters=7)
    )
    assert "The 1 largest of 2 stories with several copies. All of them are in stories.jsonl." in page.shown["stories"]
    assert f"2 more copies in articles.jsonl (story_id {ids[0]})." in page.shown["stories"]
    assert "2 of 6 copies are shown with their text. The others are in articles.jsonl." in page.shown["stories"]
    assert "3 more shorter passages in reuse.jsonl." in page.shown["stories"]
    assert "Cut here, after 7 of 14 characters. The rest is in articles.jsonl." in page.shown["stories"]
    assert "3 of 4 articles without another copy, those with an agency first." in page.shown["singles"]
    assert "3 more rejects in rejects.jsonl." in page.shown["rejects"]
    full = page_of(run, ledger, limits=Limits(page_bytes=1))
    assert "The page is full: text and shared passages are left out here." in full.shown[f"a-{ids[0]}"]
    assert "The page is full: 12 articles above came without text." in full.source


def test_same_records_same_bytes(invented_run: Path, tmp_path: Path) -> None:
    write_report(invented_run, tmp_path / "here.html", LEDGER)
    program = (
        "import sys; from pathlib import Path; from pipeline.report import Ledger, write_report;"
        "write_report(Path(sys.argv[1]), Path(sys.argv[2]),"
        " Ledger(documents=5, articles=4, rejects=1, rejects_by={'read.unsupported': 1}))"
    )
    moved = write_run(tmp_path / "elsewhere", (), ())
    for file in invented_run.iterdir():
        (moved / file.name).write_bytes(file.read_bytes())
    subprocess.run(
        [sys.executable, "-c", program, str(moved), str(tmp_path / "there.html")],
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONUTF8": "0"},
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert (tmp_path / "there.html").read_bytes() == (tmp_path / "here.html").read_bytes()
