"""Fingerprints of many articles as packed columns, by bucket: what crosses the shuffle instead of text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from schemas.article import CleanArticle
from transforms.textreuse.fingerprint import Fingerprints, fingerprints
from transforms.textreuse.tokens import tokenise

BUCKETS = 16  # a power of two; a key's bucket is its lowest bits, and each bucket is joined on its own
ARTICLES = BUCKETS  # the bucket that holds what is known of each article instead of keys
NO_DAY = -(1 << 31)  # day of an article without a date
PACK_ARTICLES = 64  # articles fingerprinted at once
PACK_LETTERS = 60_000  # code points fingerprinted at once, one article more: columns that fit the second cache

_BUCKET_BITS = np.uint64(BUCKETS - 1)
_BUCKET_SHIFT = np.uint64(BUCKETS.bit_length() - 1)
KEY_BITS = 32 + BUCKETS.bit_length() - 1  # of a fingerprint that columns keep
_EPOCH = date(1970, 1, 1).toordinal()


class KeyPack(msgspec.Struct, frozen=True, array_like=True):
    """Keys of one bucket. All columns little endian; one entry an article, ``key`` one entry a key, in their order."""

    number: bytes  # int64
    words: bytes  # int32
    day: bytes  # int32, days since 1970-01-01 or NO_DAY
    keys: bytes  # int32: how many of ``key`` are the article's
    key: bytes  # uint32: the bits of the fingerprint behind those of the bucket


class ArticlePack(msgspec.Struct, frozen=True, array_like=True):
    """What the choice of pairs must know of articles."""

    number: bytes  # int64
    words: bytes  # int32
    day: bytes  # int32
    keys: bytes  # int32: different ones, in all buckets
    source: bytes  # int64: hash of the publisher
    credits: bytes  # int32: how many of ``agency`` are the article's
    agency: bytes  # int64: hash of an agency that it explicitly credits


def article_number(article_id: str) -> int:
    """The number that stands for an article in columns: the first 15 hex digits of its id, 0..2^60 - 1."""
    return int(article_id[:15], 16)


def day_number(moment: str | None) -> int:
    """Days since 1970-01-01 of an RFC 3339 date, NO_DAY for None."""
    return NO_DAY if moment is None else date.fromisoformat(moment[:10]).toordinal() - _EPOCH


@lru_cache(maxsize=1 << 16)
def name_number(name: str) -> int:
    """A signed 64-bit hash of a source's or agency's id."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little", signed=True)


def explicit_agencies(article: CleanArticle) -> tuple[str, ...]:
    """Ids of the agencies that the article itself credits for its text, sorted."""
    return tuple(
        sorted({
            source.id
            for source in article.credits.info_sources
            if source.basis == "explicit" and source.role in ("origin", "distributor") and ":" not in source.id
        })
    )  # fmt: skip


def packs(articles: Iterable[CleanArticle]) -> Iterator[list[CleanArticle]]:
    """Articles in packs of at most PACK_ARTICLES and about PACK_LETTERS. How they are packed changes no result."""
    pack: list[CleanArticle] = []
    letters = 0
    for article in articles:
        pack.append(article)
        letters += len(article.cleaning.body_text)
        if len(pack) == PACK_ARTICLES or letters >= PACK_LETTERS:
            yield pack
            pack, letters = [], 0
    if pack:
        yield pack


def pack_columns(articles: Sequence[CleanArticle]) -> list[tuple[int, bytes]]:
    """Fingerprint a pack of articles.

    Args:
        articles: Articles with different ids; about PACK_ARTICLES for speed.

    Returns:
        One ``(bucket, KeyPack)`` for each bucket that has keys, and one ``(ARTICLES, ArticlePack)``, encoded.
    """
    tokens = tokenise([article.cleaning.body_text for article in articles])
    found = fingerprints(tokens)
    number = np.array([article_number(article.article.id) for article in articles], np.int64)
    words = np.diff(tokens.bounds).astype(np.int32)
    day = np.array([day_number(article.article.first_created) for article in articles], np.int32)

    bucket = (found.key & _BUCKET_BITS).astype(np.uint8)  # sorted by radix, a tenth of the time
    key = (found.key >> _BUCKET_SHIFT).astype(np.uint32)
    order = np.argsort(bucket, kind="stable")
    bucket, key, owner = bucket[order], key[order], found.article[order]
    borders = np.searchsorted(bucket, np.arange(BUCKETS + 1))
    place = bucket.astype(np.int64) * len(articles) + owner
    counts = np.bincount(place, minlength=BUCKETS * len(articles)).astype(np.int32).reshape(BUCKETS, -1)
    shared = (number.tobytes(), words.tobytes(), day.tobytes())
    encode = msgspec.msgpack.encode
    out = [
        (place, encode(KeyPack(*shared, counts[place].tobytes(), key[borders[place] : borders[place + 1]].tobytes())))
        for place in range(BUCKETS)
        if borders[place] < borders[place + 1]
    ]
    agencies = [explicit_agencies(article) for article in articles]
    source = [name_number(article.article.publisher) for article in articles]
    out.append((
        ARTICLES,
        encode(
            ArticlePack(
                *shared,
                _different_keys(found, len(articles)).tobytes(),
                np.array(source, np.int64).tobytes(),
                np.array([len(ids) for ids in agencies], np.int32).tobytes(),
                np.array([name_number(name) for ids in agencies for name in ids], np.int64).tobytes(),
            )
        ),
    ))  # fmt: skip
    return out


def _different_keys(found: Fingerprints, articles: int) -> NDArray[np.int32]:
    """How many different keys each article has: one that says everything thrice has as many as a copy shares with it."""
    bits = np.uint64(max(1, articles - 1).bit_length())
    entry = np.sort(found.article.astype(np.uint64) << (np.uint64(64) - bits) | found.key >> bits)
    first = entry[np.flatnonzero(np.diff(entry, prepend=~entry[:1]))]
    owner = (first >> (np.uint64(64) - bits)).astype(np.int64)
    return np.bincount(owner, minlength=articles).astype(np.int32)


def column(packs: Sequence[msgspec.Struct], name: str, dtype: type) -> NDArray:
    """One column of many packs, joined in their order."""
    return np.frombuffer(b"".join(getattr(pack, name) for pack in packs), dtype)
