"""Runs with a state: what they cost, what a state weighs, and that their cut doesn't matter.

    python benchmarks/state.py days 100 1000        # so many daily runs of so many articles
    python benchmarks/state.py month 300000 1000    # a state of so many articles, then one run of so many
    python benchmarks/state.py splits 20 300        # so many random cuts of so many articles into runs, against one run
    python benchmarks/state.py splits 5 300 FILE    # the same of articles of a JSON Lines file, plain or .gz

Articles are invented from a fixed seed: English-looking, about 350 words, 30 % of them copies of stories of earlier days,
some late, some without a date, some credited. CPU is of the run and its children. benchmarks/state_faults.py kills runs.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import logging
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.desk import Desk, write  # noqa: E402

SENTENCES = 16  # of an article


def run(*arguments: str) -> tuple[float, str]:
    """A whole run in a process of its own: CPU seconds and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "run", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"run {arguments} ended with {done.returncode}: {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, done.stdout


def weight(folder: Path) -> dict[str, int]:
    sizes: dict[str, int] = defaultdict(int)
    for path in folder.rglob("*"):
        if path.is_file():
            sizes[path.name if path.parent.parent.name == "segments" else "other"] += path.stat().st_size
    return dict(sizes)


def days(work: Path, count: int, articles: int) -> None:
    desk = Desk(1, SENTENCES)
    costs: list[float] = []
    for day in range(count):
        write(work / f"in{day}", f"day{day}", desk.day(day, articles))
        cpu, _ = run(work / f"in{day}", "--output", work / "out", "--state", work / "state")
        costs.append(cpu)
        shutil.rmtree(work / f"in{day}")
        sizes = weight(work / "state")
        segments = len(list((work / "state/segments").iterdir()))
        print(f"run {day + 1:4}: {cpu:6.2f} s CPU; {segments} segments; "
              f"{sum(sizes.values()) / (day + 1) / articles:.0f} bytes an article", flush=True)
    total = count * articles
    print("bytes an article by file:", {name: round(size / total) for name, size in sorted(weight(work / "state").items())})
    if count >= 20:
        early, late = statistics.median(costs[7:12]), statistics.median(costs[-5:])  # five runs: one alone says little
        print(f"CPU around run 10: {early:.2f} s, of the last runs: {late:.2f} s, {late / early:.2f} times")


def month(work: Path, count: int, articles: int) -> None:
    desk = Desk(1, SENTENCES)
    daily = count // 30
    for day in range(30):
        write(work / f"in{day}", f"day{day}", desk.day(day, daily))
        cpu, _ = run(work / f"in{day}", "--output", work / "out", "--state", work / "state")
        shutil.rmtree(work / f"in{day}")
        print(f"day {day + 1}: {cpu:.1f} s CPU for {daily} articles", flush=True)
    write(work / "more", "more", desk.day(30, articles))
    cpu, said = run(work / "more", "--output", work / "out", "--state", work / "state")
    print(f"{articles} more on {count}: {cpu:.1f} s CPU\n{said}")
    print({name: round(size / count) for name, size in sorted(weight(work / "state").items())}, "bytes an article")


def verdict(articles: dict[str, dict]) -> tuple[set[frozenset[str]], dict[str, tuple]]:
    """The partition into stories and the attribution of each article."""
    stories: dict[str, set[str]] = defaultdict(set)
    for identity, article in articles.items():
        stories[article["story_id"]].add(identity)
    members = {story: frozenset(own) for story, own in stories.items()}
    attributed = {
        identity: (
            article["attribution_status"],
            tuple((one["id"], one["role"], one["basis"], one["confidence"]) for one in article["info_sources"]),
            article["derivation"], article["reused"],
            frozenset(members.get(story, frozenset()) for story in article["also_from"]),
        )
        for identity, article in articles.items()
    }  # fmt: skip
    return set(members.values()), attributed


def read_articles(out: Path) -> dict[str, dict]:
    return {row["id"]: row for row in map(json.loads, (out / "articles.jsonl").read_bytes().splitlines())}


def splits(work: Path, count: int, articles: int, path: str | None = None) -> None:
    """Cut sets into runs. Learned lines change from run to run, and equality holds for equal tables: nothing is learned."""
    from pipeline.run import run as run_here
    from transforms.boilerplate import learned
    from transforms.state import relearning

    learned.MIN_SOURCE_STORIES = relearning.MIN_SOURCE_STORIES = sys.maxsize

    def go(*arguments: object) -> None:
        fixed = ("--as-of", "2024-03-20", "--horizon", "3650d", "--quiet")
        with contextlib.redirect_stdout(io.StringIO()):
            assert run_here([*map(str, arguments), *fixed]) == 0

    wrong = 0
    for seed in range(count):
        chance = random.Random(seed)
        records = read_records(Path(path), articles, chance) if path else invented(seed, articles)
        shutil.rmtree(work, ignore_errors=True)
        write(work / "all", "all", records)
        go(work / "all", "--output", work / "one")
        chance.shuffle(records)
        runs = chance.randint(2, 10)
        told: dict[str, dict] = {}
        for place in range(runs):
            write(work / f"in{place}", f"part{place}", records[place::runs])
            go(work / f"in{place}", "--output", work / "out", "--state", work / "state")
            told.update(read_articles(work / "out"))
        one = read_articles(work / "one")
        same = verdict(one) == verdict(told)
        wrong += not same
        stories = len({article["story_id"] for article in one.values()})
        said = "the same" if same else "NOT THE SAME"
        print(f"seed {seed}: {len(one)} articles, {stories} stories, {runs} runs: {said}", flush=True)
    sys.exit(1 if wrong else 0)


def invented(seed: int, count: int) -> list[dict]:
    desk = Desk(seed, sentences=8, sources=400)
    return [record for day in range(10) for record in desk.day(day, count // 10)]


def read_records(path: Path, count: int, chance: random.Random) -> list[dict]:
    """Some articles of a file, neighbours together: its stories stay whole."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as lines:
        records = [json.loads(line) for line in lines]
    start = chance.randrange(max(1, len(records) - count + 1))
    return records[start : start + count]


def main() -> None:
    logging.getLogger().setLevel(logging.ERROR)
    command, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        given = [int(one) if one.isdigit() else one for one in rest]
        {"days": days, "month": month, "splits": splits}[command](Path(folder) / "w", *given)


if __name__ == "__main__":
    main()
