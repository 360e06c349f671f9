"""Whole runs beside what a user would run instead, start-up included, in CPU seconds and in turn.

    python -m benchmarks.peers pages FOLDER PYTHON    # beside trafilatura.extract alone, over the pages of a folder
    python -m benchmarks.peers texts FILE PYTHON      # beside a script of language, MinHash and JSON Lines
    python -m benchmarks.peers texts COUNT PYTHON     # the same, over so many invented articles of 380 words

PYTHON: an interpreter that has trafilatura, or py3langid and datasketch; they are no part of the project. FILE is JSON
Lines with ``text``. Shared machine: the ratio counts, not the seconds.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 2
SENTENCES = 18  # of an invented article, 21 words each


def compare(kind: str, given: str, python: str) -> None:
    """Run both in turn and print what each took."""
    with tempfile.TemporaryDirectory() as folder:
        source = invented(Path(folder), int(given)) if given.isdigit() else Path(given)
        ours = [sys.executable, "-m", "pipeline.cli", "run", str(source), "--output", f"{folder}/out", "--quiet"]
        peer = [python, __file__, f"peer-{kind}", str(source), f"{folder}/peer.jsonl"]
        for _ in range(ROUNDS):
            mine, theirs = cpu_of(ours), cpu_of(peer)
            print(f"ours {mine:.1f} s, peer {theirs:.1f} s of CPU: {mine / theirs:.2f}", flush=True)


def invented(folder: Path, count: int) -> Path:
    """So many articles of 30 days as JSON Lines."""
    from benchmarks.desk import Desk, write

    desk = Desk(1, SENTENCES)
    write(folder, "texts", [article for day in range(30) for article in desk.day(day, count // 30)])
    return folder / "texts.jsonl"


def cpu_of(command: list[str]) -> float:
    """CPU seconds, of the user and of the system, that a command and its children take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peer_pages(folder: Path, _: Path) -> None:
    """Extract every page and keep nothing."""
    import trafilatura

    for path in sorted(folder.rglob("*.htm*")):
        content = path.read_bytes()
        trafilatura.extract(gzip.decompress(content) if path.suffix == ".gz" else content)


def peer_texts(file: Path, out: Path) -> None:
    """Tell each text's language, look near-duplicates up by MinHash, write a record."""
    import py3langid
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    with file.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as records:
        for number, line in enumerate(lines):
            article = json.loads(line)
            language, _ = py3langid.classify(article["text"])
            words = article["text"].lower().split()
            sketch = MinHash(num_perm=128)
            sketch.update_batch([" ".join(words[n : n + 5]).encode() for n in range(max(1, len(words) - 4))])
            near = index.query(sketch)
            index.insert(str(number), sketch)
            record = {"id": article["id"], "language": language, "text": article["text"], "near": near}
            records.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("pages", "texts", "peer-pages", "peer-texts"):
        sys.exit(__doc__)
    if sys.argv[1].startswith("peer-"):
        {"peer-pages": peer_pages, "peer-texts": peer_texts}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        compare(*sys.argv[1:])
