"""Dates that a page shows outside of its metadata and its story, in elements that say that they are dates."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.extraction.boxes import HEADINGS, fold
from transforms.extraction.dates import find_moment

# Elements that are looked at. Lists of comments and of other stories show hundreds of dates.
_MOST = 60
# Levels above the headline up to which an element's dates are the story's. Beside them pages show what day it is today.
_LEVELS = 4
# Headings among which the headline is looked for.
_MOST_HEADINGS = 100
# Characters of a text that is a date and little else.
_LONGEST = 80
# Elements in which schema.org, RDFa and microformats keep the moment of publication.
_PUBLISHED = (
    "[itemprop~=datePublished], [itemprop~=dateCreated], [property~='dc:created'], [property~='schema:datePublished'], "
    "time[pubdate], time.published, abbr.published"
)
_DATED = "time[datetime], [class*=date i], [class*=time i], [class*=publi i], [class*=posted i]"
_HEADINGS = ", ".join(sorted(HEADINGS))
_VALUES = ("content", "datetime", "title")


def marked_dates(
    tree: LexborHTMLParser, of_story: Sequence[str], titles: Container[str], language: str | None
) -> Iterator[tuple[str, str]]:
    """What a page's elements give as its date, the surest first.

    Args:
        tree: The page.
        of_story: The moments of the time elements in the story's bylines and date lines.
        titles: The page's titles, folded by ``fold``.
        language: BCP 47 of the page, None if that isn't known.

    Returns:
        Names of evidence and values: of elements for the moment of publication; of the story's own time elements; of
        what stands around the headline, where it names one single day, for other stories bear dates as well.
    """
    for value in dict.fromkeys(map(_value, tree.css(_PUBLISHED)[:_MOST])):
        yield "element.published", value
    for value in of_story:
        yield "element.time", value
    place = next((node for node in tree.css(_HEADINGS)[:_MOST_HEADINGS] if fold(node.text()) in titles), None)
    for _ in range(_LEVELS):
        place = place.parent if place else None
        if place is None or place.tag == "body":
            return
        values = [value for node in place.css(_DATED)[:_MOST] if 0 < len(value := _value(node)) <= _LONGEST]
        found = [
            (moment.moment[:10], value) for value in values if (moment := find_moment(value, None, None, language))
        ]
        if found:
            if len({day for day, _ in found}) == 1:
                yield "element.date", found[0][1]
            return


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    written = next((value for name in _VALUES if (value := attributes.get(name)) and value[:1].isdigit()), None)
    return written or " ".join(node.text().split())
