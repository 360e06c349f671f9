"""JSON Lines and JSON Schema of the records."""

from __future__ import annotations

import msgspec

from schemas.records import ArticleRecord, Record, RejectRecord, ReuseRecord, StoryRecord

_encoder = msgspec.json.Encoder()

RECORDS: dict[str, type[Record]] = {
    "article": ArticleRecord,
    "reject": RejectRecord,
    "reuse": ReuseRecord,
    "story": StoryRecord,
}


def encode_line(record: Record) -> bytes:
    """One record as a line of JSON Lines: UTF-8, keys in the order of the class, ``\\n`` at the end."""
    return _encoder.encode(record) + b"\n"


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
