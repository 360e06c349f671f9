"""Park and recall: article text waits in files, only references travel through the shuffles.

20,000 articles of 4 kB through a GroupByKey took 12.7 s and 3.1 GB with the text, 0.7 s and 195 MB with the ids alone
(docs/decisions.md), so text leaves the pipeline's memory where a shuffle begins and comes back behind it.
"""

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.transforms.window import GlobalWindows

from schemas.article import Article, CleanArticle, Flow
from schemas.parked import ParkedArticle, ParkedClean, ParkedText, Reference, Version
from transforms.boilerplate.evidence import line_evidence
from transforms.state.versions import text_digest
from transforms.textreuse.columns import article_number

# Bytes of one block file, 64 KiB to 64 MiB: large enough that opening costs nothing beside reading, small enough that
# a block read whole is no burden and two workers get several each.
BLOCK_BYTES = 4 * 1024 * 1024


@dataclass(eq=False)
class Park(beam.PTransform):
    """Write elements into block files of a folder and hand on where they lie.

    Every element is in exactly one block. Which elements share a block depends on the runner's bundles and may not
    matter to anybody: a block's name is only ever used to read it.

    Args:
        folder: An existing folder on a filesystem that every worker sees.
        name: Gives an element's unique name.
        stand_in: Gives what goes on in place of an element that lies at a reference.
        parked: The class of what goes on.
    """

    folder: str
    name: Callable[[Any], str]
    stand_in: Callable[[Any, Reference], Flow]
    parked: type[Flow]

    def expand(self, elements: beam.PCollection) -> beam.PCollection[Flow]:
        write = beam.ParDo(_WriteBlocks(self.folder, self.name, self.stand_in)).with_output_types(self.parked)
        return elements | "WriteBlocks" >> write


class _WriteBlocks(beam.DoFn):
    def __init__(self, folder: str, name: Callable[[Any], str], stand_in: Callable[[Any, Reference], Flow]):
        self._folder = folder
        self._name = name
        self._stand_in = stand_in

    def setup(self):
        self._encode = msgspec.msgpack.Encoder().encode

    def start_bundle(self):
        self._block, self._written, self._size, self._waiting = "", [], 0, []

    def process(self, element) -> Iterator[Flow]:
        if not self._written:
            self._block = hashlib.sha256(self._name(element).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        encoded = self._encode(element)
        self._waiting.append(self._stand_in(element, Reference(self._block, self._size, len(encoded))))
        self._written.append(encoded)
        self._size += len(encoded)
        if self._size >= BLOCK_BYTES:
            yield from self._flush()

    def finish_bundle(self):
        for parked in self._flush():
            yield GlobalWindows.windowed_value(parked)

    def _flush(self) -> list[Flow]:
        if not self._written:
            return []
        with FileSystems.create(
            posixpath.join(self._folder, self._block), compression_type=CompressionTypes.UNCOMPRESSED
        ) as block:
            block.write(b"".join(self._written))
        parked = self._waiting
        self.start_bundle()
        return parked


@dataclass(eq=False)
class ParkArticles(beam.PTransform):
    """Park extracted articles.

    Args:
        folder: An existing folder on a filesystem that every worker sees.
        learn: Whether the lines of their sources are learned from them.
    """

    folder: str
    learn: bool

    def expand(self, articles: beam.PCollection[Article]) -> beam.PCollection[ParkedArticle]:
        return articles | "Park" >> Park(self.folder, _article_name, partial(_parked_article, learn=self.learn), ParkedArticle)


@dataclass(eq=False)
class ParkClean(beam.PTransform):
    """Park cleaned articles, so that each can be found by its number.

    Args:
        folder: An existing folder on a filesystem that every worker sees.
        remember: Whether a state is to remember them: ParkedText goes on.
    """

    folder: str
    remember: bool = False

    def expand(self, articles: beam.PCollection[CleanArticle]) -> beam.PCollection[ParkedClean]:
        stand_in, parked = (_parked_text, ParkedText) if self.remember else (_parked_clean, ParkedClean)
        return articles | "Park" >> Park(self.folder, _clean_name, stand_in, parked)


def _article_name(article: Article) -> str:
    return f"{article.path}\0{article.id}"


def _clean_name(clean: CleanArticle) -> str:
    return _article_name(clean.article)


def _parked_article(article: Article, reference: Reference, learn: bool) -> ParkedArticle:
    version = Version(
        crawled=article.crawled or "",
        version_created=article.version_created or "",
        content_sha256=article.content_sha256,
        path=article.path,
        article_id=article.id,
        content_bytes=article.content_bytes,
    )
    lines = msgspec.msgpack.encode(line_evidence(article)) if learn and article.source is not None else b""
    return ParkedArticle(
        reference=reference, version=version, source=article.source, lines=lines, by_layout=article.by_layout
    )


def _parked_clean(clean: CleanArticle, reference: Reference) -> ParkedClean:
    return ParkedClean(reference=reference, number=article_number(clean.article.id))


def _parked_text(clean: CleanArticle, reference: Reference) -> ParkedText:
    article = clean.article
    return ParkedText(
        reference=reference,
        number=article_number(article.id),
        id=bytes.fromhex(article.id),
        source=article.source,
        digest=text_digest(clean),
    )


@dataclass(eq=False)
class RecallBlocks(beam.PTransform):
    """Read parked elements back, block by block; their order is not kept.

    Args:
        folder: Where they were parked.
        type: The class of the elements.
    """

    folder: str
    type: type

    def expand(self, references: beam.PCollection[Reference]) -> beam.PCollection:
        return (
            references
            | "ByBlock" >> beam.Map(lambda reference: (reference.block, (reference.offset, reference.length)))
            | "Blocks" >> beam.GroupByKey()
            | "ReadBlocks" >> beam.FlatMap(_read_block, self.folder, self.type)
        )


def _read_block(grouped: tuple[str, Iterable[tuple[int, int]]], folder: str, type_: type) -> Iterator[Any]:
    block, places = grouped
    with Shelf(folder, type_) as shelf:
        for offset, length in sorted(places):
            yield shelf.recall(Reference(block, offset, length))


class Shelf:
    """Reads parked elements in any order, keeping few files open.

    Args:
        folder: Where they were parked.
        type_: The class of the elements.
    """

    OPEN_FILES = 32  # 1 to 500; far below the usual limit of 1,024 descriptors of a process

    def __init__(self, folder: str, type_: type):
        self._folder = folder
        self._decode = msgspec.msgpack.Decoder(type_).decode
        self._open: dict[str, Any] = {}

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._open.values():
            stream.close()
        self._open.clear()

    def recall(self, reference: Reference) -> Any:
        """The element that lies at a reference."""
        stream = self._open.pop(reference.block, None)
        if stream is None:
            if len(self._open) >= self.OPEN_FILES:
                self._open.pop(next(iter(self._open))).close()
            path = posixpath.join(self._folder, reference.block)
            stream = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
        self._open[reference.block] = stream  # last in the dict: most recently used
        stream.seek(reference.offset)
        return self._decode(stream.read(reference.length))
