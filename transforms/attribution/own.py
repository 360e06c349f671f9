"""The wire service whose own page an article stands on: its copy there is no syndication."""

from __future__ import annotations

from schemas.article import Credits
from transforms.attribution.claims import Claims
from transforms.attribution.metadata import proof

_RULES = "own_source."


def own_source(claims: Claims) -> None:
    """Record the wire service whose own page this is: by the profile, by the host, or by the source's name."""
    registry, article = claims.registry, claims.article
    if claims.own_agency is not None and claims.own_agency in registry.agencies:
        if article.source:
            _own(claims, claims.own_agency, "source", article.source, article.source, "profile")
        elif article.uri and claims.host:
            _own(claims, claims.own_agency, "uri", article.uri, claims.host, "profile")
        return
    home = registry.by_host(claims.host)
    if home is not None and article.uri and claims.host:
        if registry.is_wire(home) or claims.is_claimed(home.id):
            _own(claims, home.id, "uri", article.uri, claims.host, "host")
    elif article.source and claims.host is None:
        agency = registry.by_source(article.source)
        if agency is not None:
            _own(claims, agency.id, "source", article.source, article.source, "name")


def _own(claims: Claims, agency: str, field: str, value: str, shown: str, rule: str) -> None:
    at = value.lower().find(shown.lower())
    claims.own(agency, proof("metadata", field, value, at, at + len(shown), _RULES + rule))


def is_own_source(credits: Credits) -> bool:
    """Whether the article stands on its own agency's site."""
    return any(one.rule.startswith(_RULES) for source in credits.info_sources for one in source.evidence)
