"""One family of formulas, and the words by which its language speaks to a reader."""

from __future__ import annotations

from schemas.article import Flow


class ReaderWords(Flow):
    """Words by which a language's boilerplate speaks to its reader, and by which a story doesn't."""

    start: frozenset[str] = frozenset()  # imperatives that such a line begins with: subscribe, download
    address: frozenset[str] = frozenset()  # pronouns of address: you, our
    report: frozenset[str] = frozenset()  # said, according: a sentence that has one is a story's
    story: frozenset[str] = frozenset()  # he, mrs, yesterday: a line that speaks to the reader has none
    outlet: frozenset[str] = frozenset()  # readers, journalism: of what an outlet speaks beside a request
    every: frozenset[str] = frozenset()  # each, every: with one before it a word of ``story`` tells nothing


class Cue(Flow, kw_only=True):
    """One family of formulas. A line is taken when it is one of the phrases, or the pattern finds itself in it, or all
    its words are in ``every``, or it speaks to the reader of a topic."""

    id: str  # language.class.name
    cls: str
    phrases: tuple[str, ...] = ()  # whole lines, as ``key`` writes them: numbers are 0
    pattern: str | None = None  # a regular expression, searched in the folded line
    gate: tuple[str, ...] = ()  # the pattern is tried only where one of these words or signs stands
    every: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()  # with ``every``: the words that such a line begins with; empty: any of them
    topic: tuple[frozenset[str], ...] = ()  # one word of each, in a line that speaks to the reader
    reader: ReaderWords = ReaderWords()
    opens: bool = False  # a heading: in the tail of an article it opens a block that goes with it
    states: bool = False  # its formulas are statements that speak to nobody: "Comments on this story are closed."
    spoken: bool = False  # a request in words of its own, by its topic: an article that speaks to its reader has such lines
    glue: bool | None = None  # True: cut even where no stop parts it from the text; None: only as a sentence of its own
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    def may_be_glued(self, words: int) -> bool:
        """Whether it may be cut, as a sentence of its own, from an end of a line."""
        return words > 1 if self.glue is None else self.glue
