"""Hold what is read of labelled lines, credits and boilerplate, against the pinned floors.

    python -m benchmarks.lines SHARED

SHARED holds reference/{credit_examples,boilerplate_examples}.jsonl. Exit 1 if a figure breaks its bound, 0 if none does
or the set isn't there, or isn't the one that the bounds of lines_floors.json were measured on.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import sys
from pathlib import Path

from benchmarks.boilerplate import examples
from benchmarks.credits import score_lines
from benchmarks.whole_run import compare
from transforms.attribution.registry import load_registry

FLOORS = Path(__file__).with_name("lines_floors.json")


def main(shared: Path) -> int:
    """Score both sets and print each figure beside its bound."""
    failed = False
    for name, pinned in json.loads(FLOORS.read_text()).items():
        path = shared / "reference" / f"{name}.jsonl"
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != pinned["sha256"]:
            print(f"{name}: the set that was measured is not here, nothing compared")
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            found = examples(path) if name == "boilerplate_examples" else credits_of(path)
        for line, good in compare(name, found, pinned):
            print(line)
            failed = failed or not good
    return int(failed)


def credits_of(path: Path) -> dict[str, float]:
    """The worst figures of credits read in text and pages, lines before and after the body."""
    return score_lines([json.loads(line) for line in path.open(encoding="utf-8")], load_registry(), errors=False)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
