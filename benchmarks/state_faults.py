"""Runs with a state that something happens to: killed, stopped, without room on the disk; and a watch of thousands of cycles.

    python benchmarks/state_faults.py kills 50       # killed at random moments, each followed by a run
    python benchmarks/state_faults.py remote 50      # the same, with the state on an object store
    python benchmarks/state_faults.py commits 20     # killed while they commit and publish
    python benchmarks/state_faults.py signals 20     # SIGINT and SIGTERM at random moments, in both running modes
    python benchmarks/state_faults.py disk 20        # files may not grow beyond so many bytes, from 1 kB to what it takes
    python benchmarks/state_faults.py watch 5000 200 # so many cycles that find nothing new, and so many with one new file

After each fault the next run must end with the bytes of a run that nothing happened to, in OUT and in the state, and
leave nothing beside them, in neither of their folders nor in the folder of temporary files.
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.desk import Desk, write  # noqa: E402

SEED = 3
ARTICLES = 60  # of each of the two runs: little work, so that no step outlasts the others
SECONDS_TO_END = 10  # that a signal may take
SEVERAL = ["--direct_running_mode=multi_processing", "--direct_num_workers=2"]


class Bench:
    """An input, a state and an output that a first run left, and what a second run makes of them if nothing happens."""

    def __init__(self, work: Path, is_remote: bool = False):
        self.work, self.temporary = work / "here", work / "temporary"
        self._is_remote = is_remote
        desk = Desk(5, sentences=10)
        self.temporary.mkdir(parents=True)
        for name, day in (("a", 0), ("b", 1)):
            write(work / name, name, desk.day(day, ARTICLES))
        self._inputs = [work / "a", work / "b"]
        self._before = work / "before"
        self.command(0).run()
        shutil.copytree(self.work, self._before)
        self.before = {name: contents(self.work / name) for name in ("out", "state") if (self.work / name).exists()}
        began = time.monotonic()
        self.command(1).run()
        self.seconds = time.monotonic() - began
        self.expected = contents(self.work)

    def command(self, number: int, *more: str, state: bool = True) -> Command:
        location = "objects://bucket/state" if self._is_remote else self.work / "state"
        where = ["--output", self.work / "out", *(["--state", location] if state else [])]
        store, cache = self.work / "store", self.work / "cache"
        if self._is_remote:
            store.mkdir(parents=True, exist_ok=True)
        environment = {"TMPDIR": str(self.temporary), "OBJECTS_ROOT": str(store), "XDG_CACHE_HOME": str(cache)}
        return Command([self._inputs[number], *where, *more], environment)

    def reset(self) -> None:
        """As it was after the first run."""
        shutil.rmtree(self.work)
        shutil.copytree(self._before, self.work)

    def check_next_run(self) -> str | None:
        """Run again; what is wrong then, if anything is."""
        self.command(1).run()
        if contents(self.work) != self.expected:
            now, then = contents(self.work), self.expected
            return f"differs: {sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))}"
        stray = [str(path) for path in self.temporary.iterdir()]
        return f"stray: {stray}" if stray else None


# The command line, knowing the object store of the tests.
_MAIN = """
import logging, sys
logging.disable(logging.WARNING)
import tests.objects, pipeline.cli
sys.exit(pipeline.cli.main())
"""


class Command:
    """One run in a process group of its own."""

    def __init__(self, arguments: list[object], environment: dict[str, str]):
        self._arguments = [sys.executable, "-c", _MAIN, "run", *map(str, arguments), "--quiet"]
        self._environment = {**os.environ, **environment}

    def start(self, file_bytes: int | None = None) -> subprocess.Popen:
        limit = None if file_bytes is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
        return subprocess.Popen(
            self._arguments, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            start_new_session=True, preexec_fn=limit,
        )  # fmt: skip

    def run(self) -> None:
        run = self.start()
        errors = run.communicate()[1]
        assert (run.returncode, errors) == (0, ""), (run.returncode, errors)


_PACKED = re.compile(rb'"packed": "[^"]*"')


def contents(folder: Path) -> dict[str, bytes | None]:
    """All files, and all folders that hold none; the manifest of a run has times in it, and isn't compared, nor is the hash
    of an output that was packed with it. An upload that was cut off no object store shows."""
    return {
        str(path.relative_to(folder)): _PACKED.sub(b"", path.read_bytes()) if path.is_file() else None
        for path in folder.rglob("*")
        if path.name != "run.json" and "~" not in path.name and (path.is_file() or not any(path.iterdir()))
    }


def members(group: int) -> list[str]:
    """Processes of a process group that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(status.parent.name)
    return found


def wait_for_members(group: int) -> bool:
    """Whether all processes of a group end in time."""
    deadline = time.monotonic() + SECONDS_TO_END
    while members(group):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def kills(work: Path, count: int, is_remote: bool = False) -> None:
    """Every fifth in several processes, of which only the first is killed, as when memory runs out."""
    bench, chance = Bench(work, is_remote), random.Random(SEED)

    def fault(number: int) -> str:
        several = number % 5 == 4
        run = bench.command(1, *(SEVERAL if several else [])).start()
        time.sleep(chance.uniform(0.1, 1.0) * bench.seconds * (2 if several else 1))
        with contextlib.suppress(ProcessLookupError):
            (os.kill if several else os.killpg)(run.pid, signal.SIGKILL)
        run.communicate()
        assert wait_for_members(run.pid), "orphans"
        return "killed" if run.returncode else "had ended"

    repeat(bench, count, fault)


