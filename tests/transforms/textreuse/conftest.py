"""Invented articles, and the whole search over them without a pipeline."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Sequence

import pytest

from schemas.article import Article, CleanArticle, Cleaning, Credits
from schemas.records import InfoSource
from schemas.reuse import Candidates, Component, Gathered
from transforms.textreuse.align import align_candidates
from transforms.textreuse.candidates import (
    bucket_edges,
    join_articles,
    join_bucket,
    judge_bucket,
    latest_day,
    near_copies,
)
from transforms.textreuse.cluster import cluster_stories
from transforms.textreuse.columns import ARTICLES, article_number, pack_columns
from transforms.textreuse.pairing import propose

MakeArticle = Callable[..., CleanArticle]


def make_article(
    body: str, name: str, *, source: str | None = "", day: str | None = "2024-03-01", agencies: Sequence[str] = ()
) -> CleanArticle:
    """An article of its own source, unless one is given."""
    digits = hashlib.sha256(name.encode()).hexdigest()
    return CleanArticle(
        article=Article(
            id=digits[:32], path=name, input_id=name, source=f"paper of {name}" if source == "" else source, uri=None,
            canonical=None, content_sha256=digits, content_bytes=len(body), crawled=None, media="text", raw=body,
            blocks=(), headline=None, standfirst=None, by=None, authors=(), first_created=day,
            first_created_evidence=None, version_created=None, declared_language=None, metadata=(),
        ),
        credits=Credits(info_sources=tuple(
            InfoSource(id=one, name=one, role="origin", basis="explicit", confidence=1.0, evidence=())
            for one in agencies
        )),
        cleaning=Cleaning(body_text=body, kept=(), removed=()),
        language="en",
        language_confidence=1.0,
    )  # fmt: skip


def find_candidates(articles: Sequence[CleanArticle], pack: int = 64) -> list[Candidates]:
    """The candidate step over articles packed in their order, ``pack`` at a time."""
    buckets: dict[int, list[bytes]] = defaultdict(list)
    for first in range(0, len(articles), pack):
        for bucket, columns in pack_columns(articles[first : first + pack]):
            buckets[bucket].append(columns)
    tables = buckets.pop(ARTICLES)
    as_of = latest_day(tables)
    groups = [join_bucket(bucket, packs, as_of) for bucket, packs in buckets.items()]
    table = join_articles(tables, as_of)
    labels = near_copies(table, map(bucket_edges, groups))
    return list(propose(table, [judge_bucket(group, table.number, labels) for group in groups]))


def find_stories(articles: Sequence[CleanArticle], pack: int = 64) -> list[Component]:
    """The whole search."""
    by_number = {article_number(one.article.id): one for one in articles}
    components = []
    for candidates in find_candidates(articles, pack):
        own = tuple(sorted((by_number[number] for number in candidates.numbers), key=lambda one: one.article.id))
        components.append(cluster_stories(align_candidates(Gathered(candidates=candidates, articles=own))))
    return components


class Press:
    """Writes invented English-looking stories; the same seed writes the same."""

    def __init__(self, seed: int = 7):
        self.random = random.Random(seed)
        syllables = [a + b for a in "bdfgklmnprstv" for b in ("a", "en", "i", "or", "ul", "ast", "em")]
        self._words = ["".join(self.random.choices(syllables, k=self.random.randint(1, 4))) for _ in range(4000)]

    def sentence(self, words: int = 20) -> str:
        chosen = self.random.choices(self._words, k=words)
        return chosen[0].capitalize() + " " + " ".join(chosen[1:]) + "."

    def story(self, sentences: int = 12) -> list[str]:
        return [self.sentence() for _ in range(sentences)]


@pytest.fixture(scope="session")
def article() -> MakeArticle:
    return make_article


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def candidates_of() -> Callable[..., list[Candidates]]:
    return find_candidates


@pytest.fixture
def components_of() -> Callable[..., list[Component]]:
    return find_stories


@pytest.fixture
def stories_of() -> Callable[..., dict[str, tuple[str, tuple[str, ...]]]]:
    """Article's name -> its story and further stories, each named by its articles' names."""

    def stories(articles: Sequence[CleanArticle], pack: int = 64) -> dict[str, tuple[str, tuple[str, ...]]]:
        told = {}
        for component in find_stories(articles, pack):
            names = {one.article.id: one.article.path for one in component.articles}
            members: dict[str, list[str]] = defaultdict(list)
            for part in component.reuse:
                members[part.story].append(names[part.article_id])
            label = {story: " ".join(sorted(own)) for story, own in members.items()}
            for part in component.reuse:
                told[names[part.article_id]] = (label[part.story], tuple(sorted(label[one] for one in part.also_from)))
        return told

    return stories
