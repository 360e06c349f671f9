"""The whole program as one row of steps."""

from dataclasses import dataclass
from pathlib import Path

import apache_beam as beam

from pipeline.tables import Tables
from schemas.article import Article, CleanArticle
from schemas.codec import RECORDS
from transforms.align import AlignCopies
from transforms.attribute import AttributeArticles
from transforms.boilerplate.evidence import line_evidence
from transforms.candidates import ProposeCandidates
from transforms.cluster import ClusterStories
from transforms.compose import COMPOSED, ComposeRecords
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
from transforms.strip import StripBoilerplate
from transforms.supersede import SupersedeVersions, version_of
from transforms.tally import TallyLayouts
from transforms.textreuse.columns import article_number, day_number
from transforms.write import WriteParts, WriteSum, WriteTable


@dataclass(frozen=True)
class Folders:
    """Where a run keeps what waits between two steps, and its sorted parts."""

    work: Path

    def __post_init__(self) -> None:
        for folder in (self.articles, self.clean, *map(self.parts, RECORDS)):
            Path(folder).mkdir(parents=True, exist_ok=True)

    @property
    def articles(self) -> str:
        return str(self.work / "articles")

    @property
    def clean(self) -> str:
        return str(self.work / "clean")

    @property
    def documents(self) -> str:
        return str(self.work / "documents")

    @property
    def learned(self) -> str:
        return str(self.work / "learned")

    @property
    def layouts(self) -> str:
        return str(self.work / "layouts")

    def parts(self, kind: str) -> str:
        return str(self.work / "parts" / kind)


def build(
    pipeline: beam.Pipeline,
    files: list[InputFile],
    tables: Tables,
    folders: Folders,
    as_of: str | None,
    horizon: int,
    keep_raw: bool,
) -> None:
    """Lay the steps out: files in, sorted parts of records out.

    Args:
        pipeline: An empty pipeline.
        files: The input.
        tables: What is known beside the input.
        folders: On a filesystem that every worker sees.
        as_of: The day that stands in for articles without a date, YYYY-MM-DD; None for the latest of the input.
        horizon: Days between articles that may match.
        keep_raw: Whether each article's extracted text is written, too.
    """
    rejects = Rejects()

    documents, counts = pipeline | "Read" >> ReadDocuments(files, rejects)
    articles = documents | "Extract" >> ExtractArticles(tables.profiles, tables.cues, rejects)
    parked = articles | "Park articles" >> Park(folders.articles, _path, _columns)
    winners = parked | "Supersede" >> SupersedeVersions(rejects)
    learned = winners | "Learn" >> LearnBoilerplate()

    clean = (
        winners
        | "References" >> beam.Map(lambda winner: winner.reference)
        | "Recall articles" >> RecallBlocks(folders.articles, Article)
        | "Credit" >> ReadCredits(tables.registry, tables.profiles, rejects)
        | "Strip" >> StripBoilerplate(tables.cues, tables.profiles, beam.pvalue.AsSingleton(learned), rejects)
        | "Detect" >> DetectLanguage()
    )
    kept = clean | "Park clean" >> Park(folders.clean, _path, _number)

    records = (
        clean
        | "Fingerprint" >> FingerprintPassages()
        | "Candidates" >> ProposeCandidates(None if as_of is None else day_number(as_of), horizon)
        | "Gather" >> GatherArticles(folders.clean, kept)
        | "Align" >> AlignCopies()
        | "Cluster" >> ClusterStories()
        | "Attribute" >> AttributeArticles(tables.registry)
        | "Compose" >> ComposeRecords(keep_raw)
    )
    for kind in COMPOSED:
        records[kind] | f"Write {kind}" >> WriteParts(folders.parts(kind), kind)
    rejects.all() | "Write reject" >> WriteParts(folders.parts("reject"), "reject")
    counts | "Write documents" >> WriteSum(folders.documents)
    learned | "Write learned" >> WriteTable(folders.learned)
    winners | "Tally" >> TallyLayouts() | "Write layouts" >> WriteTable(folders.layouts)


def _path(element: Article | CleanArticle) -> str:
    return element.path


def _columns(article: Article) -> tuple:
    return version_of(article), article.source, line_evidence(article), article.by_layout


def _number(clean: CleanArticle) -> int:
    return article_number(clean.article.id)
