"""Which kinds of news are told apart: pairs joined rightly, wrongly and not at all, on invented articles of each kind.

    python benchmarks/reuse_kinds.py             # all kinds, seed 1
    python benchmarks/reuse_kinds.py 7 pool quakes

Every kind is a form in which copies and other articles look alike: what agencies, machines and outlets print day by day.
Articles are invented from a seed, and their stories are known because they were made so. docs/algorithms.md has the figures.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.desk import AGENCIES, GLUE
from benchmarks.reuse import Clock, clean_article, search
from schemas.reuse import Gathered
from transforms.textreuse.align import align_candidates
from transforms.textreuse.cluster import cluster_stories
from transforms.textreuse.columns import article_number

PAPERS = tuple(f"paper {number}" for number in range(60))
COUNT = 12  # stories, or families of them, of a kind
_CAST = 8  # names in a story


class Newsroom:
    """Writes stories and prints them."""

    def __init__(self, seed: str):
        self.random = random.Random(seed)
        parts = [a + b for a in "bcdfglmnprstv" for b in ("a", "en", "i", "ol", "ur", "ast", "em", "or")]
        self._words = ["".join(self.random.choices(parts, k=self.random.randint(2, 4))) for _ in range(20_000)]
        self._weights = list(itertools.accumulate(1 / (place + 10) for place in range(len(self._words))))
        self.printed: list[dict] = []

    def name(self) -> str:
        return self.random.choice(self._words).title()

    def cast(self) -> list[str]:
        return [self.name() for _ in range(_CAST)]

    def sentence(self, cast: Sequence[str], words: int = 0) -> str:
        chance = self.random
        said = [
            chance.choice(GLUE) if chance.random() < 0.4
            else chance.choice(cast) if chance.random() < 0.15
            else chance.choices(self._words, cum_weights=self._weights)[0]
            for _ in range(words or chance.randint(12, 28))
        ]  # fmt: skip
        return f"{said[0].capitalize()} {' '.join(said[1:])}."

    def quotation(self, cast: Sequence[str]) -> str:
        return f"“{self.sentence(cast)[:-1]},” {self.random.choice(cast)} said."

    def text(self, count: int, cast: Sequence[str], quoted: float = 0.2) -> list[str]:
        return [
            self.quotation(cast) if place and self.random.random() < quoted else self.sentence(cast)
            for place in range(count)
        ]

    def edited(self, text: Sequence[str], rate: float) -> list[str]:
        def changed(word: str) -> str:
            return self.random.choice(self._words) if self.random.random() < rate and word.isalpha() else word

        return [" ".join(map(changed, sentence.split())) for sentence in text]

    def put(
        self, paper: str, day: int, text: Sequence[str], stories: Sequence[str], agencies: Sequence[str] = ()
    ) -> None:
        self.printed.append({
            "id": str(len(self.printed)), "outlet": paper, "date": f"2024-03-{1 + day:02}", "title": None,
            "body": "\n\n".join(text), "stories": set(stories), "agencies": agencies, "credit": "explicit",
        })  # fmt: skip

    def syndicate(
        self, count: int, day: int, text: Sequence[str], stories: Sequence[str], agency: str = "", whole: bool = False
    ) -> None:
        """Print an agency's text in several papers; one credits it, the others cut or edit it unless whole."""
        chance = self.random
        for place, paper in enumerate(chance.sample(PAPERS, count)):
            own = list(text)
            if place and not whole and chance.random() < 0.4:
                own = own[: chance.randint(min(len(own), max(3, len(own) // 3)), len(own))]
            if place and not whole and chance.random() < 0.3:
                own = self.edited(own, 0.03)
            self.put(paper, day, own, stories, (agency,) if agency and not place else ())


def updates(room: Newsroom, story: str) -> None:
    """One agency's report through a day: each version has a new lead; the next day's report repeats two sentences."""
    cast, agency = room.cast(), room.random.choice(AGENCIES)
    text = room.text(5, cast)
    for _ in range(8):
        room.syndicate(2, 0, text, [story], agency)
        text = [*room.text(1, cast), *text[1 : 1 + room.random.randint(8, 11)], *room.text(1, cast)]
    room.syndicate(3, 1, [*room.text(10, cast), *text[4:6]], [f"{story} next"], agency)


def round_ups(room: Newsroom, story: str) -> None:
    """An agency's own round-up of six of its stories, morning and evening."""
    agency = room.random.choice(AGENCIES)
    own = {f"{story} {place}": room.text(9, room.cast()) for place in range(8)}
    for name, text in own.items():
        room.syndicate(room.random.randint(1, 3), 0, text, [name], agency)
    for part in ("morning", "evening"):
        chosen = room.random.sample(sorted(own), 6)
        text = [sentence for name in chosen for sentence in own[name][:1]]
        room.syndicate(3, 0, text, [f"{story} {part}", *chosen], agency, whole=True)


def live_blogs(room: Newsroom, story: str) -> None:
    """Two agencies' reports of one event, and live blogs that hold sentences of both."""
    cast, agencies = room.cast(), room.random.sample(AGENCIES, 2)
    wires = {f"{story} {agency}": room.text(10, cast) for agency in agencies}
    for (name, text), agency in zip(wires.items(), agencies, strict=True):
        room.syndicate(room.random.randint(2, 5), 0, text, [name], agency)
    for paper in room.random.sample(PAPERS, 3):
        entries = [sentence for text in wires.values() for sentence in room.random.sample(text, 3)]
        room.put(paper, 0, room.random.sample(entries + room.text(8, cast), len(entries) + 8), list(wires))


def pool(room: Newsroom, story: str) -> None:
    """Two agencies' reports that share a pool report of three sentences."""
    cast = room.cast()
    shared = room.text(3, cast)
    for agency in room.random.sample(AGENCIES, 2):
        room.syndicate(3, 0, [*room.text(6, cast), *shared, *room.text(4, cast)], [f"{story} {agency}"], agency)


def speeches(room: Newsroom, story: str) -> None:
    """Two agencies' reports of one speech: five quotations that both have."""
    cast = room.cast()
    heard = [room.quotation(cast) for _ in range(5)]
    for agency in room.random.sample(AGENCIES, 2):
        told = room.text(7, cast, 0)
        text = [sentence for pair in itertools.zip_longest(told, heard) for sentence in pair if sentence]
        room.syndicate(3, 0, text, [f"{story} {agency}"], agency)


def releases(room: Newsroom, story: str) -> None:
    """A press release as it is, an agency's report that takes two quotations of it, and the firm's next release."""
    cast, about = room.cast(), room.text(2, room.cast(), 0)
    release = [*room.text(6, cast, 0), *(room.quotation(cast) for _ in range(2)), *about]
    room.syndicate(4, 0, release, [story])
    room.syndicate(3, 0, [*room.text(3, cast, 0), *release[6:8], *room.text(6, cast, 0)], [f"{story} told"], "AP")
    room.syndicate(2, 18, [*room.text(7, cast), *about], [f"{story} next"], whole=True)


def quakes(room: Newsroom, story: str) -> None:
    """A machine's bulletin, printed in two papers as it is; eight a family."""
    chance = room.random
    for place in range(8):
        far, where = chance.randint(5, 120), chance.choice(("north", "south-west", "east"))
        magnitude, hour = chance.randint(41, 72) / 10, f"{chance.randint(1, 12)}:{chance.randint(10, 59)}"
        text = [
            f"An earthquake of magnitude {magnitude} struck {far} kilometres {where} of {room.name()} on Monday.",
            f"The quake hit at {hour} local time at a depth of {chance.randint(5, 90)} kilometres.",
            "There were no immediate reports of damage or casualties and no tsunami warning was issued.",
        ]
        room.syndicate(2, chance.randint(0, 17), text, [f"{story} {place}"], whole=True)


def weather(room: Newsroom, story: str) -> None:
    """Eight days' forecasts, of which few words and numbers differ, each in two papers."""
    chance = room.random
    for day in range(8):
        sky = chance.choice(("Cloudy with outbreaks of rain", "Bright with sunny spells", "Dry with light winds"))
        text = [
            f"Today: {sky} in the {chance.choice(('north', 'south', 'east', 'west'))}, highs of {chance.randint(2, 25)} degrees.",
            f"Outlook: colder with frost overnight, highs of {chance.randint(2, 25)} degrees.",
            f"Winds of up to {chance.randint(10, 60)} miles an hour are expected along the coast.",
            "Drivers are advised to check conditions before they travel and to allow extra time for their journeys.",
        ]
        room.syndicate(2, day + chance.randint(0, 10), text, [f"{story} {day}"], whole=True)


def courts(room: Newsroom, story: str) -> None:
    """Lists of cases, week by week, each in two papers of one house."""
    chance, papers = room.random, room.random.sample(PAPERS, 2)
    for week in range(3):
        text = [
            f"{room.name()} {room.name()}, {chance.randint(18, 80)}, of {room.name()} Road, admitted driving a motor vehicle "
            f"without {chance.choice(('insurance', 'due care and attention'))} on March {chance.randint(1, 28)}. Fined "
            f"£{chance.randint(40, 900)}, with a victim surcharge of £{chance.choice((34, 48, 66))} and costs of £85."
            for _ in range(10)
        ]
        for paper in papers:
            room.put(paper, 7 * week, text, [f"{story} {week}"])


def obituaries(room: Newsroom, story: str) -> None:
    """A flash, then the obituary that lay ready, and another agency's, with two tributes that both have."""
    cast, agencies = room.cast(), room.random.sample(AGENCIES, 2)
    ready, tributes = room.text(11, cast), [room.quotation(cast) for _ in range(3)]
    flash = [*room.text(2, cast, 0), *ready[:2]]
    room.syndicate(2, 0, flash, [story], agencies[0], whole=True)
    room.syndicate(3, 0, [*room.text(3, cast, 0), *tributes, *ready], [story], agencies[0])
    room.syndicate(
        2, 0, [*room.text(4, cast, 0), *tributes[:2], *room.text(6, cast, 0)], [f"{story} other"], agencies[1]
    )


def columns(room: Newsroom, story: str) -> None:
    """A weekly column whose author's life stands below each, in four papers of one house."""
    papers, life = room.random.sample(PAPERS, 4), room.text(3, room.cast(), 0)
    for week in range(4):
        text = [*room.text(7, room.cast(), 0.05), *life]
        for paper in papers[: room.random.randint(1, 4)]:
            room.put(paper, 7 * week, text, [f"{story} {week}"])


def series(room: Newsroom, story: str) -> None:
    """A feature in three parts, each with the story so far, in four papers."""
    cast, papers = room.cast(), room.random.sample(PAPERS, 4)
    before: list[str] = []
    for part in range(3):
        text = room.text(20, cast)
        for paper in papers:
            own = [*before, *text]
            room.put(paper, 7 * part, own[:9] if room.random.random() < 0.2 else own, [f"{story} {part}"])
        before += text[:2]


def local(room: Newsroom, story: str) -> None:
    """A national report with a town's own lead and figures in each of six papers."""
    text = room.text(10, room.cast())
    for paper in room.random.sample(PAPERS, 6):
        town, count = room.name(), room.random.randint(100, 9000)
        lead = [room.sentence([town]), f"In {town} {count} people were affected, the figures show."]
        room.put(paper, 0, [*lead, *text], [story])


def briefs(room: Newsroom, story: str) -> None:
    """Three sentences that begin as many do, some edited."""
    opening = room.random.choice(
        ("Police said on Monday they had arrested a man", "Two people were killed and nine injured")
    )
    text = [f"{opening} in {room.name()} after {room.sentence(room.cast(), 12).lower()}", *room.text(2, room.cast(), 0)]
    for paper in room.random.sample(PAPERS, 3):
        room.put(paper, 0, room.edited(text, room.random.choice((0, 0.05))), [story])


KINDS: dict[str, Callable[[Newsroom, str], None]] = {
    kind.__name__: kind
    for kind in (
        updates, round_ups, live_blogs, pool, speeches, releases, quakes, weather, courts, obituaries, columns, series,
        local, briefs,
    )
}  # fmt: skip


def told(room: Newsroom) -> dict[str, set[str]]:
    """The stories that the search finds, of each article."""
    articles = [clean_article(one, {}) for one in room.printed]
    by_number = {article_number(one.article.id): one for one in articles}
    found: dict[str, set[str]] = {}
    for candidates in search(sorted(articles, key=lambda one: one.article.id), Clock()):
        own = tuple(by_number[number] for number in candidates.numbers)
        component = cluster_stories(align_candidates(Gathered(candidates=candidates, articles=own)))
        for article, part in zip(component.articles, component.reuse, strict=True):
            found[article.article.path] = {part.story, *part.also_from}
    return found


def score(room: Newsroom) -> Counter[str]:
    """Pairs by what became of them."""
    found, count = told(room), Counter()
    for one, other in itertools.combinations(room.printed, 2):
        same, joined = bool(one["stories"] & other["stories"]), bool(found[one["id"]] & found[other["id"]])
        count["right" if same and joined else "wrong" if joined else "missed" if same else "apart"] += 1
    return count


def main() -> None:
    seed, chosen = (sys.argv[1] if len(sys.argv) > 1 else "1"), sys.argv[2:] or list(KINDS)
    total: dict[str, int] = defaultdict(int)
    print(f"{'kind':12}{'articles':>9}{'right':>8}{'wrong':>7}{'missed':>8}")
    for kind in chosen:
        room = Newsroom(f"{seed} {kind}")
        for place in range(COUNT):
            KINDS[kind](room, f"{kind} {place}")
        count = score(room)
        for name in ("right", "wrong", "missed"):
            total[name] += count[name]
        print(f"{kind:12}{len(room.printed):9}{count['right']:8}{count['wrong']:7}{count['missed']:8}")
    precision = total["right"] / max(1, total["right"] + total["wrong"])
    recall = total["right"] / max(1, total["right"] + total["missed"])
    print(f"pairs: precision {precision:.4f}, recall {recall:.4f}")


if __name__ == "__main__":
    main()
