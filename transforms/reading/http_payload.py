"""What an HTTP response carries, with the codings of its way taken off.

Crawlers often keep the header of a coding that they have already taken off. A payload that isn't in the coding its
header names is taken as it stands.
"""

from __future__ import annotations

import zlib

import brotli

from schemas.errors import Damaged, TooLarge
from transforms.reading.limits import MAX_DOCUMENT_BYTES

# Codings one upon another that are taken off, 1 to 10. Servers use one, some proxies two.
MAX_CODINGS = 4

_CHUNK_SIZE_DIGITS = 16  # hexadecimal; more than 2^64 bytes is no chunk


def decode_payload(payload: bytes, transfer_coding: str, content_coding: str) -> bytes:
    """Take transfer and content codings off a payload.

    Args:
        payload: What follows the HTTP header.
        transfer_coding: The field Transfer-Encoding, empty without one.
        content_coding: The field Content-Encoding, empty without one.

    Returns:
        The page's own bytes. A payload that breaks off gives what stands before the break.

    Raises:
        TooLarge: If it decodes to more than one document may be.
        Damaged: If it is in a coding that isn't known, or is in its coding and doesn't decode.

    Source:
        RFC 9110, 8.4 (content codings), RFC 9112, 7.1 (chunked).
    """
    codings = [*_names(content_coding), *_names(transfer_coding)]
    if len(codings) > MAX_CODINGS:
        raise Damaged(f"{len(codings)} HTTP codings one upon another; at most {MAX_CODINGS} are taken off")
    for coding in reversed(codings):
        decode = _DECODERS.get(coding)
        if decode is None:
            raise Damaged(f"HTTP coding {coding[:40]!r} is not known; known are {', '.join(_DECODERS)}")
        payload = decode(payload)
        if len(payload) > MAX_DOCUMENT_BYTES:
            raise TooLarge(f"more than {MAX_DOCUMENT_BYTES:,} bytes after decoding {coding}")
    return payload


def _names(field: str) -> list[str]:
    return [name for part in field.split(",") if (name := part.strip().lower()) and name != "identity"]


def _chunked(payload: bytes) -> bytes:
    pieces, at = [], 0
    while at < len(payload):
        line_end = payload.find(b"\n", at, at + 1024)
        digits = payload[at:line_end].partition(b";")[0].strip() if line_end >= 0 else b""
        if not digits or len(digits) > _CHUNK_SIZE_DIGITS or digits.strip(b"0123456789abcdefABCDEF"):
            if not pieces:
                return payload  # the crawler has already joined the chunks
            break
        size = int(digits, 16)
        if size == 0:
            break
        pieces.append(payload[line_end + 1 : line_end + 1 + size])
        at = line_end + 1 + size
        at += 2 if payload[at : at + 2] == b"\r\n" else 1
    return b"".join(pieces)


def _gzip(payload: bytes) -> bytes:
    return _inflate(payload, zlib.MAX_WBITS | 16) if payload[:2] == b"\x1f\x8b" else payload


def _deflate(payload: bytes) -> bytes:
    """The standard means zlib's format; some servers send bare deflate."""
    if len(payload) > 1 and payload[0] & 15 == 8 and int.from_bytes(payload[:2], "big") % 31 == 0:
        return _inflate(payload, zlib.MAX_WBITS)
    try:
        return _inflate(payload, -zlib.MAX_WBITS)
    except Damaged:
        return payload


def _inflate(payload: bytes, window: int) -> bytes:
    unpack = zlib.decompressobj(window)
    pieces, size = [], 0
    try:
        while size <= MAX_DOCUMENT_BYTES and (piece := unpack.decompress(payload, MAX_DOCUMENT_BYTES + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            payload = unpack.unconsumed_tail
    except zlib.error as error:
        raise Damaged(f"HTTP payload doesn't unpack: {error}") from error
    return b"".join(pieces)


def _brotli(payload: bytes) -> bytes:
    unpack = brotli.Decompressor()
    pieces, size, rest = [], 0, payload
    try:
        while size <= MAX_DOCUMENT_BYTES and (
            piece := unpack.process(rest, output_buffer_limit=MAX_DOCUMENT_BYTES + 1 - size)
        ):
            pieces.append(piece)
            size += len(piece)
            rest = b""
    except brotli.error:
        return payload  # brotli has no mark at its beginning: most likely the crawler has already unpacked it
    return b"".join(pieces)


_DECODERS = {
    "chunked": _chunked,
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}
