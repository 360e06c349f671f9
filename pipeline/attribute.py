"""``wirestories attribute``: whose copy is this one article, as far as the article itself says?"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn

import msgspec

from pipeline.help import ATTRIBUTE
from pipeline.locations import is_remote
from pipeline.tables import Tables, load_tables
from pipeline.terminal import complain, printing, shown_json
from schemas.article import Document, Given
from schemas.errors import ConfigurationError, DocumentError, Empty, Malformed
from schemas.records import ArticleRecord, RejectRecord
from schemas.reuse import Component, StoryPart
from transforms.attribution.component import attribute_component
from transforms.composition.articles import compose_records
from transforms.credit import credit_article
from transforms.detect import detect_article
from transforms.extraction.article import extract_article
from transforms.reading.documents import MAX_DOCUMENT_BYTES
from transforms.reading.json_files import split_json
from transforms.reading.records import read_record
from transforms.reading.rejects import reject, sha256
from transforms.strip import cues_of_sources, strip_article
from transforms.textreuse.tokens import tokenise

STANDARD_INPUT = "-"

_RECORDS = re.compile(rb"\{|\[\s*[{\]]")  # a text may begin with a bracket, too


def attribute(arguments: Sequence[str]) -> int:
    """Read one article and print its record.

    Returns:
        0 done, 1 the input is no article (its reject is printed), 2 wrong usage or configuration.
    """
    return printing(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    try:
        parsed = _parse(arguments)
        tables = load_tables(parsed.sources and Path(parsed.sources), parsed.agencies and Path(parsed.agencies))
        content = _read(parsed.file)
    except ConfigurationError as error:
        complain(str(error))
        return 2
    record = attribute_content(content, parsed.file, Given(url=parsed.url, source=parsed.source), tables)
    printed = shown_json(msgspec.json.format(msgspec.json.encode(record).decode(), indent=2))
    sys.stdout.buffer.write(printed.encode() + b"\n")
    return 0 if isinstance(record, ArticleRecord) else 1


def attribute_content(content: bytes, path: str, given: Given, tables: Tables) -> ArticleRecord | RejectRecord:
    """Attribute one article on its own: its credits, its mentions, its cleaned text. No other article is looked at.

    Args:
        content: A page, a text, or one JSON record; which of them, its first characters say.
        path: Stands in the record as where the article came from.
        given: What is known of it beside its content.
        tables: What is known beside the article.

    Returns:
        Its ArticleRecord, as a run over this one article writes it; or its RejectRecord.
    """
    try:
        return _article_record(_document(content, path, given), tables)
    except DocumentError as error:
        return reject(error, path, len(content), sha256(content))


def _article_record(document: Document, tables: Tables) -> ArticleRecord:
    credited = credit_article(
        extract_article(document, tables.profiles, tables.cues), tables.registry, tables.profiles
    )
    clean = detect_article(strip_article(credited, {}, cues_of_sources(tables.cues, tables.profiles)))
    alone = StoryPart(
        article_id=clean.article.id,
        words=len(tokenise([clean.cleaning.body_text]).word),
        story=clean.article.id,
        also_from=(),
        derivation="none",
        reused_share=0.0,
        reused=(),
    )
    component = Component(articles=(clean,), passages=(), reuse=(alone,))
    records = compose_records(attribute_component(component, tables.registry))
    return next(record for record in records if isinstance(record, ArticleRecord))


def _document(content: bytes, path: str, given: Given) -> Document:
    if not content.strip():
        raise Empty("no text" if content else "no bytes")
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _RECORDS.match(start):
        records = list(islice(split_json(content), 2))
        if len(records) != 1:
            raise Malformed("not one record but several, or none; wirestories run reads them all")
        document = read_record(records[0][1], path)
        known = {name: value for name, value in msgspec.structs.asdict(given).items() if value is not None}
        return msgspec.structs.replace(document, given=msgspec.structs.replace(document.given, **known))
    return Document(
        path=path,
        media="html" if start.startswith(b"<") else "text",
        content=content,
        content_sha256=sha256(content),
        content_bytes=len(content),
        given=given,
    )


def _read(file: str) -> bytes:
    try:
        if file == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1)
        else:
            with open(file, "rb") as stream:
                content = stream.read(MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        hint = "; nothing is fetched: save the page, and give its address with --url" if is_remote(file) else ""
        raise ConfigurationError(f"{file}: {error.strerror}{hint}") from error
    if len(content) > MAX_DOCUMENT_BYTES:
        raise ConfigurationError(f"{file}: more than {MAX_DOCUMENT_BYTES:,} bytes; one article is asked for")
    return content


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wirestories attribute", usage=ATTRIBUTE, add_help=False, allow_abbrev=False)

    def fail(message: str) -> NoReturn:
        raise ConfigurationError(f"attribute: {message} (wirestories attribute --help)")

    parser.error = fail
    parser.add_argument("file")
    for name in ("--url", "--source", "--sources", "--agencies"):
        parser.add_argument(name)
    return parser.parse_args(list(arguments))
