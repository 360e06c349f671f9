"""Compare what the general extractor and a source's profile read on the pages of a labelled set.

    python -m benchmarks.profiles FOLDER [--sources DIR] [--structure]

FOLDER holds truth.jsonl and pages/, as score_extraction.py's ``prepare`` lays them out. Prints F1 of every publisher
that has a profile, with it and without; exit 1 when a publisher's is lower with its profile, or their mean is under
FLOOR.
``--structure``: without credits and cleaning.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean

from benchmarks.extraction import Row, Tables, pages, predict
from transforms.sources.address import host_of
from transforms.sources.load import load_profiles

SHINGLE = 4  # words, as in the zyte article extraction benchmark
FLOOR = 0.985  # mean F1 of the publishers that have a profile, 0..1; issue 6


def f1(gold: str, prediction: Row) -> float:
    """F1 over shingles of words, the standfirst counted as text, as the fundus set counts it."""
    found = _shingles("\n".join(filter(None, (prediction.get("standfirst"), prediction["body_text"]))))
    wanted = _shingles(gold)
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def compare(folder: Path, sources: Path | None, structure: bool) -> dict[str, list[tuple[float, float]]]:
    """F1 of each page without and with its publisher's profile, by profile."""
    general, own = Tables(with_profiles=False), Tables(with_profiles=True)
    own.profiles = load_profiles(sources)
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row, document in pages(folder):
        host = host_of(row["url"])
        profile = own.profiles.by_host(host) if host else None
        if profile is not None:
            without, with_it = (
                predict(document, tables, structure, {"extract": 0.0, "all": 0.0}) for tables in (general, own)
            )
            scores[profile.id].append((f1(row["text"], without), f1(row["text"], with_it)))
    return dict(sorted(scores.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--structure", action="store_true")
    args = parser.parse_args()
    if not (args.folder / "truth.jsonl").is_file():
        print(f"{args.folder}: no truth.jsonl here", file=sys.stderr)
        return 2
    scores = compare(args.folder, args.sources, args.structure)
    if not scores:
        print(f"{args.folder}: no publisher of this set has a profile")
        return 0
    means = {name: (fmean(one for one, _ in found), fmean(two for _, two in found)) for name, found in scores.items()}
    width = max(map(len, means))
    print(f"{'publisher':<{width}}  pages  general  with profile")
    for name, (general, own) in means.items():
        print(f"{name:<{width}}  {len(scores[name]):>5}   {general:.4f}        {own:.4f}{'  LOWER' * (own < general)}")
    overall = fmean(own for _, own in means.values())
    without = fmean(one for one, _ in means.values())
    print(f"{'mean':<{width}}  {'':>5}   {without:.4f}        {overall:.4f}  (floor {FLOOR})")
    return 0 if overall >= FLOOR and all(own >= general for general, own in means.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
