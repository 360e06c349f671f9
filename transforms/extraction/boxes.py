"""The block elements of a page, in document order, with the text that each holds itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from transforms.extraction.vocabulary import names_of

# Elements that never hold a story's text. The first are many or long, and taken out of the tree before anything else:
# each name costs the parser one walk. The others are passed by.
NO_TEXT = ["script", "style", "noscript", "template", "svg", "iframe", "select", "textarea"]
SILENT = frozenset({
    "object", "embed", "applet", "canvas", "map", "audio", "source", "track", "link", "meta", "button", "option",
    "input", "datalist", "progress", "meter", "dialog", "math", "head", "frame", "frameset", "noframes", "noembed",
    "param", "area", "base", "title", "label", "amp-ad", "amp-analytics", "col", "colgroup", *NO_TEXT,
})  # fmt: skip
IMAGES = frozenset({"img", "picture", "video", "amp-img"})
INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big blink br cite code data del dfn em font i ins kbd mark nobr q rb rp rt rtc ruby "
        "s samp small span strike strong sub sup time tt u var wbr"
    ).split()
)
SMALL = frozenset("p li ul ol h1 h2 h3 h4 h5 h6 blockquote td tr tbody dd dt dl table thead".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset({"nav", "footer", "menu"})
_ROLES = frozenset(
    {"navigation", "banner", "search", "contentinfo", "dialog", "alert", "menu", "tablist", "complementary"}
)
_ELEMENTS = {"aside": "related", "figure": "photo_caption", "figcaption": "photo_caption"}
_SPEAKING = _SKIPPED | frozenset(_ELEMENTS)
# Cuts that name a part of a page, and on a paragraph or a table's row something else.
_ONLY_LARGE = frozenset({"paywall", "media_player", "hidden"})
_BETWEEN = re.compile(r"[\W_]+")

# Levels of nesting that are followed; what lies deeper counts as text of the last one. Real pages reach 60.
_DEEPEST = 255
# Share of a page's text that an element may hold and still be cut for its name. Range 0..1. dev halves, 2026-11-20.
CUT_SHARE = 0.4
# Characters up to which a part that its names cut is believed without a look at what it holds.
_SHORT_PART = 1500
# Characters of a footer that can be an article's byline, and of what may stand over it; elements of the latter.
_LONGEST_BYLINE = 300
_MOST_OVER_BYLINE = 100
# Characters of the rest of a story that only a reader's click, or a subscription, shows; of a paragraph in it and before
# it; and nodes that may stand between the two.
_REST = 300
_PARAGRAPH = 80
_BETWEEN_PARTS = 8
# Cuts inside of each other whose text is measured.
_DEEPEST_CUT = 8
# Parts that may be longer than a story.
MAY_BE_LONG = frozenset({"cookie_consent", "nav_menu", "comments", "related", "media_player", "hidden"})
# Characters outside of links up to which such a part is sealed: half of the least that makes a named body believed.
_SEALED = 250
# Characters of the longest part that is sealed: each link and heading in it is read once more.
_LONGEST_SEALED = 20_000
# Characters up to which a text that was folded is remembered.
_LONGEST_TITLE = 300
# Letters of a title from which a heading that ends with it is the headline, and of the kicker before it in the heading.
_SURE_TITLE = 20
_LONGEST_KICKER = 40
_ALL_HEADINGS = ", ".join(sorted(HEADINGS))


class Survey:
    """All block elements of a page in document order, in columns; a parent stands before its children."""

    def __init__(self, root: LexborNode) -> None:
        self.nodes: list[LexborNode] = [root]
        self.parent: list[int] = [0]
        self.tag: list[str] = ["body"]
        self.chars: list[int] = [0]  # own text, blanks aside
        self.linked: list[int] = [0]  # of these, in links
        self.under: list[int] = [0]  # cuts around it, its own among them
        self.images: list[int] = []  # boxes with an image in their own text
        self.sealed: set[int] = set()  # cut, and passed by: their text counts as theirs, what is in them isn't here
        self.overlooked = False  # whether anything as long as a story was passed by unread, for its names
        self.linked_headings = 0  # in what is sealed
        # These are filled when all boxes are known; what the names say is gathered before by box.
        self.cut: list[str | None] = []  # class and rule
        self.shown: list[bool] = []
        self.inherited: list[bool] = []
        self.body: list[bool] = []
        self.said: list[tuple[int, str, bool]] = []  # box, class and rule, shown
        self.named_body: list[int] = []

    def add(self, node: LexborNode, tag: str, parent: int) -> int:
        """The number of a new box."""
        self.nodes.append(node)
        self.parent.append(parent)
        self.tag.append(tag)
        self.chars.append(0)
        self.linked.append(0)
        self.under.append(self.under[parent])
        return len(self.nodes) - 1

    def close(self) -> None:
        size = len(self.nodes)
        self.cut, self.shown, self.inherited, self.body = [None] * size, [True] * size, [False] * size, [False] * size
        for box, cut, shown in self.said:
            self.cut[box], self.shown[box] = cut, shown
        for box in self.named_body:
            self.body[box] = True


def fold(text: str) -> str:
    """A title without case, spaces and punctuation, to be compared."""
    return _fold_title(text) if len(text) <= _LONGEST_TITLE else _folded(text)


def ends_as(text: str, titles: Iterable[str]) -> bool:
    """Whether a heading is a kicker and one of the titles behind it. All are folded."""
    return any(len(t) >= _SURE_TITLE and text.endswith(t) and len(text) <= len(t) + _LONGEST_KICKER for t in titles)


@lru_cache(maxsize=1024)
def _fold_title(text: str) -> str:
    return _folded(text)  # a page's titles stand in many of its places


def _folded(text: str) -> str:
    joined = "".join(text.casefold().split())
    return joined if joined.isalnum() else _BETWEEN.sub("", joined)


def survey_page(body: LexborNode, total: int, believe_names: bool, titles: Container[str] | None) -> Survey:
    """Gather the boxes of a page; parts that their names cut are passed by where that can't be a mistake.

    Args:
        body: The page's body element, or a part of it.
        total: Characters of its text.
        believe_names: Whether names cut; comments always do.
        titles: The page's titles, folded: a part in which one of them stands is looked into. None: so are all that
            are as long as a story.
    """
    survey = Survey(body)
    children, box, in_link = body.iter(include_text=True, skip_empty=True), 0, False
    around: list[tuple[Iterator[LexborNode], int, bool]] = []  # the same of the elements around
    chars, linked, under = survey.chars, survey.linked, survey.under
    while True:
        node = next(children, None)
        if node is None:
            if not around:
                break
            children, box, in_link = around.pop()
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            size = len(text) - text.count(" ") - text.count("\n")
            chars[box] += size
            if in_link:
                linked[box] += size
            continue
        if tag in INLINE and len(around) < _DEEPEST:
            around.append((children, box, in_link))
            children, in_link = node.iter(include_text=True, skip_empty=True), in_link or tag == "a"
            continue
        if tag is None or tag in SILENT or tag[0] in "-!":  # lexbor has no name for <?php … ?>
            continue
        if tag in IMAGES:
            survey.images.append(box)
            continue
        new = survey.add(node, tag, box)
        attributes = node.attributes
        if attributes or tag in _SPEAKING:
            cut, shown = _named_cut(survey, new, attributes, tag, believe_names)
        else:
            cut = None
        if cut is not None:
            survey.said.append((new, cut, shown))
            under[new] += 1
            # to measure every level of nested cuts would take quadratic time
            if under[new] <= _DEEPEST_CUT and _is_passed_by(survey, new, cut, shown, in_link, total, titles):
                continue
        if len(around) < _DEEPEST:
            around.append((children, box, in_link))
            children, box = node.iter(include_text=True, skip_empty=True), new
        else:
            chars[new] = len(node.text())
    survey.close()
    return survey


def _named_cut(
    survey: Survey, new: int, attributes: Mapping[str, str | None], tag: str, believe_names: bool
) -> tuple[str | None, bool]:
    """What the element's names say against it, and whether its text is shown all the same."""
    cut: str | None = None
    shown = True
    if tag in _SKIPPED and not (tag == "footer" and _is_byline(survey, new)):
        cut, shown = f"nav_menu element.{tag}", False
    elif attributes:
        names = names_of(attributes)
        if names.cut and not (tag in SMALL and names.cut in _ONLY_LARGE) and (believe_names or names.cut == "comments"):
            cut, shown = f"{names.cut} names.{names.word}", names.show
        if names.body:
            survey.named_body.append(new)
        if tag in SMALL or len(attributes) == 1 and "class" in attributes:
            pass  # paywalls hide single paragraphs of the story; and most elements have nothing but a class
        elif (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or "display:none" in (attributes.get("style") or "").replace(" ", "")
        ):
            cut, shown = "hidden attribute.hidden", False
        elif (role := attributes.get("role")) in _ROLES:
            cut, shown = cut or f"nav_menu role.{role}", False
    if cut is None and tag in _ELEMENTS:
        cut = f"{_ELEMENTS[tag]} element.{tag}"
    return cut, shown


