"""Where on a page the article stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.article import Flow
from transforms.extraction.vocabulary import read_names

# Elements that never hold a story's text. The first are many or long, and taken out of the tree before anything else:
# each name costs the parser one walk. The others are passed by.
NO_TEXT = ["script", "style", "noscript", "template", "svg", "iframe", "select", "textarea"]
SILENT = frozenset({
    "object", "embed", "applet", "canvas", "map", "audio", "source", "track", "link", "meta", "button", "option", "input", "datalist", "progress",
    "meter", "dialog", "math", "head", "frame", "frameset", "noframes", "noembed", "param", "area", "base", "title", "label", "amp-ad",
    "amp-analytics", "col", "colgroup", *NO_TEXT,
})  # fmt: skip
IMAGES = frozenset({"img", "picture", "video", "amp-img"})
INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd mark nobr q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr br".split()
)  # fmt: skip
_BETWEEN = re.compile(r"[\W_]+")
_SKIPPED = frozenset({"nav", "footer", "menu"})
_ROLES = frozenset({"navigation", "banner", "search", "contentinfo", "dialog", "alert", "menu", "tablist", "complementary"})
_ELEMENTS = {"aside": "related", "figure": "photo_caption", "figcaption": "photo_caption"}
# Cuts that name a part of a page, and on a paragraph or a table's row something else.
_ONLY_LARGE = frozenset({"paywall", "media_player", "hidden"})
_CELLS = frozenset({"td", "th", "dd", "dt"})
_SMALL = frozenset({"p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "tr", "tbody", "dd", "dt", "dl", "table", "thead"})
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
# Cuts inside of each other whose text is measured.
_DEEPEST_CUT = 8
# Share of a page's text from which an element is the page, whatever its names say. Range 0..1.
_WHOLE = 0.75
# Characters of paragraphs that must be left of a page when all that names cut is out of it.
_LEAST = 500
# Characters of paragraphs in a part that is short by its nature: above it, the name spoke of something else.
_LONGEST_CUT = 1500
# Characters, blanks aside, of a text that stands alone with an image.
_LONGEST_CAPTION = 260
_LONGEST_OFFER = 700
# Names that are given up at most, one after the other, when with all of them no article would be left.
_MOST_DOUBTS = 20
_MAY_BE_LONG = frozenset({"cookie_consent", "nav_menu", "comments", "related", "media_player", "hidden"})
# Characters up to which a part that its names cut is believed without a look at what it holds.
_SHORT_PART = 1500
# Share of its parent's paragraphs that a child must hold to be the place of the article. Range 0..1. dev, 2026-11-20.
_DOMINANT = 0.6
# What a block that is no paragraph costs between two that are, in characters. dev, 2026-11-20.
_GAP = 30


class Region(Flow, kw_only=True):
    """The part of the page to be read, and what the page is made of."""

    root: LexborNode | None  # None: no text that could be a story
    skip: frozenset[int] = frozenset()  # mem_id of elements inside root that are left out
    cuts: dict[int, str] = {}  # mem_id of elements inside root that are no body, to the removal's class and rule
    bodies: frozenset[int] = frozenset()  # mem_id of elements inside root that call themselves the body
    linked: float = 0.0  # share of the page's text that stands in links
    linked_headings: int = 0  # headings of the page that are links


class _Survey:
    """All block elements of a page in document order, in columns; a parent stands before its children."""

    def __init__(self) -> None:
        self.nodes: list[LexborNode] = []
        self.parent: list[int] = []
        self.tag: list[str] = []
        self.chars: list[int] = []  # own text, blanks aside
        self.linked: list[int] = []  # of these, in links
        self.text: list[list[str]] = []
        self.under: list[int] = []  # cuts around it, its own among them
        self.images: list[int] = []  # boxes with an image in their own text
        # These are filled when all boxes are known; what the names say is gathered before by box.
        self.cut: list[str | None] = []  # class and rule
        self.shown: list[bool] = []
        self.inherited: list[bool] = []
        self.body: list[bool] = []
        self.said: list[tuple[int, str, bool]] = []  # box, class and rule, shown
        self.named_body: list[int] = []

    def add(self, node: LexborNode, parent: int, tag: str) -> int:
        self.nodes.append(node)
        self.parent.append(parent)
        self.tag.append(tag)
        self.chars.append(0)
        self.linked.append(0)
        self.text.append([])
        self.under.append(self.under[parent] if self.under else 0)
        return len(self.nodes) - 1

    def close(self) -> None:
        size = len(self.nodes)
        self.cut, self.shown, self.inherited, self.body = [None] * size, [True] * size, [False] * size, [False] * size
        for box, cut, shown in self.said:
            self.cut[box], self.shown[box] = cut, shown
        for box in self.named_body:
            self.body[box] = True


def find_region(tree: LexborHTMLParser, claimed_body: str | None, titles: Sequence[frozenset[str]]) -> Region:
    """Find the element that holds the article, and what inside of it is none of it.

    Blocks are valued by the text outside of links in them. From the body tag down, the child that holds most of its
    parent's value is followed; inside of the last one, the run of blocks with the greatest sum of values is taken,
    where what is no paragraph costs.

    Args:
        tree: The page; the elements of ``NO_TEXT`` are taken out of it.
        claimed_body: The text that the page says it has: evidence for the blocks that stand in it.
        titles: The page's titles, folded by ``fold``, the surest first: the heading that is one of them opens the article.

    Source:
        Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009,
        for the run of blocks.
    """
    body = tree.body
    if body is None:
        return Region(root=None)
    total = len(body.text())
    survey = _walk(body, total)
    value = _values(survey, claimed_body)
    last = _last_inside(survey)
    title = _title(survey, titles)
    _settle_cuts(survey, value, last, title)
    _cut_captions(survey, value, last)
    for i, cut in enumerate(survey.cut):
        if cut:
            value[i] = 0
    sums = list(map(float, value))
    for i in range(len(sums) - 1, 0, -1):
        sums[survey.parent[i]] += max(0.0, sums[i])
    if title is not None and 2 * sum(v for v in value[title:] if v > 0) > sum(v for v in value if v > 0):
        value[:title] = [0] * title  # nothing above its headline is of the story
        other = _other_story(survey, title, value)
        value[other:] = [0] * (len(value) - other)
    place = _descend(survey, sums)
    first, end = _best_run(survey, value, place, last)
    linked = sum(survey.linked) / max(1, sum(survey.chars))
    linked_headings = sum(tag in _HEADINGS and 2 * links > chars > 0 for tag, chars, links in zip(survey.tag, survey.chars, survey.linked))
    if first is None:
        return Region(root=None, linked=linked, linked_headings=linked_headings)
    first, end = _extended(survey, value, first, end, last)
    opening = title if title is not None and title <= first else _heading_before(survey, first)
    region = _region(survey, last, first, end, opening)
    return replace(region, linked=linked, linked_headings=linked_headings)


def fold(text: str) -> str:
    """A title without case, spaces and punctuation, to be compared."""
    return _BETWEEN.sub("", text.casefold())


def _title(survey: _Survey, titles: Sequence[frozenset[str]]) -> int | None:
    headings = [(i, fold(survey.nodes[i].text())) for i, tag in enumerate(survey.tag) if tag in _HEADINGS]
    for names in titles:
        for i, text in headings:
            if text in names:
                return i
    return None


def _other_story(survey: _Survey, title: int, value: list[int]) -> int:
    """Where below the story another one starts, under a headline of the same make; the page's end if none does."""
    classes = survey.nodes[title].attributes.get("class")
    own = fold(survey.nodes[title].text())
    sum_so_far = 0
    for i in range(title + 1, len(value)):
        sum_so_far += max(0, value[i])
        if survey.tag[i] == survey.tag[title] and sum_so_far >= _LEAST and not survey.cut[i]:
            node = survey.nodes[i]
            if (classes or survey.tag[i] == "h1") and node.attributes.get("class") == classes and fold(node.text()) not in ("", own):
                return i
    return len(value)


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
        if tag[0] in "-!" or tag in SILENT:
            continue
        if tag in IMAGES:
            survey.images.append(box)
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
    survey.close()
    return survey


