"""What the search for shared wording hands on: passages, stories, and each article's part in them."""

from __future__ import annotations

from schemas.article import CleanArticle, Flow
from schemas.records import Derivation, Direction, ReuseKind, Span


class SharedPassage(Flow, kw_only=True, gc=False):
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


class StoryPart(Flow, kw_only=True, gc=False):
    """One article's part in the stories."""

    article_id: str
    words: int  # of the body
    story: str  # id of the smallest article of its story
    also_from: tuple[str, ...]  # smallest article ids of further stories
    derivation: Derivation
    reused_share: float  # 0..1
    reused: tuple[Span, ...]  # of body_text, sorted, apart


class Component(Flow, kw_only=True):
    """Articles that candidate links join, and all that is found between them. No story reaches over its border."""

    articles: tuple[CleanArticle, ...]  # sorted by id
    passages: tuple[SharedPassage, ...]  # sorted by a_id, b_id, a_start, b_start
    reuse: tuple[StoryPart, ...]  # one an article, in the order of articles


class Candidates(Flow, kw_only=True):
    """Components of articles that may share wording: one large one, or a pack of small ones.

    Which components share a pack changes no result; it keeps articles without a mate from being elements of their own.
    """

    numbers: tuple[int, ...]  # of the articles (textreuse.columns.article_number), ascending
    words: tuple[int, ...]  # of each body
    pairs: tuple[tuple[int, int], ...]  # of numbers, the less first, sorted: what to align
    groups: tuple[int, ...]  # one an article: the least number of its group of near-copies
    components: tuple[int, ...]  # one an article: the least number of its component
    background: tuple[tuple[int, int], ...]  # component, fingerprint key: wording that links nothing there; sorted


class Gathered(Flow, kw_only=True):
    """Candidates with the articles they name."""

    candidates: Candidates
    articles: tuple[CleanArticle, ...]  # sorted by id


class Link(Flow, kw_only=True, gc=False):
    """What two articles share, summed up for the choice of stories."""

    a: int  # index of the article, less than b
    b: int
    narrative: int  # equal words in shared narrative
    quoted: int  # equal words in shared quotations
    quotations: int  # distinct shared quotations, in the same order on both sides
    run: int  # equal words of the longest shared narrative passage
    renamed: int  # names in shared passages that stand against other names: the mark of a form
    renumbered: int  # numbers that stand against other numbers, likewise
    a_spans: tuple[Span, ...]  # words of a that speak for one story: narrative and quotation; sorted, apart
    b_spans: tuple[Span, ...]
    a_reused: tuple[Span, ...]  # words of a in shared passages, background that was copied along with them too
    b_reused: tuple[Span, ...]


class Aligned(Flow, kw_only=True):
    """Articles of a pack of components, with all measured passages between them."""

    articles: tuple[CleanArticle, ...]  # sorted by id
    words: tuple[int, ...]  # of each body; 0 for one that was aligned with nothing
    passages: tuple[SharedPassage, ...]  # sorted by a_id, b_id, a_start, b_start
    links: tuple[Link, ...]  # one a pair that shares anything, sorted by a, b
