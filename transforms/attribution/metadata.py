"""Credits beside the text: authors and sources of the metadata, and the canonical link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from schemas.records import CONTEXT, Evidence
from transforms.attribution.claims import Claims
from transforms.attribution.lines import CreditLine, Grammar
from transforms.attribution.names import Name, flat
from transforms.attribution.slots import is_first_name, is_other_body
from transforms.attribution.tokens import without_given_names

# Fields that say who wrote or supplied the text. The publisher of a page is its source, and no credit.
_CREDITING = re.compile(
    r"(?:author|creator|byline|contributor|provider|sourceorganization|source|copyrightholder|isbasedon|credit|credittext|"
    r"syndication|original-source|agency)(?:\b|$|\[|\.|_)",
    re.I,
)
_NOT_CREDITING = re.compile(r"image|photo|video|logo|thumbnail|url$|sameas|publisher|twitter", re.I)
_APART = (",", "|", "/")  # marks between a person and the house
_MAX_VALUE = 300  # characters; longer values are no byline


def proof(kind: str, field: str, value: str, start: int, end: int, rule: str) -> Evidence:
    """Evidence in a metadata value."""
    return Evidence(
        kind=kind,
        place="metadata",
        field=field,
        start=start,
        end=end,
        exact=value[start:end],
        prefix=value[max(0, start - CONTEXT) : start],
        suffix=value[end : end + CONTEXT],
        rule=rule,
    )


def read_metadata(claims: Claims, grammar: Grammar) -> None:
    """Read the metadata fields, the byline and the authors that the extraction found, and the canonical link."""
    article = claims.article
    values = [(field.name, field.value) for field in article.metadata]
    known = {value for _, value in values}
    if article.by and article.by not in known and article.by not in article.raw:
        values.append(("by", article.by))
        known.add(article.by)
    for i, author in enumerate(article.authors):
        if author not in known and author not in article.raw and (article.by is None or author not in article.by):
            values.append((f"authors[{i}]", author))
    for name, value in values:
        by_name = name.startswith(("authors[", "by"))
        if len(value) <= _MAX_VALUE and (by_name or _CREDITING.search(name) and not _NOT_CREDITING.search(name)):
            _read_value(claims, grammar, name, value)
    if article.canonical:
        host = urlsplit(article.canonical).hostname
        agency = grammar.registry.by_host(host)
        if agency is not None and host is not None and agency is not grammar.registry.by_host(claims.host):
            at = article.canonical.lower().find(host)
            end = at + len(host)
            claims.mark(agency.id, proof("canonical", "canonical", article.canonical, at, end, "canonical.host"))


def _read_value(claims: Claims, grammar: Grammar, name: str, value: str) -> None:
    text = _as_name(flat(value))
    names = without_given_names(text, grammar.registry.names.find(text))
    parsed = grammar.read(text, 0, len(text), names) if names else None
    if parsed is None or "photo" in parsed.led or is_first_name(parsed, claims) or is_other_body(parsed, claims):
        return
    if value.islower() and parsed.names[0].alias.given and not claims.meanings.is_home(parsed.names[0]):
        return  # the name under which somebody logs in: sid
    ids, proofs = [], []
    for found in parsed.names:
        if found.alias.kind == "collective" and len(parsed.names) > 1:
            continue
        agency = found.alias.ids[0] if len(found.alias.ids) == 1 else claims.meanings.resolve(found)
        if agency is not None and agency not in ids and not (
            found.alias.wordlike and parsed.people and not _is_set_apart(found, parsed)
        ):
            ids.append(agency)
            proofs.append(proof("metadata", name, value, found.start, found.end, "metadata.authorship"))
    claims.metadata_credit(ids, proofs, parsed.tight)


def _as_name(value: str) -> str:
    """``the associated press``: a name that its page writes small, as names are written. Characters keep their places."""
    titled = value.title() if value.islower() and " " in value else value
    return titled if len(titled) == len(value) else value


def _is_set_apart(name: Name, parsed: CreditLine) -> bool:
    """``Ann Lee, CNN``: a person of two words, a mark, and the house, which nobody is called."""
    before = [token for token in parsed.tokens if token.end <= name.start]
    person = sum(token.kind == "cap" for token in before) > 1
    return person and before[-1].text in _APART and not name.alias.given
