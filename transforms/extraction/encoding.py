"""Bytes to text."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from schemas.errors import Undecodable

# Bytes looked at for a meta charset. HTML says 1,024; pages with long comments before it are common.
_META_WINDOW = 4096
# Bytes given to detection, which costs some 0.2 ms a kB. 16 kB hold several paragraphs.
_DETECTION_WINDOW = 16_384
# Largest share of bytes that may be no UTF-8 in a text that is UTF-8 all the same: one broken character in a
# cut teaser, or one advertisement in another encoding, mustn't turn a whole page into mojibake. Range 0..1.
_BROKEN_SHARE = 0.002
# Largest share of control characters in a text. Binary formats lie above 0.1, texts below 0.001. Range 0..1.
_CONTROL_SHARE = 0.02

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x7fELF": "ELF",
    b"SQLite format 3\x00": "SQLite",
}
_TELLING = (*(mark for mark, _ in _BOMS), *_MAGIC)
_META = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_:.-]{2,40})""")
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")
# Bytes of a document that are looked at for what no text holds.
_CHECKED = 20_000
# Bytes that are tried at a time.
_PIECE = 32_768

# Labels that mean more on the web than in Python, as the WHATWG Encoding Standard has them.
_WEB_LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "utf-16": "utf-8",  # a page whose meta tag could be read as ASCII isn't UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
    "utf-7": "cp1252",
}


def decode(content: bytes, declared: str | None) -> str:
    """Read bytes as text, in the encoding that they are in rather than the one they claim.

    A byte order mark decides; else the bytes are UTF-8 if they can be read as such; else the HTTP header and then the
    page's own declaration are tried; else the encoding is detected. The result has no byte order mark.

    Args:
        content: A page or a text, whole.
        declared: The charset of the HTTP header, None where there was none.

    Returns:
        The text, with U+FFFD for the few bytes that could not be read.

    Raises:
        Undecodable: If the bytes are no text.

    Source:
        WHATWG Encoding Standard, section 4.2 (labels); HTML Standard, 13.2.3 (order of the evidence), but for UTF-8
        before declarations: texts that are valid UTF-8 by chance are far rarer than wrong declarations.
    """
    if content.startswith(_TELLING):
        return _told_by_start(content)
    if b"\x00" in content:
        wide = _without_mark(content)
        if wide is not None:
            return wide
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _checked(_legacy(content, declared), content)
    if b"\x1b" in content:
        for label in (declared, _meta_charset(content)):
            if label and label.lower() == "iso-2022-jp":
                return content.decode("iso-2022-jp", "replace")
    return _checked(text, content)


def _told_by_start(content: bytes) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    name = next(name for magic, name in _MAGIC.items() if content.startswith(magic))
    raise Undecodable(f"a {name} file, not text")


def utf8(content: bytes, declared: str | None) -> bytes:
    """The same text as ``decode`` gives, as UTF-8: most pages are that already, and their bytes are handed on.

    Raises:
        Undecodable: If the bytes are no text.
    """
    if not _is_utf8(content):
        return decode(content, declared).encode("utf-8", "ignore")
    _checked(content[:_CHECKED].decode("utf-8", "ignore"), content)
    return content


def _is_utf8(content: bytes) -> bool:
    """Whether bytes are nothing but UTF-8, as far as no mark, zero or escape in them says otherwise."""
    if b"\x00" in content or b"\x1b" in content or content.startswith(_TELLING):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE):  # in pieces, because a whole page's text needs new memory
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(content: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros at every other place, in whatever Latin text or markup it holds."""
    sample = content[:2000]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    least = len(sample) // 2 * 0.4
    if odd > least and even < odd / 10:
        return content.decode("utf-16-le", "replace")
    if even > least and odd < even / 10:
        return content.decode("utf-16-be", "replace")
    return None


def _legacy(content: bytes, declared: str | None) -> str:
    for label in (declared, _meta_charset(content)):
        name = _codec(label)
        if name is None:
            continue
        if name == "utf-8":
            text = content.decode("utf-8", "replace")
            if text.count("�") <= _BROKEN_SHARE * len(text) + 1:
                return text
            continue
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            text = content.decode(name, "replace")
            if text.count("�") <= _BROKEN_SHARE * len(text) + 1:
                return text
    return _detected(content)


def _detected(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    if text.count("�") <= _BROKEN_SHARE * len(text) + 1 and any(ord(c) > 127 and c != "�" for c in text):
        return text
    first = re.search(rb"[\x80-\xff]", content)
    start = max(0, first.start() - 200) if first else 0
    found = charset_normalizer.from_bytes(content[start : start + _DETECTION_WINDOW]).best()
    name = _codec(found.encoding) if found is not None else None
    return content.decode(name or "cp1252", "replace")


def _meta_charset(content: bytes) -> str | None:
    head = content[:_META_WINDOW]
    match = _META.search(head) or _XML.search(head)
    return match[1].decode("ascii") if match else None


def _codec(label: str | None) -> str | None:
    """Python's name of what a label means on the web; None for a label that no text codec has."""
    if not label:
        return None
    try:
        found = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not found._is_text_encoding:  # base64, zlib and the like are codecs too
        return None
    if found.name in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"):
        return None
    return _WEB_LABELS.get(found.name, found.name)


def _checked(text: str, content: bytes) -> str:
    sample = content[:_CHECKED]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(sample) + 2:
        raise Undecodable(f"{controls} control characters in the first {len(sample)} bytes: binary, not text")
    if text.count("�", 0, _CHECKED) > 0.1 * min(len(text), _CHECKED):
        raise Undecodable("more than a tenth of the characters could not be decoded")
    return text
