"""An input, an output and a state for the tests of runs with a state, and what they read of them."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.state import write
from pipeline.run import run

PIER = "The harbour board voted on Monday to close the old pier for repairs until the autumn of next year. "
REASON = "Engineers had found cracks in eleven of the forty piles that carry it, the board said in a statement. "
FERRY = "The ferry to the islands will leave from the northern quay while the work goes on, its operator said. "
COPY = PIER + REASON + FERRY


def rows(out: Path, name: str = "articles.jsonl") -> list[dict]:
    return [json.loads(line) for line in (out / name).read_bytes().splitlines()]


def changes(out: Path) -> dict[str, str]:
    return {row["input_id"] or row["path"]: row["change"] for row in rows(out)}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Place:
    """An input, an output and a state."""

    def __init__(self, folder: Path):
        self.input, self.output, self.state = folder / "in", folder / "out", folder / "state"
        self.input.mkdir()

    def put(self, name: str, *records: dict) -> None:
        write(self.input, name, records)

    def run(self, *arguments: str, code: int = 0) -> None:
        given = [str(self.input), "--output", str(self.output), "--state", str(self.state), "--quiet", *arguments]
        assert run(given) == code

    def ledger(self) -> dict:
        return json.loads((self.output / "run.json").read_bytes())["ledger"]


def record(identity: str, text: str, day: str | None = "2024-05-01", **more: str) -> dict:
    given = {"id": identity, "source": f"{identity}.example", "text": text, "published": day, **more}
    return {key: value for key, value in given.items() if value is not None}