def _is_byline(survey: Survey, footer: int) -> bool:
    """Whether a footer stands over an article's text, where HTML allows it to say who wrote when; and is as short."""
    above = survey.parent[footer]
    if survey.tag[above] != "article" or footer - above > _MOST_OVER_BYLINE:
        return False
    if len(survey.nodes[footer].text()) > _LONGEST_BYLINE:
        return False
    return sum(survey.chars[above:footer]) <= _LONGEST_BYLINE


def _is_passed_by(
    survey: Survey, box: int, cut: str, shown: bool, in_link: bool, total: int, titles: Container[str] | None
) -> bool:
    """Whether a part that is cut is believed without a look at what it holds: short and not shown, or sealed."""
    tag = survey.tag[box]
    may_seal = titles is not None and tag not in SMALL and cut.partition(" ")[0] in MAY_BE_LONG
    if shown and not may_seal:
        return False
    text = survey.nodes[box].text()
    if cut.startswith("hidden ") and len(text) >= _REST and goes_on(survey.nodes[box]):
        return False
    if not shown and tag in _SKIPPED and len(text) < CUT_SHARE * total:
        return True
    if not shown and tag not in _SKIPPED and len(text) < min(_SHORT_PART, CUT_SHARE * total):
        if len(text) >= _REST:
            headline = survey.nodes[box].css_first("h1")
            if titles is None or headline is not None and fold(headline.text()) in titles:
                return False
            survey.overlooked = True
        return True
    return may_seal and _seal(survey, box, _letters(text), in_link, titles or ())


