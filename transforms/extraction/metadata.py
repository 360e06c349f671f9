"""What a page says about itself beside its text: JSON-LD, meta tags, links."""

from __future__ import annotations

import functools
import html
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.article import Flow, MetadataField

# Characters of one JSON-LD script that are read. Scripts of whole archives exist; articles stay below 200,000.
_LONGEST_SCRIPT = 2_000_000
# Objects of all JSON-LD scripts of a page that are looked at. A page of an archive has thousands.
_MOST_OBJECTS = 2_000
# Characters of one metadata value that are kept. Names and credits are short; a longer value is a text.
_LONGEST_VALUE = 600

_COMMENT = re.compile(
    r"^\s{0,40}(?:<!--|//\s{0,40}<!\[CDATA\[|<!\[CDATA\[|/\*\s{0,40}<!\[CDATA\[\s{0,40}\*/)"
    r"|(?:-->|//\s{0,40}\]\]>|\]\]>|/\*\s{0,40}\]\]>\s{0,40}\*/)\s{0,40};?\s{0,40}$"
)
# One walk over the tree for all of them.
_ASKED = 'meta, title, link[rel=canonical], script[type="application/ld+json" i], input[type=password]'
_TRAILING_COMMA = re.compile(r",(\s{0,200}[\]}])")


class MetaNames(Flow, kw_only=True):
    """The table of metadata.toml."""

    title: tuple[str, ...]
    author: tuple[str, ...]
    published: tuple[str, ...]
    modified: tuple[str, ...]
    crediting: tuple[str, ...]
    article_types: tuple[str, ...]
    crediting_keys: tuple[str, ...]


@functools.cache
def meta_names() -> MetaNames:
    """What pages call what they say about themselves."""
    table = tomllib.loads(Path(__file__).with_name("metadata.toml").read_text("utf-8"))
    return MetaNames(**{key: tuple(names) for key, names in table.items()})


class Claims(Flow, kw_only=True):
    """The page's own word about the article. None and empty where it is silent."""

    meta: dict[str, tuple[str, ...]]  # lower-case name or property, to its values in document order
    article: dict[str, Any]  # the JSON-LD object of the article, references resolved one level; empty if there is none
    article_type: str | None  # lower-case type of schema.org
    types: frozenset[str]  # all types of all JSON-LD objects, lower case
    canonical: str | None  # absolute
    og_url: str | None
    language: str | None
    title: str | None  # of the title tag
    asks_password: bool  # there is a field for one


def read_claims(tree: LexborHTMLParser, url: str | None) -> Claims:
    """Collect what JSON-LD, meta and link tags say. Broken JSON counts as none."""
    asked: dict[str | None, list[LexborNode]] = {}
    for node in tree.css(_ASKED):
        asked.setdefault(node.tag, []).append(node)
    meta: dict[str, list[str]] = {}
    for node in asked.get("meta", ()):
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        if name and content:
            meta.setdefault(name.strip().lower()[:80], []).append(html.unescape(content) if "&" in content else content)
    objects = _json_objects(asked.get("script", ()))
    article, kind = _article_object(objects, meta)
    base = url or ""
    link = next(iter(asked.get("link", ())), None)
    title = next(iter(asked.get("title", ())), None)
    root = tree.root
    return Claims(
        meta={name: tuple(values) for name, values in meta.items()},
        article=article,
        article_type=kind,
        types=frozenset(t for o in objects for t in _types(o)),
        canonical=_absolute(base, link.attributes.get("href") if link else None),
        og_url=_absolute(base, next(iter(meta.get("og:url", ())), None)),
        language=_language(
            root.attributes.get("lang") or root.attributes.get("xml:lang") if root else None, meta, article
        ),
        title=" ".join(title.text().split())[:_LONGEST_VALUE] or None if title else None,
        asks_password="input" in asked,
    )


