"""Invented pages for the tests of extraction."""

import pytest

from transforms.extraction.page import PageReading

URL = "https://www.elleryplace.example/news/bridge"


class Pages:
    """Builds pages around one invented story."""

    title = "Harbour bridge reopens after two years of repairs"
    standfirst = "Drivers save half an hour on the way to the port, the city says."
    paragraphs = (
        "PORT ELLERY (Example Wire) - The harbour bridge reopened on Monday after two years of repairs, the city said, "
        "and the first lorries crossed it before dawn.",
        "Engineers replaced more than four hundred steel cables and laid a new road surface, a job that had been planned "
        "to take only nine months.",
        "“We know how long people have waited,” said the mayor, Ada Quill, who walked across the bridge with children "
        "from a nearby school.",
        "The port authority expects traffic through the old town to fall by a third, though it warned that the works on "
        "the southern ramp go on until autumn.",
    )

    def wrapped(self, texts: tuple[str, ...]) -> str:
        return "".join(f"<p>{text}</p>\n" for text in texts)

    def page(self, body: str, head: str = "", title: str | None = None) -> str:
        return (
            f'<!doctype html><html lang="en-GB"><head><title>{title or self.title + " | The Ellery Post"}</title>{head}'
            '</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
            f"{body}<footer><p>© The Ellery Post. All rights reserved, in whatever form it may be.</p></footer></body></html>"
        )

    def story(self, inside: str = "", after: str = "", head: str = "", above: str = "") -> str:
        """Headline, standfirst, byline, date, picture, four paragraphs; ``inside`` stands after the second of them."""
        return self.page(
            f"<main>{above}<article><h1>{self.title}</h1><p class='standfirst'>{self.standfirst}</p>"
            "<div class='byline'>By <a rel='author' href='/r'>Robin Marsh</a></div>"
            "<time datetime='2024-05-03T06:12:00+01:00'>3 May 2024</time>"
            "<figure><img src='b.jpg'><figcaption>The bridge at dawn. Photo: Jo Example</figcaption></figure>"
            f"<div class='article-body'>{self.wrapped(self.paragraphs[:2])}{inside}{self.wrapped(self.paragraphs[2:])}"
            f"</div></article>{after}</main>",
            head,
        )


def body_of(reading: PageReading) -> list[str]:
    kinds = ("heading", "paragraph", "list_item", "quote", "table", "line")
    return [reading.raw[b.start : b.end] for b in reading.blocks if b.cut is None and b.kind in kinds]


def cuts_of(reading: PageReading) -> dict[str, tuple[str, str]]:
    return {reading.raw[b.start : b.end]: (b.cut.cls, b.cut.rule) for b in reading.blocks if b.cut}


def kinds_of(reading: PageReading) -> dict[str, str]:
    return {reading.raw[b.start : b.end]: b.kind for b in reading.blocks if b.cut is None}


@pytest.fixture(scope="session")
def pages() -> Pages:
    return Pages()
