"""Cut large files into portions, so that all workers share one file. Where it is cut depends on the file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from schemas.errors import DocumentError, ReadError
from transforms.reading.files import InputFile, Kind, Portion, kind_of
from transforms.reading.limits import PORTION_BYTES
from transforms.reading.warc import record_end
from transforms.reading.zip_members import zip_portions

_COUNTED_BYTES = 1024 * 1024  # read at once to count lines; of no influence on results


def may_be_cut(file: InputFile) -> bool:
    """Whether a file is large enough, and of a kind, to be read in several portions."""
    if file.refusal or file.size <= PORTION_BYTES:
        return False
    try:
        kind, compressed = kind_of(file.path)
    except ReadError:
        return False
    return kind in (Kind.WARC, Kind.ZIP) or (kind is Kind.JSON_LINES and not compressed)


def plan_portions(file: InputFile, open_file: Callable[[str], BinaryIO]) -> Iterator[Portion]:
    """Cut a file into portions that together hold each of its documents exactly once.

    A compressed WARC is cut by bytes, without being read: who reads a portion finds its first record. Lines are counted
    and the headers of an uncompressed WARC are read here, once. What can't be opened is one portion: reading it gives
    the reject.

    Args:
        file: A file; what can't be cut is one portion.
        open_file: Opens the file's url for reading bytes; may raise OSError.

    Yields:
        Portions in the order of the file.
    """
    whole = Portion(file=file)
    if not may_be_cut(file):
        yield whole
        return
    kind, compressed = kind_of(file.path)
    if kind is Kind.WARC and compressed:
        yield from _between(file, list(range(0, file.size, PORTION_BYTES)))
        return
    try:
        with open_file(file.url) as stored:
            if kind is Kind.ZIP:
                portions = list(zip_portions(whole, stored))
            elif kind is Kind.WARC:
                portions = list(_between(file, _record_cuts(stored, file.size)))
            else:
                portions = list(_line_portions(file, stored))
    except (OSError, DocumentError):
        portions = [whole]
    yield from portions


def _between(file: InputFile, starts: list[int]) -> Iterator[Portion]:
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        yield Portion(file=file, start=start, end=end)


def _record_cuts(stored: BinaryIO, size: int) -> list[int]:
    """Every so often the beginning of a record, up to the first that is broken."""
    cuts, at = [0], 0
    while (at := record_end(stored, at)) is not None and at < size:
        if at - cuts[-1] >= PORTION_BYTES:
            cuts.append(at)
    return cuts


def _line_portions(file: InputFile, stored: BinaryIO) -> Iterator[Portion]:
    start = lines_before = lines = position = 0
    while chunk := stored.read(min(_COUNTED_BYTES, PORTION_BYTES)):
        wanted = start + PORTION_BYTES - position
        cut = chunk.find(b"\n", max(0, wanted)) + 1 if wanted < len(chunk) else 0
        if cut and position + cut < file.size:
            lines += chunk.count(b"\n", 0, cut)
            yield Portion(file=file, start=start, end=position + cut, lines_before=lines_before)
            start, lines_before = position + cut, lines
        lines += chunk.count(b"\n", cut if start == position + cut else 0)
        position += len(chunk)
    yield Portion(file=file, start=start, lines_before=lines_before)
