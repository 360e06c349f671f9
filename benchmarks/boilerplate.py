"""What the cleaning takes out and what it loses, on labelled lines.

    python benchmarks/boilerplate.py lines SET_FOLDER OUT_FOLDER     articles.jsonl for the scorer's boilerplate_lines
    python benchmarks/boilerplate.py examples EXAMPLES.jsonl         each labelled line in an otherwise plain article

Both print the CPU of each step. Nothing is read over the network, and no set comes with the project.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from schemas.article import Article, Credits
from schemas.errors import DocumentError
from transforms.attribution.credits import read_credits
from transforms.attribution.registry import load_registry
from transforms.boilerplate.cues import our_cues
from transforms.boilerplate.evidence import line_evidence, merge
from transforms.boilerplate.learned import learn
from transforms.boilerplate.strip import strip_boilerplate
from transforms.extraction.page import read_page
from transforms.extraction.plain_text import read_text

CUES = our_cues()
REGISTRY = load_registry()
CLOCKS: Counter[str] = Counter()

# Invented; one plain article a language family is enough: what is measured is the line that is put into it.
PLAIN = (
    "Council votes to rebuild the old harbour bridge",
    "The council of Elmsworth voted on Tuesday to rebuild the harbour bridge, which has been closed since a barge struck its eastern pier in the storms of last winter.",
    "Work is to begin in March and will take about two years, the head of the planning office told residents at a packed meeting in the town hall.",
    "\u201cWe have waited long enough,\u201d said Maria Holt, who runs a bakery on the far bank and has lost a third of her customers.",
    "The bridge, built in 1911, carried some 9,000 vehicles a day before it was closed to traffic.",
    "Engineers had first proposed a tunnel, but its cost was put at four times that of a new span.",
    "Opponents of the plan said they would appeal, because two lime trees on the quay are to be felled.",
)


class timed:
    """Adds the CPU of a block to a step."""

    def __init__(self, step: str):
        self.step = step

    def __enter__(self) -> None:
        self.start = time.process_time()

    def __exit__(self, *_: object) -> None:
        CLOCKS[self.step] += time.process_time() - self.start


def article(number: str, source: str | None, media: str, content: str, url: str | None, title: str | None = None) -> Article:
    with timed(f"read {media}"):
        reading = read_page(content, url) if media == "html" else read_text(content, title, None, CUES)
    return Article(
        id=hashlib.sha256(number.encode()).hexdigest()[:32], path=number, input_id=number, source=source, uri=url,
        canonical=None, content_sha256="0" * 64, content_bytes=len(content), crawled=None, media=media, raw=reading.raw,
        blocks=reading.blocks, headline=reading.headline, standfirst=reading.standfirst, by=reading.by,
        authors=reading.authors, first_created=None, first_created_evidence=None, version_created=None,
        declared_language=reading.declared_language, metadata=getattr(reading, "metadata", ()),
    )  # fmt: skip


def credits_of(one: Article) -> Credits:
    with timed("credits"):
        return read_credits(one, REGISTRY)


def lines(set_folder: Path, out_folder: Path) -> None:
    articles: dict[str, list[Article]] = defaultdict(list)
    with gzip.open(set_folder / "input.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            media = "html" if "html" in row else "text"
            try:
                articles[row.get("source") or ""].append(article(row["id"], row.get("source"), media, row[media], row.get("url"), row.get("title")))
            except DocumentError as error:
                print(f"reject {row['id']}: {error}")
    out_folder.mkdir(parents=True, exist_ok=True)
    size = 0
    with open(out_folder / "articles.jsonl", "w", encoding="utf-8") as file:
        for source in sorted(articles):
            with timed("evidence"):
                parts = [line_evidence(one) for one in articles[source]]
            with timed("learn"):
                learned = learn(merge(parts))
            size += sum(len(a.rows) + len(a.sketch) + sum(map(len, a.shown)) for part in parts for a in part.articles)
            for one in articles[source]:
                credits = credits_of(one)
                try:
                    with timed("strip"):
                        cleaning = strip_boilerplate(one, credits, CUES, learned)
                except DocumentError as error:
                    print(f"reject {error}")
                    continue
                row = {"input_id": one.input_id, "story_id": one.id, "also_from": [], "info_sources": [], "reused": [],
                       "derivation": "none", "body_text": cleaning.body_text, "media": one.media,
                       "removed": [[r.cls, r.rule, r.exact] for r in cleaning.removed]}  # fmt: skip
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    count = sum(map(len, articles.values()))
    print(f"{count} articles; evidence {size / count:.0f} bytes an article")
    for step, seconds in sorted(CLOCKS.items()):
        print(f"{step:<12} {1e3 * seconds / count:.3f} ms CPU an article")


def placed(line: str, place: str, media: str) -> tuple[str, str | None]:
    """An article with a line in its head, between its paragraphs, or in its tail."""
    at = {"head": 1, "middle": 4, "tail": len(PLAIN)}[place]
    blocks = [*PLAIN[:at], line, *PLAIN[at:]]
    if media == "text":
        return "\n\n".join(blocks), None
    tags = [f"<h1>{html.escape(blocks[0])}</h1>"] + [f"<p>{html.escape(block)}</p>" for block in blocks[1:]]
    return f"<html><head><title>{blocks[0]}</title></head><body><article>{''.join(tags)}</article></body></html>", None


def examples(path: Path) -> dict[str, float]:
    """Print what is left of the labelled boilerplate and lost of the content, and give both as shares, 0..1."""
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        for media in ("text", "html"):
            for place in ("head", "middle", "tail"):
                content, title = placed(row["text"].strip(), place, media)
                one = article("example", "example", media, content, None, title)
                body = strip_boilerplate(one, credits_of(one), CUES, None).body_text
                stays = row["text"].strip() in body
                told = next((p for p in PLAIN[1:] if p not in body), None)
                total[row["label"]] += 1
                total["article"] += 1
                if told is not None:
                    wrong["article"] += 1
                    print(f"article lost   {media} {place}: {told[:40]!r} beside {row['text'][:60]!r}")
                note = row["class"] == "correction_note"
                if stays != (row["label"] == "content") and not note:
                    wrong[row["label"]] += 1
                    print(f"{row['label']:<14} {media} {place} {row['lang']} {row['class']}: {row['text'][:90]!r}")
    for label in sorted(total):
        print(f"{label}: {wrong[label]} of {total[label]} wrong ({100 * wrong[label] / total[label]:.2f} %)")
    return {label: wrong[label] / total[label] for label in total}


if __name__ == "__main__":
    if sys.argv[1:2] == ["lines"] and len(sys.argv) == 4:
        lines(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["examples"] and len(sys.argv) == 3:
        examples(Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
