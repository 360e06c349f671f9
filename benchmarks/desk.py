"""Invented articles, day after day: English-looking, copied, credited, late and without dates, from a fixed seed."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Sequence
from pathlib import Path

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
