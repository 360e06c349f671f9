"""JSON records: one object an article, in our form or in that of another tool."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from math import isfinite

import msgspec

from schemas.article import Document, Given
from schemas.errors import Malformed
from schemas.records import Moment
from transforms.reading.forms import Form, Places, form_of
from transforms.reading.rejects import sha256

# Values looked at below a place that ends in [], 1,000 to 10 million: more than any article has paragraphs.
MAX_VALUES = 100_000

# Ends of lines in markup from which a text that begins without an element is a piece of a page, 2 to 10: articles on the
# web's own language quote one.
FEWEST_LINE_ENDS = 3

_decode = msgspec.json.Decoder().decode
_DECODING = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_DAY = r"(\d{4}-\d\d-\d\d)"
_MOMENT = re.compile(_DAY + r"[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|\+00:?00)$")
_ELEMENT = re.compile(
    r"\s*<(?:!--|(?:!doctype|html|body|article|section|div|p|h[1-6]|figure|blockquote|ul|ol)\b)[^<>]{0,500}>", re.I
)
_LINE_END = re.compile(r"</p\s{0,3}>|<br\s{0,3}/?>", re.I)
_FIRST_DAY = re.compile(_DAY + r"(?![\d-])")


def read_record(line: bytes, path: str, folder: str | None = None, site: str | None = None) -> Document:
    """Read one JSON object as a document.

    Args:
        line: The object, UTF-8.
        path: Of the record, as it stands in the records: ``file.jsonl#3``.
        folder: First folder below the input root, for a file that is this one record.
        site: Who printed it, as its place in the file says; taken where the record itself says nothing.

    Returns:
        The document; its content is the html, or else the text, in UTF-8. Characters that no encoding knows (halves of
        surrogate pairs) and bytes that aren't UTF-8 are U+FFFD.

    Raises:
        Malformed: If it isn't one JSON object of a known form, a field has another type than it should, or html and
            text are both missing or blank.
    """
    record = _object(line)
    form = form_of(record)
    if form is None:
        raise Malformed(f"neither 'html' nor 'text' is among its fields: {_listed(record)}; docs/inputs.md has the forms")
    fields = _Fields(record, form)
    html = fields.text(form.html)
    content = html or fields.text(form.text, joined_by="\n\n")
    if content is None:
        raise Malformed(f"none of {_quoted((*form.html, *form.text))} holds anything")
    is_page = html is not None or form.markup and is_markup(content)
    title = fields.text(form.title)
    url = fields.text(form.url)
    crawled = fields.text(form.crawled)
    return Document(
        path=path,
        media="html" if is_page else "text",
        content=content.encode("utf-8"),
        content_sha256=sha256(line),
        content_bytes=len(line),
        given=Given(
            input_id=fields.id(),
            url=url,
            source=fields.text(form.source) or (None if url else fields.text(form.site) or site),
            folder=folder,
            title=unescape(title) if title and is_page else title,
            byline=fields.text(form.byline),
            published=fields.text(form.published, or_number=True),  # seconds or milliseconds, as tables write dates
            crawled=moment(crawled) if crawled else None,
            charset="utf-8",
        ),
    )


def is_markup(text: str) -> bool:
    """Whether a text is a piece of a page: it begins with an element that holds text, or has ends of several lines."""
    return _ELEMENT.match(text) is not None or len(_LINE_END.findall(text)) >= FEWEST_LINE_ENDS


def moment(text: str) -> Moment | None:
    """A time as tools write it: to the second where it says that it is UTC, else the day; None when it is none."""
    text = text.strip()
    if match := _MOMENT.match(text):
        return f"{match[1]}T{match[2]}Z"
    day = _FIRST_DAY.match(text)
    return day and day[1]


class _Fields:
    """The fields of one record, by where its form says that they stand."""

    def __init__(self, record: dict[str, object], form: Form):
        self._record = record
        self._form = form

    def text(self, places: Places, joined_by: str = ", ", *, or_number: bool = False) -> str | None:
        """The first of several places that holds a text that isn't blank; or a number, where one may stand."""
        for place in places:
            path, takes_all, may_differ = _parsed(place)
            if path[0] not in self._record:
                continue
            value = self._at(path)
            if takes_all and not isinstance(value, str):
                value = joined_by.join(_texts_below(value))
            if or_number:
                value = _number_as_text(value)
            if value is None or value != value:  # NaN, as tables of numbers write what they don't know
                continue
            if not isinstance(value, str):
                if may_differ:
                    continue
                raise Malformed(f"'{'.'.join(path)}' holds {_KINDS.get(type(value), 'a number')}; it should hold a text")
            if value and not value.isspace() and value not in self._form.nothing:
                return _well_formed(value)
        return None

    def id(self) -> str | None:
        """The record's id; numbers count as texts."""
        value = self.text(self._form.id, or_number=True)
        within = self.text(self._form.id_within) if value else None
        return f"{within}/{value}" if within else value

    def _at(self, path: tuple[str, ...]) -> object:
        """What stands at a path; below a list, the values of its objects."""
        value: object = self._record
        for key in path:
            if isinstance(value, list):
                value = [one[key] for one in value if isinstance(one, dict) and key in one]
            else:
                value = value.get(key) if isinstance(value, dict) else None
        return value


@cache
def _parsed(place: str) -> tuple[tuple[str, ...], bool, bool]:
    """The keys of a place of forms.toml, whether it ends in ``[]``, and whether in ``?``."""
    named = place.removesuffix("?")
    path = named.removesuffix("[]")
    return tuple(path.split(".")), path != named, named != place


_KINDS = {dict: "an object", list: "a list", bool: "true or false"}


def _object(line: bytes) -> dict[str, object]:
    try:
        value = _decode(line)
    except _DECODING as error:
        value = _decode_leniently(line, error)
    if not isinstance(value, dict):
        raise Malformed(f"not a JSON object but {_KINDS.get(type(value), 'a single value')}")
    return value


def _decode_leniently(line: bytes, strict: Exception) -> object:
    """Decode what is often written although no standard allows it: halves of surrogate pairs, NaN, raw line breaks."""
    try:
        return json.loads(line.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        encoding = "; is it UTF-16? JSON is read in UTF-8" if b"\0" in line[:4] else ""
        raise Malformed(f"not a JSON object: {strict}{encoding}") from strict


def _number_as_text(value: object) -> object:
    """A number as a text, without a point where it is whole; everything else as it is."""
    if isinstance(value, float) and isfinite(value):
        value = int(value) if value.is_integer() else str(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _texts_below(value: object) -> list[str]:
    """All texts in a value, in their order."""
    texts, waiting, seen = [], [value], 0
    while waiting and seen < MAX_VALUES:
        seen += 1
        value = waiting.pop()
        if isinstance(value, str):
            if value and not value.isspace():
                texts.append(value)
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
    return texts


def _well_formed(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _quoted(places: Places) -> str:
    return " and ".join(f"'{place.removesuffix('[]')}'" for place in places)


def _listed(record: dict[str, object]) -> str:
    names = [ascii(key)[:40] for key in list(record)[:8]]
    return ", ".join(names + ["…"] * (len(record) > 8)) or "none"
