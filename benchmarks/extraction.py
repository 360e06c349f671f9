"""Extract the pages of a labelled set, and write predictions that score_extraction.py scores.

    python -m benchmarks.extraction FOLDER OUT.jsonl [--strip] [--time]

FOLDER holds truth.jsonl and pages/, as the scorer's ``prepare`` lays them out. Prints the seconds of CPU per page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.errors import ExtractError
from transforms.extraction.encoding import decode
from transforms.extraction.page import PageReading, read_page

BODY_KINDS = frozenset({"heading", "paragraph", "list_item", "quote", "table", "line"})


def body_of(reading: PageReading) -> str:
    """The blocks that structure alone leaves as body; the cleaning takes out more."""
    return "\n\n".join(reading.raw[b.start : b.end] for b in reading.blocks if b.cut is None and b.kind in BODY_KINDS)


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The rows of the truth, each with its page's bytes."""
    with open(folder / "truth.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            content = (folder / row["page"]).read_bytes()
            yield row, gzip.decompress(content) if row["page"].endswith(".gz") else content


def predict(row: dict[str, Any], content: bytes) -> dict[str, Any]:
    """One line of predictions, with the fields that the scorer knows."""
    try:
        reading = read_page(decode(content, row.get("charset")), row["url"])
    except ExtractError as error:
        return {"path": row["page"], "body_text": "", "error": f"{error.reason}: {error}"}
    return {
        "path": row["page"],
        "headline": reading.headline,
        "standfirst": reading.standfirst,
        "authors": list(reading.authors),
        "first_created": reading.first_created,
        "by": reading.by,
        "body_text": body_of(reading),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    if not (args.folder / "truth.jsonl").is_file():
        print(f"{args.folder}: no truth.jsonl here", file=sys.stderr)
        return 2
    rows = list(pages(args.folder))
    predict(*rows[0])  # tables and imports
    start = time.process_time()
    predictions = [predict(row, content) for row, content in rows]
    seconds = time.process_time() - start
    with open(args.out, "w", encoding="utf-8") as out:
        for prediction in predictions:
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    for prediction in predictions:
        if "error" in prediction:
            print(prediction["path"], prediction["error"])
    print(f"{len(rows)} pages, {1000 * seconds / len(rows):.2f} ms of CPU a page")
    return 0


if __name__ == "__main__":
    sys.exit(main())
