"""Read the credits of labelled lines and labelled articles, and score what is claimed of them.

    python -m benchmarks.credits lines credit_examples.jsonl [--errors]
    python -m benchmarks.credits reuse FOLDER [--errors]
    python -m benchmarks.credits time FOLDER

``lines``: each line is placed where its ``where`` says in an otherwise plain article, as text and as HTML; the article
is extracted, and its credits are read. ``reuse``: FOLDER holds input.jsonl.gz and truth.jsonl.gz; claims are compared
with ``agencies`` where ``credit`` is explicit, and should be none elsewhere. ``time``: CPU per 600 words.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.article import Article, Credits, Document, Given
from schemas.errors import ExtractError
from transforms.attribution.credits import read_credits
from transforms.attribution.registry import Registry, load_registry
from transforms.boilerplate.cues import our_cues
from transforms.extraction.article import extract_article
from transforms.sources.profile import Profiles

_CUES = our_cues()
_HEADLINE = "Council weighs a new bridge across the river"
_PARAGRAPHS = (
    "The council met on Monday to discuss the new bridge across the river, and members agreed to study it further.",
    "Several residents had asked for more time to read the proposal, which runs to over two hundred pages and covers "
    "traffic, noise and cost.",
    "A decision is expected before the end of the year, the mayor said after the meeting in the town hall.",
    "The bridge would replace a ferry that has served the two towns since the middle of the last century.",
)
_UNCREDITED = ("photo", "quoted", "none")

Row = dict[str, Any]


def parts(row: Row, line_after: bool) -> list[tuple[str, str]]:
    """The elements of a plain article that holds the line: pairs of an HTML tag and its text."""
    body = [("p", text) for text in _PARAGRAPHS]
    text, where = row["text"], row["where"]
    if where == "dateline":
        body.insert(0, ("p", text))
    elif where == "caption":
        body.insert(1, ("figcaption", text))
    elif where == "body":
        body[1] = ("p", f"{_PARAGRAPHS[1]} {text} {_PARAGRAPHS[2]}")
        del body[2]
    elif where == "trailer" or (where == "line" and line_after):
        body.append(("p", text))
    elif where == "byline":
        body.insert(0, ("byline", text))
    else:
        body.insert(0, ("p", text))
    return [("h1", _HEADLINE), *body]


def as_text(elements: list[tuple[str, str]]) -> bytes:
    return "\n\n".join(text for _, text in elements).encode()


def as_html(elements: list[tuple[str, str]]) -> bytes:
    shown = []
    for tag, text in elements:
        inner = html.escape(text)
        if tag == "byline":
            shown.append(f'<div class="byline">{inner}</div>')
        elif tag == "figcaption":
            shown.append(f'<figure><img src="/a.jpg"><figcaption>{inner}</figcaption></figure>')
        else:
            shown.append(f"<{tag}>{inner}</{tag}>")
    head = "<!doctype html><html><head><meta charset='utf-8'><title>{}</title></head>"
    page = head + "<body><article>{}</article></body></html>"
    return page.format(_HEADLINE, "\n".join(shown)).encode()


def article_of(content: bytes, media: str, row: Row, profiles: Profiles) -> Article:
    """An input record as an article."""
    given = Given(input_id=row.get("id"), url=row.get("url"), source=row.get("source"), published=row.get("published"))
    document = Document(
        path=f"{row.get('id', 'line')}.{media}",
        media="html" if media == "html" else "text",
        content=content,
        content_sha256=hashlib.sha256(content).hexdigest(),
        content_bytes=len(content),
        given=given,
    )
    return extract_article(document, profiles, _CUES)


def check(article: Article, credits: Credits) -> None:
    """Every piece of evidence stands where it says."""
    fields = {field.name: field.value for field in article.metadata}
    fields |= {"uri": article.uri or "", "source": article.source or "", "by": article.by or ""}
    fields |= {"canonical": article.canonical or ""} | {f"authors[{i}]": a for i, a in enumerate(article.authors)}
    for proof in [e for s in credits.info_sources for e in s.evidence] + [m.evidence for m in credits.marks]:
        value = article.raw if proof.place == "raw" else fields[proof.field or ""]
        assert value[proof.start : proof.end] == proof.exact, proof
    for mention in credits.mentions:
        assert article.raw[mention.start : mention.end] == mention.exact, mention


def score(counts: Counter[str]) -> str:
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    precision, recall = tp / (tp + fp or 1), tp / (tp + fn or 1)
    f1 = 2 * precision * recall / (precision + recall or 1)
    return f"P {precision:.4f} R {recall:.4f} F1 {f1:.4f}"


def f1_of(counts: Counter[str]) -> float:
    return 2 * counts["tp"] / (2 * counts["tp"] + counts["fp"] + counts["fn"])


def score_lines(rows: list[Row], registry: Registry, errors: bool) -> dict[str, float]:
    """Print the F1 of credits and the share of right mention roles, as text and as HTML; give the worst of each."""
    found: dict[str, list[float]] = {"f1": [], "roles": [], "traps": []}
    for media, render in (("text", as_text), ("html", as_html)):
        for after in (False, True):
            counts: Counter[str] = Counter()
            for row in rows:
                article = article_of(render(parts(row, after)), media, {}, Profiles())
                credits = read_credits(article, registry)
                check(article, credits)
                claims = {s.id for s in credits.info_sources if s.role != "editor"}
                gold = set() if row["role"] in _UNCREDITED else set(row["agencies"])
                counts.update(tp=len(claims & gold), fp=len(claims - gold), fn=len(gold - claims))
                wrong = claims != gold
                if row["role"] in ("photo", "quoted"):
                    for agency in row["agencies"]:
                        right = {m.role for m in credits.mentions if m.id == agency} == {row["role"]}
                        counts.update(mentions=1, right=right)
                        wrong |= not right
                elif row["role"] == "none":
                    counts.update(false_on_traps=bool(claims))
                    wrong |= any(m.role in ("photo", "quoted") for m in credits.mentions)
                if wrong and errors:
                    mentions = [(m.id, m.role) for m in credits.mentions]
                    marks = [m.agency for m in credits.marks]
                    print(
                        " ", media, row["where"], row["lang"], repr(row["text"]), "got", sorted(claims), mentions, marks
                    )
            line = "after" if after else "before"
            print(
                f"{media}, lines {line} the body: {score(counts)}; mention roles "
                f"{counts['right'] / max(1, counts['mentions']):.4f} of {counts['mentions']}; "
                f"false credits on traps {counts['false_on_traps']}"
            )
            found["f1"].append(f1_of(counts))
            found["roles"].append(counts["right"] / max(1, counts["mentions"]))
            found["traps"].append(float(counts["false_on_traps"]))
    return {"f1": min(found["f1"]), "roles": min(found["roles"]), "traps": max(found["traps"])}


def read_rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def articles(folder: Path) -> Iterator[tuple[Row, Article]]:
    profiles = Profiles()
    for row in read_rows(folder / "input.jsonl.gz"):
        media = "html" if "html" in row else "text"
        try:
            yield row, article_of(row[media].encode(), media, row, profiles)
        except ExtractError as error:
            print(f"  {row['id']}: {error.reason}: {error}", file=sys.stderr)


def score_reuse(folder: Path, registry: Registry, errors: bool) -> None:
    """Print precision and recall of explicit claims, and the share of nobody's articles with a claim."""
    truth = {row["id"]: row for row in read_rows(folder / "truth.jsonl.gz")}
    counts: Counter[str] = Counter()
    for row, article in articles(folder):
        gold = {agency.lower() for agency in truth[row["id"]]["agencies"]}
        shown = truth[row["id"]]["credit"] == "explicit"
        credits = read_credits(article, registry)
        check(article, credits)
        sources = [
            s for s in credits.info_sources if s.role in ("origin", "distributor") and s.id != "agencies-unnamed"
        ]
        claims = {s.id for s in sources}
        if shown:
            counts.update(tp=len(claims & gold), fp=len(claims - gold), fn=len(gold - claims))
        else:
            counts.update(
                nobody=not gold, claimed=not gold and bool(claims), hidden=bool(gold), read=bool(gold & claims)
            )
        if errors and (claims != gold if shown else claims - gold):
            proofs = [(e.rule, f"{e.prefix}>>{e.exact}<<{e.suffix}") for s in sources for e in s.evidence]
            print(" ", row["id"], row.get("source"), "gold", sorted(gold), "got", sorted(claims), proofs)
    print(
        f"explicit {score(counts)}; nobody's but credited {counts['claimed']} of {counts['nobody']} "
        f"({counts['claimed'] / max(1, counts['nobody']):.4f}); hidden but read {counts['read']} of {counts['hidden']}"
    )


def measure(folder: Path, registry: Registry) -> None:
    """Print the CPU that reading credits takes. Shared machine: compare, do not quote."""
    read = [article for _, article in articles(folder)]
    words = sum(len(article.raw.split()) for article in read)
    read_credits(read[0], registry)
    start = time.process_time()
    for article in read:
        read_credits(article, registry)
    seconds = time.process_time() - start
    print(
        f"{len(read)} articles of {words / len(read):.0f} words: {seconds / len(read) * 1e6:.0f} us an article, "
        f"{seconds / words * 600 * 1e6:.0f} us per 600 words"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("lines", "reuse", "time"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--errors", action="store_true", help="show what was read wrongly")
    args = parser.parse_args()
    if not args.path.exists():
        print(f"{args.path}: not here; the labelled sets are not part of the project", file=sys.stderr)
        return 2
    registry = load_registry()
    if args.what == "lines":
        score_lines([json.loads(line) for line in args.path.open(encoding="utf-8")], registry, args.errors)
    elif args.what == "reuse":
        score_reuse(args.path, registry, args.errors)
    else:
        measure(args.path, registry)
    return 0


if __name__ == "__main__":
    sys.exit(main())
