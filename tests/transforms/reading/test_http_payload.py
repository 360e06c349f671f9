import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import Damaged, TooLarge
from transforms.reading import http_payload
from transforms.reading.http_payload import decode_payload

PAGE = b"<p>" + b"The pier closed on Monday. " * 200 + b"</p>"


def bare_deflate(content: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-15)
    return pack.compress(content) + pack.flush()


def chunked(content: bytes, size: int = 1000) -> bytes:
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("payload", "transfer", "content"),
    [
        (PAGE, "", ""),
        (PAGE, "identity", "identity"),
        (gzip.compress(PAGE, mtime=0), "", "gzip"),
        (gzip.compress(PAGE, mtime=0), "", "X-GZIP"),
        (zlib.compress(PAGE), "", "deflate"),
        (bare_deflate(PAGE), "", "deflate"),
        (brotli.compress(PAGE), "", "br"),
        (chunked(PAGE), "chunked", ""),
        (chunked(gzip.compress(PAGE, mtime=0), 100), "chunked", "gzip"),
        (gzip.compress(zlib.compress(PAGE), mtime=0), "", "deflate, gzip"),
    ],
)
def test_codings_are_taken_off_in_their_order(payload: bytes, transfer: str, content: str) -> None:
    assert decode_payload(payload, transfer, content) == PAGE


@pytest.mark.parametrize(
    ("transfer", "content"), [("chunked", ""), ("", "gzip"), ("", "deflate"), ("", "br"), ("chunked", "br")]
)
def test_a_header_that_the_crawler_kept_although_it_decoded_does_no_harm(transfer: str, content: str) -> None:
    assert decode_payload(PAGE, transfer, content) == PAGE


@pytest.mark.parametrize(
    ("payload", "transfer", "content"),
    [
        (gzip.compress(PAGE, mtime=0)[:-20], "", "gzip"),
        (zlib.compress(PAGE)[:-10], "", "deflate"),
        (chunked(PAGE)[:-900], "chunked", ""),
    ],
)
def test_what_breaks_off_gives_what_stands_before_the_break(payload: bytes, transfer: str, content: str) -> None:
    decoded = decode_payload(payload, transfer, content)
    assert decoded and PAGE.startswith(decoded)


@pytest.mark.parametrize(
    ("payload", "coding", "message"),
    [
        (PAGE, "rot13", "HTTP coding 'rot13' is not known; known are chunked, gzip"),
        (b"\x1f\x8b\x08rest", "gzip", "HTTP payload doesn't unpack"),
        (PAGE, "gzip, gzip, gzip, gzip, gzip", "5 HTTP codings one upon another"),
    ],
)
def test_what_cannot_be_decoded_says_why(payload: bytes, coding: str, message: str) -> None:
    with pytest.raises(Damaged, match=message):
        decode_payload(payload, "", coding)


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress, zlib.compress, bare_deflate])
def test_bombs_are_stopped(pack, monkeypatch) -> None:
    monkeypatch.setattr(http_payload, "MAX_DOCUMENT_BYTES", 10_000)
    coding = {gzip.compress: "gzip", brotli.compress: "br"}.get(pack, "deflate")
    with pytest.raises(TooLarge, match="more than 10,000 bytes after decoding"):
        decode_payload(pack(b"x" * 10_000_000), "", coding)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "chunked", "chunked, gzip"]))
def test_any_bytes_are_decoded_or_refused(payload: bytes, coding: str) -> None:
    try:
        decode_payload(payload, "", coding)
    except Damaged as error:
        assert str(error)
