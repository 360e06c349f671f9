"""Who is credited in one article, read in the extracted text before anything is removed from it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from schemas.article import Article, Credits
from transforms.attribution.claims import Claims
from transforms.attribution.datelines import Dateline, DatelineReader
from transforms.attribution.house_datelines import house_dateline
from transforms.attribution.lines import CreditLine, Grammar
from transforms.attribution.listings import ListReader
from transforms.attribution.marks import read_signs
from transforms.attribution.mentions import MentionReader
from transforms.attribution.metadata import read_metadata
from transforms.attribution.names import Name, flat
from transforms.attribution.own import own_source
from transforms.attribution.people import authors_of
from transforms.attribution.phrases import PhraseReader
from transforms.attribution.registry import Registry
from transforms.attribution.slots import pictured, signs_picture, slot_holds
from transforms.attribution.tokens import without_given_names
from transforms.attribution.trailers import ending
from transforms.attribution.versions import VersionReader
from transforms.attribution.zones import Line, read_zones, unwrapped

_MOST_NAMES = 40  # names at the start of a line, and at its end, that are read; a line with more is a list, or hostile
_ARTICLE = 6  # characters; a sentence begins with a name if no more stand before it
_PARAGRAPH = 120  # characters; a longer line of the body can end on a credit so long that it shows no stop
_SHORT = 200  # characters; a line that ends with a stop can still be nothing but a credit
_COPYRIGHT = re.compile(
    r"(?:[©ⓒ]|\([cC]\)|\b[Cc]opyright|\bCOPYRIGHT|\bc\.\s?(?=\d{4}))(?:[\s©,]|\([cC]\)|[Cc]opyright|\d{4}(?:[-–]\d{2,4})?|by){0,12}\s?"
)


class Reader:
    """Reads credits with one registry. Building one compiles its patterns; reading changes nothing in it."""

    def __init__(self, registry: Registry):
        self.registry = registry
        self.grammar = Grammar(registry)
        self.datelines = DatelineReader(registry, self.grammar)
        self.lists = ListReader(registry)
        self.mentions = MentionReader(registry)
        self.phrases = PhraseReader(registry)
        self.versions = VersionReader(registry)

    def read(self, article: Article, own_agency: str | None, country: str | None, houses: Mapping[str, str]) -> Credits:
        text = unwrapped(article, flat(article.raw))
        lines = read_zones(article, text)
        claims = Claims(article, text, self.registry, country, own_agency, houses)
        names, words = self.registry.names.look(text)
        by_line = _by_line(without_given_names(text, names), lines)
        for i, line in enumerate(lines):
            names = by_line.get(i)
            if names and line.zone != "off":
                if _is_name(line, names) and self.lists.holds(text, lines, i):
                    self._mention(claims, line, names)
                else:
                    self._read_line(claims, line, names)
            elif line.zone == "first" and claims.dateline is None:
                if (found := house_dateline(text, line.start, line.end)) is not None:
                    claims.set_dateline(found[0], found[2], (found[0], found[1]))
        for sign in read_signs(text, lines, self.registry, words):
            claims.sign(sign, lines[sign.line])
        read_metadata(claims, self.grammar)
        own_source(claims)
        for note in self.versions.notes(text, lines):
            claims.note(note)
        version = self.versions.version(article.headline, text, lines)
        return claims.credits(authors_of(article, self.grammar), version)

    def _read_line(self, claims: Claims, line: Line, names: list[Name]) -> None:
        if line.zone == "caption":
            self._read_caption(claims, line, names)
            return
        if line.zone in ("first", "head", "byline", "headline") and claims.dateline is None:
            found = self.datelines.read(claims.text, line.start, line.end, names)
            if found is not None and (line.zone != "headline" or _heads(claims.text, found)):
                claims.dateline_credit(found)
                names = [name for name in names if name.start >= found.end]
        beside = line.zone != "body" or line.tail
        if line.zone != "headline" and (not line.prose or line.end - line.start <= _SHORT and beside):
            parsed = self.grammar.read(claims.text, line.start, line.end, names)
            if line.prose and parsed is not None and parsed.people and (line.tail or not parsed.led):
                parsed = None  # a sentence about people, as far as can be told
            if parsed is not None and self._credit_line(claims, line, parsed):
                return
        if names and (line.prose or line.zone == "body" and (not line.tail or line.end - line.start > _PARAGRAPH)):
            names = self._read_ending(claims, line, names)
        if names and (self._copyright(claims, line, names) or self._credit_sentences(claims, line, names)):
            return
        self._mention(claims, line, names)

    def _read_caption(self, claims: Claims, line: Line, names: list[Name]) -> None:
        parsed = self.grammar.read(claims.text, line.start, line.end, names)
        for i, name in enumerate(names):
            if name.alias.kind in ("decoy", "collective") or not name.alias.ids:
                continue
            certain = not name.alias.weak or parsed is not None or _in_photo_slot(claims.text, line, name)
            if certain or self.mentions.role(claims.text, line.start, line.end, names, i) is not None:
                claims.mention(name, "photo")

    def _credit_line(self, claims: Claims, line: Line, parsed: CreditLine) -> bool:
        """Take a line that is nothing but a credit; its place says of what."""
        if not slot_holds(line, parsed, claims):
            return False
        first = parsed.names[0]
        if line.top and not parsed.led and first.alias.wordlike and claims.meanings.is_foreign(first):
            return False  # initials under a headline
        if line.zone == "body" and not line.tail:
            photo = not (parsed.house is not None or "with" in parsed.led)
        else:
            photo = signs_picture(claims.text, line, parsed, claims)
        pictures = parsed.names if photo else pictured(parsed)
        for name in pictures:
            if name.alias.kind == "agency":
                claims.mention(name, "photo")
        if texts := tuple(name for name in parsed.names if name not in pictures):
            claims.line_credit(line, parsed._replace(names=texts))
        return True

    def _read_ending(self, claims: Claims, line: Line, names: list[Name]) -> list[Name]:
        """Read the credit at the end of a paragraph; what is left of the names is returned."""
        found = ending(claims.text, line, names, self.grammar, claims.meanings.is_house)
        if found is None:
            return names
        start, parsed = found
        if line.tail and "photo" not in parsed.led and not signs_picture(claims.text, line, parsed, claims):
            claims.ending_credit(start, line.end, parsed)
        else:
            for name in parsed.names:
                if name.alias.kind == "agency":
                    claims.mention(name, "photo")
        return [name for name in names if name.end <= start]

    def _copyright(self, claims: Claims, line: Line, names: list[Name]) -> bool:
        """Read ``© 2021 The Associated Press. All rights reserved. …`` before or after the body."""
        if not (line.tail or line.zone == "head"):
            return False
        found = _COPYRIGHT.search(claims.text, line.start, min(line.end, line.start + _SHORT))
        if found is None:
            return False
        begin = max(line.start, claims.text.rfind(". ", line.start, found.start()) + 1)
        before = self.grammar.tokens(
            claims.text, begin, found.start(), [n for n in names if begin <= n.start < found.start()]
        )
        if any(token.kind not in ("name", "punct", "role", "and", "rights") for token in before):
            return False  # "Image copyright Reuters", or words about copyright
        owners = [
            n for n in names if 0 <= n.start - found.end() <= 12 and n.alias.kind == "agency" and not n.alias.slot_only
        ]
        behind = self.grammar.tokens(claims.text, owners[0].end, min(line.end, owners[0].end + _SHORT), []) if owners else []
        if behind and behind[0].kind == "cap" and owners[0].alias.weak:
            if not self.registry.is_international(owners[0].alias.ids):
                return False  # © AAP Group
        return bool(owners) and claims.copyright_credit(line, owners[:1])

    def _credit_sentences(self, claims: Claims, line: Line, names: list[Name]) -> bool:
        """Read sentences that say where the text comes from: "The Associated Press contributed to this report." """
        outside = line.zone in ("head", "byline") or line.tail
        taken = False
        for sentence in self.phrases.sentences(claims.text, line, outside):
            start, end = sentence.start, sentence.end
            inside = [
                (i, n)
                for i, n in enumerate(names)
                if start <= n.start < end and self._is_creditable(claims.text[start : n.start], n)
            ]
            if sentence.about is not None and not (inside and _says_who(inside[0][1], start, sentence.about)):
                continue
            credited = [
                n for i, n in inside if self.mentions.role(claims.text, start, end, names, i) not in ("quoted", "photo")
            ] or [n for _, n in inside]
            if credited:
                claims.sentence_credit(line, start, end, credited, sentence.release, sentence.contributed)
                taken = True
        return taken

    def _is_creditable(self, before: str, name: Name) -> bool:
        """Whether a name in a credit sentence is an agency's, or says "agencies": not ``aid agencies``."""
        if name.alias.kind != "collective":
            return name.alias.kind == "agency" and not name.alias.slot_only
        words = before.split()
        return not words or self.grammar.leads_to_name(words[-1])

    def _mention(self, claims: Claims, line: Line, names: list[Name]) -> None:
        for i, name in enumerate(names):
            if name.alias.kind in ("decoy", "collective") or name.alias.slot_only or not name.alias.ids:
                continue
            role = self.mentions.role(claims.text, line.start, line.end, names, i)
            if role == "other" and line.zone == "headline":
                role = "subject"
            if role is not None:
                claims.mention(name, role)


