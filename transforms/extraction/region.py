"""Where on a page the article stands."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.extraction.vocabulary import read_names

# Elements that never hold a story's text.
NO_TEXT = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "applet", "canvas", "map", "audio", "video", "picture", "img",
    "source", "track", "link", "meta", "button", "select", "option", "textarea", "input", "datalist", "progress", "meter", "dialog", "math", "head",
    "frame", "frameset", "noframes", "noembed", "param", "area", "base", "title", "amp-ad", "amp-img", "amp-analytics", "col", "colgroup",
]  # fmt: skip
INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr br".split()
)  # fmt: skip
_SKIPPED = frozenset({"nav", "footer", "menu"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Levels of nesting that are followed; what lies deeper counts as text of the last one. Real pages reach 60.
_DEEPEST = 256
# Characters of text outside links from which a block counts as a paragraph, and to which one is counted at most.
_PARAGRAPH = 40
_LONGEST = 600
# Share of a block's text inside links above which it is a list of links. Range 0..1.
_LINKED = 0.5
# Share of a page's text that an element may hold and still be cut for its name. Range 0..1. dev halves, 2026-11-20.
_CUT_SHARE = 0.4
# Share of its parent's paragraphs that a child must hold to be the place of the article. Range 0..1. dev, 2026-11-20.
_DOMINANT = 0.6
# What a block that is no paragraph costs between two that are, in characters. dev, 2026-11-20.
_GAP = 30


class Region:
    """The part of the page to be read."""

    __slots__ = ("root", "skip", "chars", "linked", "headings", "total")

    def __init__(self, root: LexborNode, skip: frozenset[int], chars: int, linked: int, total: int) -> None:
        self.root = root
        self.skip = skip  # mem_id of elements inside root that are left out
        self.chars = chars  # of paragraphs inside, blanks aside
        self.linked = linked  # of all text inside, in links
        self.total = total  # characters of all text of the page


class _Survey:
    """All block elements of a page in document order, in columns; a parent stands before its children."""

    def __init__(self) -> None:
        self.nodes: list[LexborNode] = []
        self.parent: list[int] = []
        self.tag: list[str] = []
        self.chars: list[int] = []  # own text, blanks aside
        self.linked: list[int] = []  # of these, in links
        self.text: list[list[str]] = []
        self.cut: list[str | None] = []
        self.shown: list[bool] = []
        self.body: list[bool] = []

    def add(self, node: LexborNode, parent: int, tag: str) -> int:
        self.nodes.append(node)
        self.parent.append(parent)
        self.tag.append(tag)
        self.chars.append(0)
        self.linked.append(0)
        self.text.append([])
        self.cut.append(None)
        self.shown.append(True)
        self.body.append(False)
        return len(self.nodes) - 1


def find_region(tree: LexborHTMLParser, claimed_body: str | None, titles: frozenset[str]) -> Region | None:
    """Find the element that holds the article, and what inside of it is none of it.

    Blocks are valued by the text outside of links in them. From the body tag down, the child that holds most of its
    parent's value is followed; inside of the last one, the run of blocks with the greatest sum of values is taken,
    where what is no paragraph costs.

    Args:
        tree: The page; the elements of ``NO_TEXT`` are taken out of it.
        claimed_body: The text that the page says it has: evidence for the blocks that stand in it.
        titles: The page's titles, folded by ``fold``: the heading that is one of them opens the article.

    Returns:
        None for a page without text.

    Source:
        Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009,
        for the run of blocks.
    """
    body = tree.body
    if body is None:
        return None
    total = len(body.text())
    survey = _walk(body, total)
    value = _values(survey, claimed_body)
    last = _last_inside(survey)
    _inherit_cuts(survey, value, last)
    for i, cut in enumerate(survey.cut):
        if cut:
            value[i] = 0
    sums = list(map(float, value))
    for i in range(len(sums) - 1, 0, -1):
        sums[survey.parent[i]] += max(0.0, sums[i])
    place = _descend(survey, sums)
    first, end = _best_run(survey, value, place, last)
    if first is None:
        return None
    opening = _heading_before(survey, titles, first)
    return _region(survey, value, last, place, first, end, opening, total)


def fold(text: str) -> str:
    """A title without case, spaces and punctuation, to be compared."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _walk(body: LexborNode, total: int) -> _Survey:
    survey = _Survey()
    root = survey.add(body, 0, "body")
    stack: list[tuple[Iterator[LexborNode], int, bool]] = [(body.iter(include_text=True, skip_empty=True), root, False)]
    chars, linked, texts = survey.chars, survey.linked, survey.text
    while stack:
        children, box, in_link = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            size = len(text) - text.count(" ") - text.count("\n")
            chars[box] += size
            if in_link:
                linked[box] += size
            texts[box].append(text)
            continue
        if tag[0] in "-!":
            continue
        if tag in INLINE and len(stack) < _DEEPEST:
            stack.append((node.iter(include_text=True, skip_empty=True), box, in_link or tag == "a"))
            continue
        new = survey.add(node, box, tag)
        if _is_left_out(survey, new, node, tag, total):
            continue
        if len(stack) < _DEEPEST:
            stack.append((node.iter(include_text=True, skip_empty=True), new, in_link))
        else:
            texts[new].append(node.text())
            chars[new] = len(texts[new][0])
    return survey


