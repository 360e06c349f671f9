"""What makes a document known, an article's version newer, and its text another one."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from schemas.article import CleanArticle


def path_digest(path: str) -> bytes:
    """16 bytes that stand for a document's path."""
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def content_digest(content_sha256: str) -> bytes:
    """16 bytes that stand for a document's content: the first half of its sha256."""
    return bytes.fromhex(content_sha256[:32])


def text_digest(clean: CleanArticle) -> bytes:
    """16 bytes that stand for what an article says: two versions with the same are one.

    What it says is its cleaned text, headline, standfirst and byline, when it was first published, and whom it credits:
    all that stories and attributions are made of. Where the text stood on the page, what was removed and when the page
    was crawled or touched are no part of it.
    """
    article, credits = clean.article, clean.credits
    said = (
        clean.cleaning.body_text,
        article.headline,
        article.standfirst,
        article.by,
        article.first_created,
        article.source,
        [(one.id, one.role, one.joint_with) for one in credits.info_sources],
        sorted({mark.agency for mark in credits.marks}),
        [(one.id, one.role) for one in credits.mentions],
    )
    return blake2b(msgspec.msgpack.encode(said), digest_size=16).digest()


def is_newer(version: tuple[str, str, str, str], known: tuple[str, str, str, str]) -> bool:
    """Whether a document takes the place of the one that is known of its article.

    The later crawl and the later version win. Where neither tells, a document at the same path is the same file with
    new content, and takes its place; of two documents that both still exist the greater sha256 wins, in any order.

    Args:
        version: Crawl date, version date (empty when unknown), content_sha256, path.
        known: Likewise.
    """
    if version[:2] != known[:2]:
        return version[:2] > known[:2]
    if version[3] == known[3]:
        return version[2] != known[2]
    return version[2] > known[2]
