"""Where a publisher prints the parts of an article, as a source profile says it in CSS selectors."""

from __future__ import annotations

from schemas.article import Flow


class Layout(Flow, kw_only=True):
    """CSS selectors for the parts of one publisher's page. An empty tuple: the profile is silent, we look ourselves.

    Of ``headline``, ``standfirst``, ``by`` and ``published`` the first selector that finds text decides. ``body`` and
    ``drop`` add up: every match of every selector counts, in document order. A ``body`` that finds nothing on a page
    means that the layout isn't this page's: the page is then read without it.
    """

    headline: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # the containers of the body, or its paragraphs one by one
    by: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()  # what is no body inside of the body
