"""Headline and dates, from what the page claims and what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from schemas.article import Block, Flow
from schemas.records import DateEvidence, Moment
from transforms.extraction.boxes import ends_as, fold
from transforms.extraction.dates import UNKNOWN_HABITS, DateHabits, find_moment
from transforms.extraction.metadata import Claims, clean, meta_names

_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)"
    r"|(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/((?:19|20)\d\d)-(\d\d)-(\d\d)"
)
# What stands behind the last of these in a page's title is the site's name.
_JOINTS = " |–—-•·»:"
# Letters of the shortest title that is looked for on a page. Shorter ones are names of sections.
_SHORTEST_TITLE = 8
_TITLE_JOINTS = re.compile(r"\s+[|–—-]\s+|\s*\|\s*|\s+[•·»]\s+|\s::\s")


class Dates(Flow, kw_only=True):
    """When the article was created and last changed, and who says so."""

    first: Moment | None
    evidence: DateEvidence | None
    version: Moment | None


class Titles(Flow, kw_only=True):
    """What the page is called, by whom. None where a witness is silent."""

    claimed: str | None  # JSON-LD
    shared: str | None  # og:title and its like, the site's name taken off
    printed: str | None  # the h1 that says the same as one of them, else the first
    all: tuple[str, ...]  # these and whatever else is a title of the page, the best first


def read_titles(claims: Claims, headings: Sequence[str]) -> Titles:
    """Collect the page's titles.

    Args:
        claims: The page's metadata.
        headings: Texts of its h1 elements, in document order.
    """
    site = {fold(name) for name in claims.meta.get("og:site_name", ())}
    headings = [heading for heading in headings if fold(heading) not in site]  # a logo is often an h1
    claimed = clean(claims.article.get("headline"))
    shared = next((clean(v) for name in meta_names().title for v in claims.meta.get(name, ())), None)
    if shared:
        shared = _without_site(shared, claims, [claimed, *headings])
    known = {fold(t) for t in (claimed, shared) if t}
    printed = next((h for h in headings if fold(h) in known), headings[0] if headings else None)
    values: list[str] = [t for t in (printed, claimed, shared) if t]
    others = [value for name in meta_names().title for value in claims.meta.get(name, ())]
    others += [claims.title, claims.article.get("name"), claims.article.get("alternativeHeadline")]
    values.extend(t for t in map(clean, others) if t)
    titles: list[str] = []
    for value in values:
        titles.append(value)
        parts = _TITLE_JOINTS.split(value)
        shorter = (value[: -len(parts[-1])].rstrip(_JOINTS), parts[0], parts[-1]) if len(parts) > 1 else ()
        titles.extend(t for t in shorter if len(t) > 0.5 * len(value))
    return Titles(
        claimed=claimed,
        shared=shared,
        printed=printed,
        all=tuple(dict.fromkeys(t for t in titles if len(t) >= _SHORTEST_TITLE)),
    )


def _without_site(title: str, claims: Claims, others: Sequence[str | None]) -> str:
    """A title without the site's name behind it, which another title lacks or which the page gives as its name."""
    parts = _TITLE_JOINTS.split(title)
    if len(parts) < 2:
        return title
    site = {fold(name) for name in claims.meta.get("og:site_name", ())}
    known = {fold(other) for other in others if other}
    shorter = title
    for part in reversed(parts[1:]):
        shorter = shorter[: -len(part)].rstrip(_JOINTS) if part else shorter
        if fold(shorter) in known:
            return shorter
    last = fold(parts[-1])
    return (
        title[: -len(parts[-1])].rstrip(_JOINTS) if last and any(last in s or s in last for s in site if s) else title
    )


def find_headline(titles: Titles, over_story: str | None) -> str | None:
    """The headline as printed, where the witnesses agree; else what two of three say.

    Args:
        titles: The page's titles.
        over_story: The heading that stands over the story, None if none does.

    Returns:
        Of an h1 that opens with a kicker, the part that another witness gives as the title. None without any title.
    """
    printed, claimed, shared = titles.printed, titles.claimed, titles.shared
    if claimed and shared and fold(claimed) == fold(shared):
        return claimed
    said_over_story = next((t for t in (claimed, shared) if t and over_story and _says(over_story, t)), None)
    if printed is None:
        return said_over_story or over_story or claimed or shared or next(iter(titles.all), None)
    for other in (shared, claimed):
        if (
            other
            and len(fold(other)) > _SHORTEST_TITLE
            and fold(printed) != fold(other)
            and fold(printed).endswith(fold(other))
        ):
            return other
    if said_over_story:
        return said_over_story  # an h1 elsewhere may be for searchers
    if claimed is None and shared and fold(printed) not in fold(shared):
        return shared
    for other in (claimed, shared):
        if other and fold(printed) == fold(other):
            return other  # the same words, without blanks that stand between two elements
    return over_story if over_story and fold(over_story) in map(fold, titles.all) else printed


