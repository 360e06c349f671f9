"""The dateline at the start of a paragraph: place, date and agency, in the shapes of the agencies of the world."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.attribution.lines import Grammar
from transforms.attribution.names import Name, spells
from transforms.attribution.places import is_caseless, is_place, place_in
from transforms.attribution.registry import Registry

# Characters of a paragraph in which a dateline's agency begins, and in which the dateline ends.
_REACH = 110
_WINDOW = 240
_TOWN = 5  # words of a place that follows an agency without a date: ACN Vilanova i la Geltrú
_MAX_TOKENS = 16  # words, numbers and marks before the agency
_OPEN = {"(": ")", "[": "]", "【": "】", "（": "）", "/": "/", "«": "»", "〔": "〕", "［": "］"}
_BOLD = "* "  # **PARIS (AFP)** - in text with marks of Markdown
_DASH = re.compile(r"[\s*]{0,8}(?:\.\s?[-–—]{1,2}|[-–—―_]{1,3}|:|=|~)(?=\s|\w|[*\"“«‘'„(]|$)|\s{0,2}\|\s")
_DATED = re.compile(r"[,.]? ([^\n()\[\]–—\"“]{3,40}?)\s?[-–—]{1,2}\s")  # a date between the bracket and the dash
_LED = re.compile(r"\s{0,2}[.,]?[\s*]")
# What may follow the agency inside its bracket: /lby, =時事, / 04:00 am, a telegram, a reporter.
_BEHIND = (
    r"[/-][^\W\d_]{1,6}|\s\d{1,2}[/.]\d{1,2}|[=＝][^\W_]{1,6}|\s?/ .{0,24}|[^()]{0,24}[電电]|記者.{0,20}"
    r"|\s?[/-]\s?[A-Z][\w .]{1,24}"
)
_REPORTER = re.compile(r", [^\W\d_]+ [^\W\d_]+(?:[ -][^\W\d_]+)?\.(?=\s)")  # who of the agency wrote it
_STOPS = (". ", ".\n", ".*", ".", "। ", "।\n", "।")
_FEW = 3  # words of a place in a script without capitals, where nothing else tells it from a sentence
_DASHES = ("-", "–", "—", "--", ".-")
_TELEGRAM = re.compile(r" ?[^。，、；！？\s]{0,24}?(?:[电電讯訊]|\d日(?=\s?[-–—]))")


class Dateline(NamedTuple):
    """A dateline in a text."""

    start: int
    end: int  # after the agency and its bracket; the dash is not part of it
    place: tuple[int, int] | None
    names: tuple[Name, ...]  # agencies, in print order; none for a dateline of the house
    tight: bool  # one bracket joins them by slash or hyphen
    rule: str


class DatelineReader:
    """Reads datelines with the words of a registry."""

    def __init__(self, registry: Registry, grammar: Grammar):
        self._registry = registry
        self._grammar = grammar
        self._particles = frozenset(registry.phrases["particle"].words)
        self._leads = frozenset(registry.phrases["by"].words) - self._particles
        self._pictures = frozenset(registry.phrases["photo"].words)
        self._joins = frozenset(registry.phrases["and"].words) | frozenset("/-–,;+=・、")
        self._dates = registry.months | frozenset(word.casefold() for word in registry.phrases["date"].words)

    def read(self, text: str, start: int, end: int, names: list[Name]) -> Dateline | None:
        """The dateline with which a paragraph begins, if it names an agency.

        Args:
            text: Flattened.
            start: Where the paragraph begins.
            end: Where it ends.
            names: The names in the paragraph, in order.
        """
        end = min(end, start + _WINDOW)
        while start < end and text[start] in _BOLD:
            start += 1
        near = [n for n in names if n.start - start <= _REACH and n.end <= end]
        for i, name in enumerate(near):
            if name.alias.kind not in ("agency", "collective"):
                continue
            if i and _names_house(text, near[i - 1], name):
                return None
            group = [name]
            for other in near[i + 1 :]:
                between = text[group[-1].end : other.start]
                run_together = not between and is_caseless(other.alias.text[0])
                if (
                    len(between) > 8
                    or other.alias.kind not in ("agency", "collective")
                    or not (run_together or between.strip().casefold() in self._joins)
                ):
                    break
                group.append(other)
            placed = is_caseless(name.alias.text[0]) and bool(text[start : name.start].strip())
            # after another name, or without one, only a bracket tells a dateline; but नई दिल्ली, एजेंसी।
            first = i == 0 and (name.alias.kind == "agency" or placed)
            readers = (self._bracketed, self._telegram, self._bare) if first else (self._bracketed,)
            for reader in readers:
                if (found := reader(text, start, end, group)) is not None:
                    return found
            if name.alias.kind == "agency" and not self._is_head(text[start : name.end]):
                return None  # prose has begun
        return None

    def _bracketed(self, text: str, start: int, end: int, group: list[Name]) -> Dateline | None:
        """``PARIS, June 28 (AFP) -``, ``/TASS/.``, ``[서울=뉴시스]``, ``【カイロ時事】``, ``(NTB-AFP):``."""
        first, last = group[0], group[-1]
        opening = _opening(text, start, first.start)
        if opening is None:
            return None
        close = text.find(_OPEN[text[opening]], last.end, min(end, last.end + 40))
        if close < 0:
            return None
        inside = text[opening + 1 : first.start]
        behind = text[last.end : close]
        place_inside = None
        if inside.strip():
            if not self._pictures.isdisjoint(re.findall(r"\w+", inside.casefold())):
                return None  # (Photo: AFP)
            if is_place(inside.rstrip(" =:-・"), 4):
                place_inside = (opening + 1, opening + 1 + len(inside.rstrip(" =:-・")))
            elif not (any(c.isdigit() for c in inside) and self._is_head(inside)):
                if not re.fullmatch(r"\s?(?:[^\W\d_]{1,5}[/-]){1,3}\s?|[\w\s.]{1,16}", inside):
                    return None
        staffed = is_place(behind, 3 if text[opening] == "/" else 0 if first.alias.weak else 1)
        if behind.strip() and not staffed and not re.fullmatch(_BEHIND, behind):
            return None
        before = text[start:opening]
        if before.strip() and not self._is_head(before):
            return None
        close += 1
        slash = text[opening] == "/"
        if slash and before[-1:].isalpha() and text[close : close + 1].isalpha():
            return None  # SN/APA/ANN LEE, a picture's
        stopped = (
            bool(before.strip())
            and text[close : close + 1] in (".", "।")
            and text[close + 1 : close + 2] in (" ", "\n", "*", "")
        )
        dashed = (
            _DASH.match(text, close)
            or self._dated(text, close, end)
            or (slash and _LED.match(text, close))
            or text[opening] in "【〔"
            or stopped
        )
        name = first.alias
        if not dashed and not self._opens_without_dash(text, close, end, before, group, inside):
            return None
        if spells(before, name.text):
            return None
        agency = self._registry.agencies.get(name.ids[0]) if name.ids else None
        if agency is not None and agency.dateline_ends and name.weak and before.strip():
            after = text[close : close + 4].lstrip()
            if len(group) == 1 and not after.startswith(agency.dateline_ends) and before.rstrip()[-1] not in "-–—":
                return None
        place = (
            place_inside
            or place_in(text, start, opening, self._dates, self._leads)
            or self._place_after(text, close, end, before)
        )
        tight = len(group) > 1 and all(
            text[a.end : b.start].strip() in ("/", "-", "–", "=") for a, b in zip(group, group[1:])
        )
        return Dateline(start, close, place, tuple(group), tight, "dateline.slashes" if slash else "dateline.brackets")

    def _dated(self, text: str, close: int, end: int) -> bool:
        """``Phnom Penh (AKP), July 3, 2021 -- The minister``: the date stands between the bracket and the dash."""
        found = _DATED.match(text, close, end)
        return found is not None and any(c.isdigit() for c in found[1]) and self._is_head(found[1])

    def _opens_without_dash(self, text: str, close: int, end: int, before: str, group: list[Name], inside: str) -> bool:
        """``New Delhi, Jun 28 (PTI) The government``: a date, two agencies, or a short place tell it."""
        rest = text[close:end].lstrip(_BOLD)
        if not rest or rest[0] == "\n":
            return bool(before.strip())
        if rest[0] in ".,;" or not (
            rest[0].isupper() or rest[0] in "\"“'‘«„" or is_caseless(rest[0]) or rest[0].isdigit()
        ):
            return False
        words = [word.strip(".,").casefold() for word in before.split()]
        dated = any(c.isdigit() for c in before) or not self._registry.months.isdisjoint(words)
        if dated or len(group) > 1 or before.rstrip()[-1:] in tuple("-–—"):
            return True
        if not before.strip():
            known = self._registry.agencies.get(group[0].alias.ids[0])
            bare = known is not None and known.bare_dateline and group[0].alias.text.isupper()
            alias = group[0].alias
            return (bare or not alias.wordlike or is_caseless(alias.text[0])) and not alias.slot_only
        return sum(any(c.isalpha() for c in word) for word in words) <= 3

    def _telegram(self, text: str, start: int, end: int, group: list[Name]) -> Dateline | None:
        """``新华社北京6月28日电``: the agency, the place and the date run into one word that ends in 电."""
        last = group[-1]
        if text[start : group[0].start].strip(" 【(（[") or not "\u3400" <= last.alias.text[-1] <= "\u9fff":
            return None
        found = _TELEGRAM.match(text, last.end, end)
        if found is None:
            return None
        stop = found.end()
        while stop < end and text[stop] in "】)）] ":
            stop += 1
        digit = re.search(r"\d", found[0])
        upto = digit.start() if digit else len(found[0]) - 1
        place = (last.end, last.end + upto) if 0 < upto <= 8 else None
        return Dateline(start, stop, place, tuple(group), False, "dateline.telegram")

    def _bare(self, text: str, start: int, end: int, group: list[Name]) -> Dateline | None:
        """``TALLINN, June 28, BNS –``, ``МОСКВА, 28 июн - РИА Новости.``, ``AGI -``, ``Baku-APA.``, ``BERLIN dpa |``"""
        first, last = group[0], group[-1]
        before = text[start : first.start]
        dashed = _DASH.match(text, last.end)
        piped = dashed is not None and "|" in dashed[0] and before.isupper() and first.alias.text.islower()
        if first.alias.slot_only and not piped:
            return None
        agencies = [self._registry.agencies[i] for n in group for i in n.alias.ids if i in self._registry.agencies]
        bare = any(agency.bare_dateline for agency in agencies)
        if not before.strip():
            return self._name_first(text, start, end, group, bare, dashed)
        stopped = text[last.end : last.end + 2] in _STOPS or last.end == end
        pictures = self._pictures.intersection(re.findall(r"\w+", before.casefold()))
        if pictures or not self._is_head(before) or "：" in before:
            return None
        dated = any(c.isdigit() for c in before)
        bare = bare or text[last.end : last.end + 1] == "।" and len(before.split()) <= _FEW  # नई दिल्ली, एजेंसी।
        signed = _REPORTER.match(text, last.end)
        stopped = stopped or dated and signed is not None and self._is_head(signed[0])
        separated = before.rstrip()[-1] in ",.-–—/(=:|" or dated or piped
        international = any(agency.kind == "international" for agency in agencies)
        spaced = text[last.end : last.end + 1] in (" ", "\n") and _begins(text, last.end)
        if spaced and not dated:  # not "CHICAGO — AAP President Ann Lee said"
            home = is_caseless(first.alias.text[0]) or any(place in before for a in agencies for place in a.places)
            spaced = before.rstrip()[-1] in "-–—/" and home
        ended = dashed or (stopped and (dated or bare)) or (bare and spaced)
        if not separated or not ended:
            return None
        if first.alias.weak and not (
            bare or piped or (international and dated) or (international and before.rstrip()[-1] in "-–—:|")
        ):
            return None
        sure = bare and not first.alias.wordlike
        if first.alias.weak and len(first.alias.text) <= 3 and not dated and before.rstrip()[-1] == "," and not sure:
            return None  # "HARRISBURG, PA —" is a state
        return Dateline(
            start,
            last.end,
            place_in(text, start, first.start, self._dates, self._leads),
            tuple(group),
            False,
            "dateline.bare",
        )

    def _name_first(
        self, text: str, start: int, end: int, group: list[Name], bare: bool, dashed: re.Match[str] | None
    ) -> Dateline | None:
        """``AGI - Il``, ``Reuters — Shares``, ``ACN Girona –``; ``Reuters — founded in`` is a sentence."""
        alias, last = group[0].alias, group[-1]
        after = text[last.end : end]
        wire = dashed and dashed[0].strip() in _DASHES and any(self._registry.is_international(name.alias.ids) for name in group)
        wire = wire and (dashed[0].strip() != "-" or dashed[0][0].isspace())
        named = not alias.weak and (dashed or after[:2] == ", ")
        followed = after[:2] == ", " and not alias.wordlike
        if not (bare or named or followed or wire) or dashed and not _begins(text, dashed.end()):
            return None
        if dashed and dashed[0].strip() not in (":", "="):
            return Dateline(start, last.end, None, tuple(group), False, "dateline.name_first")
        placed = re.match(r"[ ,]{1,2}([^–—_:;()\"“.]{3,50}?)(?:\.?\s?[-–—_]{1,2}|:)[\s*]", after)
        if placed is None or not self._is_head(placed[1] + " "):
            return None
        town = bare and not alias.wordlike and len(placed[1].split()) <= _TOWN
        town = town and _begins(text, last.end + placed.end())
        if not (any(c.isdigit() for c in placed[1]) or placed[1].isupper() or town):
            return None
        stop = last.end + placed.end(1)
        place = place_in(text, last.end + placed.start(1), stop, self._dates, self._leads)
        return Dateline(start, stop, place, tuple(group), False, "dateline.name_first")

    def _is_head(self, before: str) -> bool:
        """Whether words are places, dates and a byline, as before the agency of a dateline."""
        words = before.replace("/", " ").split()
        if len(words) > _MAX_TOKENS or '"' in before or "“" in before or "!" in before or "?" in before:
            return False
        for i, word in enumerate(words):
            bare = word.strip(".,()[]-–—_'|«»:·")
            if word == "|" or not bare or any(c.isdigit() for c in bare):
                continue
            if (":" in word or "|" in word) and word != words[-1] and not self._is_date(words[i + 1]):
                return False
            if i == 0 and word.casefold() in self._leads:
                continue
            if (
                bare[0].isupper()
                or is_caseless(bare[0])
                or bare.casefold() in self._particles
                or bare.rstrip(".").casefold() in self._dates
            ):
                continue
            head, _, rest = bare.partition("'")
            if rest and rest[0].isupper():
                continue
            if bare[:3] in ("al-", "el-", "as-", "ad-", "ar-") or bare in ("st", "nd", "rd", "th", "am", "pm"):
                continue
            return False
        return True

    def _is_date(self, word: str) -> bool:
        return word[0].isdigit() or word.strip(".,").casefold() in self._dates

    def _place_after(self, text: str, close: int, end: int, before: str) -> tuple[int, int] | None:
        """``(ANSA) - ROMA, 28 GIU -``: the place follows the agency."""
        if before.strip():
            return None
        found = re.match(
            r"\s?[-–—]{1,2}\s?([^\W\d_][^,;:.()–—\"“]{1,30}),?\s[^\n]{0,16}?\s?[-–—]{1,2}\s", text[close:end]
        )
        if found is None or not self._is_head(found[0].strip(" -–—")):
            return None
        return close + found.start(1), close + found.end(1)


def _names_house(text: str, name: Name, following: Name) -> bool:
    """``Ann Lee, Bloomberg News (TNS)``: the person's house and who hands it on, no place before the bracket."""
    return name.alias.kind == "agency" and not name.alias.weak and text[name.end : following.start] == " ("


def _opening(text: str, start: int, at: int) -> int | None:
    for i in range(at - 1, max(start, at - 26) - 1, -1):
        if text[i] == "/" and (i > start and text[i - 1].isdigit() and at - i > 3 or text.find("/", at, at + 40) < 0):
            continue  # of a date, or one that nothing closes
        if text[i] in _OPEN:
            return i
        if text[i] in ")]】\n":
            return None
    return None


def _begins(text: str, at: int) -> bool:
    """Whether a text begins behind a dateline: no small letter stands there."""
    return not text[at : at + 6].lstrip(" \n\"'“„«‘(")[:1].islower()
