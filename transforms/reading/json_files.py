"""JSON files: where the records stand in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import msgspec

from schemas.errors import Malformed
from transforms.reading.forms import form_of, load_envelopes

_split_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_split_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode = msgspec.json.Decoder().decode
_DECODING = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_NEXT_OBJECT = re.compile(rb"\}\s*\{")
_BETWEEN_VALUES = re.compile(r"[\s,\[\]]*")


def split_json(content: bytes) -> Iterator[tuple[int | None, bytes, str | None]]:
    """Cut the bytes of a ``.json`` file into records.

    Args:
        content: One object; an array of objects; an object of arrays by publisher (as fundus saves them), or with one
            array in an envelope; JSON Lines under the wrong name; several of these one behind the other.

    Yields:
        The record's number, counted from 1 (None for a file that is one object); its bytes; its publisher or None.

    Raises:
        Malformed: If it begins as an array and isn't one, or breaks off; after all records that stand before that.
    """
    content = content.removeprefix(b"\xef\xbb\xbf").strip()
    if content.startswith(b"["):
        for number, row in enumerate(_rows(content), 1):
            yield number, bytes(row), None
        return
    lists = _lists(content)
    if lists:
        rows = [(site, row) for site, rows in lists for row in rows]
        for number, (site, row) in enumerate(rows, 1):
            yield number, bytes(row), site
        return
    lines = [line.strip() for line in content.split(b"\n")]
    if len(lines) > 1 and all(line.startswith(b"{") and line.endswith(b"}") for line in lines if line):
        for number, line in enumerate(lines, 1):
            if line:
                yield number, line, None
        return
    if _NEXT_OBJECT.search(content) and not _is_one_value(content):
        for number, record in enumerate(values(content), 1):
            yield number, record, None
        return
    yield None, content, None


def _rows(content: bytes) -> Iterable[msgspec.Raw | bytes]:
    try:
        return _split_array(content)
    except _DECODING:
        return values(content)


def values(content: bytes) -> Iterator[bytes]:
    """The values of an array, of several, or of none: whatever stands one behind the other, up to where that breaks.

    Raises:
        Malformed: Where it breaks, after all values before that.
    """
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    decoder = json.JSONDecoder(strict=False)
    number, end = 0, _BETWEEN_VALUES.match(text).end()
    try:
        while end < len(text):
            start = end
            _, end = decoder.raw_decode(text, start)
            number += 1
            yield text[start:end].encode("utf-8", "surrogateescape")
            end = _BETWEEN_VALUES.match(text, end).end()
        if text.startswith("[") and not text.endswith("]"):
            raise Malformed(f"the array breaks off after record {number:,}")
    except (ValueError, RecursionError) as error:
        raise Malformed(f"breaks off after record {number:,}: {error}" if number else f"not JSON: {error}") from error


def _is_one_value(content: bytes) -> bool:
    try:
        _decode(content)
    except _DECODING:
        return False
    return True


def _lists(content: bytes) -> list[tuple[str | None, list[msgspec.Raw]]]:
    """The arrays of records that an object holds: each under its publisher, or one in an envelope that names nobody."""
    try:
        members = _split_object(content)
    except _DECODING:
        return []
    if form_of(members) is not None:
        return []
    lists = {name: rows for name, member in members.items() if (rows := _objects(member)) is not None}
    in_envelope = [(None, lists[name]) for name in lists if name in load_envelopes()]
    if in_envelope or len(lists) < len(members):
        return in_envelope
    return list(lists.items()) if any(lists.values()) else []


def _objects(member: msgspec.Raw) -> list[msgspec.Raw] | None:
    """The rows of an array of objects; None for anything else."""
    try:
        rows = _split_array(member)
    except _DECODING:
        return None
    return rows if all(bytes(row).lstrip().startswith(b"{") for row in rows) else None
