"""Runs with a state: what they cost, what a state weighs, that their cut doesn't matter, and that kills leave no trace.

    python benchmarks/state.py days 100 1000        # so many daily runs of so many articles
    python benchmarks/state.py month 300000 1000    # a state of so many articles, then one run of so many
    python benchmarks/state.py splits 20 300        # so many random cuts of so many articles into runs, against one run
    python benchmarks/state.py kills 50             # runs killed at random moments, against an undisturbed one

Articles are invented from a fixed seed: English-looking, about 600 words, 30 % of them copies of stories of earlier days,
some late, some without a date, some credited. CPU is of the run and its children.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import logging
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

FIRST_DAY = datetime.date(2024, 3, 1)
GLUE = ("the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "by", "from", "at", "is", "it", "as")
AGENCIES = ("AFP", "Reuters", "AP", "dpa")


class Desk:
    """Writes stories and prints copies of them, day after day."""

    def __init__(self, seed: int, sentences: int = 28, sources: int = 40):
        self.random = random.Random(seed)
        parts = [a + b for a in "bcdfglmnprstv" for b in ("a", "en", "i", "ol", "ur", "ast", "em", "or")]
        self._words = ["".join(self.random.choices(parts, k=self.random.randint(2, 4))) for _ in range(30_000)]
        self._sentences, self._sources = sentences, sources
        self._past: list[tuple[list[str], str]] = []
        self._pasted = [self._sentence() for _ in range(20)]
        self._number = 0

    def _sentence(self) -> str:
        chance = self.random
        words = [chance.choice(GLUE) if chance.random() < 0.45 else chance.choice(self._words) for _ in range(21)]
        return f"The {' '.join(words)}."

    def day(self, day: int, count: int) -> list[dict]:
        """One day's articles: new ones, copies of today's and of the last days' stories."""
        chance, today = self.random, []
        articles = []
        for _ in range(count):
            if self._past and chance.random() < 0.3:
                story, credit = chance.choice(self._past[-3 * count :])
            elif today and chance.random() < 0.3:
                story, credit = chance.choice(today)
            else:
                story = [self._sentence() for _ in range(self._sentences)]
                if chance.random() < 0.2:
                    story[-3:-2] = [chance.choice(self._pasted)]
                credit = chance.choice(AGENCIES)
                today.append((story, credit))
            articles.append(self._copy(story, credit, day))
        self._past += today
        return articles

    def _copy(self, story: list[str], credit: str, day: int) -> dict:
        chance = self.random
        kept = story[: chance.randint(len(story) // 2, len(story))] if chance.random() < 0.4 else story
        kept = [sentence for sentence in kept if chance.random() > 0.1] or story
        if chance.random() < 0.3:
            kept = [f"OSTREL ({credit}) - {kept[0]}", *kept[1:]]
        self._number += 1
        source = f"paper{chance.randint(1, self._sources)}.example"
        record = {"id": f"a{self._number}", "source": source, "title": kept[0][-60:-1], "text": "\n\n".join(kept)}
        late = chance.randint(1, 5) if chance.random() < 0.05 else 0
        if chance.random() > 0.05:
            record["published"] = (FIRST_DAY + datetime.timedelta(days=day - late)).isoformat()
        return record


def write(folder: Path, name: str, records: Sequence[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


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
    desk = Desk(1)
    for day in range(count):
        write(work / f"in{day}", f"day{day}", desk.day(day, articles))
        cpu, _ = run(work / f"in{day}", "--output", work / "out", "--state", work / "state")
        shutil.rmtree(work / f"in{day}")
        if (day + 1) % 5 == 0 or day < 3:
            sizes = weight(work / "state")
            segments = len(list((work / "state/segments").iterdir()))
            print(f"run {day + 1:4}: {cpu:6.2f} s CPU; {segments} segments; "
                  f"{sum(sizes.values()) / (day + 1) / articles:.0f} bytes an article", flush=True)
    total = count * articles
    print("bytes an article by file:", {name: round(size / total) for name, size in sorted(weight(work / "state").items())})


def month(work: Path, count: int, articles: int) -> None:
    desk = Desk(1)
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


def splits(work: Path, count: int, articles: int) -> None:
    from pipeline.run import run as run_here

    def go(*arguments: object) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            assert run_here([*map(str, arguments), "--as-of", "2024-03-20", "--quiet"]) == 0

    wrong = 0
    for seed in range(count):
        desk, chance = Desk(seed, sentences=8, sources=400), random.Random(seed)
        records = [record for day in range(10) for record in desk.day(day, articles // 10)]
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
        same = verdict(read_articles(work / "one")) == verdict(told)
        wrong += not same
        print(f"seed {seed}: {runs} runs, {'the same' if same else 'NOT THE SAME'}", flush=True)
    sys.exit(1 if wrong else 0)


def digest(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix == ".jsonl"}


def kills(work: Path, count: int) -> None:
    desk = Desk(5)
    write(work / "a", "a", desk.day(0, 200))
    write(work / "b", "b", desk.day(1, 200))
    run(work / "a", "--output", work / "out", "--state", work / "state")
    shutil.copytree(work / "state", work / "state0")
    shutil.copytree(work / "out", work / "out0")
    began = time.monotonic()
    run(work / "b", "--output", work / "out", "--state", work / "state")
    took = time.monotonic() - began
    expected = digest(work / "out")
    chance = random.Random(3)
    for number in range(count):
        for name in ("state", "out"):
            shutil.rmtree(work / name)
            shutil.copytree(work / f"{name}0", work / name)
        arguments = ["run", work / "b", "--output", work / "out", "--state", work / "state"]
        started = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", *map(str, arguments)], cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, 1.1) * took)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        killed = started.wait() != 0
        run(*arguments[1:])
        again = digest(work / "out")
        stray = [path.name for path in work.iterdir() if path.name.startswith(".")]
        if killed or again == expected:
            committed = again == expected
        assert committed and not stray, (number, stray)
        print(f"kill {number}: {'killed' if killed else 'had ended'}, the same bytes, nothing stray", flush=True)


def main() -> None:
    logging.getLogger().setLevel(logging.ERROR)
    command, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        {"days": days, "month": month, "splits": splits, "kills": kills}[command](Path(folder) / "w", *map(int, rest))


if __name__ == "__main__":
    main()