def _is_left_out(survey: _Survey, new: int, node: LexborNode, tag: str, total: int) -> bool:
    """Note what the element's names say; true if it need not be looked into."""
    attributes = node.attributes
    cut: str | None = None
    if tag in _SKIPPED:
        cut, shown = "nav_menu", False
    elif attributes:
        classes, name = attributes.get("class"), attributes.get("id")
        if classes or name:
            names = read_names(f"{classes or ''} {name or ''}")
            cut, shown = names.cut, names.show
            survey.body[new] = names.body
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or "display:none" in (attributes.get("style") or "").replace(" ", ""):
            cut, shown = "hidden", False
        elif attributes.get("role") in ("navigation", "banner", "search", "contentinfo", "dialog", "alert", "menu", "tablist", "complementary"):
            cut, shown = cut or "nav_menu", False
    if cut is None and tag == "aside":
        cut, shown = "related", True
    if cut is None and tag in ("figure", "figcaption", "amp-img"):
        cut, shown = "photo_caption", True
    if cut is None:
        return False
    survey.cut[new] = cut
    survey.shown[new] = shown
    return not shown and len(node.text()) < _CUT_SHARE * total


def _values(survey: _Survey, claimed_body: str | None) -> list[int]:
    """Per block: characters of its paragraph, or what it costs to stand between paragraphs."""
    known = fold(claimed_body) if claimed_body else ""
    values: list[int] = []
    for chars, linked, tag, texts in zip(survey.chars, survey.linked, survey.tag, survey.text):
        if not chars:
            values.append(0)
            continue
        own = chars - linked
        if tag in _HEADINGS:
            values.append(-_GAP // 3)
        elif own >= _PARAGRAPH and linked <= _LINKED * chars:
            value = min(own, _LONGEST)
            if known and fold("".join(texts)[:120]) in known:
                value *= 3
            values.append(value)
        else:
            values.append(-_GAP)
    return values


def _last_inside(survey: _Survey) -> list[int]:
    last = list(range(len(survey.nodes)))
    for i in range(len(last) - 1, 0, -1):
        parent = survey.parent[i]
        if last[i] > last[parent]:
            last[parent] = last[i]
    return last


def _inherit_cuts(survey: _Survey, value: list[int], last: list[int]) -> None:
    """A cut holds for all inside, unless most of the page stands there: then the name spoke of the page."""
    sums = [max(0, v) for v in value]
    for i in range(len(sums) - 1, 0, -1):
        sums[survey.parent[i]] += sums[i]
    whole = sums[0] or 1
    for i in range(1, len(sums)):
        if survey.cut[i] and (sums[i] > _CUT_SHARE * whole or any(survey.body[i : last[i] + 1])):
            survey.cut[i] = None
        above = survey.parent[i]
        if survey.cut[above]:
            survey.cut[i] = survey.cut[above]
            survey.shown[i] = survey.shown[i] and survey.shown[above]


def _descend(survey: _Survey, sums: list[float]) -> int:
    children: dict[int, list[int]] = {}
    for i in range(1, len(sums)):
        if sums[i] > 0 and not survey.cut[i]:
            children.setdefault(survey.parent[i], []).append(i)
    place = 0
    while True:
        best = max(children.get(place, ()), key=lambda i: (sums[i], -i), default=None)
        if best is None or sums[best] < _DOMINANT * sums[place] or best not in children:
            return place
        place = best


def _best_run(survey: _Survey, value: list[int], place: int, last: list[int]) -> tuple[int | None, int]:
    best, best_first, best_end = 0, None, 0
    run, run_first = 0, None
    for i in range(place, last[place] + 1):
        v = value[i]
        if not v:
            continue
        if run_first is None or run + v <= v:
            if v <= 0:
                run, run_first = 0, None
                continue
            run, run_first = 0, i
        run += v
        if run > best:
            best, best_first, best_end = run, run_first, i
    return best_first, best_end


def _heading_before(survey: _Survey, titles: frozenset[str], first: int) -> int | None:
    """The heading that opens the article: the last one before its text that is a title of the page, else the last h1."""
    fallback = None
    for i in range(first, -1, -1):
        tag = survey.tag[i]
        if tag in _HEADINGS:
            text = fold(survey.nodes[i].text())
            if not text:
                continue
            if text in titles:
                return i
            if tag == "h1" and fallback is None:
                fallback = i
    return fallback


def _region(
    survey: _Survey, value: list[int], last: list[int], place: int, first: int, end: int, opening: int | None, total: int
) -> Region:
    """From the opening heading to the last paragraph, and what follows that inside of the same parent."""
    begin = first if opening is None else min(opening, first)
    root = first
    while not (root <= begin and last[root] >= end):
        root = survey.parent[root]
    end = max(end, last[survey.parent[end]] if survey.parent[end] >= root else end)
    wanted: set[int] = set()
    for i in list(range(begin, min(end, last[root]) + 1)):
        if survey.shown[i] or not survey.cut[i]:
            while i not in wanted:
                wanted.add(i)
                if i == root:
                    break
                i = survey.parent[i]
    skip = frozenset(survey.nodes[i].mem_id for i in range(root, last[root] + 1) if i not in wanted)
    chars = sum(v for i, v in enumerate(value[begin : end + 1]) if v > 0)
    linked = sum(survey.linked[begin : end + 1])
    return Region(survey.nodes[root], skip, chars, linked, total)
