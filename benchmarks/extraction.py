"""Extract and clean the pages of a labelled set, score them, and hold the result against the pinned floors.

    python -m benchmarks.extraction run FOLDER OUT.jsonl [--structure] [--profiles]
    python -m benchmarks.extraction gate SHARED

``run``: FOLDER holds truth.jsonl and pages/, as score_extraction.py's ``prepare`` lays them out; OUT.jsonl is what its
``score``, ``worst`` and ``residue`` read. Prints milliseconds of CPU per page, the step's own and all. ``--structure``:
without credits and cleaning, what the structure of the pages alone leaves. ``--profiles``: with the sources' profiles,
some of whose publishers are in the sets; without them the figures say what an unknown source gets.
``gate``: SHARED holds extraction/{zyte,fundus} and tools/score_extraction.py; exit 1 if a figure is under its floor in
extraction_floors.json, 0 if none is or SHARED isn't there. ``authors`` are those of the record, ``authors_read`` those
that the page names, agencies among them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from schemas.article import Article, Document, Given
from schemas.errors import DocumentError
from transforms.attribution.credits import read_credits
from transforms.attribution.registry import Registry, load_registry
from transforms.boilerplate.cues import CueTable, our_cues
from transforms.boilerplate.strip import strip_boilerplate
from transforms.extraction.article import extract_article
from transforms.sources.load import load_profiles
from transforms.sources.profile import Profiles

FLOORS = Path(__file__).with_name("extraction_floors.json")
_BODY_KINDS = frozenset({"heading", "paragraph", "list_item", "quote", "table", "line"})
_TEXT_FIELDS = {"zyte": "body_text", "fundus": "standfirst+body_text"}  # fundus counts the standfirst as body

Row = dict[str, Any]


class Tables:
    """What a run loads once."""

    def __init__(self, with_profiles: bool) -> None:
        self.cues: CueTable = our_cues()
        self.registry: Registry = load_registry()
        self.profiles = load_profiles() if with_profiles else Profiles()


def pages(folder: Path) -> Iterator[tuple[Row, Document]]:
    """The rows of the truth, each with its page."""
    with open(folder / "truth.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            content = (folder / row["page"]).read_bytes()
            content = gzip.decompress(content) if row["page"].endswith(".gz") else content
            yield (
                row,
                Document(
                    path=row["page"],
                    media="html",
                    content=content,
                    content_sha256=hashlib.sha256(content).hexdigest(),
                    content_bytes=len(content),
                    given=Given(url=row["url"], charset=row.get("charset")),
                ),
            )


def structure_body(article: Article) -> str:
    """The blocks that structure alone leaves as body."""
    return "\n\n".join(article.raw[b.start : b.end] for b in article.blocks if b.cut is None and b.kind in _BODY_KINDS)


def predict(document: Document, tables: Tables, structure: bool, spent: dict[str, float]) -> Row:
    """One line of predictions, with the fields that the scorer knows; adds to the seconds spent."""
    started = time.process_time()
    try:
        article = extract_article(document, tables.profiles, tables.cues)
        spent["extract"] += time.process_time() - started
        authors, body = article.authors, ""
        if structure:
            body = structure_body(article)
        else:
            credits = read_credits(article, tables.registry)
            authors = credits.authors
            body = strip_boilerplate(article, credits, tables.cues, None).body_text
    except DocumentError as error:
        return {"path": document.path, "body_text": "", "error": f"{error.stage}.{error.reason}: {error}"}
    finally:
        spent["all"] += time.process_time() - started
    return {
        "path": document.path,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(authors),
        "authors_read": list(article.authors),
        "by": article.by,
        "first_created": article.first_created,
        "body_text": body,
    }


def predictions(folder: Path, tables: Tables, structure: bool) -> list[Row]:
    """A prediction for each page of a set; prints what it cost and what was refused."""
    documents = [document for _, document in pages(folder)]
    predict(documents[0], tables, structure, {"extract": 0.0, "all": 0.0})  # tables and caches
    spent = {"extract": 0.0, "all": 0.0}
    found = [predict(document, tables, structure, spent) for document in documents]
    for row in found:
        if "error" in row:
            print(row["path"], row["error"])
    per_page = {step: 1000 * seconds / len(documents) for step, seconds in spent.items()}
    print(
        f"{folder.name}: {len(documents)} pages, {per_page['extract']:.2f} ms of CPU a page to extract, "
        f"{per_page['all']:.2f} in all"
    )
    return found


def write(rows: list[Row], out: Path) -> None:
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", shared / "tools" / "score_extraction.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(shared: Path, name: str, tables: Tables, folder: Path) -> dict[str, float]:
    """The figures of one set, as the scorer counts them."""
    scorer = _scorer(shared)
    truth = scorer.read_truth(shared / "extraction" / name)
    out = folder / f"{name}.jsonl"
    write(predictions(shared / "extraction" / name, tables, structure=False), out)
    found = scorer.read_predictions(out, "path", _TEXT_FIELDS[name])
    texts = {key: (scorer.plain(row, row["text"]), scorer.plain(row, found[key]["text"])) for key, row in truth.items()}
    result: dict[str, float] = scorer.sum_text([scorer.match_text(*pair) for pair in texts.values()])
    leaking = sum(any(True for _ in scorer.strange_lines(given, gold)) for gold, given in texts.values())
    result["pages_without_leak"] = 1 - leaking / len(truth)
    metadata = scorer.evaluate_metadata(truth, found)
    with_agencies = {key: {**row, "authors": row.get("authors_read")} for key, row in found.items()}
    if "authors" in metadata:
        metadata["authors_read"] = scorer.evaluate_metadata(truth, with_agencies)["authors"]
    keys = (("title", "same"), ("date", "same_day"), ("authors", "same_set"), ("authors_read", "same_set"))
    for field, key in keys:
        if field in metadata:
            result[field] = metadata[field][key] / metadata[field]["n"]
    return {key: round(value, 4) for key, value in result.items()}


def gate(shared: Path) -> int:
    """Compare the figures with the floors. A floor belongs to the set whose hash stands beside it."""
    import tempfile

    if not (shared / "extraction").is_dir():
        print(f"{shared}: no labelled sets here, nothing compared")
        return 0
    tables = Tables(with_profiles=False)
    failed = False
    for name, pinned in json.loads(FLOORS.read_text("utf-8")).items():
        digest = hashlib.sha256((shared / "extraction" / name / "truth.jsonl").read_bytes()).hexdigest()
        if digest != pinned["truth_sha256"]:
            print(f"{name}: another set than the floors were measured on ({digest}), nothing compared")
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = figures(shared, name, tables, Path(folder))
        for figure, floor in pinned["floors"].items():
            verdict = "ok" if found[figure] >= floor else "UNDER ITS FLOOR"
            failed = failed or found[figure] < floor
            print(f"{name} {figure}: {found[figure]:.4f}, floor {floor:.4f} {verdict}")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run")
    run.add_argument("folder", type=Path)
    run.add_argument("out", type=Path)
    run.add_argument("--structure", action="store_true")
    run.add_argument("--profiles", action="store_true")
    commands.add_parser("gate").add_argument("shared", type=Path)
    args = parser.parse_args()
    if args.command == "gate":
        return gate(args.shared)
    if not (args.folder / "truth.jsonl").is_file():
        print(f"{args.folder}: no truth.jsonl here", file=sys.stderr)
        return 2
    write(predictions(args.folder, Tables(args.profiles), args.structure), args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
