"""What goes on in place of an element whose text waits in a file."""

from __future__ import annotations

from schemas.article import Flow


class Reference(Flow, order=True, gc=False):
    """Where one parked element lies."""

    block: str  # file name
    offset: int  # bytes
    length: int  # bytes


class Version(Flow, kw_only=True, order=True, gc=False):
    """What decides between two documents of one origin. The greatest wins."""

    crawled: str  # Moments; empty when unknown
    version_created: str
    content_sha256: str
    path: str
    article_id: str
    content_bytes: int


class ParkedArticle(Flow, kw_only=True):
    """In place of an extracted article."""

    reference: Reference
    version: Version
    source: str | None
    lines: bytes  # its line evidence, encoded (transforms.boilerplate.evidence); empty when nothing is learned from it
    by_layout: bool | None  # as of Article


class ParkedClean(Flow, kw_only=True):
    """In place of a cleaned article."""

    reference: Reference
    number: int  # transforms.textreuse.columns.article_number


class ParkedText(ParkedClean, kw_only=True):
    """The same, with what a state is to remember of the article beside its text."""

    id: bytes  # 16
    source: str | None
    digest: bytes  # of the cleaned text (transforms.state.versions.text_digest)