def goes_on(node: LexborNode) -> bool:
    """Whether a part holds paragraphs and nothing over them, as what stands before it does: the rest of a story."""
    first = next((child for child in node.iter() if child.text().strip()), None)
    if first is None or not _holds_paragraph(first):
        return False
    before, steps = node.prev, 0
    while before is not None and steps < _BETWEEN_PARTS and not _holds_paragraph(before):
        before, steps = before.prev, steps + 1
    return before is not None and _holds_paragraph(before)


def _holds_paragraph(node: LexborNode) -> bool:
    if node.tag == "p":
        return len(node.text()) >= _PARAGRAPH
    return node.tag == "div" and any(child.tag == "p" and len(child.text()) >= _PARAGRAPH for child in node.iter())


def _seal(survey: Survey, box: int, size: int, in_link: bool, titles: Container[str]) -> bool:
    """Pass by a part of links that no rule could give back to the story: no title, and too little prose for a body."""
    if not 0 < size <= _LONGEST_SEALED:
        return False
    node = survey.nodes[box]
    linked = size if in_link else min(size, _linked_letters(node))
    if size - linked > _SEALED:
        return False
    headings = node.css(_ALL_HEADINGS)
    if any(fold(heading.text()) in titles for heading in headings):
        return False
    survey.linked_headings += sum(map(_is_linked, headings))
    survey.chars[box], survey.linked[box] = size, linked
    survey.sealed.add(box)
    return True


def _letters(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\n")


def _linked_letters(node: LexborNode) -> int:
    return _letters("".join([link.text() for link in node.css("a")]))


def _is_linked(heading: LexborNode) -> bool:
    above = heading.parent
    return (
        2 * _linked_letters(heading) > _letters(heading.text()) > 0
        or above is not None
        and (above.tag == "a" or above.parent is not None and above.parent.tag == "a")
    )


def last_inside(survey: Survey) -> list[int]:
    last = list(range(len(survey.nodes)))
    for i in range(len(last) - 1, 0, -1):
        parent = survey.parent[i]
        if last[i] > last[parent]:
            last[parent] = last[i]
    return last
