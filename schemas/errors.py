"""The errors a run knows, and what each of them means for it.

``DocumentError``      one document can't become an article: it becomes one line of rejects.jsonl, the run goes on.
``ConfigurationError`` the run was asked for something that can't be done: exit 2, before the first file is opened.
Anything else is a bug, and fails the run.
"""

from __future__ import annotations

from typing import ClassVar


class ConfigurationError(Exception):
    """A wrong option, path, profile or table. The message names the place, what was found and what is allowed."""


class DocumentError(Exception):
    """One input document is no article.

    The code stands on the class, because only classes have codes that stay; the message says what was found.
    Subclasses set ``stage`` (the step that refused) and ``reason`` (snake_case, stable, documented in docs/rejects.md).
    """

    stage: ClassVar[str]
    reason: ClassVar[str]

    @property
    def detail(self) -> str:
        return str(self)


class ReadError(DocumentError):
    stage = "read"


class Unsupported(ReadError):
    """A kind of file that this version doesn't read."""

    reason = "unsupported"


class Hidden(ReadError):
    """A file whose name starts with a dot, or that lies in such a folder."""

    reason = "hidden"


class Refused(ReadError):
    """What must not be opened: a link out of the input or to a folder, a device, a pipe."""

    reason = "refused"


class Unreadable(ReadError):
    """The file system refused the file, or it vanished."""

    reason = "unreadable"


class Empty(ReadError):
    """No bytes, nothing but white space, or a file in which no document stands."""

    reason = "empty"


class TooLarge(ReadError):
    """Larger than one document may be."""

    reason = "too_large"


class Damaged(ReadError):
    """Compressed data that breaks off or doesn't decode."""

    reason = "damaged"


class Malformed(ReadError):
    """A JSON record that isn't one object with a text or an html."""

    reason = "malformed"


class Superseded(ReadError):
    """The same origin stands in the input again, in a version that wins."""

    reason = "superseded"


class ExtractError(DocumentError):
    stage = "extract"


class Undecodable(ExtractError):
    """Bytes in no encoding that could be found: binary, not text."""

    reason = "undecodable"


class NoArticle(ExtractError):
    """A page on which no article's text was found."""

    reason = "no_article"


class ErrorPage(ExtractError):
    """The page says that it isn't there, or that the reader is a robot."""

    reason = "error_page"


class ConsentPage(ExtractError):
    """Nothing but a request for consent."""

    reason = "consent_page"


class PaywallPage(ExtractError):
    """Nothing but an offer to subscribe or to log in."""

    reason = "paywall_page"


class IndexPage(ExtractError):
    """A front page, section, gallery or list of links."""

    reason = "index_page"


class StripError(DocumentError):
    stage = "strip"


class NothingLeft(StripError):
    """Every piece of the text was boilerplate."""

    reason = "nothing_left"
