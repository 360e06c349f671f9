"""Cost and completeness of the search for shared wording as articles grow in number.

    python benchmarks/reuse_scale.py mixed 1000 10000     # stories of a few copies, single pieces, hot background
    python benchmarks/reuse_scale.py copies 10000         # one story, printed that often

Articles are invented from a fixed seed: 600 words of made-up vocabulary, copies cut, edited and reordered.
"""

from __future__ import annotations

import gc
import hashlib
import itertools
import random
import resource
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.reuse import Clock, search
from schemas.article import Article, CleanArticle, Cleaning, Credits
from schemas.records import InfoSource
from schemas.reuse import Gathered
from transforms.textreuse.align import align_candidates
from transforms.textreuse.cluster import cluster_stories
from transforms.textreuse.columns import article_number

SENTENCES, WORDS = 25, 24


class Press:
    """Writes invented stories and prints invented copies of them."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        syllables = [a + b for a in "bcdfgklmnprstv" for b in ("a", "en", "i", "ol", "ur", "ast", "em")]
        self._words = ["".join(self._random.choices(syllables, k=self._random.randint(1, 4))) for _ in range(20_000)]
        self._weights = list(itertools.accumulate(1 / (place + 10) for place in range(len(self._words))))
        self._background = [self._sentence() for _ in range(3)]

    def _sentence(self) -> str:
        words = self._random.choices(self._words, cum_weights=self._weights, k=WORDS)
        return words[0].title() + " " + " ".join(words[1:]) + "."

    def story(self, hot: bool) -> list[str]:
        sentences = [self._sentence() for _ in range(SENTENCES - 3 * hot)]
        return [*sentences, *self._background] if hot else sentences

    def copy(self, story: list[str]) -> str:
        chance = self._random
        kept = story[: chance.randint(8, len(story))] if chance.random() < 0.4 else story
        kept = [sentence for sentence in kept if chance.random() > 0.1]
        edited = []
        for sentence in kept:
            words = sentence.split()
            for place in range(1, len(words)):
                if chance.random() < 0.03:
                    words[place] = chance.choice(self._words)
            edited.append(" ".join(words))
        return "\n".join(edited) or story[0]

    def article(self, number: int, body: str, day: int, agencies: tuple[str, ...] = ()) -> CleanArticle:
        name = hashlib.sha256(str(number).encode()).hexdigest()
        credits = tuple(
            InfoSource(id=one, name=one, role="origin", basis="explicit", confidence=1.0, evidence=())
            for one in agencies
        )
        return CleanArticle(
            article=Article(
                id=name[:32], path=f"{number}.txt", input_id=str(number), source=f"paper{number}", uri=None,
                canonical=None, content_sha256=name, content_bytes=len(body), crawled=None, media="text", raw=body,
                blocks=(), headline=None, standfirst=None, by=None, authors=(),
                first_created=f"2024-03-{1 + day % 28:02}", first_created_evidence=None, version_created=None,
                declared_language=None, metadata=(),
            ),
            credits=Credits(info_sources=credits),
            cleaning=Cleaning(body_text=body, kept=(), removed=()),
            language="en",
            language_confidence=1.0,
        )  # fmt: skip


def mixed(count: int) -> list[CleanArticle]:
    press, chance, articles = Press(1), random.Random(2), []
    while len(articles) < count:
        story, day = press.story(hot=chance.random() < 0.2), chance.randint(0, 27)
        copies = 1 if chance.random() < 0.6 else chance.randint(2, 9)
        articles += [
            press.article(len(articles) + place, press.copy(story), day + chance.randint(0, 1))
            for place in range(copies)
        ]
    return articles[:count]


def copies(count: int) -> list[CleanArticle]:
    press = Press(3)
    story = press.story(hot=False)
    credit = {count - 1: ("afp",), count - 2: ("reuters",)}
    return [press.article(place, press.copy(story), place % 2, credit.get(place, ())) for place in range(count)]


def main() -> None:
    make = {"mixed": mixed, "copies": copies}[sys.argv[1]]
    for count in map(int, sys.argv[2:]):
        articles = sorted(make(count), key=lambda one: one.article.id)
        by_number = {article_number(one.article.id): one for one in articles}
        gc.collect()
        gc.freeze()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        clock = Clock()
        pairs, sizes = 0, Counter()
        for candidates in search(articles, clock):
            pairs += len(candidates.pairs)
            gathered = Gathered(candidates=candidates, articles=tuple(by_number[one] for one in candidates.numbers))
            clock.lap("gather")
            aligned = align_candidates(gathered)
            clock.lap("align")
            component = cluster_stories(aligned)
            clock.lap("cluster")
            sizes.update(part.story for part in component.reuse)
        words = sum(len(one.cleaning.body_text.split()) for one in articles)
        total = sum(clock.seconds.values())
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{count} articles of {words // count} words: {total / count * 1e6:.0f} µs an article, "
              f"{total / words * 600e6:.0f} µs per 600 words; {pairs / count:.2f} pairs an article; "
              f"{len(sizes)} stories, the largest {max(sizes.values())}; {(after - before) / 1024:.0f} MB more")
        steps = [f"{step} {seconds / words * 600e6:.0f}" for step, seconds in clock.seconds.items() if step]
        print("   " + ", ".join(steps))


if __name__ == "__main__":
    main()
