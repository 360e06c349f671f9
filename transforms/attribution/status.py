"""What an article's claims come to, in one neutral word."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.records import InfoSource, Status
from transforms.attribution.confidence import LEAST

_CREDITING = frozenset({"origin", "distributor", "press_release"})


def attribution_status(info_sources: Iterable[InfoSource], has_foreign_narrative: bool, own_source: bool) -> Status:
    """The first status that fits, in the order of the record's definition.

    Args:
        info_sources: All claims, explicit and inferred. An editing house credits nobody.
        has_foreign_narrative: Whether another source's copy holds narrative of the article.
        own_source: Whether the article stands on its own agency's site.
    """
    claims = [source for source in info_sources if source.role in _CREDITING]
    explicit = {claim.id for claim in claims if claim.basis == "explicit"}
    inferred = {claim.id for claim in claims if claim.basis == "inferred" and claim.confidence >= LEAST}
    if own_source:
        return "own_source"
    if explicit and inferred - explicit:
        return "partly_credited"
    if explicit:
        return "credited"
    if inferred:
        return "not_credited_in_text"
    return "shared_origin_unknown" if has_foreign_narrative else "no_agency_found"
