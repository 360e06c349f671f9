"""What the names of a page's elements say about them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from schemas.article import Flow

Field = Literal["headline", "standfirst", "byline", "date", "kicker"]

_WORD = re.compile(r"[A-Z]+[a-z]*|[a-z]+")
# Longest class attribute that is read, in characters. Utility frameworks write long ones, without a name in them.
_LONGEST = 600
# Names that WordPress gives each story, and how those begin that tell its categories, tags and form.
_OF_POST = frozenset({"hentry", "status-publish", "type-post"})
_ABOUT = ("category-", "tag-", "format-")
# Words that one name of the table has at most.
_MOST_WORDS = 3


class Names(Flow, kw_only=True):
    """What an element's class names and id say."""

    cut: str | None = None  # the removal's class; None: nothing speaks against it
    word: str | None = None  # the word of the table that said so
    show: bool = True  # whether its text stays in raw
    body: bool = False  # it calls itself the body
    field: Field | None = None


class _Table(Flow, kw_only=True):
    cuts: dict[str, tuple[str, bool]]
    body: frozenset[str]
    body_ends: frozenset[str]  # their last words
    state: frozenset[str]
    wrapper: frozenset[str]
    hidden: frozenset[str]
    openings: frozenset[str]  # first words of all of these: most names hold none
    fields: dict[str, Field]


@functools.cache
def _table() -> _Table:
    raw = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
    cuts = {word: (cut["class"], cut["show"]) for cut in raw["cut"] for word in cut["words"]}
    fields = {word: field for field, words in raw["kind"].items() for word in words}
    openings = frozenset(entry.split("-")[0] for entry in (*cuts, *fields, *raw["body"]))
    return _Table(
        openings=openings,
        cuts=cuts,
        body=frozenset(raw["body"]),
        body_ends=frozenset(entry.split("-")[-1] for entry in raw["body"]),
        state=frozenset(raw["state"]),
        wrapper=frozenset(raw["wrapper"]),
        hidden=frozenset(raw["hidden"]),
        fields=fields,
    )


def _is_body(words: list[str], table: _Table) -> bool:
    """The body's name stands last: article-body-wrapper is the body, article-body__newsletter isn't."""
    for end in range(len(words), 0, -1):
        last = words[end - 1]
        if last in table.body_ends and any(
            "-".join(words[max(0, end - size) : end]) in table.body for size in range(1, _MOST_WORDS + 1)
        ):
            return True
        if last not in table.wrapper:
            return False
    return False


@functools.lru_cache(maxsize=32768)
def _read_name(name: str) -> Names | None:
    """What one name says; None if nothing, as most names do. The name of a body cuts nothing."""
    table = _table()
    name = name.replace("field--name-", "field-name-")  # Drupal writes the name of a field as a modifier
    base = name.partition("--")[0]
    words = [base] if base.isalpha() and base.islower() else [word.lower() for word in _WORD.findall(base)]
    if words[:1] == ["js"]:
        del words[0]
    if not words or words[0] in table.state:
        return None
    hidden = base.lower() in table.hidden
    if not hidden and table.openings.isdisjoint(words):
        return None
    starts = [i for i, word in enumerate(words) if word in table.openings]
    cut: tuple[str, bool] | None = ("hidden", False) if hidden else None
    by: str | None = base.lower() if hidden else None
    field: Field | None = None
    of_field = range(0)  # words that name the field together: of "teaser-text" the first names nothing else
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        for i in starts:
            if i + size > len(words):
                break
            word = "-".join(words[i : i + size]) if size > 1 else words[i]
            if cut is None and word in table.cuts and i not in of_field:
                cut, by = table.cuts[word], word
            if field is None and word in table.fields:
                field, of_field = table.fields[word], range(i, i + size if size > 1 else i)
    body = _is_body(words, table)
    if body:
        return Names(body=True, field=field)
    if cut is None and field is None:
        return None
    return Names(cut=cut[0] if cut else None, word=by, show=cut[1] if cut else True, field=field)


_NOTHING = Names()


@functools.lru_cache(maxsize=8192)
def read_names(names: str) -> Names:
    """What class names and an id, blanks between them, say about an element.

    Args:
        names: The value of ``class``, then that of ``id``; 600 characters of it are read.

    Returns:
        The first cut, in the order of the names; none for the body itself or for names of a state ("has-comments").
    """
    written = names[:_LONGEST].split()
    if not _OF_POST.isdisjoint(written):  # WordPress says there what a story is about
        written = [name for name in written if not name.startswith(_ABOUT)]
    read = list(filter(None, map(_read_name, written)))
    if len(read) < 2:
        return read[0] if read else _NOTHING
    field = next((found.field for found in read if found.field), None)
    if any(found.body for found in read):
        return Names(body=True, field=field)
    cut = next((found for found in read if found.cut), _NOTHING)
    return Names(cut=cut.cut, word=cut.word, show=cut.show, field=field)


def names_of(attributes: Mapping[str, str | None]) -> Names:
    """What an element's class, id and the names that programs look for say about it."""
    get = attributes.get
    classes, identity, test = get("class"), get("id"), get("data-testid") or get("data-component")
    if identity or test:
        return read_names(" ".join(filter(None, (classes, identity, test))))
    return read_names(classes) if classes else _NOTHING
