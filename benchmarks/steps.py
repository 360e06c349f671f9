"""CPU of each step an article takes on its own, without the engine: ``python -m benchmarks.steps INPUT...``.

Prints microseconds an article (mean) and each step's share. One process, one pass after a warm-up of 50 documents;
machines are noisy, so compare the shares of one run, or two versions run in turn.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import msgspec

from pipeline.inputs import find_files
from pipeline.tables import load_tables
from schemas.article import Article, CleanArticle, Document
from schemas.errors import DocumentError
from transforms.boilerplate.cues import SourceCues
from transforms.boilerplate.evidence import line_evidence
from transforms.credit import credit_article
from transforms.detect import detect_article
from transforms.extraction.article import extract_article
from transforms.read import open_stored
from transforms.reading.documents import read_file
from transforms.strip import strip_article
from transforms.textreuse.columns import PACK_ARTICLES, pack_columns
from transforms.textreuse.fingerprint import article_simhash

WARM_UP = 50


class Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def run(self, step: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function and charge its CPU to a step."""
        started = time.process_time()
        try:
            return function(*arguments)
        finally:
            self.seconds[step] += time.process_time() - started


def measure(inputs: list[str]) -> None:
    """Run every document through the steps and print what each costs."""
    tables = load_tables(None, None)
    encode = msgspec.msgpack.Encoder().encode
    clean_again, article_again = msgspec.msgpack.Decoder(CleanArticle).decode, msgspec.msgpack.Decoder(Article).decode
    clock, count, words, pack = Clock(), -WARM_UP, 0, []

    def one(document: Document) -> CleanArticle:
        article = clock.run("extract", extract_article, document, tables.profiles, tables.cues)
        clock.run("line evidence", line_evidence, article)
        article = clock.run("park, recall", lambda: article_again(encode(article)))
        credited = clock.run("credit", credit_article, article, tables.registry, tables.profiles)
        stripped = clock.run("strip", strip_article, credited, {}, SourceCues(tables.cues, {}))
        clean = clock.run("detect", detect_article, stripped)
        clean = clock.run("park, recall", lambda: clean_again(encode(clean)))
        clock.run("simhash", article_simhash, clean.cleaning.body_text)
        return clean

    for file in find_files(inputs):
        documents = read_file(file, open_stored)
        while (document := clock.run("read", next, documents, None)) is not None:
            if not isinstance(document, Document):
                continue
            try:
                clean = one(document)
            except DocumentError:
                continue
            count += 1
            words += len(clean.cleaning.body_text.split())
            pack.append(clean)
            if len(pack) == PACK_ARTICLES:
                clock.run("fingerprint", pack_columns, pack)
                pack = []
            if count == 0:
                clock, words = Clock(), 0
    if count <= 0:
        sys.exit(f"fewer than {WARM_UP + 1} articles: nothing to measure")
    total = sum(clock.seconds.values())
    print(f"{count} articles of {words / count:.0f} words")
    for step, seconds in [*clock.seconds.items(), ("sum", total)]:
        print(f"{step:<16}{seconds / count * 1e6:>8.0f} us {seconds / total:>6.1%}")


if __name__ == "__main__":
    measure(sys.argv[1:] or sys.exit(__doc__))
