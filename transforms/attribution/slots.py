"""Whether a line that reads like a credit may be one where it stands: weak names, headings, people, pictures."""

from __future__ import annotations

from transforms.attribution.claims import Claims
from transforms.attribution.lines import CreditLine
from transforms.attribution.names import Name
from transforms.attribution.tokens import Token
from transforms.attribution.zones import Line

_TITLE = 4  # letters of what is written behind a name: RN, MPH
_PARTS = ("|", ",", ";", "/", "•", "·")  # marks between what is said of a text and of its picture


def slot_holds(line: Line, parsed: CreditLine, claims: Claims) -> bool:
    """Whether names that prove little alone may be a credit here."""
    if is_first_name(parsed, claims) or is_other_body(parsed, claims):
        return False
    if line.zone == "byline":
        return not _locates(parsed)
    several = len(parsed.names) > 1
    led = bool(parsed.led - {"photo"})
    for name in parsed.names:
        alias = name.alias
        set_off = several or led or parsed.marked or _doubled(parsed) or line.top and not parsed.people
        if alias.slot_only and not set_off and not _is_small_sign(parsed, claims):
            return False
        shown = led or parsed.marked or several or _has_desk(line, parsed) or _tops(line, parsed)
        short = len(parsed.tokens) == 1 or any(token.text == "/" for token in parsed.tokens)
        shown = shown and (not led or several or _leads_to(parsed, name))
        at_home = short and claims.meanings.is_home(name)
        if alias.wordlike and not shown and not at_home:
            return False
    if "rights" not in parsed.led and _names_company(parsed):
        return False
    first = parsed.tokens[0]
    if first.name is None and _leads_on(claims.text[line.start : line.end], claims) or _is_heading(parsed):
        return False
    if not (line.top or "by" in parsed.led or line.zone == "body" and not line.tail) and _continued(parsed):
        return False
    bare = not parsed.led and not parsed.marked and not several
    if bare and parsed.people:  # a run of capitals beside a name: only with a mark between them
        between = {t.text for t in parsed.tokens if t.kind == "punct"}
        first = parsed.people[0]
        person = sum(first[0] <= t.start < first[1] for t in parsed.tokens) > 1 and not claims.meanings.is_house(first)
        if line.tail and between == {","} and first[0] < parsed.names[0].start and person:
            return False  # a person of the agency, quoted
        return (
            _signs_by_name(line, parsed)
            or bool(between & {"/", ",", "|", "-", "–", "—", ":", "·", "•", "+"})
            or (line.zone == "body" and not line.tail)
        )
    return True


def _locates(parsed: CreditLine) -> bool:
    """``Harrisburg, PA``: one word, a comma, and a word of a language. A person who signs has two."""
    pieces = [t.text if t.kind == "punct" else t.kind for t in parsed.tokens]
    return parsed.names[0].alias.wordlike and pieces == ["cap", ",", "name"]


def is_first_name(parsed: CreditLine, claims: Claims) -> bool:
    """``By Nina``: nothing but a name that people have, unless its agency is at home here."""
    name = parsed.names[0]
    bare = all(token.name is name or token.kind == "by" for token in parsed.tokens)
    person = name.alias.given and name.alias.wordlike and name.alias.text.istitle()
    return bare and person and not claims.meanings.is_home(name)


def _leads_to(parsed: CreditLine, name: Name) -> bool:
    """Whether the words of a credit begin the line or stand at the name: not ``Ann from Erie, PA``."""
    leads = [token for token in parsed.tokens if token.kind in ("by", "source", "with", "rights")]
    beside = any(token.start < name.start <= token.end + 2 for token in leads)
    return not leads or leads[0] is parsed.tokens[0] or beside or parsed.marked


def is_other_body(parsed: CreditLine, claims: Claims) -> bool:
    """``Ann Lee, AAP President``, ``Ann Lee, RN, CNA``: behind a person an acronym that goes on, or is a title.

    An international agency may go on with a place, as may one at home: ``Ann Lee, AFP Nairobi``.
    """
    for name in parsed.names:
        local = name.alias.weak and not claims.registry.is_international(name.alias.ids)
        if not local or claims.meanings.is_home(name) or not parsed.people or parsed.people[0][0] > name.start:
            continue
        if any(token.kind == "cap" and token.start == name.end + 1 for token in parsed.tokens):
            return True
        before = [token for token in parsed.tokens if token.end <= name.start]
        if any(a.text == c.text == "," and _is_title(b) for a, b, c in zip(before, before[1:], before[2:])):
            return True
    return False


def _is_title(token: Token) -> bool:
    return token.kind == "cap" and token.text.isupper() and len(token.text) <= _TITLE


def pictured(parsed: CreditLine) -> tuple[Name, ...]:
    """The names that credit pictures: all in a line with a word for pictures, but for ``Text: dpa | Bild: Ann Lee``."""
    if "photo" not in parsed.led:
        return ()
    texts: list[Name] = []
    part: list[Token] = []
    for token in (*parsed.tokens, None):
        if token is not None and token.text not in _PARTS:
            part.append(token)
            continue
        kinds = {t.kind for t in part}
        if "photo" not in kinds and not kinds.isdisjoint(("by", "with")):
            texts += [t.name for t in part if t.name is not None]
        part = []
    return tuple(name for name in parsed.names if name not in texts)


