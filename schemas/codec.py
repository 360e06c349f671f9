"""JSON Lines and JSON Schema of the records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from schemas.records import ArticleRecord, RawRecord, Record, RejectRecord, ReuseRecord, StoryRecord

_encoder = msgspec.json.Encoder()

RECORDS: dict[str, type[Record]] = {
    "article": ArticleRecord,
    "raw": RawRecord,
    "reject": RejectRecord,
    "reuse": ReuseRecord,
    "story": StoryRecord,
}

OUTPUTS: dict[str, str] = {
    "story": "stories.jsonl",
    "article": "articles.jsonl",
    "reuse": "reuse.jsonl",
    "reject": "rejects.jsonl",
    "raw": "raw.jsonl",  # only with --keep-raw
}


def encode_line(record: Record) -> bytes:
    """One record as a line of JSON Lines: UTF-8, keys in the order of the class, ``\\n`` at the end."""
    return _encoder.encode(record) + b"\n"


def line_order(kind: str) -> Callable[[bytes], Any] | None:
    """The key by which lines of one kind are sorted: by id, None; rejects by path, stage, reason and detail.

    Lines of records with an id begin alike up to the id, so their bytes sort as their ids do.

    Args:
        kind: A key of ``RECORDS``.
    """
    return _reject_order if kind == "reject" else None


def _reject_order(line: bytes) -> tuple[str, str, str, str, bytes]:
    reject = _decode_reject(line)
    return reject.path, reject.stage, reject.reason, reject.detail, line


_decode_reject = msgspec.json.Decoder(RejectRecord).decode


def json_schema(name: str) -> bytes:
    """The published JSON Schema (draft 2020-12) of a record.

    Args:
        name: A key of ``RECORDS``.

    Returns:
        The schema as indented UTF-8 JSON, ready to be written to ``schemas/json/<name>.schema.json``.
    """
    (reference,), components = msgspec.json.schema_components([RECORDS[name]], ref_template="#/$defs/{name}")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **reference, "$defs": components}
    for component in components.values():
        if "properties" in component:  # the encoder writes every field, so readers may rely on every field
            component["required"] = list(component["properties"])
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
