"""A written page as its tests read it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from pipeline.report import LearnedLine, Ledger, Limits, write_report
from tests.pipeline.report.report_records import LEDGER

VOID = {"meta"}
DEFAULT = Limits()


class Page(HTMLParser):
    """The page's text by section, its anchors and links, its elements and attributes."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.source = path.read_text(encoding="utf-8")
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.sections: dict[str, str] = {}
        self.shown: dict[str, str] = {}  # text of each anchor's element
        self._open: list[tuple[str, str | None]] = []
        self.feed(self.source)
        self.close()
        assert self._open == []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add(name)
        self.attributes |= {key for key, _ in attributes}
        given = dict(attributes)
        if given.get("id"):
            self.anchors.append(given["id"])
        if given.get("href"):
            self.links.append(given["href"])
        if name not in VOID:
            self._open.append((name, given.get("id")))

    def handle_endtag(self, name: str) -> None:
        assert self._open.pop()[0] == name

    def handle_data(self, text: str) -> None:
        for _, anchor in self._open:
            if anchor:
                self.shown[anchor] = self.shown.get(anchor, "") + text


def page_of(
    run: Path, ledger: Ledger = LEDGER, learned: tuple[LearnedLine, ...] = (), limits: Limits = DEFAULT
) -> Page:
    target = run.parent / "report.html"
    write_report(run, target, ledger, learned=learned, limits=limits)
    return Page(target)
