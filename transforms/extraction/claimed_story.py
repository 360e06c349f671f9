"""A story that a page shows only to those who run its scripts, as its metadata has it."""

from __future__ import annotations

import html
import re

from schemas.article import Block
from transforms.extraction.metadata import Claims
from transforms.extraction.reading import Reading

# Kinds of a page's lines that stay over the story.
_HEAD = frozenset({"headline", "standfirst", "byline", "date"})
# Paragraphs of the longest story that is read.
_MOST_PARAGRAPHS = 5_000

_BREAK = re.compile(r"<(?:/(?:p|div|h[1-6]|li|blockquote|tr)|br\s{0,3}/?)\s{0,3}>", re.I)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")


def claimed_story(claims: Claims, reading: Reading) -> Reading | None:
    """What the page shows of the story's head, and below it the text that JSON-LD gives as the article's.

    Args:
        claims: The page's metadata.
        reading: What the page shows.

    Returns:
        None where the metadata has no text.
    """
    body = claims.article.get("articleBody")
    paragraphs = _paragraphs(body) if isinstance(body, str) else []
    if not paragraphs:
        return None
    pieces = [(reading.raw[b.start : b.end], b.kind) for b in reading.blocks if b.kind in _HEAD and b.cut is None]
    known = {text for text, _ in pieces}
    pieces += [(text, "paragraph") for text in paragraphs if text not in known]
    blocks: list[Block] = []
    place = 0
    for text, kind in pieces:
        blocks.append(Block(start=place, end=place + len(text), kind=kind))
        place += len(text) + 2
    return Reading(raw="\n\n".join(text for text, _ in pieces), blocks=tuple(blocks))


def _paragraphs(body: str) -> list[str]:
    text = html.unescape(body) if "&" in body else body
    if "<" in text:
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.splitlines()[: 2 * _MOST_PARAGRAPHS])
    return [line for line in lines if line][:_MOST_PARAGRAPHS]
