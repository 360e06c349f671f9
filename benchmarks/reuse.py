"""Finding shared wording on a labelled set, without the rest of the pipeline.

    python benchmarks/reuse.py SET_FOLDER OUT_FOLDER

Takes the labelled clean bodies as articles, so that what is measured is the search alone; writes articles.jsonl for the
scorer, and prints CPU per article of each step and the recall of the candidate step.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import itertools
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from schemas.article import Article, CleanArticle, Cleaning, Credits
from schemas.records import InfoSource
from schemas.reuse import Candidates, Gathered
from transforms.textreuse.align import align_candidates
from transforms.textreuse.candidates import (
    bucket_edges,
    join_articles,
    join_bucket,
    judge_bucket,
    latest_day,
    near_copies,
)
from transforms.textreuse.cluster import cluster_stories
from transforms.textreuse.columns import ARTICLES, article_number, pack_columns, packs
from transforms.textreuse.pairing import propose


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def day(written: str | None) -> str | None:
    return written if written and len(written) == 10 and written[4] == "-" else None


def clean_article(truth: dict, given: dict) -> CleanArticle:
    number = hashlib.sha256(f"{truth['outlet']} {truth['id']}".encode()).hexdigest()
    credits = tuple(
        InfoSource(id=agency, name=agency, role="origin", basis="explicit", confidence=1.0, evidence=())
        for agency in (truth["agencies"] if truth["credit"] == "explicit" else ())
    )
    return CleanArticle(
        article=Article(
            id=number[:32], path=truth["id"], input_id=truth["id"], source=truth["outlet"], uri=given.get("url"),
            canonical=None, content_sha256=number, content_bytes=len(truth["body"]),
            crawled=None, media="text", raw=truth["body"], blocks=(),
            headline=truth["title"], standfirst=None, by=None, authors=(), first_created=day(truth["date"]),
            first_created_evidence=None, version_created=None, declared_language=None, metadata=(),
        ),
        credits=Credits(info_sources=credits),
        cleaning=Cleaning(body_text=truth["body"], kept=(), removed=()),
        language="en",
        language_confidence=1.0,
    )  # fmt: skip


class Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._since = time.process_time()

    def lap(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] += now - self._since
        self._since = now


def search(articles: list[CleanArticle], clock: Clock) -> Iterator[Candidates]:
    clock.lap("")
    buckets: dict[int, list[bytes]] = defaultdict(list)
    for pack in packs(articles):
        for bucket, encoded in pack_columns(pack):
            buckets[bucket].append(encoded)
    clock.lap("fingerprint")
    tables = buckets.pop(ARTICLES)
    as_of = latest_day(tables)
    groups = [join_bucket(bucket, encoded, as_of) for bucket, encoded in sorted(buckets.items())]
    clock.lap("join")
    edges = [bucket_edges(group) for group in groups]
    clock.lap("edges")
    table = join_articles(tables, as_of)
    labels = near_copies(table, edges)
    clock.lap("label")
    verdicts = [judge_bucket(group, table.number, labels) for group in groups]
    clock.lap("judge")
    found = list(propose(table, verdicts))
    clock.lap("propose")
    return iter(found)


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    if not folder.exists():
        sys.exit(f"{folder}: no such labelled set")
    truth = read(folder / "truth.jsonl.gz")
    given = {one["id"]: one for one in read(folder / "input.jsonl.gz")}
    articles = sorted((clean_article(one, given[one["id"]]) for one in truth), key=lambda one: one.article.id)
    pack_columns(articles[:2])
    gc.collect()
    gc.freeze()  # the set itself is not what is measured
    by_number = {article_number(one.article.id): one for one in articles}
    clock = Clock()
    proposals = list(search(articles, clock))
    components = []
    for candidates in proposals:
        gathered = Gathered(candidates=candidates, articles=tuple(by_number[number] for number in candidates.numbers))
        clock.lap("")
        aligned = align_candidates(gathered)
        clock.lap("align")
        components.append(cluster_stories(aligned))
        clock.lap("cluster")
    out.mkdir(parents=True, exist_ok=True)
    with (out / "articles.jsonl").open("w") as file:
        for component in components:
            for article, part in zip(component.articles, component.reuse, strict=True):
                file.write(json.dumps({
                    "input_id": article.article.input_id, "path": article.article.path, "story_id": part.story,
                    "also_from": part.also_from, "info_sources": [], "derivation": part.derivation,
                    "reused": part.reused, "body_text": article.cleaning.body_text,
                }) + "\n")  # fmt: skip
    report(truth, articles, proposals, clock)


def report(truth: list[dict], articles: list[CleanArticle], proposals: list[Candidates], clock: Clock) -> None:
    words = sum(len(one.cleaning.body_text.split()) for one in articles)
    for step, seconds in clock.seconds.items():
        if step:
            print(f"{step:12} {seconds / words * 600e6:7.1f} µs per 600 words")
    total = sum(seconds for step, seconds in clock.seconds.items() if step)
    print(f"{'sum':12} {total / words * 600e6:7.1f} µs per 600 words, {total / len(articles) * 1e6:.1f} µs per article")
    pairs = sum(len(one.pairs) for one in proposals)
    print(f"aligned pairs {pairs}, {pairs / len(articles):.2f} an article; largest component {largest(proposals)}")
    by_id = {one["id"]: set(one["stories"]) for one in truth}
    stories = {article_number(one.article.id): by_id[one.article.input_id] for one in articles}
    near = defaultdict(set)
    for one in proposals:
        for a, b in one.pairs:
            near[a].add(b)
            near[b].add(a)
    members = defaultdict(set)
    for number, own in stories.items():
        for story in own:
            members[story].add(number)
    several = [n for n, own in stories.items() if any(len(members[story]) > 1 for story in own)]
    reached = sum(any(near[n] & members[story] for story in stories[n]) for n in several)
    print(f"candidate step: {reached / max(1, len(several)):.4f} of the articles with a mate are paired with one")


def largest(proposals: list[Candidates]) -> int:
    best = 0
    for one in proposals:
        root = {number: number for number in one.numbers}

        def find(n: int) -> int:
            while root[n] != n:
                root[n] = root[root[n]]
                n = root[n]
            return n

        for a, b in itertools.chain(one.pairs, zip(one.numbers, one.groups, strict=True)):
            root[find(a)] = find(b)
        best = max(best, Counter(find(n) for n in one.numbers).most_common(1)[0][1])
    return best


if __name__ == "__main__":
    main()
