"""What flows from a file to an aligned article: one class a stage, each holding what that stage adds."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from schemas.records import DateEvidence, Evidence, InfoSource, Mention, Moment, Piece, Removed

Media = Literal["html", "text"]
BlockKind = Literal[
    "headline", "standfirst", "byline", "date", "heading", "paragraph", "list_item", "quote", "table", "caption", "line"
]


class Flow(Struct, frozen=True):
    """Immutable; equal contents are equal and encode to equal bytes."""


class Given(Flow, kw_only=True):
    """What the input says of a document beside its text. Values are verbatim, None where the input is silent."""

    input_id: str | None = None
    url: str | None = None
    source: str | None = None
    folder: str | None = None  # first folder below the input root, for files that are one article each
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    crawled: Moment | None = None
    charset: str | None = None  # of the HTTP header


class Document(Flow, kw_only=True):
    """One file, JSON record, WARC response or archive member, before anything is read in it."""

    path: str  # relative to the input root; file.jsonl#3 for a record in a file
    media: Media
    content: bytes  # the page or the text; UTF-8 when it comes from a JSON record
    content_sha256: str  # of the record's own bytes, decoded from compression
    content_bytes: int  # size of what content_sha256 is of
    given: Given


class Cut(Flow, kw_only=True):
    """Why a block is not body, when its structure alone shows it."""

    cls: str  # the removal's class
    rule: str


class Block(Flow, kw_only=True):
    """A piece of raw between two breaks. Blocks tile raw, white space apart, in reading order, and are never blank."""

    start: int  # code points of raw
    end: int  # exclusive
    kind: BlockKind  # "line": a line of plain text of which no more is known
    cut: Cut | None = None  # None: body, unless the cleaning finds a reason


class MetadataField(Flow, kw_only=True):
    """A value beside the text in which an agency may be credited."""

    name: str  # as jsonld.author[0].name, meta.author, record.byline
    value: str  # never blank


class Article(Flow, kw_only=True):
    """One article as its publisher printed it, boilerplate included."""

    id: str  # 32 hex digits
    path: str
    input_id: str | None
    source: str | None
    uri: str | None  # address of the article itself, as written
    canonical: str | None  # the page's canonical link, where it names another site: evidence, never identity
    content_sha256: str
    content_bytes: int  # size of what content_sha256 is of
    crawled: Moment | None
    media: Media
    raw: str  # extracted text before cleaning
    blocks: tuple[Block, ...]
    headline: str | None
    standfirst: str | None
    by: str | None  # verbatim byline
    authors: tuple[str, ...]  # as printed, agencies among them
    first_created: Moment | None
    first_created_evidence: DateEvidence | None
    version_created: Moment | None
    declared_language: str | None  # BCP 47, as the page or the profile says: a hint
    metadata: tuple[MetadataField, ...]
    series: str | None = None  # the network of its source, as the profile says; of a mere host the site, without www.
    by_layout: bool | None = None  # whether a layout of the profile found the body; None: the profile has none

    @property
    def publisher(self) -> str:
        """The network, else the source, else the article itself: what one publisher's articles share is no syndication."""
        if self.series is not None:
            return f"series {self.series}"  # no source has this name by chance: those of profiles have no blanks
        return self.source or self.id


class Mark(Flow, kw_only=True):
    """Evidence that points to an agency without claiming the text for it: house style, desk initials, canonical."""

    agency: str
    evidence: Evidence


class Credits(Flow, kw_only=True):
    """Who is credited in one article, read before anything is removed. Places are raw or metadata."""

    info_sources: tuple[InfoSource, ...] = ()  # basis explicit only
    mentions: tuple[Mention, ...] = ()
    marks: tuple[Mark, ...] = ()
    authors: tuple[str, ...] = ()  # people, agencies taken out
    dateline: str | None = None
    located: str | None = None
    credit_line: str | None = None
    copyright_notice: str | None = None
    ed_note: str | None = None
    version: str | None = None
    removed: tuple[Removed, ...] = ()  # the pieces of raw that are credit and not body; a dateline is body


class Cleaning(Flow, kw_only=True):
    """What stays of raw and what goes. Kept and removed tile raw, white space apart."""

    body_text: str
    kept: tuple[Piece, ...]
    removed: tuple[Removed, ...]


class CreditedArticle(Flow, kw_only=True):
    """An article whose credits are read, boilerplate still in place."""

    article: Article
    credits: Credits

    @property
    def path(self) -> str:
        return self.article.path

    @property
    def content_bytes(self) -> int:
        return self.article.content_bytes

    @property
    def content_sha256(self) -> str:
        return self.article.content_sha256


class StrippedArticle(CreditedArticle, kw_only=True):
    """An article whose boilerplate is out, too. Credits' places are raw, body or metadata."""

    cleaning: Cleaning


class CleanArticle(StrippedArticle, kw_only=True):
    """An article that is ready to be compared with others."""

    language: str | None  # BCP 47; None when short or mixed
    language_confidence: float | None