def _is_name(line: Line, names: list[Name]) -> bool:
    """Whether a line beside the body is nothing but one name."""
    beside = line.zone == "body" and not line.prose or line.zone == "head"
    return beside and (names[0].start, names[0].end) == (line.start, line.end)


def _in_photo_slot(text: str, line: Line, name: Name) -> bool:
    before = text[max(line.start, name.start - 2) : name.start].strip()[-1:]
    after = text[name.end : min(line.end, name.end + 2)].strip()[:1]
    ends = name.end >= line.end and not name.alias.wordlike
    return ends or before in tuple("/(©|[–—:") and before != "" or after in tuple("/)|]") and after != ""


def _says_who(name: Name, start: int, about: int) -> bool:
    """Whether a sentence begins with a name, and says behind it who that is."""
    return name.start - start <= _ARTICLE and name.end <= about


def _heads(text: str, found: Dateline) -> bool:
    """Whether a headline begins with the agency in brackets: it is the first line of a text that has no headline."""
    return found.start + 1 == found.names[0].start and text[found.start] in "(["


def _by_line(names: list[Name], lines: list[Line]) -> dict[int, list[Name]]:
    found: dict[int, list[Name]] = {}
    i = 0
    for name in names:
        while i < len(lines) and lines[i].end <= name.start:
            i += 1
        if i < len(lines) and lines[i].start <= name.start and name.end <= lines[i].end:
            found.setdefault(i, []).append(name)
    for i, inside in found.items():
        if len(inside) > 2 * _MOST_NAMES:
            found[i] = inside[:_MOST_NAMES] + inside[-_MOST_NAMES:]
    return found


@functools.lru_cache(maxsize=1)
def _reader(registry: Registry) -> Reader:
    """Compiled once a registry: what is read depends on the registry alone."""
    return Reader(registry)


def read_credits(
    article: Article,
    registry: Registry,
    own_agency: str | None = None,
    country: str | None = None,
    houses: Mapping[str, str] = MappingProxyType({}),
) -> Credits:
    """Read who is credited in an article, and who is only named.

    Every claim shows its characters: ``exact`` stands at ``[start, end)`` of the article's raw text, or of the value of
    the metadata field named. The result depends on the arguments alone.

    Args:
        article: As extracted, boilerplate included.
        registry: The agencies and their words.
        own_agency: Id of the wire service that is the source's own, as its profile says.
        country: ISO 3166-1 alpha-2 of the source; ranks agencies that share an acronym. None: the domain decides.
        houses: Names of publishers, folded by ``registry.folded``, and the source ids by which these houses are known.

    Returns:
        Explicit claims, mentions, marks, people, dateline, version and notes, and the pieces of raw that are credit
        and not body.
    """
    return _reader(registry).read(article, own_agency, country, houses)
