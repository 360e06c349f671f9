"""Extract the pages of a labelled set, and write predictions that score_extraction.py scores.

    python -m benchmarks.extraction FOLDER OUT.jsonl [--profiles [--sources DIR]]

FOLDER holds truth.jsonl and pages/, as the scorer's ``prepare`` lays them out. Prints the seconds of CPU per page.
With --profiles, OUT.jsonl holds what the profiles read, and the publishers that have one are compared with what the
general extractor reads on the same pages; exit 1 when a publisher's F1 is lower with its profile, or their mean is
under FLOOR.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Any

from schemas.article import Article, Block, Document, Given
from schemas.errors import ExtractError
from transforms.boilerplate.cues import load_cues
from transforms.extraction.article import extract_article
from transforms.extraction.encoding import decode
from transforms.extraction.page import PageReading, read_page
from transforms.sources.address import host_of
from transforms.sources.load import load_profiles
from transforms.sources.profile import Profiles

BODY_KINDS = frozenset({"heading", "paragraph", "list_item", "quote", "table", "line"})
SHINGLE = 4  # words; the metric of the zyte benchmark
FLOOR = 0.985  # mean F1 of the publishers that have a profile, 0..1; issue 6
CUES = load_cues()

Row = dict[str, Any]


def body_of(reading: PageReading | Article) -> str:
    """The blocks that structure alone leaves as body; the cleaning takes out more."""
    kept: Iterable[Block] = (b for b in reading.blocks if b.cut is None and b.kind in BODY_KINDS)
    return "\n\n".join(reading.raw[b.start : b.end] for b in kept)


def pages(folder: Path) -> Iterator[tuple[Row, bytes]]:
    """The rows of the truth, each with its page's bytes."""
    with open(folder / "truth.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            content = (folder / row["page"]).read_bytes()
            yield row, gzip.decompress(content) if row["page"].endswith(".gz") else content


def predict(row: Row, content: bytes) -> Row:
    """One line of predictions, with the fields that the scorer knows."""
    try:
        reading = read_page(decode(content, row.get("charset")), row["url"])
    except ExtractError as error:
        return {"path": row["page"], "body_text": "", "error": f"{error.reason}: {error}"}
    return _prediction(row, reading)


def predict_with(row: Row, content: bytes, profiles: Profiles) -> Row:
    """The same, read as the program reads a page of a source that has a profile."""
    document = Document(
        path=row["page"],
        media="html",
        content=content,
        content_sha256=sha256(content).hexdigest(),
        content_bytes=len(content),
        given=Given(url=row["url"], charset=row.get("charset")),
    )
    try:
        article = extract_article(document, profiles, CUES)
    except ExtractError as error:
        return {"path": row["page"], "body_text": "", "error": f"{error.reason}: {error}"}
    return {**_prediction(row, article), "by_layout": article.by_layout}


def _prediction(row: Row, read: PageReading | Article) -> Row:
    return {
        "path": row["page"],
        "headline": read.headline,
        "standfirst": read.standfirst,
        "authors": list(read.authors),
        "first_created": read.first_created,
        "by": read.by,
        "body_text": body_of(read),
    }


def f1(gold: str, prediction: Row) -> float:
    """F1 over shingles of words, the standfirst counted as text, as the fundus set counts it."""
    found = _shingles("\n".join(filter(None, (prediction.get("standfirst"), prediction["body_text"]))))
    wanted = _shingles(gold)
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def compare(rows: list[tuple[Row, bytes]], predictions: list[Row], profiles: Profiles) -> bool:
    """Print F1 without and with the profile of every publisher that has one; whether the bars hold."""
    scores: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    for (row, content), prediction in zip(rows, predictions, strict=True):
        host = host_of(row["url"])
        profile = profiles.by_host(host) if host else None
        if profile is not None:
            general = predict(row, content)
            pair = (f1(row["text"], general), f1(row["text"], prediction))
            scores[profile.id].append((*pair, prediction.get("by_layout") is False))
    if not scores:
        print("no publisher of this set has a profile")
        return True
    means = {name: (fmean(s[0] for s in pages), fmean(s[1] for s in pages)) for name, pages in sorted(scores.items())}
    width = max(map(len, means))
    print(f"{'publisher':<{width}}  pages  general  with profile")
    for name, (general, own) in means.items():
        missed = sum(one[2] for one in scores[name])
        notes = "  lower" * (own < general) + f"  no layout fits {missed}" * bool(missed)
        print(f"{name:<{width}}  {len(scores[name]):>5}  {general:.4f}   {own:.4f}{notes}")
    overall = fmean(own for _, own in means.values())
    print(f"{'mean':<{width}}  {'':>5}  {fmean(g for g, _ in means.values()):.4f}   {overall:.4f}  (floor {FLOOR})")
    return overall >= FLOOR and all(own >= general for general, own in means.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--profiles", action="store_true")
    parser.add_argument("--sources", type=Path)
    args = parser.parse_args()
    if not (args.folder / "truth.jsonl").is_file():
        print(f"{args.folder}: no truth.jsonl here", file=sys.stderr)
        return 2
    rows = list(pages(args.folder))
    profiles = load_profiles(args.sources) if args.profiles else Profiles()
    read = partial(predict_with, profiles=profiles) if args.profiles else predict
    read(*rows[0])  # tables and imports
    start = time.process_time()
    predictions = [read(row, content) for row, content in rows]
    seconds = time.process_time() - start
    with open(args.out, "w", encoding="utf-8") as out:
        for prediction in predictions:
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    for prediction in predictions:
        if "error" in prediction:
            print(prediction["path"], prediction["error"])
    print(f"{len(rows)} pages, {1000 * seconds / len(rows):.2f} ms of CPU a page")
    return 0 if not args.profiles or compare(rows, predictions, profiles) else 1


if __name__ == "__main__":
    sys.exit(main())
