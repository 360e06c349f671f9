"""The row of steps of a run with a state: what is new, and what it touches of what is known."""

from dataclasses import dataclass
from pathlib import Path

import apache_beam as beam

from pipeline.build import Folders
from pipeline.tables import Tables
from schemas.article import Article, CleanArticle
from transforms.align import AlignCopies
from transforms.attribute import AttributeArticles
from transforms.boilerplate.evidence import line_evidence
from transforms.boilerplate.learned import LearnedLines
from transforms.cluster import ClusterStories
from transforms.compare import VERSIONS, CompareVersions
from transforms.compose import COMPOSED
from transforms.credit import ReadCredits
from transforms.detect import DetectLanguage
from transforms.each import Rejects
from transforms.extract import ExtractArticles
from transforms.fingerprint import FingerprintPassages
from transforms.gather import GatherArticles
from transforms.learn import LearnBoilerplate
from transforms.park import Park, RecallBlocks
from transforms.read import ReadDocuments
from transforms.reading.files import InputFile
from transforms.remember import Remember, encode_row
from transforms.renew import FINDINGS, STORIES, RenewRecords
from transforms.revive import RevivedArticles
from transforms.skip import SEEN, SkipUnchanged
from transforms.state.findings import Earlier
from transforms.state.snapshot import Snapshot
from transforms.state.versions import text_digest
from transforms.strip import StripBoilerplate
from transforms.supersede import SupersedeVersions, version_of
from transforms.tally import TallyLayouts
from transforms.textreuse.columns import article_number
from transforms.touch import AS_OF, MARKS, BringEarlier, TouchState
from transforms.write import WriteParts, WriteSum, WriteTable

PACKS, TEXTS = "packs", "texts"
KEPT = (PACKS, TEXTS, MARKS, FINDINGS, STORIES, VERSIONS, SEEN, AS_OF)  # what a run leaves for its state


class StateFolders(Folders):
    """Also where waits what the state is to remember."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for kind in KEPT:
            Path(self.kept(kind)).mkdir(parents=True)

    def kept(self, kind: str) -> str:
        return str(self.work / "kept" / kind)

    @property
    def unchanged(self) -> str:
        return str(self.work / "unchanged")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a row.

    Attributes:
        as_of: Day of articles without a date, days since 1970-01-01; None: the latest day of the new ones.
        horizon: Days between articles that may match.
        keep_raw: Whether each article's extracted text is written, too.
    """

    tables: Tables
    folders: StateFolders
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
    folders, rejects = request.folders, Rejects()
    documents, counts = pipeline | "Read" >> ReadDocuments(files, rejects)
    skipped = documents | "Skip" >> SkipUnchanged(state)
    articles = skipped.documents | "Extract" >> ExtractArticles(request.tables.profiles, request.tables.cues, rejects)
    parked = articles | "Park articles" >> Park(folders.articles, _path, _facts)
    winners = parked | "Supersede" >> SupersedeVersions(rejects)
    table = pipeline | "Learned" >> beam.Create([learned])
    compared = _clean(winners, table, request, rejects) | "Compare" >> CompareVersions(state, rejects)
    proposed, columns, candidates = _touch(compared.articles, request, state, ())
    earlier = proposed.earlier
    brought = candidates | "Bring" >> BringEarlier(state, beam.pvalue.AsSingleton(earlier))
    _renew(compared.articles, brought, candidates, earlier, columns, proposed, request, state, whole=False)

    unchanged = (skipped.unchanged, compared.unchanged) | "Unchanged" >> beam.Flatten()
    unchanged | "Write unchanged" >> WriteSum(folders.unchanged)
    counts | "Write documents" >> WriteSum(folders.documents)
    skipped.seen | "Remember seen" >> Remember(folders.kept(SEEN))
    compared.versions | "Remember versions" >> Remember(folders.kept(VERSIONS))
    winners | "Tally" >> TallyLayouts() | "Write layouts" >> WriteTable(folders.layouts)
    rejects.all() | "Write reject" >> WriteParts(folders.parts("reject"), "reject")


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
    folders, rejects = request.folders, Rejects()
    articles = pipeline | "Revive" >> RevivedArticles(state)
    winners = articles | "Park articles" >> Park(folders.articles, _path_and_id, _columns)
    learned = winners | "Learn" >> LearnBoilerplate()
    clean = _clean(winners, learned, request, rejects)
    proposed, columns, candidates = _touch(clean, request, empty, ())
    nothing = pipeline | "Nothing" >> beam.Create([], reshuffle=False)
    known = pipeline | "Earlier" >> beam.Create([earlier], reshuffle=False)
    _renew(clean, nothing, candidates, known, columns, proposed, request, state, whole=True)

    articles | "Ones" >> beam.Map(lambda _: 1) | "Write documents" >> WriteSum(folders.documents)
    learned | "Write learned" >> WriteTable(folders.learned)
    winners | "Tally" >> TallyLayouts() | "Write layouts" >> WriteTable(folders.layouts)
    rejects.all() | "Write reject" >> WriteParts(folders.parts("reject"), "reject")