def signs_picture(text: str, line: Line, parsed: CreditLine, claims: Claims) -> bool:
    """Whether a picture is signed where a text might be signed as well.

    Above the body ``© AFP`` without a year. A person and an agency, a slash between them: anywhere ``© Ann Lee/dpa``,
    above the body ``Ann Lee/AFP``, but not right under the headline, and at the end ``REUTERS/Ann Lee``, but not
    ``Ann Lee/AFP``.
    """
    undated = parsed.led == {"rights"} and not any(token.kind == "date" for token in parsed.tokens)
    if line.zone == "head" and undated and claims.registry.is_international(parsed.names[0].alias.ids):
        return True
    byline = line.zone == "byline" or "by" in parsed.led
    if byline or len(parsed.people) != 1 or claims.meanings.is_house(parsed.people[0]):
        return False
    (start, end), first, last = parsed.people[0], parsed.names[0], parsed.names[-1]
    if text[start:end].split()[0] in claims.registry.phrases["house_start"].words:
        return False  # EFE/El Puente
    if start < first.start:
        slash = text[end : first.start].strip()
        above = line.zone == "head" and not line.top and slash in ("/", "")
        return above or slash == "/" and "©" in text[line.start : start]
    alone = len(parsed.names) == 1 and parsed.led <= {"source"} and not line.top
    return alone and text[last.end : start].strip() == "/" and " " in text[start:end]


def _leads_on(words: str, claims: Claims) -> bool:
    """Whether a line begins with what leads to further stories: ``More from AP``, ``Posted in AP, News``."""
    lead = words.casefold()
    return any(
        lead.startswith(phrase) and not lead[len(phrase) :][:1].isalnum()
        for phrase in claims.registry.phrases["further"].words
    )


def _is_heading(parsed: CreditLine) -> bool:
    """``Also from The New York Times:`` opens a list; ``Sources: a ministry, a firm, AFP`` are a graphic's."""
    if parsed.tokens[-1].text == ":" and len(parsed.tokens) > 1:
        return True
    first = parsed.tokens[0]
    caseless = first.name is not None and first.text.upper() == first.text.lower()
    if caseless and len(parsed.tokens) > 2 and parsed.tokens[1].text == ":":
        return True  # رويترز: a headline, where no case tells its words
    if any(a.kind == "cap" and b.text == ":" for a, b in zip(parsed.tokens, parsed.tokens[1:])) and not parsed.led:
        return True  # "Topics: AFP"
    listed = [t.text for t in parsed.tokens if t.kind == "punct"].count(",")
    return "source" in parsed.led and len(parsed.people) > 1 and listed > 0 and parsed.house is None


def _tops(line: Line, parsed: CreditLine) -> bool:
    """Right under the headline: ``CNN``, ``Ann Lee | PA``, ``Ann Lee, The Post``; ``Harrisburg, PA`` is a place."""
    name = parsed.names[0].alias.text
    marks = {t.text for t in parsed.tokens if t.kind == "punct"}
    if not line.top:
        return False
    if not parsed.people:
        return "|" in marks or not any(c.islower() for c in name)
    return "|" in marks or len(name) > 3 and bool(marks & {",", "/"})


def _signs_by_name(line: Line, parsed: CreditLine) -> bool:
    """``ANN LEE The Associated Press``, ``Associated Press Writer Ann Lee``: no mark between person and agency."""
    if len(parsed.people) != 1 or len(parsed.names) != 1:
        return False
    of = any(t.text == "of" and t.end + 1 == parsed.names[0].start for t in parsed.tokens)  # Ann Lee of Reuters
    if line.top and of and parsed.people[0][0] < parsed.names[0].start:
        return True
    alias = parsed.names[0].alias
    staffed = not alias.wordlike and parsed.people[0][0] > parsed.names[0].start  # Staff and agencies in Elmsworth
    person = line.top and (not alias.weak or staffed)
    return person and (alias.text.startswith("The ") or any(t.kind == "role" for t in parsed.tokens))


def _has_desk(line: Line, parsed: CreditLine) -> bool:
    """``Jane Smith, PA Political Editor``: a person, a comma, and what the person is there."""
    return line.zone == "head" and bool(parsed.people) and parsed.tokens[-1].kind == "role"


def _names_company(parsed: CreditLine) -> bool:
    """``AMAP Ltd``: behind an ambiguous name the word that ends a company's."""
    pairs = zip(parsed.tokens, parsed.tokens[1:])
    return any(a.name is not None and a.name.alias.weak and b.kind == "company" for a, b in pairs)


def _continued(parsed: CreditLine) -> bool:
    """``[PC World]``: an ambiguous name that goes on is another name."""
    pairs = zip(parsed.tokens, parsed.tokens[1:])
    return any(
        a.name is not None
        and (
            a.name.alias.weak and b.kind == "cap" or a.name.alias.wordlike and b.kind == "role" and b.text[0].isupper()
        )
        for a, b in pairs
    )


def _is_small_sign(parsed: CreditLine, claims: Claims) -> bool:
    """``afp``, ``afp/ab``: an international agency in small letters, and at most a slash and who worked on its text.

    The acronyms of others are initials as well.
    """
    alias = parsed.names[0].alias
    rest = [token.text if token.kind == "punct" else token.kind for token in parsed.tokens[1:]]
    small = alias.text.islower() and len(alias.text) > 2 and claims.registry.is_international(parsed.names[0].alias.ids)
    return small and parsed.tokens[0].name is parsed.names[0] and rest in ([], ["/", "initials"])


def _doubled(parsed: CreditLine) -> bool:
    return len(parsed.names) == 2 and parsed.names[0].alias.text == parsed.names[1].alias.text
