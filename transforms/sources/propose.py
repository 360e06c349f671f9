"""A profile proposed from a few saved pages: a first draft, for a person to read, shorten and prove."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from schemas.article import Flow
from schemas.errors import ConfigurationError
from transforms.extraction.boxes import fold
from transforms.extraction.layout import Layout
from transforms.sources.address import bare_host, host_of
from transforms.sources.profile import DatedLayout, Profile
from transforms.sources.propose_layout import propose_layout
from transforms.sources.saved import SavedPage

# Pages from which on more of them tell nothing new, and take time.
MOST_PAGES = 20


class Proposal(Flow, kw_only=True):
    """A profile, and what a person should know before believing it."""

    profile: Profile
    notes: tuple[str, ...]


def propose_profile(
    pages: Sequence[SavedPage],
    profile_id: str,
    host: str | None,
    is_credit: Callable[[str], bool],
    is_taken: Callable[[str], str | None],
) -> Proposal:
    """Propose a profile: host, name and language as the pages give them, a layout from how they are built.

    Args:
        pages: Pages of one source, one to ``MOST_PAGES``; from two on it shows what repeats.
        profile_id: The id of the profile.
        host: The source's host; None to take it from the pages.
        is_credit: Whether a line names an agency; such a line stays, though all pages print it.
        is_taken: Who has a host already, None if nobody: licensed copies bear the address of the house they come from.

    Returns:
        The profile, with one layout without a date, or none if no names tell the body from the rest of the pages.

    Raises:
        ConfigurationError: If no page names a host of its own and none is given.
    """
    notes: list[str] = []
    hosts = _hosts(pages)
    free = [one for one in hosts if is_taken(one) is None]
    if host is None and not free:
        found = f"their links lead to {hosts[0]}, {is_taken(hosts[0])}" if hosts else "no canonical link, no og:url"
        raise ConfigurationError(
            f"no page says where it comes from ({found}); name the site with --host, as --host gazette.example"
        )
    chosen = host or _most(free) or ""
    others = sorted(set(hosts) - {chosen})
    if others:
        notes.append(f"some pages give {', '.join(others)} as their address; add it to hosts if it is the same source")
    if len(pages) == 1:
        notes.append("one page shows nothing that repeats; two or three more, of other days, make a better proposal")
    layout, found = propose_layout(pages, is_credit)
    notes += found
    names = [page.reading.site_name or _publisher(page) for page in pages]
    languages = [page.reading.declared_language for page in pages]
    profile = Profile(
        id=profile_id,
        name=" ".join((_most(filter(None, names)) or profile_id).split()),
        hosts=(chosen,),
        language=_most(filter(None, languages)) if None not in languages else None,
        layouts=(DatedLayout(layout=layout),) if layout is not None else (),
    )
    return Proposal(profile=profile, notes=tuple(notes))


def profile_text(profile: Profile) -> str:
    """A proposed profile as the text of its ``profile.toml``."""
    lines = [
        f"id       = {_quoted(profile.id)}",
        f"name     = {_quoted(profile.name)}",
        f"hosts    = {_array(profile.hosts)}",
    ]
    if profile.language is not None:
        lines.append(f"language = {_quoted(profile.language)}")
    for dated in profile.layouts:
        parts = {part: getattr(dated.layout, part) for part in Layout.__struct_fields__}
        lines += ["", "[[layout]]"]
        lines += [f"{part:<10} = {_one_or_array(selectors)}" for part, selectors in parts.items() if selectors]
    return "\n".join(lines) + "\n"


def _one_or_array(texts: Sequence[str]) -> str:
    return _quoted(texts[0]) if len(texts) == 1 else _array(texts)


def _array(texts: Sequence[str]) -> str:
    quoted = [_quoted(text) for text in texts]
    one_line = f"[{', '.join(quoted)}]"
    return one_line if len(one_line) <= 100 else "[\n" + "".join(f"    {text},\n" for text in quoted) + "]"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for U+007F; what isn't printed is escaped as well, for it is shown."""
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in json.dumps(text, ensure_ascii=False))


def _hosts(pages: Sequence[SavedPage]) -> list[str]:
    found = [host_of(page.reading.canonical) for page in pages if page.reading.canonical]
    return [bare_host(host) for host in found if host]


def _publisher(page: SavedPage) -> str | None:
    names = (field.value for field in page.reading.metadata if field.name.startswith("jsonld.publisher"))
    return next((name for name in names if fold(name) and "/" not in name), None)


def _most(values: Iterable[str]) -> str | None:
    """The value that occurs most often, the least of several."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=None)
