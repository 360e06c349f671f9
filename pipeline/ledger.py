"""The ledger: every input document is an article or a reject, or the run fails."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from pipeline.report import Ledger, OutdatedProfile
from schemas.codec import OUTPUTS


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found."""

    stories: int
    stories_of_several: int
    copies: int  # articles in stories of several
    passages: int  # reuse records
    status: dict[str, int]  # articles by attribution_status, sorted by name
    agencies: dict[str, dict[str, int]]  # agency -> articles in which it is explicit and inferred, sorted by id
    latest: str | None  # the latest day of an article, YYYY-MM-DD
    outdated_profiles: tuple[OutdatedProfile, ...]  # by source


class LedgerError(Exception):
    """Documents were lost or invented: a bug. The message has the numbers."""


class _Reject(msgspec.Struct):
    stage: str
    reason: str


class _Changed(msgspec.Struct):
    change: str | None


class _Claim(msgspec.Struct):
    id: str
    role: str
    basis: str


class _Article(msgspec.Struct):
    attribution_status: str
    info_sources: list[_Claim]
    first_created: str | None


class _Story(msgspec.Struct):
    size: int


def read_ledger(result: Path, documents: int, unchanged: int | None = None) -> Ledger:
    """Count a run's outputs against the documents that were read.

    Args:
        result: Folder of the merged outputs.
        documents: How many documents were read.
        unchanged: How many of them an earlier run knew; None in a run without a state. With one, articles that are
            written as context don't count: they were no documents.

    Raises:
        LedgerError: If documents are not articles + rejects + unchanged.
    """
    reasons = Counter(f"{row.stage}.{row.reason}" for row in _rows(result / OUTPUTS["reject"], _Reject))
    articles = sum(row.change != "context" for row in _rows(result / OUTPUTS["article"], _Changed))
    ledger = Ledger(
        documents=documents,
        articles=articles,
        rejects=reasons.total(),
        rejects_by=dict(sorted(reasons.items())),
        unchanged=unchanged or 0,
    )
    if not ledger.balances:
        raise LedgerError(
            f"the ledger does not balance: {ledger.documents} documents were read, "
            f"but there are {ledger.articles} articles and {ledger.rejects} rejects"
            + (f", and {unchanged} are unchanged" if unchanged else "")
        )
    return ledger


def _outdated(layouts: bytes) -> tuple[OutdatedProfile, ...]:
    """The sources whose layouts missed a page, by source."""
    found = msgspec.json.decode(layouts, type=dict[str, tuple[int, int]])
    return tuple(
        OutdatedProfile(source=source, pages=pages, missed=missed)
        for source, (pages, missed) in sorted(found.items())
        if missed
    )


def count(result: Path, layouts: bytes) -> Counts:
    """Count what a run found.

    Args:
        result: Folder of the merged outputs.
        layouts: The table of layouts that the row of steps wrote: JSON of source -> (pages, missed).
    """
    status: Counter[str] = Counter()
    agencies: dict[str, Counter[str]] = {}
    latest = None
    for article in _rows(result / OUTPUTS["article"], _Article):
        status[article.attribution_status] += 1
        for claim in {(claim.id, claim.basis) for claim in article.info_sources if claim.role != "editor"}:
            agencies.setdefault(claim[0], Counter())[claim[1]] += 1
        if article.first_created:
            latest = max(latest or "", article.first_created[:10])
    sizes = [story.size for story in _rows(result / OUTPUTS["story"], _Story)]
    with (result / OUTPUTS["reuse"]).open("rb") as lines:
        passages = sum(1 for _ in lines)
    return Counts(
        stories=len(sizes),
        stories_of_several=sum(size > 1 for size in sizes),
        copies=sum(size for size in sizes if size > 1),
        passages=passages,
        status=dict(sorted(status.items())),
        agencies={
            agency: {"explicit": found["explicit"], "inferred": found["inferred"]}
            for agency, found in sorted(agencies.items())
        },
        latest=latest,
        outdated_profiles=_outdated(layouts),
    )


def _rows(path: Path, row: type):
    decode = msgspec.json.Decoder(row).decode
    with path.open("rb") as lines:
        for line in lines:
            yield decode(line)
