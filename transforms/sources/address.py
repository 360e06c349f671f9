"""Web addresses in one normal form, so that one page has one address however its link was written."""

from __future__ import annotations

import re
import tomllib
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from pathlib import Path
from urllib.parse import quote, unquote_plus

from msgspec import Struct, convert

MAX_URL = 8192  # characters; RFC 9110 4.1 asks for 8000 octets at least, and no article's address comes near

_AUTHORITY = re.compile(r"(?:(?:https?:)?//)([^/?#]*)", re.IGNORECASE)
_BARE_AUTHORITY = re.compile(r"([^/?#@]+)(?=/)")  # what normalise_url itself writes; the slash tells it from a word
_PORT = re.compile(r":[0-9]*\Z")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_ESCAPE = re.compile(r"%(?:([0-9A-Fa-f]{2}))?")
_INVISIBLE_ENDS = "".join(map(chr, range(0x21)))
_DROPPED_INSIDE = str.maketrans("", "", "\t\r\n")  # as browsers do with a link broken over two lines
_PATH_SAFE = "%/!$&'()*+,;=:@"
_QUERY_SAFE = _PATH_SAFE + "?"
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


class Tracking(Struct, frozen=True, forbid_unknown_fields=True):
    """Query parameters that tell how a reader came. ``prefix`` or ``name``, never both."""

    hits: tuple[str, ...]
    misses: tuple[str, ...]
    prefix: str = ""
    name: tuple[str, ...] = ()

    def covers(self, parameter: str) -> bool:
        folded = parameter.lower()
        return folded in self.name or (bool(self.prefix) and folded.startswith(self.prefix))


class Serving(Struct, frozen=True, forbid_unknown_fields=True):
    """First labels of a host that tell how a site is served."""

    labels: tuple[str, ...]


class Articles(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that names of papers begin with and that readers leave out."""

    words: tuple[str, ...]


class Nameless(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of folder names that name no publisher."""

    words: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


class AddressTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of urls.toml."""

    tracking: tuple[Tracking, ...]
    serving: Serving
    articles: Articles
    nameless: Nameless


ADDRESSES = convert(tomllib.loads((Path(__file__).parent / "urls.toml").read_text(encoding="utf-8")), AddressTable)
NAME_PARTS = re.compile(r"[^\W_]+")
_NAMELESS = frozenset(ADDRESSES.nameless.words)
_TRACKING_NAMES = frozenset(name for entry in ADDRESSES.tracking for name in entry.name)
_TRACKING_PREFIXES = tuple(entry.prefix for entry in ADDRESSES.tracking if entry.prefix)


def normalise_url(url: str) -> str | None:
    """The one form in which the addresses of a page are compared: ``host/path?query``.

    Scheme, user, port, fragment and tracking parameters are dropped; the host is lower case (punycode where it is not
    ASCII); escapes are upper case and stand only where they must; dot segments are resolved. Path, order of parameters
    and a final slash stay: sites are free to mean something by them. Idempotent, and defined on every string.

    Args:
        url: An http or https URL, with or without its scheme; without one it must have a slash after the host.

    Returns:
        The address, ASCII, at most ``MAX_URL`` characters; None when the string is no http(s) URL of a public host.

    Source:
        RFC 3986, section 6.2.2; white space and control characters at the ends and line breaks inside as in the WHATWG
        URL standard.
    """
    if len(url) > MAX_URL:
        return None
    url = url.strip(_INVISIBLE_ENDS).translate(_DROPPED_INSIDE)
    authority = _AUTHORITY.match(url) or _BARE_AUTHORITY.match(url)
    host = _host(authority.group(1)) if authority else None
    if authority is None or host is None:
        return None
    path, _, query = url[authority.end() :].partition("#")[0].partition("?")
    address = host + _path(path) + _query(query)
    return address if len(address) <= MAX_URL else None


def without_user(url: str) -> str:
    """A URL as it was written, but for a user's name and password in front of the host."""
    url = url.strip(_INVISIBLE_ENDS)
    authority = _AUTHORITY.match(url)
    at = url.rfind("@", *authority.span(1)) if authority else -1
    return url if at < 0 else url[: authority.start(1)] + url[at + 1 :]


def host_of(url: str) -> str | None:
    """The lower-case host of an http(s) URL; None when the string is no such URL."""
    address = normalise_url(url)
    return address.partition("/")[0] if address else None


def host_named(name: str) -> str | None:
    """The host that a name spells (``www.gazette.example``, or a URL); None when it is a name in words."""
    if "." not in name:
        return None
    return host_of(name) or host_of(f"//{name}/")


def bare_host(host: str) -> str:
    """The host without first labels that tell how a site is served: ``www.m.gazette.example`` is ``gazette.example``."""
    first, _, rest = host.partition(".")
    while first in ADDRESSES.serving.labels and "." in rest:
        host = rest
        first, _, rest = host.partition(".")
    return host


def names_nobody(name: str) -> bool:
    """Whether a name says nothing of a publisher: numbers and the words of crawlers' folders."""
    return all(part.isdecimal() or part in _NAMELESS for part in NAME_PARTS.findall(name.lower()))


def _host(authority: str) -> str | None:
    host = _PORT.sub("", authority.rpartition("@")[2])
    if host.startswith("["):
        try:
            return f"[{IPv6Address(host[1:-1])}]" if host.endswith("]") and "%" not in host else None
        except AddressValueError:
            return None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(map(_LABEL.match, labels)):
        return None
    if labels[-1].isdigit():
        try:
            return str(IPv4Address(host))
        except AddressValueError:
            return None
    return host


def _path(path: str) -> str:
    segments: list[str] = []
    given = _escape(path, _PATH_SAFE).split("/")[1:]
    for segment in given:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    if given and given[-1] in (".", ".."):
        segments.append("")
    return "/" + "/".join(segments)


def _query(query: str) -> str:
    kept = [part for part in _escape(query, _QUERY_SAFE).split("&") if part and not _tracks(part)]
    return "?" + "&".join(kept) if kept else ""


def _tracks(part: str) -> bool:
    name = unquote_plus(part.partition("=")[0]).lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES)


def _escape(text: str, safe: str) -> str:
    return quote(_ESCAPE.sub(_one_escape, text), safe=safe, errors="surrogatepass")


def _one_escape(escape: re.Match[str]) -> str:
    if escape.group(1) is None:
        return "%25"  # a stray percent sign: escaped, or two of them could make a new escape
    character = chr(int(escape.group(1), 16))
    return character if character in _UNRESERVED else escape.group().upper()
