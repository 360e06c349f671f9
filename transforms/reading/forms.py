"""The forms of JSON records that are read: a table as data, ``forms.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from schemas.article import Flow
from schemas.errors import ConfigurationError

_TABLE = Path(__file__).with_name("forms.toml")

Places = tuple[str, ...]


class Form(Flow, kw_only=True, forbid_unknown_fields=True):
    """One form; ``forms.toml`` says what its keys mean."""

    name: str
    all: Places = ()
    any: Places = ()
    none: Places = ()
    html: Places = ()
    text: Places = ()
    id: Places = ()
    id_within: Places = ()
    url: Places = ()
    source: Places = ()
    site: Places = ()
    title: Places = ()
    byline: Places = ()
    published: Places = ()
    crawled: Places = ()
    markup: bool = False
    nothing: frozenset[str] = frozenset()
    example: str
    known_from: str

    def fits(self, record: dict[str, object]) -> bool:
        """Whether a record has the fields that mark this form."""
        return (
            all(map(record.__contains__, self.all))
            and (not self.any or any(map(record.__contains__, self.any)))
            and not any(map(record.__contains__, self.none))
        )


class _Table(Flow, forbid_unknown_fields=True):
    envelopes: frozenset[str]
    form: tuple[Form, ...]


def load_forms() -> tuple[Form, ...]:
    """All forms, in the order in which they are tried.

    Raises:
        ConfigurationError: If the table is wrong; the message names the key.
    """
    return _load_table().form


def load_envelopes() -> frozenset[str]:
    """Names under which an object holds its array of records, and that are no publisher's.

    Raises:
        ConfigurationError: If the table is wrong; the message names the key.
    """
    return _load_table().envelopes


@cache
def _load_table() -> _Table:
    try:
        return msgspec.convert(tomllib.loads(_TABLE.read_text(encoding="utf-8")), _Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigurationError(f"{_TABLE.name}: {error}") from error


def form_of(record: dict[str, object]) -> Form | None:
    """The first form that fits a record, None when none does."""
    return next((form for form in load_forms() if form.fits(record)), None)
