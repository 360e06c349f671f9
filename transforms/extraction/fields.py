"""Headline, authors and dates, from what the page claims and what it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.article import Block, Flow
from schemas.records import DateEvidence, Moment
from transforms.extraction.dates import find_moment
from transforms.extraction.metadata import Claims, clean, names_of
from transforms.extraction.region import fold
from transforms.extraction.words import names_in_byline

_TITLE_META = ("og:title", "twitter:title", "dc.title", "title", "sailthru.title", "parsely-title", "headline", "dcterms.title")
_AUTHOR_META = (
    "author", "article:author", "og:article:author", "og:author", "dc.creator", "sailthru.author", "parsely-author", "byl", "article_author", "article.author",
    "cxenseparse:author", "mrf:authors", "lp.article:author", "citation_author", "creator",
)  # fmt: skip
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "article.published", "article_published_time", "og:published_time",
    "article_date_original", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "pubdate", "og:pubdate", "publishdate", "publish-date", "publish_date", "published_at", "published", "release_date",
    "pub_date", "date", "datecreated", "cms_creationdate", "article:published:time", "dcterms.date", "citation_publication_date", "rnews:datepublished", "published_time_telegram",
    "published-date", "publication_date", "article.created", "article-date", "last_published_at",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "article:modified", "article.updated", "last-modified", "dcterms.modified",
    "revision_date", "article_modified_time", "last_updated_date", "article_date_updated", "dc.date.modified", "article:modified:time",
)  # fmt: skip
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)|(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)|/((?:19|20)\d\d)-(\d\d)-(\d\d)")
# What stands behind the last of these in a page's title is the site's name.
_TITLE_JOINTS = re.compile(r"\s+[|–—-]\s+|\s*\|\s*|\s+[•·»]\s+|\s::\s")


class Dates(Flow, kw_only=True):
    """When the article was created and last changed, and who says so."""

    first: Moment | None
    evidence: DateEvidence | None
    version: Moment | None


def titles_of(claims: Claims) -> tuple[str, ...]:
    """The titles that a page gives itself, the best first; where a site's name may hang on one, also without it."""
    values = [clean(claims.article.get("headline"))]
    for name in _TITLE_META:
        values.extend(claims.meta.get(name, ()))
    values.append(claims.title)
    values.append(clean(claims.article.get("name")))
    values.append(clean(claims.article.get("alternativeHeadline")))
    titles: list[str] = []
    for value in values:
        if value:
            titles.append(value)
            parts = _TITLE_JOINTS.split(value)
            if len(parts) > 1:
                titles.append(value[: -len(parts[-1])].rstrip(" |–—-•·»:"))
                titles.append(parts[0])
    return tuple(dict.fromkeys(t for t in titles if len(t) > 8))


def find_headline(printed: str | None, titles: Sequence[str]) -> str | None:
    """The headline as printed over the story; without one, as the metadata has it."""
    return printed or (titles[0] if titles else None)


def find_authors(claims: Claims, bylines: Sequence[str] = ()) -> tuple[str, ...]:
    """Who is named as author, agencies among them: JSON-LD, then meta tags, then the printed bylines."""
    names = names_of(claims.article.get("author")) or names_of(claims.article.get("creator"))
    if not names:
        for key in _AUTHOR_META:
            names = [v for v in claims.meta.get(key, ()) if "/" not in v and "@" not in v]
            if names:
                break
    found = [part for name in names for part in _split_names(name)]
    if not found:
        for line in bylines:
            found.extend(names_in_byline(line))
    return tuple(dict.fromkeys(found))


def _split_names(value: str) -> list[str]:
    if value.startswith(("http", "www.")) or not value:
        return []
    parts = names_in_byline(value)
    return list(parts) or [value]


def find_dates(claims: Claims, raw: str, blocks: Sequence[Block], url: str | None) -> Dates:
    """When the article was created: metadata, then the date printed over it, then its address."""
    candidates = _claimed(claims, ("datePublished", "dateCreated", "uploadDate"), _PUBLISHED_META)
    modified = _claimed(claims, ("dateModified",), _MODIFIED_META)
    if not candidates:
        for block in blocks:
            if block.kind == "date" and block.cut is None:
                found = find_moment(raw[block.start : block.end], None, None, claims.language)
                if found:
                    start, end = block.start + found.start, block.start + found.end
                    candidates.append((found.moment, DateEvidence(place="raw", start=start, end=end, exact=raw[start:end])))
    if not candidates:
        for address in (url, claims.canonical, claims.og_url):
            found_in = _from_address(address)
            if found_in:
                candidates.append(found_in)
    version = modified[0][0] if modified else None
    if not candidates:
        return Dates(first=None, evidence=None, version=version)
    first = candidates[0]
    if len(first[0]) == 10:  # a day: whoever knows the second of that day knows more
        first = next((c for c in candidates if len(c[0]) > 10 and c[1].exact[:10] == first[0]), first)
    return Dates(first=first[0], evidence=first[1], version=version)


def _claimed(claims: Claims, keys: Sequence[str], names: Sequence[str]) -> list[tuple[Moment, DateEvidence]]:
    values = [(f"jsonld.{key}", clean(claims.article.get(key))) for key in keys]
    for name in names:
        values.extend((f"meta.{name}", value) for value in claims.meta.get(name, ()))
    found = []
    for field, value in values:
        moment = find_moment(value, None, None, claims.language) if value else None
        if value and moment:
            exact = value[moment.start : moment.end]
            found.append((moment.moment, DateEvidence(place="metadata", field=field, start=moment.start, end=moment.end, exact=exact)))
    return found


def _from_address(address: str | None) -> tuple[Moment, DateEvidence] | None:
    match = _URL_DATE.search(address or "")
    if not match or not address:
        return None
    year, month, day = [g for g in match.groups() if g]
    found = find_moment(f"{year}-{month}-{day}", None, None)
    if not found:
        return None
    return found.moment, DateEvidence(place="metadata", field="url", start=match.start(), end=match.end(), exact=match[0])
