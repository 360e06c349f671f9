"""Run the whole job over the labelled sets of wire copy, score it, and hold the figures against their pinned floors.

    python -m benchmarks.whole_run SHARED

SHARED holds reuse/{synthetic,real} and tools/score_reuse.py. A floor belongs to the set whose hash stands beside it in
whole_run_floors.json. Exit 1 if a figure is under its floor (or over its ceiling), 0 if none is or SHARED isn't there.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("whole_run_floors.json")


def main(shared: Path) -> int:
    """Score every pinned set and print each figure beside its bound."""
    failed = False
    for name, pinned in json.loads(FLOORS.read_text()).items():
        folder = shared / "reuse" / name
        truth = folder / "truth.jsonl.gz"
        if not truth.is_file():
            print(f"{name}: not here, nothing compared")
            continue
        digest = hashlib.sha256(truth.read_bytes()).hexdigest()
        if digest != pinned["truth_sha256"]:
            print(f"{name}: another set than the floors were measured on ({digest}), nothing compared")
            continue
        found = score(folder, shared / "tools" / "score_reuse.py")
        for line, good in compare(name, found, pinned):
            print(line)
            failed = failed or not good
    return int(failed)


def score(folder: Path, scorer: Path) -> dict[str, Any]:
    """Run the job over a set and read the scorer's figures."""
    with tempfile.TemporaryDirectory() as work:
        out, figures = Path(work) / "out", Path(work) / "figures.json"
        job = [sys.executable, "-m", "pipeline.cli", "run", str(folder / "input.jsonl.gz"), "--output", str(out), "--quiet"]
        subprocess.run(job, check=True)
        command = [sys.executable, str(scorer), "--truth", str(folder / "truth.jsonl.gz")]
        command += ["--articles", str(out / "articles.jsonl"), "--json", str(figures)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return json.loads(figures.read_text())


def compare(name: str, found: dict[str, Any], pinned: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each pinned figure as a line, and whether it keeps its bound."""
    for bounds, keeps in (("floors", float.__ge__), ("ceilings", float.__le__)):
        for path, bound in pinned.get(bounds, {}).items():
            value: Any = found
            for key in path.split("."):
                value = value[key]
            good = keeps(float(value), float(bound))
            yield f"{name} {path}: {value:.4f}, {bounds[:-1]} {bound:.4f} {'ok' if good else 'BROKEN'}", good


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if len(sys.argv) == 2 else __doc__)
