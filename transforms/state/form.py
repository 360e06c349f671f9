"""What tells whether the fingerprints of a state are those that this program makes."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

from schemas.article import Article, CleanArticle, Cleaning, Credits
from transforms.textreuse.columns import pack_columns

_TEXT = (
    "The harbour board of Ostrel voted on Monday to close the old pier for 18 months, it said in a statement. "
    "\u201cWe found cracks in eleven of the forty piles that carry the ticket office,\u201d its engineer told reporters. "
    "Die F\u00e4hre f\u00e4hrt ab M\u00e4rz vom Nordkai; \u043f\u0430\u0440\u043e\u043c \u0432\u0435\u0440\u043d\u0451\u0442\u0441\u044f 3,5 \u043c\u0435\u0441\u044f\u0446\u0430 \u0441\u043f\u0443\u0441\u0442\u044f.\n\n"
    "Islanders had asked for a bridge in 1974, 1988 and 2003, and were told each time that the U.S. lender would not pay.\n\n"
    "Islanders had asked for a bridge in 1974, 1988 and 2003, and were told each time that the U.S. lender would not pay."
)


@cache
def fingerprint_form() -> str:
    """A hash of the fingerprints of a fixed text: it changes with whatever changes them, be it a constant or a rule."""
    article = Article(
        id="0" * 32, path="", input_id=None, source=None, uri=None, canonical=None, content_sha256="", content_bytes=0,
        crawled=None, media="text", raw=_TEXT, blocks=(), headline=None, standfirst=None, by=None, authors=(),
        first_created=None, first_created_evidence=None, version_created=None, declared_language=None, metadata=(),
    )  # fmt: skip
    cleaning = Cleaning(body_text=_TEXT, kept=(), removed=())
    clean = CleanArticle(
        article=article, credits=Credits(), cleaning=cleaning, language=None, language_confidence=None
    )
    digest = blake2b(digest_size=8)
    for bucket, pack in pack_columns([clean]):
        digest.update(bytes([bucket]) + pack)
    return digest.hexdigest()