def build_forget(pipeline: beam.Pipeline, request: Request, state: Snapshot, gone: tuple[int, ...]) -> None:
    """Lay out the steps that make the stories anew which some articles leave.

    Args:
        pipeline: An empty pipeline.
        request: What is asked for.
        state: What earlier runs know.
        gone: Numbers of the articles.
    """
    nothing = pipeline | "Nothing" >> beam.Create([], reshuffle=False)
    proposed, columns, candidates = _touch(nothing, request, state, gone)
    brought = candidates | "Bring" >> BringEarlier(state, beam.pvalue.AsSingleton(proposed.earlier))
    _renew(nothing, brought, candidates, proposed.earlier, columns, proposed, request, state, whole=False)


def _clean(winners, learned, request: Request, rejects: Rejects) -> beam.PCollection:
    tables = request.tables
    return (
        winners
        | "References" >> beam.Map(lambda winner: winner.reference)
        | "Recall articles" >> RecallBlocks(request.folders.articles, Article)
        | "Credit" >> ReadCredits(tables.registry, tables.profiles, rejects)
        | "Strip" >> StripBoilerplate(tables.cues, tables.profiles, beam.pvalue.AsSingleton(learned), rejects)
        | "Detect" >> DetectLanguage()
    )


def _touch(fresh, request: Request, state: Snapshot, gone: tuple[int, ...]):
    columns = fresh | "Fingerprint" >> FingerprintPassages()
    proposed = columns | "Touch" >> TouchState(state, gone, request.as_of, request.horizon)
    return proposed, columns, proposed.candidates


def _renew(fresh, brought, candidates, earlier, columns, proposed, request, state: Snapshot, *, whole: bool) -> None:
    """From candidates to records and to what the state remembers."""
    folders = request.folders
    parked = fresh | "Park new" >> Park(folders.clean, _path_and_id, _row)
    again = brought | "Park earlier" >> Park(folders.clean, _id, _row)
    kept = (parked, again) | "Park clean" >> beam.Flatten() | "Numbers" >> beam.Map(lambda one: one._replace(columns=one.columns[0]))
    records = (
        candidates
        | "Gather" >> GatherArticles(folders.clean, kept)
        | "Align" >> AlignCopies()
        | "Cluster" >> ClusterStories()
        | "Attribute" >> AttributeArticles(request.tables.registry)
        | "Renew" >> RenewRecords(state, beam.pvalue.AsSingleton(earlier), request.keep_raw, whole)
    )
    for kind in COMPOSED:
        records[kind] | f"Write {kind}" >> WriteParts(folders.parts(kind), kind)
    remembered = {
        PACKS: columns | "Packs" >> beam.Map(encode_row),
        TEXTS: parked | "Texts" >> beam.Map(lambda one: encode_row((*one.columns, *one.reference))),
        MARKS: proposed.marks,
        AS_OF: proposed.as_of,
        FINDINGS: records[FINDINGS],
        STORIES: records[STORIES],
    }
    for kind, rows in remembered.items():
        rows | f"Remember {kind}" >> Remember(folders.kept(kind))


def _path(article: Article) -> str:
    return article.path


def _path_and_id(element: Article | CleanArticle) -> str:
    article = element if isinstance(element, Article) else element.article
    return f"{article.path}\0{article.id}"


def _id(clean: CleanArticle) -> str:
    return clean.article.id


def _columns(article: Article) -> tuple:
    return version_of(article), article.source, line_evidence(article), article.by_layout


def _facts(article: Article) -> tuple:
    return version_of(article), article.source, None, article.by_layout


def _row(clean: CleanArticle) -> tuple[int, bytes, str | None, bytes]:
    article = clean.article
    return article_number(article.id), bytes.fromhex(article.id), article.source, text_digest(clean)


