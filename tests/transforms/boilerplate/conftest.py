"""Articles made by hand, and the tables that come with the program."""

from collections.abc import Callable

import pytest

from schemas.article import Article, Block, Credits
from transforms.boilerplate.cues import CueTable, our_cues
from transforms.extraction.plain_text import read_text

MakeArticle = Callable[..., Article]


@pytest.fixture(scope="session")
def cues() -> CueTable:
    return our_cues()


@pytest.fixture(scope="session")
def no_credits() -> Credits:
    return Credits()


@pytest.fixture(scope="session")
def article_of(cues: CueTable) -> MakeArticle:
    """Builds an article from a text, or from raw and blocks."""

    def build(
        text: str, *, blocks: tuple[Block, ...] | None = None, source: str | None = "gazette", number: int = 1
    ) -> Article:
        reading = read_text(text, None, None, cues)
        return Article(
            id=f"{number:032x}", path=f"gazette/{number}.txt", input_id=None, source=source, uri=None, canonical=None,
            content_sha256="0" * 64, content_bytes=len(text), crawled=None, media="text" if blocks is None else "html",
            raw=text, blocks=reading.blocks if blocks is None else blocks, headline=reading.headline,
            standfirst=reading.standfirst, by=reading.by, authors=reading.authors, first_created=reading.first_created,
            first_created_evidence=reading.first_created_evidence, version_created=reading.version_created,
            declared_language=None, metadata=(),
        )  # fmt: skip

    return build