def _says(heading: str, title: str) -> bool:
    """Whether a heading is the title, with or without a kicker before it."""
    return fold(heading) == fold(title) or ends_as(fold(heading), (fold(title),))


def find_dates(
    claims: Claims,
    raw: str,
    blocks: Sequence[Block],
    published: str | None,
    url: str | None,
    habits: DateHabits = UNKNOWN_HABITS,
    marked: Callable[[], Iterable[tuple[str, str]]] = tuple,
) -> Dates:
    """When the article was created.

    The first that says is believed: a layout, metadata, the date printed over it, what the page marks as its date, its
    title, its address.

    Args:
        claims: The page's metadata.
        raw: The region's text.
        blocks: Its blocks.
        published: What stands where a layout says that the date stands; None without one.
        url: Where the page was found.
        habits: How its source writes dates, in metadata and in text.
        marked: Gives names and values of the page's elements for a date; asked only where nothing before says one.
    """
    sources = (
        lambda: [
            *_moments([("layout.published", published)], claims, habits),
            *_claimed(claims, ("datePublished", "dateCreated", "uploadDate"), meta_names().published, habits),
        ],
        lambda: _printed(raw, blocks, claims, habits),
        lambda: _moments(marked(), claims, habits),
        lambda: _moments([("title", claims.title)], claims, habits),
        lambda: [found for address in (url, claims.canonical, claims.og_url) if (found := _from_address(address))],
    )
    modified = _claimed(claims, ("dateModified",), meta_names().modified, habits)
    version = modified[0][0] if modified else None
    candidates = next(filter(None, (find() for find in sources)), None)
    if candidates is None:
        return Dates(first=None, evidence=None, version=version)
    first = candidates[0]
    if len(first[0]) == 10:  # a day: whoever knows the second of that day knows more
        first = next((c for c in candidates if len(c[0]) > 10 and c[1].exact[:10] == first[0]), first)
    return Dates(first=first[0], evidence=first[1], version=version)


def _printed(raw: str, blocks: Sequence[Block], claims: Claims, habits: DateHabits) -> list[tuple[Moment, DateEvidence]]:
    """What lines of dates say, then what bylines say."""
    candidates = []
    for kind in ("date", "byline"):
        for block in blocks:
            if block.kind == kind and block.cut is None:
                found = find_moment(raw[block.start : block.end], habits.day_first, habits.zone, claims.language)
                if found:
                    start, end = block.start + found.start, block.start + found.end
                    evidence = DateEvidence(place="raw", start=start, end=end, exact=raw[start:end])
                    candidates.append((found.moment, evidence))
    return candidates


def _claimed(
    claims: Claims, keys: Sequence[str], names: Sequence[str], habits: DateHabits
) -> list[tuple[Moment, DateEvidence]]:
    values = [(f"jsonld.{key}", clean(claims.article.get(key))) for key in keys]
    for name in names:
        values.extend((f"meta.{name}", value) for value in claims.meta.get(name, ()))
    return _moments(values, claims, habits)


def _moments(
    values: Iterable[tuple[str, str | None]], claims: Claims, habits: DateHabits
) -> list[tuple[Moment, DateEvidence]]:
    found = []
    for field, value in values:
        moment = find_moment(value, habits.day_first, habits.zone, claims.language) if value else None
        if value and moment:
            exact = value[moment.start : moment.end]
            found.append(
                (
                    moment.moment,
                    DateEvidence(place="metadata", field=field, start=moment.start, end=moment.end, exact=exact),
                )
            )
    return found


def _from_address(address: str | None) -> tuple[Moment, DateEvidence] | None:
    match = _URL_DATE.search(address or "")
    if not match or not address:
        return None
    year, month, day = [g for g in match.groups() if g]
    found = find_moment(f"{year}-{month}-{day}", None, None)
    if not found:
        return None
    return found.moment, DateEvidence(
        place="metadata", field="url", start=match.start(), end=match.end(), exact=match[0]
    )
