"""Lists beside a text that are no credit although an agency stands in them: tags, partners, menus."""

from __future__ import annotations

from transforms.attribution.registry import Registry
from transforms.attribution.zones import Line

_MOST_ITEMS = 24  # lines of a list that are looked through for its label
_ITEM = 40  # characters; a longer line is no item
_ITEM_WORDS = 4


class ListReader:
    """Tells lists with the labels of a registry."""

    def __init__(self, registry: Registry):
        self._labels = frozenset(registry.phrases["listing"].words)
        leads = [word for kind in ("by", "source", "with") for word in registry.phrases[kind].words]
        self._leads = frozenset(leads)

    def holds(self, text: str, lines: list[Line], i: int) -> bool:
        """Whether a line that is nothing but a name is an item of a list.

        It is one below a label (``Tags``), and between single words (``World``, the name, ``Business``). Right behind
        prose or the headline it is none: there a credit stands.

        Args:
            text: Flattened.
            lines: The article's lines.
            i: The line that is asked for.
        """
        above = i - 1
        while above >= max(0, i - _MOST_ITEMS) and _is_item(text, lines[above]):
            if _folded(text, lines[above]) in self._labels:
                return True
            above -= 1
        if i == 0 or i + 1 >= len(lines) or lines[i].top:
            return False
        word = _folded(text, lines[i - 1])
        between = _is_item(text, lines[i - 1]) and _is_item(text, lines[i + 1])
        return between and " " not in word and word.isalpha() and word not in self._leads and len(word) > 2


def _is_item(text: str, line: Line) -> bool:
    if line.prose or line.zone in ("headline", "caption") or line.end - line.start > _ITEM:
        return False
    words = text[line.start : line.end].split()
    return len(words) <= _ITEM_WORDS and not any(c.isdigit() for word in words for c in word)


def _folded(text: str, line: Line) -> str:
    return text[line.start : line.end].strip(" :#•·-–—").casefold()
