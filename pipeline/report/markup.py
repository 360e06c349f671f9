"""HTML that can't be injected into: whatever isn't Markup is escaped at the moment it becomes part of the page."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import urlsplit

MOST_LINK_CHARACTERS = 2_000  # what browsers and servers commonly take; a longer URL is shown, not linked

_HARMLESS_CONTROLS = "\t\n"
_BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # embeddings, overrides and isolates of UAX 9
_LINE_SEPARATORS = (0x2028, 0x2029)
_VISIBLE = (
    {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _HARMLESS_CONTROLS}
    | {0x7F: "\u2421"}
    | {code: f"[U+{code:04X}]" for code in (*range(0x80, 0xA0), *_BIDI_CONTROLS, *_LINE_SEPARATORS, 0xFEFF)}
    | {code: "\ufffd" for code in range(0xD800, 0xE000)}  # half a surrogate pair has no UTF-8
)
_CODES = "".join(f"\\U{code:08x}" for code in sorted(_VISIBLE))
_HARMFUL = re.compile(f"[{_CODES}]")
_TO_ESCAPE = re.compile(f"[&<>\"'{_CODES}]")
_USER = re.compile(r"(?<=//)[^/?#]*@")
_NOT_IN_A_LINK = re.compile(r"[\s\x00-\x20\x7f\"'<>\\^`{|}]")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | None  # a plain str is text and gets escaped; Markup stands as it is; None is nothing


def visible(given: str) -> str:
    """Show what would act on the page instead of being read.

    Control characters become their pictures (U+0000 becomes U+2400), C1 controls, bidirectional embeddings, overrides
    and isolates their code in brackets (``[U+202E]``). Tabs and line feeds stay, and so do the joiners and the
    left-to-right and right-to-left marks that Arabic, Hebrew, Persian and Indic texts are written with.
    """
    return given.translate(_VISIBLE) if _HARMFUL.search(given) else given


def escape(given: str) -> Markup:
    """Make a text safe in an element's content and in a quoted attribute alike."""
    if not _TO_ESCAPE.search(given):  # most values are short and plain
        return Markup(given)
    return Markup(html.escape(visible(given), quote=True))


def join(children: list[Child] | tuple[Child, ...], separator: str = "") -> Markup:
    """Put pieces side by side; a plain str is escaped, None is left out."""
    shown = [child if type(child) is Markup else escape(child) for child in children if child is not None]
    return Markup((escape(separator) if separator else "").join(shown))


def tag(
    name: str,
    *children: Child,
    id: str | None = None,
    title: str | None = None,
    href: str | None = None,
    label: str | None = None,
    share: float | None = None,
    moment: str | None = None,
    opened: bool = False,
    auto: bool = False,
    language: str | None = None,
) -> Markup:
    """Write one element.

    Args:
        name: The element's name, with its classes after dots: ``td.number``. From our code only.
        children: Content; plain text is escaped.
        id: The element's anchor.
        title: What a pointer that rests on the element shows.
        href: A link's address; from ``address_of`` or an anchor of this page.
        label: The column's heading, for narrow screens where a row becomes a card.
        share: Width of the element, 0..1 of its parent.
        moment: A machine-readable date.
        opened: For ``details``: unfolded.
        auto: Let the text's own first strong character decide whether it runs right to left.
        language: BCP 47, of the element's text where it isn't the page's.
    """
    element, opening = _opening(name)
    for key, given in (("id", id), ("lang", language), ("title", title), ("href", href), ("data-label", label)):
        if given is not None:
            opening += f' {key}="{escape(given)}"'
    if share is not None:
        opening += f' style="width:{share:.1%}"'
    if moment is not None:
        opening += f' datetime="{escape(moment)}"'
    opening += ' dir="auto"' if auto else ""
    opening += ' open=""' if opened else ""
    return Markup(f"{opening}>{join(children)}</{element}>")


@lru_cache(maxsize=1024)
def _opening(name: str) -> tuple[str, str]:
    """An element's name, and the start of its opening tag with its classes."""
    element, *classes = name.split(".")
    return element, f'<{element} class="{" ".join(classes)}"' if classes else f"<{element}"


def cut(given: str, most: int) -> str:
    """Shorten a text to ``most`` characters, the ellipsis included."""
    return given if len(given) <= most else given[: most - 1] + "…"


def given(text: str | None, most: int = 300, absent: str = "none") -> Markup:
    """Show what a file or a publisher says: isolated from the page's direction, cut, and its absence named."""
    if text is None or not text.strip():
        return tag("span.absent", absent)
    return tag("bdi", cut(text, most), title=text[:2_000] if len(text) > most else None)


def address_of(uri: str | None) -> str | None:
    """The address a link may lead to: http or https with a host, no user, free of anything that acts; None for all else."""
    if uri is None or len(uri) > MOST_LINK_CHARACTERS or _NOT_IN_A_LINK.search(uri) or visible(uri) != uri:
        return None
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:  # a broken IPv6 host
        return None
    return uri if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def link(uri: str, most: int = 90) -> Markup:
    """A link out of the page where the address is one, else the address as text; a user's name and password as ``…``."""
    return link_out(uri, given(_USER.sub("…@", uri), most))


def link_out(uri: str | None, shown: Markup) -> Markup:
    """What is shown, linked out of the page where the address is one."""
    address = address_of(uri)
    if address is None:
        return shown
    return Markup(f'<a rel="noopener noreferrer nofollow" href="{escape(address)}">{shown}</a>')