def _is_left_out(survey: _Survey, new: int, node: LexborNode, tag: str, total: int) -> bool:
    """Note what the element's names say; true if it need not be looked into."""
    attributes = node.attributes
    cut: str | None = None
    shown = True
    if tag in _SKIPPED:
        cut, shown = f"nav_menu element.{tag}", False
    elif attributes:
        classes, name = attributes.get("class"), attributes.get("id")
        extra = attributes.get("data-testid") or attributes.get("data-component")
        if classes or name or extra:
            names = read_names(f"{classes or ''} {name or ''} {extra or ''}")
            if names.cut and not (tag in _SMALL and names.cut in _ONLY_LARGE):
                cut, shown = f"{names.cut} names.{names.word}", names.show
            if names.body:
                survey.named_body.append(new)
        role = attributes.get("role")
        if tag in _SMALL:
            pass  # paywalls hide single paragraphs of the story
        elif "hidden" in attributes or attributes.get("aria-hidden") == "true" or "display:none" in (attributes.get("style") or "").replace(" ", ""):
            cut, shown = "hidden attribute.hidden", False
        elif role in _ROLES:
            cut, shown = cut or f"nav_menu role.{role}", False
    if cut is None and tag in _ELEMENTS:
        cut = f"{_ELEMENTS[tag]} element.{tag}"
    if cut is None:
        return False
    survey.said.append((new, cut, shown))
    survey.under[new] += 1
    if survey.under[new] > _DEEPEST_CUT:
        return False  # to measure every level of nested cuts would take quadratic time
    return not shown and len(node.text()) < min(_SHORT_PART, _CUT_SHARE * total)