def _absolute(base: str, link: str | None) -> str | None:
    if not link or not link.strip():
        return None
    try:
        joined = urljoin(base, link.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def _language(declared: str | None, meta: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    said = article.get("inLanguage")
    if isinstance(said, dict):
        said = said.get("alternateName") or said.get("name")
    candidates = (
        declared,
        said,
        *meta.get("og:locale", ()),
        *meta.get("content-language", ()),
        *meta.get("language", ()),
    )
    for candidate in candidates:
        if isinstance(candidate, str):
            tag = candidate.strip().replace("_", "-")
            if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", tag):
                return tag
    return None


def _json_objects(scripts: Iterable[LexborNode]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for node in scripts:
        text = node.text()
        if not text or len(text) > _LONGEST_SCRIPT:
            continue
        queue = [_parse_json(text)]
        while queue and len(found) < _MOST_OBJECTS:
            value = queue.pop(0)
            if isinstance(value, list):
                queue.extend(value[:_MOST_OBJECTS])
            elif isinstance(value, dict):
                found.append(value)
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"):
                    if isinstance(value.get(key), (dict, list)):
                        queue.append(value[key])
    return found


def _parse_json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        pass
    text = _COMMENT.sub("", _COMMENT.sub("", text.strip()).strip())
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return _without_halves(json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    return None


def _without_halves(value: Any) -> Any:
    """The same value, U+FFFD in place of each half of a surrogate pair, which no text that we write can hold."""
    text = json.dumps(value, ensure_ascii=False)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value if whole == text else json.loads(whole, strict=False)


def _types(value: dict[str, Any]) -> list[str]:
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [k.rsplit("/", 1)[-1].lower() for k in kinds if isinstance(k, str)]


def _article_object(objects: list[dict[str, Any]], meta: dict[str, list[str]]) -> tuple[dict[str, Any], str | None]:
    """The object of the article itself: of several, the one whose headline is the page's title."""
    found: list[tuple[dict[str, Any], str]] = []
    for value in objects:
        kind = next((k for k in _types(value) if k in meta_names().article_types), None)
        if kind:
            found.append((value, kind))
    if not found:
        page = next((o for o in objects if "webpage" in _types(o) and ("datePublished" in o or "author" in o)), {})
        return (_resolved(page, objects), None) if page else ({}, None)
    titles = {_words(t) for name in ("og:title", "twitter:title") for t in meta.get(name, ())}
    best = next(((v, k) for v, k in found if _words(v.get("headline") or v.get("name")) in titles), None)
    value, kind = best or next(((v, k) for v, k in found if v.get("articleBody") or v.get("headline")), found[0])
    return _resolved(value, objects), kind


def _words(value: Any) -> str:
    return " ".join(re.findall(r"\w+", html.unescape(value).casefold())) if isinstance(value, str) and value else "\x00"


def _resolved(article: dict[str, Any], objects: list[dict[str, Any]]) -> dict[str, Any]:
    by_id = {o["@id"]: o for o in objects if isinstance(o.get("@id"), str)}

    def follow(value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return by_id.get(value["@id"], value)
        return value

    result = dict(article)
    for key in meta_names().crediting_keys:
        value = article.get(key)
        if isinstance(value, list):
            result[key] = [follow(v) for v in value[:50]]
        elif value is not None:
            result[key] = follow(value)
    return result


def clean(value: Any) -> str | None:
    """A metadata value as one line of text without markup, or None."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    text = html.unescape(html.unescape(value)) if "&" in value else value
    if "<" in text:
        text = re.sub(r"<[^<>]{0,300}>", "", text)
    return " ".join(text.split())[:5000] or None


def names_of(value: Any) -> list[str]:
    """The names in a JSON-LD value: a string, an object with a name, or a list of these."""
    names: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            entry = entry.get("name")
            if isinstance(entry, list):
                names.extend(n for n in map(clean, entry[:20]) if n)
                continue
        name = clean(entry)
        if name:
            names.append(name)
    return names[:50]


def metadata_fields(claims: Claims) -> tuple[MetadataField, ...]:
    """Every metadata value in which an agency may be credited, in a fixed order."""
    fields: list[MetadataField] = []

    def add(name: str, value: Any) -> None:
        text = clean(value)
        if text:
            fields.append(MetadataField(name=name, value=text[:_LONGEST_VALUE]))

    for key in meta_names().crediting_keys:
        value = claims.article.get(key)
        for i, entry in enumerate(value if isinstance(value, list) else [value]):
            place = (
                f"jsonld.{key}[{i}]"
                if key in ("author", "creator", "contributor", "editor") or isinstance(value, list)
                else f"jsonld.{key}"
            )
            if isinstance(entry, dict):
                add(f"{place}.name", entry.get("name"))
            else:
                add(place, entry)
    for key in meta_names().crediting:
        values = claims.meta.get(key, ())
        for i, value in enumerate(values[:20]):
            if not value.startswith(("http://", "https://", "//")):
                add(f"meta.{key}" if len(values) == 1 else f"meta.{key}[{i}]", value)
    return tuple(fields)
