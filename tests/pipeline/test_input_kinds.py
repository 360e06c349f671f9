"""The same articles in every form that can be read give the same stories and the same attribution."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.run import run
from pipeline.tables import load_tables

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
HOSTS = {
    "courrier-de-morvaine": "courrierdemorvaine.example",
    "echo-du-littoral": "echodulittoral.example",
    "harbour-gazette": "harbourgazette.example",
    "kestrel-news": "kestrelnews.example",
    "meridian-post": "meridianpost.example",
    "northland-tribune": "northlandtribune.example",
}
# An article about an agency, whose page is inside a record, and one whose only credit is of a photo: neither survives
# as bare text.
LEFT_OUT = {"northland-tribune/5", "harbour-gazette/lantern-regatta"}


@pytest.fixture(scope="module", autouse=True)
def tables_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.run.load_tables", cache(load_tables))
        yield


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def page_of(title: str | None, byline: str | None, published: str | None, text: str) -> str:
    """A plain page around a text."""
    head = f"<title>{html.escape(title)}</title>" if title else ""
    if published:
        head += f'<meta property="article:published_time" content="{published}">'
    top = f"<h1>{html.escape(title)}</h1>" if title else ""
    top += f'<p class="byline">{html.escape(byline)}</p>' if byline else ""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    head = f"<head><meta charset=utf-8>{head}</head>"
    return f"<!DOCTYPE html><html>{head}<body><article>{top}{body}</article></body></html>"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Fifteen or more of the examples as pages, by source and name."""
    found = {}
    for path in sorted(EXAMPLES.rglob("*.*")):
        key = f"{path.parent.name}/{path.stem}"
        if path.suffix == ".html":
            found[key] = path.read_text(encoding="utf-8")
        elif path.suffix == ".txt":
            found[key] = page_of(None, None, None, path.read_text(encoding="utf-8"))
        elif path.suffix == ".jsonl":
            for number, row in enumerate(rows(path), 1):
                if "text" in row:
                    found[f"{path.parent.name}/{number}"] = page_of(
                        row["title"], row["byline"], row["published"], row["text"]
                    )
    found = {key: page for key, page in found.items() if key not in LEFT_OUT}
    assert len(found) >= 15
    return found


def url_of(key: str) -> str:
    source, _, name = key.partition("/")
    return f"https://www.{HOSTS[source]}/news/{name}"


def key_of(article: dict) -> str:
    if article["uri"] and "/news/" in article["uri"]:
        host, _, name = article["uri"].removeprefix("https://www.").partition("/news/")
        return f"{next(source for source, one in HOSTS.items() if one == host)}/{name}"
    return article["path"].rpartition("!")[2].removesuffix(".html")


def found_in(out: Path) -> dict[str, object]:
    """The partition into stories, and each article's attribution, by the articles' keys."""
    articles = rows(out / "articles.jsonl")
    keys = {article["id"]: key_of(article) for article in articles}
    return {
        "stories": sorted(sorted(keys[one] for one in story["article_ids"]) for story in rows(out / "stories.jsonl")),
        "also_from": {key_of(one): len(one["also_from"]) for one in articles},
        "attribution": {
            key_of(one): (
                one["attribution_status"],
                sorted((claim["id"], claim["role"], claim["basis"]) for claim in one["info_sources"]),
            )
            for one in articles
        },
    }


def write_folder(pages: dict[str, str], folder: Path) -> None:
    for key, page in pages.items():
        path = folder / f"{key}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def reference(pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kinds")
    write_folder(pages, root / "in")
    assert run([str(root / "in"), "--output", str(root / "out"), "--keep-raw", "--quiet"]) == 0
    return root / "out"


@pytest.fixture(scope="module")
def texts(reference: Path) -> dict[str, dict]:
    """What an extractor hands on: text with its credits, and the fields."""
    raws = {row["id"]: row["raw"] for row in rows(reference / "raw.jsonl")}
    return {key_of(one): {**one, "text": raws[one["id"]]} for one in rows(reference / "articles.jsonl")}


def as_zip(pages: dict[str, str], texts: dict[str, dict], folder: Path) -> None:
    with zipfile.ZipFile(folder / "articles.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for key, page in pages.items():
            archive.writestr(f"{key}.html", page)


def as_warc(pages: dict[str, str], texts: dict[str, dict], folder: Path) -> None:
    with (folder / "crawl.warc.gz").open("wb") as file:
        for key, page in pages.items():
            body = page.encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n" + body
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url_of(key)}\r\n"
                "WARC-Date: 2024-05-20T08:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))


def as_records(make: Callable[[str, dict], dict]) -> Callable[[dict[str, str], dict[str, dict], Path], None]:
    def write(pages: dict[str, str], texts: dict[str, dict], folder: Path) -> None:
        lines = [json.dumps(make(key, one), ensure_ascii=False) for key, one in texts.items()]
        (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")

    return write


def ours(key: str, one: dict) -> dict:
    return {
        "url": url_of(key), "title": one["headline"], "byline": one["by"], "published": one["first_created"],
        "text": one["text"],
    }  # fmt: skip


def news_please(key: str, one: dict) -> dict:
    return {
        "authors": one["authors"], "date_download": "2024-05-20 08:00:00", "date_modify": "None",
        "date_publish": (one["first_created"] or "None").replace("T", " ").replace("Z", ""), "description": None,
        "language": one["language"], "maintext": one["text"], "source_domain": HOSTS[key.partition("/")[0]],
        "title": one["headline"], "title_page": None, "title_rss": None, "url": url_of(key),
    }  # fmt: skip


def trafilatura(key: str, one: dict) -> dict:
    return {
        "title": one["headline"], "author": "; ".join(one["authors"]) or None, "hostname": HOSTS[key.partition("/")[0]],
        "date": (one["first_created"] or "")[:10] or None, "fingerprint": "0", "id": None, "comments": "",
        "raw_text": one["text"], "text": one["text"], "language": None, "source": url_of(key),
        "source-hostname": key.partition("/")[0], "excerpt": None, "categories": "", "tags": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "write",
    [as_zip, as_warc, as_records(ours), as_records(news_please), as_records(trafilatura)],
    ids=["zip", "warc.gz", "jsonl", "news-please", "trafilatura"],
)
def test_the_same_articles_give_the_same_stories(write, pages, texts, reference, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(pages, texts, tmp_path / "in")
    assert run([str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--quiet"]) == 0
    assert rows(tmp_path / "out" / "rejects.jsonl") == []
    assert found_in(tmp_path / "out") == found_in(reference)


def test_standard_input_is_read_as_json_lines(texts, monkeypatch, tmp_path: Path) -> None:
    lines = [json.dumps(ours(key, one)) for key, one in list(texts.items())[:3]]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join([*lines, "", "{"]).encode())))
    assert run(["-", "--output", str(tmp_path / "out"), "--quiet"]) == 0
    assert sorted(row["path"] for row in rows(tmp_path / "out" / "articles.jsonl")) == ["-#1", "-#2", "-#3"]
    (rejected,) = rows(tmp_path / "out" / "rejects.jsonl")
    assert (rejected["path"], rejected["reason"]) == ("-#5", "malformed")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
