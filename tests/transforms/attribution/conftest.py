"""Plain articles of invented text into which a test places a line."""

from collections.abc import Callable

import pytest

from schemas.article import Article, Block, Cut, MetadataField
from transforms.attribution.registry import Registry, load_registry

REGISTRY = load_registry()
HEADLINE = "Council weighs a new bridge"
PARAGRAPHS = (
    "The council met on Monday to discuss the new bridge across the river, and members agreed to study it further.",
    "Several residents had asked for more time to read the proposal, which runs to over two hundred pages and covers "
    "traffic, noise and cost.",
    "A decision is expected before the end of the year, the mayor said after the meeting in the town hall.",
    "The bridge would replace a ferry that has served the two towns since the middle of the last century.",
)


def build(parts: list[tuple[str, str]], **fields: object) -> Article:
    """An article of blocks: pairs of a kind, or the class of a cut, and a text."""
    raw, blocks = "", []
    for kind, text in parts:
        raw += "\n\n" if raw else ""
        known = kind in ("headline", "standfirst", "byline", "date", "heading", "paragraph", "caption", "line")
        cut = None if known else Cut(cls=kind, rule="test")
        blocks.append(Block(start=len(raw), end=len(raw) + len(text), kind=kind if known else "paragraph", cut=cut))
        raw += text
    values: dict = dict(
        id="0" * 32,
        path="a.txt",
        input_id=None,
        source=None,
        uri=None,
        canonical=None,
        content_sha256="0" * 64,
        content_bytes=len(raw.encode()),
        crawled=None,
        media="text",
        raw=raw,
        blocks=tuple(blocks),
        headline=None,
        standfirst=None,
        by=None,
        authors=(),
        first_created=None,
        first_created_evidence=None,
        version_created=None,
        declared_language=None,
        metadata=(),
    )
    return Article(**(values | fields))


def place(where: str, text: str, media: str = "text", **fields: object) -> Article:
    """A plain article with a line where ``where`` says."""
    kind = "line" if media == "text" else "paragraph"
    head = (kind if media == "text" else "headline", HEADLINE)
    body = [(kind, paragraph) for paragraph in PARAGRAPHS]
    special = {"byline": "byline", "caption": "caption"}
    line = (kind if media == "text" else special.get(where, kind), text)
    if where in ("dateline", "byline", "line"):
        body.insert(0, line)
    elif where == "caption":
        body.insert(1, line)
    elif where == "body":
        body[1] = (kind, f"{PARAGRAPHS[1]} {text} {PARAGRAPHS[2]}")
    else:
        body.append(line)
    return build([head, *body], **fields)


def claims(credits):
    return {source.id: source.role for source in credits.info_sources}


def proofs(credits):
    return [(s.id, e.kind, e.rule, e.exact) for s in credits.info_sources for e in s.evidence]


@pytest.fixture(scope="session")
def registry() -> Registry:
    return REGISTRY


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    return build


@pytest.fixture(scope="session")
def placed() -> Callable[..., Article]:
    return place


@pytest.fixture(scope="session")
def field() -> Callable[[str, str], MetadataField]:
    return lambda name, value: MetadataField(name=name, value=value)
