"""What the search for shared wording hands on: passages, stories, and each article's part in them."""

from __future__ import annotations

from schemas.article import CleanArticle, Flow
from schemas.records import Derivation, Direction, ReuseKind, Span


class SharedPassage(Flow, kw_only=True):
    """One maximal passage that two bodies share, tolerant of small edits."""

    a_id: str  # article id, less than b_id
    b_id: str
    a_start: int  # code points of a's body
    a_end: int
    b_start: int
    b_end: int
    words: int  # of the shorter side
    similarity: float  # 0..1, share of equal words in the alignment
    kind: ReuseKind
    direction: Direction


class Reuse(Flow, kw_only=True):
    """One article's part in the stories."""

    article_id: str
    story: str  # id of the smallest article of its story
    also_from: tuple[str, ...]  # smallest article ids of further stories
    derivation: Derivation
    reused_share: float  # 0..1
    reused: tuple[Span, ...]  # of body_text, sorted, apart


class Component(Flow, kw_only=True):
    """Articles that candidate links join, and all that is found between them. No story reaches over its border."""

    articles: tuple[CleanArticle, ...]  # sorted by id
    passages: tuple[SharedPassage, ...]  # sorted by a_id, b_id, a_start, b_start
    reuse: tuple[Reuse, ...]  # one an article, in the order of articles
