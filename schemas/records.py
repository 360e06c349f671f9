"""The records a run writes, one class a line of JSON Lines. The classes are the schema, the validator and the codec.

Spans count code points, end exclusive. Lists are never null. Dates are RFC 3339 in UTC, or ``2021-06-28`` where only
the day is known. Names follow IPTC ninjs 3 in snake_case where it has one (docs/records.md maps them).
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

SCHEMA_VERSION = "1.0"
CONTEXT = 32  # characters of a prefix and a suffix, at most

Offset = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]  # rounded half-even to 4 decimals
Id = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$")]
Span = tuple[Offset, Offset]
Piece = tuple[Offset, Offset, Offset, Offset]  # raw_start, raw_end, body_start, body_end; verbatim copies of each other

Role = Literal["origin", "distributor", "editor", "press_release"]
Basis = Literal["explicit", "inferred"]
MentionRole = Literal["photo", "quoted", "subject", "other"]
Place = Literal["raw", "body", "metadata"]
EvidenceKind = Literal[
    # may make an explicit claim
    "dateline", "byline", "trailer_credit", "credit_line", "copyright", "machine_id", "signature", "metadata",
    # makes an inferred claim
    "shared_wording",
    # never make a claim: they raise a confidence or split a joint credit
    "house_style", "desk_initials", "canonical",
]  # fmt: skip
Status = Literal[
    "own_source", "partly_credited", "credited", "not_credited_in_text", "shared_origin_unknown", "no_agency_found"
]
Derivation = Literal["whole", "partial", "none"]
Change = Literal["new", "updated", "context"]
ReuseKind = Literal["narrative", "quote", "background"]
Direction = Literal["a_to_b", "b_to_a", "undecided"]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What all records share: immutable, every field always written, in the order of the class."""


class Evidence(Record, rename={"place": "in"}, kw_only=True):
    """The characters that a claim rests on."""

    kind: EvidenceKind
    place: Place  # written as "in"
    field: str | None = None  # the metadata field, as jsonld.author[0].name; None outside metadata
    start: Offset  # in raw, in body, or in the metadata field's value
    end: Offset
    exact: str  # the text at [start, end)
    prefix: str = ""  # up to CONTEXT characters before it, in the same text
    suffix: str = ""  # up to CONTEXT characters after it
    rule: str  # the rule that read it, as dateline.brackets
    reuse_id: Id | None = None  # shared_wording: the shared passage
    article_id: Id | None = None  # shared_wording: the copy that shows the credit


class InfoSource(Record, kw_only=True):
    """One claim: this article carries that agency's copy (or was edited by that house)."""

    id: str  # of the agency registry, agencies-unnamed, or outlet:<slug>
    name: str
    role: Role
    basis: Basis
    confidence: Share
    joint_with: tuple[str, ...] = ()  # ids credited together with this one in one credit that can't be split
    evidence: tuple[Evidence, ...]


class Mention(Record, rename={"place": "in"}, kw_only=True):
    """An agency that is named without being credited for the text."""

    id: str
    role: MentionRole
    place: Place  # written as "in"
    start: Offset
    end: Offset
    exact: str


class Removed(Record, rename={"cls": "class"}, kw_only=True):
    """A piece of raw that isn't body."""

    cls: str  # written as "class"; docs/boilerplate.md lists them
    rule: str  # the cue, the structure or the learned line that took it
    start: Offset
    end: Offset
    exact: str


class DateEvidence(Record, rename={"place": "in"}, kw_only=True):
    """Where a date was read."""

    place: Literal["raw", "metadata"]  # written as "in"
    field: str | None = None  # as jsonld.datePublished, record.published, url
    start: Offset
    end: Offset
    exact: str


