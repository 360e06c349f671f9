"""Which article a document is, and which source printed it.

A canonical link to another site is evidence, never identity: licensed copies often carry the originator's address.
"""

from __future__ import annotations

from hashlib import sha256

from schemas.article import Flow, Given
from transforms.sources.address import (
    ADDRESSES,
    NAME_PARTS,
    bare_host,
    host_named,
    host_of,
    names_nobody,
    normalise_url,
)
from transforms.sources.profile import Profiles, folded_name

__all__ = ["Identity", "address_of", "article_id", "host_of", "identify", "normalise_url", "same_site", "source_of"]


class Identity(Flow, kw_only=True):
    """What tells an article from all others, and where that comes from."""

    id: str  # 32 hex digits
    uri: str | None  # normalised address of the article itself
    source: str | None  # profile id, name as given, host or folder
    canonical: str | None  # the page's canonical link, normalised, where it names another site


def identify(given: Given, canonical: str | None, path: str, profiles: Profiles) -> Identity:
    """Everything that says which article a document is.

    Args:
        given: What the input says of the document.
        canonical: The page's canonical link or ``og:url``, absolute, verbatim; None without one.
        path: The document's path relative to the input root, root's name before it where several roots need it.
        profiles: The profiles of the run.

    Returns:
        The identity; a function of the arguments alone.
    """
    links = _Links.read(given, canonical, profiles)
    uri, source = links.address(), links.source(given, profiles)
    return Identity(
        id=article_id(uri, source, given.input_id, path),
        uri=uri,
        source=source,
        canonical=None if links.canonical_is_own else links.canonical,
    )


def article_id(uri: str | None, source: str | None, input_id: str | None, path: str) -> str:
    """The id of an article: of its address; without one, of source and given id; without one, of source and path.

    Args:
        uri: The normalised address of the article itself, or None.
        source: Its source, or None.
        input_id: The id that the input gave, or None.
        path: Its path relative to the input root.

    Returns:
        The first 32 hex digits of a sha256. Different arguments of one kind, and arguments of different kinds, meet
        only where sha256 collides.
    """
    if uri is not None:
        parts: tuple[str | None, ...] = ("uri", uri)
    elif input_id is not None:
        parts = ("input_id", source, input_id)
    else:
        parts = ("path", source, path)
    return sha256(b"".join(map(_framed, parts))).hexdigest()[:32]


def source_of(given: Given, canonical: str | None, profiles: Profiles) -> str | None:
    """The source of a document: a profile's id where one is known, else a name.

    The first that holds: the profile whose host matches the given URL; the ``source`` field; the host of the given URL;
    the folder. A page without a given URL whose canonical link may stand for it (``address_of``) has the link's profile
    first, and the link's host where neither a field nor a folder names the source.

    Args:
        given: What the input says of the document.
        canonical: The page's canonical link or ``og:url``; None without one.
        profiles: The profiles of the run.

    Returns:
        A profile id, the name in the ``source`` field, a host, or a folder's name; None when nothing says.
    """
    return _Links.read(given, canonical, profiles).source(given, profiles)


def address_of(given: Given, canonical: str | None, profiles: Profiles) -> str | None:
    """The normalised address of the article itself.

    The given URL where there is one. Else the canonical link, unless a ``source`` field or a folder names another site,
    or the link leads to a front page (then it stands on every page of a badly built site).

    Args:
        given: What the input says of the document.
        canonical: The page's canonical link or ``og:url``; None without one.
        profiles: The profiles of the run.

    Returns:
        The address, or None when the article has none of its own.
    """
    return _Links.read(given, canonical, profiles).address()


def same_site(left: str, right: str, profiles: Profiles) -> bool:
    """Whether two hosts are one site: of one profile, or one is the other or a subdomain of it.

    Labels that tell how a site is served (``www``, ``m``, ``amp``) do not count. Two subdomains of a third host are not
    taken for one site: they may be two blogs of one host of blogs.

    Args:
        left: A lower-case host.
        right: A lower-case host.
        profiles: The profiles of the run.
    """
    profile = profiles.by_host(left)
    if profile is not None or profiles.by_host(right) is not None:
        return profile is profiles.by_host(right)
    short, long = sorted((bare_host(left), bare_host(right)), key=len)
    return short == long or long.endswith("." + short)


class _Links(Flow, kw_only=True):
    """The two addresses that come with a document, normalised, and how they stand to each other."""

    url: str | None  # given
    canonical: str | None  # the page's own
    canonical_is_own: bool  # whether it leads to the site that the rest of the document names, if it names one

    @classmethod
    def read(cls, given: Given, canonical: str | None, profiles: Profiles) -> _Links:
        url = normalise_url(given.url) if given.url else None
        link = normalise_url(canonical) if canonical else None
        if link is None:
            return cls(url=url, canonical=None, canonical_is_own=False)
        own = same_site(_host(link), _host(url), profiles) if url else _is_own(link, given, profiles)
        return cls(url=url, canonical=link, canonical_is_own=own)

    def stand_in(self) -> str | None:
        """The canonical link where it may stand for a given URL."""
        return self.canonical if self.url is None and self.canonical_is_own else None

    def address(self) -> str | None:
        link = self.stand_in()
        is_front_page = link is not None and link.endswith("/") and link.count("/") == 1
        return self.url if is_front_page or link is None else link

    def source(self, given: Given, profiles: Profiles) -> str | None:
        link = self.stand_in()
        address = self.url or link
        if address and (profile := profiles.by_host(_host(address))):
            return profile.id
        if name := _words(given.source):
            return _known(name, profiles)
        if self.url:
            return _host(self.url)
        if folder := _folder(given, profiles):
            return _known(folder, profiles)
        return _host(link) if link else None


def _is_own(link: str, given: Given, profiles: Profiles) -> bool:
    """Whether nothing that came with the document names another site than the link's."""
    return all(_may_be(name, _host(link), profiles) for name in (_words(given.source), _folder(given, profiles)) if name)


def _folder(given: Given, profiles: Profiles) -> str | None:
    folder = _words(given.folder)
    return folder if folder and (profiles.by_name(folder) or not names_nobody(folder)) else None


def _may_be(name: str, host: str, profiles: Profiles) -> bool:
    """Whether a name is that of the host's site. A name that cannot be shown to be is taken for another's."""
    named = profiles.by_name(name)
    if named is not None:
        return named is profiles.by_host(host)
    if spelled := host_named(name):
        return same_site(spelled, host, profiles)
    labels = bare_host(host).split(".")
    spellings = {folded_name(part) for part in (*labels[:-1], "".join(labels[:-1]), "".join(labels))}
    spellings |= {label.removeprefix(word) for label in spellings for word in ADDRESSES.articles.words}
    parts = NAME_PARTS.findall(name.casefold())
    telling = [part for part in parts if not names_nobody(part)]
    names = {folded_name("".join(words)) for words in (parts, telling, _without_article(parts), _without_article(telling))}
    return not (names - {""}).isdisjoint(spellings)


def _without_article(parts: list[str]) -> list[str]:
    return parts[1:] if parts and parts[0] in ADDRESSES.articles.words else parts


def _known(name: str, profiles: Profiles) -> str:
    profile = profiles.by_name(name)
    return profile.id if profile else name


def _words(name: str | None) -> str | None:
    """The name on one line, None when it is blank."""
    return " ".join(name.split()) or None if name else None


def _host(address: str) -> str:
    return address.partition("/")[0]


def _framed(part: str | None) -> bytes:
    if part is None:
        return b"-"
    encoded = part.encode("utf-8", "surrogatepass")
    return b"%d:%s" % (len(encoded), encoded)
