"""From a document to an article: decode, read the page or the text, say what it is and whose."""

from __future__ import annotations

from schemas.article import Article, Document, Given, MetadataField
from schemas.records import DateEvidence, Moment
from transforms.boilerplate.cues import CueTable
from transforms.extraction.dates import UNKNOWN_HABITS, DateHabits, read_moment
from transforms.extraction.encoding import decode, utf8
from transforms.extraction.layout import Layout
from transforms.extraction.page import PageReading, read_page
from transforms.extraction.plain_text import TextReading, read_text
from transforms.sources.address import bare_host, host_named, normalise_url, without_user
from transforms.sources.identity import Identity, identify
from transforms.sources.profile import Profile, Profiles

Reading = PageReading | TextReading

_DAY_FIRST = {"dmy": True, "mdy": False}  # of a profile's date_order; None where the profile doesn't decide


def extract_article(document: Document, profiles: Profiles, cues: CueTable) -> Article:
    """Read one document as an article.

    What the input says of a document (title, byline, date) fills in what the page or text does not say itself; its
    date goes first, because whoever kept a date beside the text read it where the text no longer shows it.

    Args:
        document: The document.
        profiles: The sources that are known.
        cues: The boilerplate cues; in plain text they tell a headline from a navigation line.

    Raises:
        ExtractError: If the document is no article.
    """
    given = document.given
    if document.media == "html":
        page = utf8(document.content, given.charset)
        page_reading, identity = _read_page(page, given, document.path, profiles)
        reading: Reading = page_reading
        canonical = page_reading.canonical
    else:
        canonical = None
        identity = identify(given, canonical, document.path, profiles)
        text = decode(document.content, given.charset)
        reading = read_text(text, given.title, given.byline, cues, _habits(profiles.by_id(identity.source)))
    profile = profiles.by_id(identity.source)
    first_created, evidence = _first_created(given, reading, profile)
    return Article(
        id=identity.id,
        path=document.path,
        input_id=given.input_id,
        source=identity.source,
        uri=_address(given, canonical) if identity.uri else None,
        canonical=identity.canonical,
        content_sha256=document.content_sha256,
        content_bytes=document.content_bytes,
        crawled=given.crawled,
        media=document.media,
        raw=reading.raw,
        blocks=reading.blocks,
        headline=reading.headline or given.title,
        standfirst=reading.standfirst,
        by=reading.by or given.byline,
        authors=reading.authors or ((given.byline,) if given.byline else ()),
        first_created=first_created,
        first_created_evidence=evidence,
        version_created=reading.version_created,
        declared_language=reading.declared_language or (profile.language if profile else None),
        metadata=_metadata(given, reading),
        series=_series(identity.source, profile),
        by_layout=reading.by_layout if profile and profile.layouts and isinstance(reading, PageReading) else None,
    )


def _read_page(html: bytes, given: Given, path: str, profiles: Profiles) -> tuple[PageReading, Identity]:
    """Read a page as its source's profile says. A page whose source only its own canonical link tells is read twice."""
    profile = profiles.by_id(identify(given, None, path, profiles).source)
    reading = read_page(html, given.url, _layouts(profile, given), _habits(profile))
    identity = identify(given, reading.canonical, path, profiles)
    if profile is None:
        profile = profiles.by_id(identity.source)
        if profile and (profile.layouts or _habits(profile) != UNKNOWN_HABITS):
            reading = read_page(html, given.url, _layouts(profile, given), _habits(profile))
    return reading, identity


def _habits(profile: Profile | None) -> DateHabits:
    if profile is None:
        return UNKNOWN_HABITS
    return DateHabits(day_first=_DAY_FIRST.get(profile.date_order or ""), zone=profile.time_zone)


def _address(given: Given, canonical: str | None) -> str | None:
    """The article's address as it was written, so that it can be followed: the given one, or else the page's own.

    Whoever crawled with a name and a password does not print them.
    """
    address = given.url if given.url and normalise_url(given.url) else canonical
    return address and without_user(address)


def _series(source: str | None, profile: Profile | None) -> str | None:
    """What groups sources: the profile's series; of a host without a profile the site, so that m. and www. are one."""
    if profile is not None:
        return profile.series
    host = host_named(source) if source else None
    return bare_host(host) if host else None


def _layouts(profile: Profile | None, given: Given) -> tuple[Layout, ...]:
    if profile is None:
        return ()
    return profile.layouts_on(given.crawled or (given.published and _given_moment(given.published, profile)))


def _first_created(
    given: Given, reading: Reading, profile: Profile | None
) -> tuple[Moment | None, DateEvidence | None]:
    if given.published:
        moment = _given_moment(given.published, profile)
        if moment:
            evidence = DateEvidence(
                place="metadata", field="record.published", start=0, end=len(given.published), exact=given.published
            )
            return moment, evidence
    return reading.first_created, reading.first_created_evidence


def _given_moment(published: str, profile: Profile | None) -> Moment | None:
    habits = _habits(profile)
    return read_moment(published, habits.day_first, habits.zone)


def _metadata(given: Given, reading: Reading) -> tuple[MetadataField, ...]:
    fields = reading.metadata if isinstance(reading, PageReading) else ()
    return (*fields, MetadataField(name="record.byline", value=given.byline)) if given.byline else fields