class ArticleRecord(Record, tag_field="record", tag="article", kw_only=True):
    """One article: cleaned, attributed, linked to its story."""

    schema_version: str = SCHEMA_VERSION
    id: Id
    uri: str | None  # its address as the input or the page wrote it; the id is of its normalised form
    path: str  # relative to the input root; file.jsonl#3 for a record in a file
    input_id: str | None  # the id that the input gave
    source: str | None  # publisher: profile id, given name, or host
    content_sha256: Sha256  # of the document's own bytes
    language: str | None  # BCP 47; None when short or mixed
    language_confidence: Share | None
    headline: str | None
    standfirst: str | None  # the deck under the headline; not in the body
    by: str | None  # verbatim
    authors: tuple[str, ...]  # people; where none is named, the house or desk that signs; never an agency
    dateline: str | None  # verbatim; stays in the body
    located: str | None  # the dateline's place
    credit_line: str | None  # verbatim
    copyright_notice: str | None
    ed_note: str | None  # correction and editor's notes
    first_created: Moment | None
    first_created_evidence: DateEvidence | None
    version_created: Moment | None
    version: str | None  # an agency's mark: UPDATE 2, CORRECTION
    body_text: str
    word_count: Offset
    simhash: Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]  # of the whole body; for look-ups, no decision rests on it
    info_sources: tuple[InfoSource, ...]
    mentions: tuple[Mention, ...]
    attribution_status: Status
    removed: tuple[Removed, ...]  # in the order of raw
    story_id: Id
    also_from: tuple[Id, ...]  # further stories a merged copy draws on
    derivation: Derivation
    reused_share: Share  # share of the body's words that stand in another source's copy
    reused: tuple[Span, ...]  # of body_text
    kept: tuple[Piece, ...]
    change: Change | None = None  # runs with a state: why it is written; context: its story was touched


class StoryInfoSource(Record, kw_only=True):
    """One agency of a story, and where it is credited."""

    id: str
    name: str
    role: Role
    confidence: Share  # the greatest of its articles
    explicit_in: tuple[Id, ...]
    inferred_in: tuple[Id, ...]


class StoryRecord(Record, tag_field="record", tag="story", kw_only=True):
    """A set of copies that descend from common wording; a story of one article is one too."""

    schema_version: str = SCHEMA_VERSION
    id: Id
    replaces: tuple[Id, ...]  # stories that were merged into this one
    split_from: Id | None
    size: Annotated[int, Meta(ge=1)]
    article_ids: tuple[Id, ...]
    sources: tuple[str, ...]
    representative_id: Id
    representative_rule: str  # why this copy stands for the story
    headline: str | None
    body_text: str  # of the representative
    languages: tuple[str, ...]
    info_sources: tuple[StoryInfoSource, ...]
    first_seen: Moment | None
    last_seen: Moment | None


class ReuseRecord(Record, tag_field="record", tag="reuse", kw_only=True):
    """One passage that two articles share, aligned."""

    schema_version: str = SCHEMA_VERSION
    id: Id
    story_id: Id  # of a
    other_story_id: Id | None  # of b, where a merged copy reaches into another story
    a_id: Id  # less than b_id
    b_id: Id
    a_start: Offset  # in a's body_text
    a_end: Offset
    b_start: Offset
    b_end: Offset
    words: Annotated[int, Meta(ge=1)]  # words of the shorter side
    similarity: Share
    kind: ReuseKind
    attributed_to: tuple[str, ...]  # agency ids that the passage is evidence for
    direction: Direction


class RejectRecord(Record, tag_field="record", tag="reject", kw_only=True):
    """One input document that became no article."""

    schema_version: str = SCHEMA_VERSION
    path: str
    stage: str
    reason: str
    detail: str
    bytes: Offset | None  # None when the size isn't known
    content_sha256: Sha256 | None  # None when the bytes could not be read


class RawRecord(Record, kw_only=True, tag_field="record", tag="raw"):
    """The extracted text of one article before cleaning (``--keep-raw``)."""

    schema_version: str = SCHEMA_VERSION
    id: Id
    raw: str
