"""Who is named as author, from what the page claims and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.extraction.boxes import fold
from transforms.extraction.metadata import Claims, meta_names, names_of
from transforms.extraction.vocabulary import names_of as element_names
from transforms.extraction.words import (
    is_account,
    is_author_label,
    is_house_byline,
    is_opening,
    is_role,
    names_in_byline,
    starts_as_byline,
)

# Words of a marked author's name at most; longer texts are about the author.
_MOST_WORDS = 8
# Characters of a line elsewhere on a page that can be nothing but a byline.
_LONGEST_LINE = 80
# Elements elsewhere on a page that are looked at: marked ones, and those that may be a label. Lists of comments mark
# hundreds of authors.
_MOST_MARKED = 100
_MOST_LABELS = 400
_MARKED = "[rel~=author], [itemprop~=author], [class*=author i], [class*=byline i]"
_NAMED = "[class*=author i][class*=name i], [class*=byline i][class*=name i]"
_WORDS_OF_NAME = range(2, 5)
# Parts about other stories and by other people, and the levels above a name on which they are looked for.
_OF_OTHERS = frozenset({"related", "comments", "nav_menu"})
_LEVELS = 8
_LABELS = "dt, th, b, strong, span"


def claimed_authors(claims: Claims) -> tuple[str, ...]:
    """Who the page's metadata names as author, agencies and the house among them: JSON-LD, else the meta tags."""
    claimed = _people(names_of(claims.article.get("author")) or names_of(claims.article.get("creator")))
    if not claimed:
        for key in meta_names().author:
            claimed = _people([v for v in claims.meta.get(key, ()) if "/" not in v and "@" not in v])
            if claimed:
                break
    return tuple(name for name in claimed or _labelled_claim(claims) if not is_account(name))


def find_authors(
    claims: Claims,
    claimed: tuple[str, ...],
    bylines: Sequence[str],
    marked: Sequence[str],
    elsewhere: Callable[[], tuple[str, ...]],
) -> tuple[str, ...]:
    """Who is named as author, agencies among them.

    Where the metadata names nobody but the site itself, and the page shows names, these are believed.

    Args:
        claims: The page's metadata.
        claimed: What ``claimed_authors`` finds in it.
        bylines: The bylines over the story and under it.
        marked: Texts that the region marks as the author's.
        elsewhere: Names that stand outside of the region; asked for only where nobody is named in it.
    """
    if claimed and not all(is_house_byline(name) or _is_house(name, claims) for name in claimed):
        return claimed
    opened = list(filter(starts_as_byline, bylines))  # a line beside them is a town, a house, a post
    printed = [name for text in marked if _is_name(text) for name in names_in_byline(text)]
    printed = printed or [name for line in opened or bylines for name in names_in_byline(line)]
    return tuple(dict.fromkeys(printed)) or elsewhere() or claimed


def authors_elsewhere(tree: LexborHTMLParser) -> tuple[str, ...]:
    """The names in a page's only byline, or behind its only label that says "author"; none where there are several."""
    lines = {
        text
        for node in tree.css(_MARKED)[:_MOST_MARKED]
        if len(text := " ".join(node.text().split())) <= _LONGEST_LINE and starts_as_byline(text)
    }
    lines = lines or set(_labelled_lines(tree)) or set(_marked_names(tree))
    return names_in_byline(lines.pop()) if len(lines) == 1 else ()


def _marked_names(tree: LexborHTMLParser) -> Iterable[str]:
    """The texts of elements that call themselves an author's name, but for those beside comments and other stories."""
    for node in tree.css(_NAMED)[:_MOST_MARKED]:
        text = " ".join(node.text().split())
        words = text.split()
        if (
            len(words) in _WORDS_OF_NAME
            and len(text) <= _LONGEST_LINE
            and text.replace(" ", "").replace("-", "").replace(".", "").isalpha()
            and not any(word[0].islower() for word in words)
            and not is_house_byline(text)
            and not _is_of_others(node)
        ):
            yield text


def _is_of_others(node: LexborNode) -> bool:
    above: LexborNode | None = node
    for _ in range(_LEVELS):
        if above is None or above.tag == "body":
            return False
        if above.tag == "aside" or element_names(above.attributes).cut in _OF_OTHERS:
            return True
        above = above.parent
    return False


def _labelled_lines(tree: LexborHTMLParser) -> Iterable[str]:
    for node in tree.css(_LABELS)[:_MOST_LABELS]:
        label = node.text(deep=False)
        if not is_author_label(label) or node.parent is None:
            continue
        whole = node.parent.text()
        line = " ".join(whole[whole.find(label) + len(label) :].split()).lstrip(": ")
        if line[:1].isupper() and len(line) <= _LONGEST_LINE:
            yield line


def _people(values: Sequence[str]) -> list[str]:
    found: list[str] = []
    for value in values:
        if value.startswith(("http", "www.", "//")) or not any(c.isalpha() for c in value):
            continue
        found.extend(names_in_byline(value) or [value])
    return list(dict.fromkeys(found))


def _is_name(text: str) -> bool:
    return (
        len(text.split()) <= _MOST_WORDS
        and not is_opening(text.split()[-1])
        and not is_role(text)
        and not any(c.isdigit() for c in text)
    )


def _labelled_claim(claims: Claims) -> list[str]:
    """What a page tells Twitter under a label like "Written by"."""
    for number in ("1", "2"):
        label = next(iter(claims.meta.get(f"twitter:label{number}", ())), "")
        if is_author_label(label):
            return _people(claims.meta.get(f"twitter:data{number}", ()))
    return []


def _is_house(name: str, claims: Claims) -> bool:
    folded = fold(name)
    houses = [
        *claims.meta.get("og:site_name", ()),
        *names_of(claims.article.get("publisher")),
        *claims.meta.get("application-name", ()),
    ]
    hosts = [
        part
        for address in (claims.canonical, claims.og_url)
        if address
        for part in (urlsplit(address).hostname or "").split(".")[-3:]
    ]
    return any(fold(h) and (fold(h) in folded or folded in fold(h)) for h in houses) or any(
        len(h) > 2 and fold(h) in folded for h in hosts
    )