def remote(work: Path, count: int) -> None:
    kills(work, count, is_remote=True)


def commits(work: Path, count: int) -> None:
    """From the moment on in which the output stands staged, some hundredths of a second."""
    bench, chance = Bench(work), random.Random(SEED)

    def fault(_: int) -> str:
        run = bench.command(1).start()
        while run.poll() is None and not any(bench.work.glob(".out.wirestories.committed-*")):
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.05))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        is_new = contents(bench.work / "out") != bench.before["out"]
        manifest = (bench.work / "state/manifest.json").read_bytes()
        committed = manifest != bench.before["state"]["manifest.json"]
        return f"{'killed' if run.returncode else 'had ended'}, {'' if committed else 'not '}committed, {'' if is_new else 'not '}published"

    repeat(bench, count, fault)


def signals(work: Path, count: int) -> None:
    bench, chance = Bench(work), random.Random(SEED)

    def fault(number: int) -> str:
        several = number % 4 >= 2
        run = bench.command(1, *(SEVERAL if several else [])).start()
        time.sleep(chance.uniform(0.1, 1.0) * bench.seconds * (2 if several else 1))
        began = time.monotonic()
        run.send_signal(sent := (signal.SIGINT, signal.SIGTERM)[number % 2])
        _, errors = run.communicate()
        took = time.monotonic() - began
        assert took < SECONDS_TO_END and wait_for_members(run.pid), (took, members(run.pid))
        # A signal may come before the interpreter has read a line of ours, or when it is already on its way out.
        assert (run.returncode, errors.count("\n")) in ((1, 1), (0, 0), (-sent, 0)), (run.returncode, errors)
        left = [path.name for path in bench.work.iterdir() if path.name.startswith(".")] + os.listdir(bench.temporary)
        assert not left, left
        return f"{sent.name} {'in several processes ' if several else ''}ended it with {run.returncode} in {took:.1f} s"

    repeat(bench, count, fault)


def disk(work: Path, count: int) -> None:
    bench = Bench(work)
    largest = max(len(data or b"") for data in bench.expected.values())

    def fault(number: int) -> str:
        state, several = number % 4 != 0, number % 4 == 3
        allowed = round(1000 * (1.1 * largest / 1000) ** (number / max(1, count - 1)))
        run = bench.command(1, *(SEVERAL if several else []), state=state).start(allowed)
        errors = run.communicate()[1]
        assert run.returncode == 0 or errors.count("\n") == 1 and "File too large" in errors, (run.returncode, errors)
        left = [path.name for path in bench.work.iterdir() if path.name.startswith(".")] + os.listdir(bench.temporary)
        assert not left, left
        if not state and run.returncode == 0:
            bench.reset()  # its output is of one input alone
        return f"{allowed:,} bytes{'' if state else ', no state'}{', several processes' if several else ''}: {errors.strip() or 'enough'}"

    repeat(bench, count, fault)


def repeat(bench: Bench, count: int, fault: Callable[[int], str]) -> None:
    wrong = 0
    for number in range(count):
        bench.reset()
        said = fault(number)
        found = bench.check_next_run()
        wrong += found is not None
        print(f"{number + 1}: {said}; next run: {found or 'the same bytes, nothing stray'}", flush=True)
    sys.exit(f"{wrong} of {count} WRONG" if wrong else 0)


def watch(work: Path, idle: int, busy: int) -> None:
    """One process; its memory and its descriptors, every so often."""
    from pipeline.watch import Watch, read_watch_arguments

    class Measured(Watch):
        cycles = 0

        def cycle(self) -> int:
            if self.cycles >= idle:
                write(work / "in", f"n{self.cycles}", [one_article(self.cycles)])
            code = super().cycle()
            self.cycles += 1
            if self.cycles % max(1, (idle if self.cycles <= idle else busy) // 10) == 0 or code:
                kilobytes = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024
                descriptors = len(os.listdir("/proc/self/fd"))
                print(f"cycle {self.cycles}: code {code}, {kilobytes:,} kB, {descriptors} descriptors", flush=True)
            if self.cycles == idle + busy:
                raise KeyboardInterrupt
            return code

    write(work / "in", "first", Desk(5, sentences=10).day(0, 20))
    given = [work / "in", "--output", work / "out", "--state", work / "state", "--quiet", "--append", "--every", "1s"]
    Measured(read_watch_arguments([*map(str, given)])._replace(every=0.0)).loop()
    print(f"left beside the input: {sorted(path.name for path in work.iterdir())}; in OUT: {sorted(os.listdir(work / 'out'))}")


def one_article(number: int) -> dict:
    """An article like no other; nothing of it stays in memory."""
    chance = random.Random(number)
    text = " ".join(f"The {chance.randrange(10**6)} of {chance.randrange(10**6)} was seen at {number}." for _ in range(20))
    return {"id": f"n{number}", "source": f"paper{number % 40}.example", "text": text, "published": "2024-03-01"}


def main() -> None:
    logging.getLogger().setLevel(logging.ERROR)
    command, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        {"kills": kills, "remote": remote, "commits": commits, "signals": signals, "disk": disk, "watch": watch}[command](Path(folder), *map(int, rest))


if __name__ == "__main__":
    main()