def _values(survey: _Survey, claimed_body: str | None) -> list[int]:
    """Per block: characters of its paragraph, or what it costs to stand between paragraphs."""
    known = fold(claimed_body) if claimed_body else ""
    values: list[int] = []
    for chars, linked, tag, texts in zip(survey.chars, survey.linked, survey.tag, survey.text):
        if not chars:
            values.append(0)
            continue
        own = chars - linked
        if tag == "h1":
            values.append(-_LONGEST)
        elif tag in _HEADINGS:
            values.append(-_GAP // 3)
        elif own >= _PARAGRAPH and linked <= _LINKED * chars:
            value = min(own, _LONGEST)
            if known and fold("".join(texts)[:120]) in known:
                value *= 3
            values.append(value)
        else:
            values.append(-1 if tag in _CELLS else -_GAP)
    return values


def _last_inside(survey: _Survey) -> list[int]:
    last = list(range(len(survey.nodes)))
    for i in range(len(last) - 1, 0, -1):
        parent = survey.parent[i]
        if last[i] > last[parent]:
            last[parent] = last[i]
    return last


def _settle_cuts(survey: _Survey, value: list[int], last: list[int], title: int | None) -> None:
    """Believe the names that cut, but not those that spoke of the whole page; then let them hold for all inside."""
    sums = [max(0, v) for v in value]
    for i in range(len(sums) - 1, 0, -1):
        sums[survey.parent[i]] += sums[i]
    bodies = [i for i, named in enumerate(survey.body) if named and sums[i] > _LEAST]
    named = [0, *accumulate(max(0, v) if b else 0 for v, b in zip(value, _in_body(survey)))]
    for i, cut in enumerate(survey.cut):
        if not cut:
            continue
        kind = cut.partition(" ")[0]
        short = kind not in _MAY_BE_LONG and sums[i] > (_LONGEST_OFFER if kind == "paywall" else _LONGEST_CUT)
        whole = sums[i] > _WHOLE * sums[0] and (kind != "comments" or sums[0] - sums[i] < _PARAGRAPH)
        holds_title = title is not None and i <= title <= last[i]
        holds_body = bisect_left(bodies, i) < bisect_left(bodies, last[i] + 1)
        is_body = 0.8 * sums[i] < named[last[i] + 1] - named[i] > _LEAST // 2
        if short or whole or holds_title or holds_body or is_body:
            survey.cut[i] = None
    for _ in range(_MOST_DOUBTS):
        left = sums[0] - sum(sums[i] for i in _outermost(survey, last))
        if left >= min(_LEAST, _CUT_SHARE * sums[0]):
            break
        doubtful = [i for i in _outermost(survey, last) if left < _PARAGRAPH or not (survey.cut[i] or "").startswith("comments ")]
        rule = max(doubtful, key=lambda i: (sums[i], -i), default=None)
        if rule is None or not sums[rule]:
            break
        survey.cut = [None if cut == survey.cut[rule] else cut for cut in survey.cut]
    for i in range(1, len(sums)):
        above = survey.parent[i]
        if survey.cut[above]:
            survey.inherited[i] = survey.cut[i] is None
            survey.cut[i] = survey.cut[i] or survey.cut[above]
            survey.shown[i] = survey.shown[i] and survey.shown[above]


def _cut_captions(survey: _Survey, value: list[int], last: list[int]) -> None:
    """What little text stands alone with an image in one element is its caption."""
    chars = [0, *accumulate(survey.chars)]
    texts = [0, *accumulate(1 if c else 0 for c in survey.chars)]
    headings = [0, *accumulate(1 if tag in _HEADINGS else 0 for tag in survey.tag)]
    values = [0, *accumulate(max(0, v) for v in value)]
    found: dict[int, int] = {}
    for box in survey.images:
        while box and chars[last[box] + 1] == chars[box]:
            box = survey.parent[box]
        end = last[box] + 1
        if not box or survey.cut[box] or headings[end] > headings[box]:
            continue
        if chars[end] - chars[box] <= _LONGEST_CAPTION and texts[end] - texts[box] <= 3:
            found[box] = values[end] - values[box]
    if sum(found.values()) > _CUT_SHARE * values[-1]:
        return  # a page of pictures and short texts beside them: these texts are the story
    for box in found:
        for i in range(box, last[box] + 1):
            survey.inherited[i] = i > box
            survey.cut[i] = "photo_caption structure.beside_image"


def _in_body(survey: _Survey) -> list[bool]:
    inside = list(survey.body)
    for i in range(1, len(inside)):
        inside[i] = inside[i] or inside[survey.parent[i]] and not survey.cut[i]
    return inside


def _outermost(survey: _Survey, last: list[int]) -> list[int]:
    found: list[int] = []
    i = 1
    while i < len(survey.cut):
        if survey.cut[i]:
            found.append(i)
            i = last[i]
        i += 1
    return found


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


def _extended(survey: _Survey, value: list[int], first: int, end: int, last: list[int]) -> tuple[int, int]:
    """The run, and the whole of the innermost element that holds most of it: short lines stand there as well."""
    sums: dict[int, int] = {}
    whole = 0
    for i in range(first, end + 1):
        if value[i] > 0:
            whole += value[i]
            box = i
            while survey.tag[box] in _SMALL:
                box = survey.parent[box]
            sums[box] = sums.get(box, 0) + value[i]
    for i in range(len(value) - 1, 0, -1):
        if i in sums:
            above = survey.parent[i]
            sums[above] = sums.get(above, 0) + sums[i]
            if sums[i] >= _DOMINANT * whole:
                return min(first, i), max(end, last[i]) if survey.body[i] or sums[i] > 0.9 * whole else end
    return first, end


def _heading_before(survey: _Survey, first: int) -> int | None:
    """Without a heading that is a title of the page, the last h1 before the story opens it."""
    return next((i for i in range(first, -1, -1) if survey.tag[i] == "h1" and fold(survey.nodes[i].text())), None)


def _region(
    survey: _Survey, last: list[int], first: int, end: int, opening: int | None
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
    chars_before = [0, *accumulate(survey.chars)]
    wanted = {i for i in wanted if chars_before[last[i] + 1] > chars_before[i]}
    skip = frozenset(survey.nodes[i].mem_id for i in range(root, last[root] + 1) if i not in wanted)
    cuts = {survey.nodes[i].mem_id: cut for i in wanted if (cut := survey.cut[i]) and not survey.inherited[i]}
    bodies = frozenset(
        survey.nodes[i].mem_id for i in wanted if survey.body[i] and i > root and (opening is None or not i <= opening <= last[i])
    )
    return Region(root=survey.nodes[root], skip=skip, cuts=cuts, bodies=bodies)
