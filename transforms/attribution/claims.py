"""What has been read of one article's credits so far, and the record it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.article import Article, Credits, Mark
from schemas.records import CONTEXT, Evidence, EvidenceKind, Mention, MentionRole, Removed, Role
from transforms.attribution.datelines import Dateline
from transforms.attribution.lines import CreditLine
from transforms.attribution.marks import Signed
from transforms.attribution.meanings import Meanings
from transforms.attribution.merging import Found, Proofs, apart, merged
from transforms.attribution.names import Name
from transforms.attribution.registry import UNNAMED, Registry, folded
from transforms.attribution.zones import Line

_NEVER_CLAIM = frozenset({"house_style", "desk_initials", "canonical"})


class Note(NamedTuple):
    """A correction or an editor's note in the text."""

    start: int
    end: int
    rule: str


class Claims:
    """Collects what is read; ``credits`` makes the record."""

    def __init__(
        self,
        article: Article,
        text: str,
        registry: Registry,
        country: str | None,
        own_agency: str | None,
        houses: Mapping[str, str] = MappingProxyType({}),
    ):
        self.article = article
        self.text = text
        self.registry = registry
        self.own_agency = own_agency
        self.host = urlsplit(article.uri).hostname if article.uri else None
        self.meanings = Meanings(text, registry, self.host, country, article.source, houses)
        self.dateline: str | None = None
        self.located: str | None = None
        self._source = folded(article.source)
        self._houses = houses
        self._found: list[Found] = []
        self._mentions: list[Mention] = []
        self._marks: list[Mark] = []
        self._removed: list[Removed] = []
        self._credit_line: str | None = None
        self._copyright: str | None = None
        self._note: str | None = None
        self._credits = 0

    # what is read in raw

    def evidence(self, kind: EvidenceKind, start: int, end: int, rule: str) -> Evidence:
        raw = self.article.raw
        return Evidence(
            kind=kind,
            place="raw",
            start=start,
            end=end,
            exact=raw[start:end],
            prefix=raw[max(0, start - CONTEXT) : start],
            suffix=raw[end : end + CONTEXT],
            rule=rule,
        )

    def set_dateline(self, start: int, end: int, place: tuple[int, int] | None) -> None:
        self.dateline = self.article.raw[start:end]
        self.located = None if place is None else self.article.raw[place[0] : place[1]].strip() or None

    def dateline_credit(self, found: Dateline) -> None:
        if self._take(list(found.names), "dateline", found.rule, found.tight):
            self.set_dateline(found.start, found.end, found.place)

    def line_credit(self, line: Line, parsed: CreditLine) -> None:
        """A line of its own that is a credit."""
        kind: EvidenceKind = "trailer_credit"
        if line.zone == "byline" or "by" in parsed.led and line.zone == "head":
            kind = "byline"
        elif "rights" in parsed.led:
            kind = "copyright"
        elif parsed.house is not None or line.zone == "head":
            kind = "credit_line"
        lead = parsed.tokens[0]
        contributed = lead.kind == "with" and lead.text.casefold().startswith("contribut")
        rule = "trailer.contributed" if contributed else f"{kind}.line"
        if not self._take(list(parsed.names), kind, rule, parsed.tight):
            return
        self._house(line, parsed, kind)
        self._put_away(line, line.start, line.end, kind)

    def ending_credit(self, start: int, end: int, parsed: CreditLine) -> None:
        kind: EvidenceKind = "copyright" if "rights" in parsed.led else "trailer_credit"
        if self._take(list(parsed.names), kind, "trailer.paragraph_end", parsed.tight):
            if parsed.house is not None:
                self._editor(parsed.house, kind)
            self._remove("credit_line", "trailer.paragraph_end", start, end)
            self._credit_line = self._credit_line or self.article.raw[start:end]

    def copyright_credit(self, line: Line, names: list[Name]) -> bool:
        """A line that names the owner of the text and goes on in legal words."""
        taken = self._take(names, "copyright", "copyright.owner", False)
        if taken:
            self._put_away(line, line.start, line.end, "copyright")
        return taken

    def sentence_credit(
        self, line: Line, start: int, end: int, names: list[Name], release: bool, contributed: bool
    ) -> None:
        role: Role | None = "press_release" if release else None
        rule = "trailer.contributed" if contributed else "trailer.sentence"
        if self._take(names, "trailer_credit", rule, False, role):
            whole = all(not c.isalnum() for c in self.text[line.start : start])
            self._put_away(line, line.start if whole else start, line.end if whole else end, "trailer_credit")

    def sign(self, sign: Signed, line: Line) -> None:
        if any(self.is_claimed(agency) for agency in sign.yields_to):
            return
        proof = self.evidence(sign.kind, sign.start, sign.end, sign.rule)
        if sign.kind in _NEVER_CLAIM:
            self._marks.append(Mark(agency=sign.agency, evidence=proof))
        elif not self._own(sign.agency, ""):
            self._found = [found for found in self._found if not self._is_part_of(sign, found)]
            self._credits += 1
            known = self.meanings
            found = Found(sign.agency, known.name_of(sign.agency), known.role_of(sign.agency), self._credits, proof)
            self._found.append(found)
        if sign.kind != "house_style" and not line.prose:
            self._put_away(line, line.start, line.end, sign.kind)

    def _is_part_of(self, sign: Signed, found: Found) -> bool:
        """Whether a name inside a sign was taken for that of another agency: CNA in the sign-off of one of the CNAs."""
        known = self.registry.agencies[sign.agency]
        inside = found.evidence.place == "raw" and sign.start <= found.evidence.start and found.evidence.end <= sign.end
        return inside and found.id != sign.agency and found.evidence.exact in (*known.names, *known.credit_only)

    def mention(self, name: Name, role: MentionRole) -> None:
        agency = name.alias.ids[0] if len(name.alias.ids) == 1 else self.meanings.ranked(name.alias.ids)
        if self.meanings.means_other(name, agency):
            return
        exact = self.article.raw[name.start : name.end]
        self._mentions.append(Mention(id=agency, role=role, place="raw", start=name.start, end=name.end, exact=exact))

    def note(self, note: Note) -> None:
        self._note = self._note or self.article.raw[note.start : note.end]
        self._remove("ed_note", note.rule, note.start, note.end)

    # what is read elsewhere

    def metadata_credit(self, ids: list[str], proofs: list[Evidence], tight: bool = False) -> None:
        kept = [(i, p) for i, p in zip(ids, proofs) if not self._own(i, p.exact)]
        if kept:
            self._credits += 1
            roles = self.meanings.roles([i for i, _ in kept], tight)
            self._found += [
                Found(i, self.meanings.name_of(i), role, self._credits, proof) for (i, proof), role in zip(kept, roles)
            ]

    def is_claimed(self, agency: str) -> bool:
        return any(found.id == agency for found in self._found)

    def own(self, agency: str, proof: Evidence) -> None:
        self._credits += 1
        self._found.append(Found(agency, self.meanings.name_of(agency), "origin", self._credits, proof))

    def mark(self, agency: str, proof: Evidence) -> None:
        self._marks.append(Mark(agency=agency, evidence=proof))

    def _own(self, agency: str, printed: str) -> bool:
        """Whether a newspaper or network signs its own page: no credit to another."""
        known = self.registry.agencies.get(agency)
        if known is None or not self.registry.is_newsroom(known):
            return False
        home = self.registry.by_host(self.host) or self.registry.by_host(self.article.source)
        return home is known or folded(printed) == self._source != "" or folded(known.name) == self._source != ""

    # keeping

    def _take(
        self,
        names: list[Name],
        kind: EvidenceKind,
        rule: str,
        tight: bool,
        role: Role | None = None,
    ) -> bool:
        kept: list[tuple[str, Name]] = []
        for name in names:
            agency = self.meanings.resolve(name)
            if agency is None or self._own(agency, name.alias.text) or agency in [i for i, _ in kept]:
                continue
            kept.append((agency, name))
        if not kept:
            return False
        if len(kept) > 1:  # beside a named agency, "and agencies" names no one further
            kept = [(i, n) for i, n in kept if i != UNNAMED] or kept
        self._credits += 1
        roles = self.meanings.roles([i for i, _ in kept], tight)
        for (agency, name), own_role in zip(kept, roles):
            if own_role == "origin" and self.meanings.hands_on(name, agency):
                own_role = "distributor"
            proof = self.evidence(kind, name.start, name.end, rule)
            self._found.append(Found(agency, self.meanings.name_of(agency), role or own_role, self._credits, proof))
        return True

    def _house(self, line: Line, parsed: CreditLine, kind: EvidenceKind) -> None:
        if parsed.house is not None:
            if not (kind == "byline" and self.meanings.is_person(parsed.house)):
                self._editor(parsed.house, kind)
        elif line.zone != "byline" and "by" not in parsed.led or line.zone == "byline":
            for span in parsed.people:
                if self.meanings.is_house(span) and "rights" not in parsed.led:
                    self._editor(span, kind)

    def _editor(self, span: tuple[int, int], kind: EvidenceKind) -> None:
        printed = self.article.raw[span[0] : span[1]].strip(" .,")
        slug = re.sub(r"-{2,}", "-", "".join(c if c.isalnum() else "-" for c in printed.casefold())).strip("-")
        if known := self._houses.get(folded(printed), slug):
            proof = self.evidence(kind, span[0], span[0] + len(printed), f"{kind}.house")
            self._found.append(Found(f"outlet:{known}", printed, "editor", self._credits, proof))

    def _put_away(self, line: Line, start: int, end: int, kind: str) -> None:
        if line.block.cut is None and line.block.kind != "byline":
            cls = "copyright" if kind == "copyright" else "byline" if kind == "byline" else "credit_line"
            self._remove(cls, f"credit.{kind}", start, end)
        if kind == "copyright":
            self._copyright = self._copyright or self.article.raw[line.start : line.end]
        elif kind != "byline":
            self._credit_line = self._credit_line or self.article.raw[start:end]

    def _remove(self, cls: str, rule: str, start: int, end: int) -> None:
        self._removed.append(Removed(cls=cls, rule=rule, start=start, end=end, exact=self.article.raw[start:end]))

    # the record

    def credits(self, authors: tuple[str, ...], version: str | None) -> Credits:
        """Everything read, merged by agency, each list in the order of the text."""
        proofs = Proofs(self._found)
        mentions = {(m.start, m.end): m for m in self._mentions if not proofs.hold(m.id, m.start, m.end)}
        return Credits(
            info_sources=merged(self._found),
            mentions=tuple(mentions[span] for span in sorted(mentions)),
            marks=tuple(sorted(self._marks, key=lambda m: (m.evidence.place, m.evidence.start, m.agency))),
            authors=authors,
            dateline=self.dateline,
            located=self.located,
            credit_line=self._credit_line,
            copyright_notice=self._copyright,
            ed_note=self._note,
            version=version,
            removed=apart(self._removed),
        )
