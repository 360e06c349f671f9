"""The row of steps of a run with a state: what is new, and what it touches of what is known."""

from dataclasses import dataclass

import apache_beam as beam

from pipeline.build import clean_articles, match_copies
from pipeline.folders import PACKS, TEXTS, Folders
from pipeline.tables import Tables
from schemas.article import CleanArticle
from schemas.parked import ParkedText
from transforms.boilerplate.learned import LearnedLines
from transforms.coders import register_coders
from transforms.compare import VERSIONS, CompareVersions
from transforms.compose import COMPOSED
from transforms.each import Rejects
from transforms.extract import ExtractArticles
from transforms.fingerprint import FingerprintPassages
from transforms.learn import LearnBoilerplate
from transforms.park import ParkArticles, ParkClean
from transforms.read import ReadDocuments
from transforms.reading.files import InputFile
from transforms.remember import Remember, encode_row
from transforms.renew import FINDINGS, STORIES, RenewRecords
from transforms.revive import RevivedArticles
from transforms.skip import SEEN, SkipUnchanged
from transforms.state.findings import Earlier
from transforms.state.snapshot import Snapshot
from transforms.supersede import SupersedeVersions
from transforms.tally import TallyLayouts
from transforms.touch import AS_OF, MARKS, BringEarlier, Proposed, TouchState
from transforms.write import WriteParts, WriteSum, WriteTable


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a row.

    Attributes:
        as_of: Day of articles without a date, days since 1970-01-01; None: the latest day of the new ones.
        horizon: Days between articles that may match.
        keep_raw: Whether each article's extracted text is written, too.
    """

    tables: Tables
    folders: Folders
    as_of: int | None
    horizon: int
    keep_raw: bool = False


def build_run(
    pipeline: beam.Pipeline, files: list[InputFile], request: Request, state: Snapshot, learned: dict[str, LearnedLines]
) -> None:
    """Lay the steps of a run with a state out.

    Args:
        pipeline: An empty pipeline.
        files: The input.
        request: What is asked for.
        state: What earlier runs know.
        learned: The lines of sources that are in force.
    """
    register_coders()
    folders, rejects = request.folders, Rejects()
    documents, counts = pipeline | "Read" >> ReadDocuments(files, rejects)
    skipped = documents | "Skip" >> SkipUnchanged(state)
    articles = skipped.documents | "Extract" >> ExtractArticles(request.tables.profiles, request.tables.cues, rejects)
    parked = articles | "Park articles" >> ParkArticles(folders.articles, learn=False)
    winners = parked | "Supersede" >> SupersedeVersions(rejects)
    table = pipeline | "Learned" >> beam.Create([learned], reshuffle=False)
    clean = clean_articles(winners, table, request.tables, folders, rejects)
    compared = clean | "Compare" >> CompareVersions(state, rejects)
    columns, proposed = _touch(compared.articles, request, state, ())
    brought = proposed.candidates | "Bring" >> BringEarlier(state, beam.pvalue.AsSingleton(proposed.earlier))
    _renew(compared.articles, brought, columns, proposed, request, state, whole=False)

    unchanged = (skipped.unchanged, compared.unchanged) | "Unchanged" >> beam.Flatten()
    unchanged | "Write unchanged" >> WriteSum(folders.unchanged)
    counts | "Write documents" >> WriteSum(folders.documents)
    skipped.seen | "Remember seen" >> Remember(folders.kept(SEEN))
    compared.versions | "Remember versions" >> Remember(folders.kept(VERSIONS))
    winners | "Tally" >> TallyLayouts() | "Write layouts" >> WriteTable(folders.layouts)
    rejects.write(WriteParts(folders.parts("reject"), "reject"))


def build_rebuild(
    pipeline: beam.Pipeline, request: Request, state: Snapshot, empty: Snapshot, earlier: dict[int, Earlier]
) -> None:
    """Lay the steps of a rebuild out: all articles of a state, cleaned and matched as one run would.

    Args:
        pipeline: An empty pipeline.
        request: What is asked for.
        state: What is rebuilt.
        empty: A state without anything.
        earlier: The story that each article was in.
    """
    register_coders()
    folders, rejects = request.folders, Rejects()
    articles = pipeline | "Revive" >> RevivedArticles(state)
    winners = articles | "Park articles" >> ParkArticles(folders.articles, learn=True)
    learned = winners | "Learn" >> LearnBoilerplate()
    clean = clean_articles(winners, learned, request.tables, folders, rejects)
    columns, proposed = _touch(clean, request, empty, ())
    nothing = pipeline | "Nothing" >> beam.Create([], reshuffle=False)
    known = pipeline | "Earlier" >> beam.Create([earlier], reshuffle=False)
    _renew(clean, nothing, columns, proposed._replace(earlier=known), request, state, whole=True)

    articles | "Ones" >> beam.Map(lambda _: 1) | "Write documents" >> WriteSum(folders.documents)
    learned | "Write learned" >> WriteTable(folders.learned)
    winners | "Tally" >> TallyLayouts() | "Write layouts" >> WriteTable(folders.layouts)
    rejects.write(WriteParts(folders.parts("reject"), "reject"))


def build_forget(pipeline: beam.Pipeline, request: Request, state: Snapshot, gone: tuple[int, ...]) -> None:
    """Lay out the steps that make the stories anew which some articles leave.

    Args:
        pipeline: An empty pipeline.
        request: What is asked for.
        state: What earlier runs know.
        gone: Numbers of the articles.
    """
    register_coders()
    nothing = pipeline | "Nothing" >> beam.Create([], reshuffle=False)
    columns, proposed = _touch(nothing, request, state, gone)
    brought = proposed.candidates | "Bring" >> BringEarlier(state, beam.pvalue.AsSingleton(proposed.earlier))
    _renew(nothing, brought, columns, proposed, request, state, whole=False)


def _touch(
    fresh: beam.PCollection[CleanArticle], request: Request, state: Snapshot, gone: tuple[int, ...]
) -> tuple[beam.PCollection[tuple[int, bytes]], Proposed]:
    columns = fresh | "Fingerprint" >> FingerprintPassages()
    return columns, columns | "Touch" >> TouchState(state, gone, request.as_of, request.horizon)


def _renew(
    fresh: beam.PCollection[CleanArticle],
    brought: beam.PCollection[CleanArticle],
    columns: beam.PCollection[tuple[int, bytes]],
    proposed: Proposed,
    request: Request,
    state: Snapshot,
    *,
    whole: bool,
) -> None:
    """From candidates to records and to what the state remembers."""
    folders = request.folders
    parked = fresh | "Park new" >> ParkClean(folders.clean, remember=True)
    again = brought | "Park earlier" >> ParkClean(folders.clean, remember=True)
    kept = (parked, again) | "Park clean" >> beam.Flatten()
    components = match_copies(proposed.candidates, kept, request.tables, folders)
    records = components | "Renew" >> RenewRecords(state, beam.pvalue.AsSingleton(proposed.earlier), request.keep_raw, whole)
    for kind in COMPOSED:
        records[kind] | f"Write {kind}" >> WriteParts(folders.parts(kind), kind)
    remembered = {
        PACKS: columns | "Packs" >> beam.Map(encode_row),
        TEXTS: parked | "Texts" >> beam.Map(_text_row),
        MARKS: proposed.marks,
        AS_OF: proposed.as_of,
        FINDINGS: records[FINDINGS],
        STORIES: records[STORIES],
    }
    for kind, rows in remembered.items():
        rows | f"Remember {kind}" >> Remember(folders.kept(kind))


def _text_row(one: ParkedText) -> bytes:
    place = one.reference
    return encode_row((one.number, one.id, one.source, one.digest, place.block, place.offset, place.length))
