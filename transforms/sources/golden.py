"""A profile proves itself: each golden page beside it gives what the file beside the page expects."""

from __future__ import annotations

from difflib import ndiff
from hashlib import sha256
from pathlib import Path

import msgspec

from schemas.article import Article, Document, Flow, Given
from schemas.errors import ConfigurationError, DocumentError
from transforms.boilerplate.cues import CueTable
from transforms.extraction.article import extract_article
from transforms.sources.address import normalise_url
from transforms.sources.load import PROFILE_FILE, read_profile
from transforms.sources.profile import Profiles

PAGE = "page*.html"
_NOT_BODY = frozenset({"headline", "standfirst", "byline", "date"})


class Expected(Flow, kw_only=True, forbid_unknown_fields=True):
    """What a golden page holds, as a person read it. Written as ``<page>.json``."""

    source: str
    uri: str | None
    headline: str | None
    standfirst: str | None
    by: str | None
    authors: tuple[str, ...]
    first_created: str | None
    body: tuple[str, ...]  # the blocks of the body, white space folded


class GoldenPage(Flow, kw_only=True):
    """A page and what it must give."""

    path: Path
    expected: Expected


def golden_folders(root: Path) -> tuple[Path, ...]:
    """The folders of a root that hold a profile or a golden page, sorted: each must hold both."""
    found = {path.parent for pattern in (PROFILE_FILE, PAGE) for path in root.glob(f"*/{pattern}")}
    return tuple(sorted(found))


def golden_pages(folder: Path) -> tuple[GoldenPage, ...]:
    """The golden pages of one profile, at least one, sorted by name.

    Raises:
        ConfigurationError: If a profile, a page or an expectation is without the others, or an expectation is wrong.
    """
    if not (folder / PROFILE_FILE).is_file():
        raise ConfigurationError(f"{folder.name}: a golden page without a profile; write {PROFILE_FILE} beside it")
    pages = sorted(folder.glob(PAGE))
    if not pages:
        raise ConfigurationError(f"{folder.name}: a profile without a golden page; save one as page.html beside it")
    expectations = {path.stem for path in folder.glob("page*.json")}
    if odd := sorted(expectations.symmetric_difference(page.stem for page in pages)):
        missing = "json" if odd[0] not in expectations else "html"
        raise ConfigurationError(f"{folder.name}: {odd[0]}.{missing} is missing; a golden page and what it must give "
                                 "stand side by side")  # fmt: skip
    return tuple(GoldenPage(path=page, expected=_expected(page.with_suffix(".json"))) for page in pages)


def differences(folder: Path, cues: CueTable) -> tuple[str, ...]:
    """Where a profile's golden pages give something else than expected; empty when they hold.

    Args:
        folder: Holds one profile.
        cues: The boilerplate cues of the run.

    Returns:
        Lines for a reader; those that begin with ``- `` were expected, those with ``+ `` found.

    Raises:
        ConfigurationError: As ``golden_pages`` and ``read_profile``.
    """
    pages = golden_pages(folder)
    profiles = Profiles([read_profile(folder / PROFILE_FILE)])
    lines: list[str] = []
    for page in pages:
        found = extracted(page.path, profiles, cues)
        for name in Expected.__struct_fields__:
            wanted, got = _lines(getattr(page.expected, name)), _lines(getattr(found, name))
            if wanted != got:
                lines.append(f"{folder.name}/{page.path.name}: {name}")
                lines += [line.rstrip("\n") for line in ndiff(wanted, got) if line[0] in "-+"]
    return tuple(lines)


def extracted(page: Path, profiles: Profiles, cues: CueTable) -> Expected:
    """What a page gives with these profiles, in the form of an expectation.

    Raises:
        ConfigurationError: If the page gives no article.
    """
    content = page.read_bytes()
    document = Document(
        path=page.name,
        media="html",
        content=content,
        content_sha256=sha256(content).hexdigest(),
        content_bytes=len(content),
        given=Given(),
    )
    try:
        article = extract_article(document, profiles, cues)
    except DocumentError as error:
        raise ConfigurationError(f"{page.parent.name}/{page.name}: {error.stage}.{error.reason}: {error}") from error
    return Expected(
        source=article.source or "",
        uri=normalise_url(article.uri) if article.uri else None,
        headline=article.headline,
        standfirst=article.standfirst,
        by=article.by,
        authors=article.authors,
        first_created=article.first_created,
        body=_body(article),
    )


def _body(article: Article) -> tuple[str, ...]:
    blocks = (block for block in article.blocks if block.cut is None and block.kind not in _NOT_BODY)
    return tuple(" ".join(article.raw[block.start : block.end].split()) for block in blocks)


def _lines(value: str | tuple[str, ...] | None) -> list[str]:
    if isinstance(value, tuple):
        return [f"{line}\n" for line in value]
    return [f"{value}\n"]


def _expected(path: Path) -> Expected:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Expected)
    except msgspec.DecodeError as error:
        raise ConfigurationError(f"{path.parent.name}/{path.name}: {error}") from error
