"""The whole program as one row of steps."""

import apache_beam as beam

from pipeline.folders import Folders
from pipeline.tables import Tables
from schemas.article import Article, CleanArticle
from schemas.attribution import AttributedComponent
from schemas.parked import ParkedArticle, ParkedClean
from schemas.reuse import Candidates
from transforms.align import AlignCopies
from transforms.attribute import AttributeArticles
from transforms.boilerplate.learned import LearnedLines
from transforms.candidates import ProposeCandidates
from transforms.cluster import ClusterStories
from transforms.coders import register_coders
from transforms.compose import COMPOSED, ComposeRecords
from transforms.credit import ReadCredits
from transforms.detect import DetectLanguage
from transforms.each import Rejects
from transforms.extract import ExtractArticles
from transforms.fingerprint import FingerprintPassages
from transforms.gather import GatherArticles
from transforms.learn import LearnBoilerplate
from transforms.park import ParkArticles, ParkClean, RecallBlocks
from transforms.read import ReadDocuments
from transforms.reading.files import InputFile
from transforms.strip import StripBoilerplate
from transforms.supersede import SupersedeVersions
from transforms.tally import TallyLayouts
from transforms.textreuse.columns import day_number
from transforms.write import WriteParts, WriteSum, WriteTable


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
    register_coders()
    rejects = Rejects()

    documents, counts = pipeline | "Read" >> ReadDocuments(files, rejects)
    articles = documents | "Extract" >> ExtractArticles(tables.profiles, tables.cues, rejects)
    parked = articles | "Park articles" >> ParkArticles(folders.articles, learn=True)
    winners = parked | "Supersede" >> SupersedeVersions(rejects)
    learned = winners | "Learn" >> LearnBoilerplate()

    clean = clean_articles(winners, learned, tables, folders, rejects)
    kept = clean | "Park clean" >> ParkClean(folders.clean)

    columns = clean | "Fingerprint" >> FingerprintPassages()
    candidates = columns | "Candidates" >> ProposeCandidates(None if as_of is None else day_number(as_of), horizon)
    components = match_copies(candidates, kept, tables, folders)
    records = components | "Compose" >> ComposeRecords(keep_raw)
    for kind in COMPOSED:
        records[kind] | f"Write {kind}" >> WriteParts(folders.parts(kind), kind)
    rejects.write(WriteParts(folders.parts("reject"), "reject"))
    counts | "Write documents" >> WriteSum(folders.documents)
    learned | "Write learned" >> WriteTable(folders.learned)
    winners | "Tally" >> TallyLayouts() | "Write layouts" >> WriteTable(folders.layouts)


def clean_articles(
    winners: beam.PCollection[ParkedArticle],
    learned: beam.PCollection[dict[str, LearnedLines]],
    tables: Tables,
    folders: Folders,
    rejects: Rejects,
) -> beam.PCollection[CleanArticle]:
    """Read the credits of parked articles, take their boilerplate out, tell their languages.

    Args:
        winners: One an article.
        learned: One dictionary: the lines that each source repeats.
    """
    return (
        winners
        | "References" >> beam.Map(lambda winner: winner.reference)
        | "Recall articles" >> RecallBlocks(folders.articles, Article)
        | "Credit" >> ReadCredits(tables.registry, tables.profiles, rejects)
        | "Strip" >> StripBoilerplate(tables.cues, tables.profiles, beam.pvalue.AsSingleton(learned), rejects)
        | "Detect" >> DetectLanguage(rejects)
    )


def match_copies(
    candidates: beam.PCollection[Candidates], kept: beam.PCollection[ParkedClean], tables: Tables, folders: Folders
) -> beam.PCollection[AttributedComponent]:
    """Align what may share wording, form stories, and infer whose copy each article is.

    Args:
        candidates: Components of articles.
        kept: Each of these articles, parked.
    """
    return (
        candidates
        | "Gather" >> GatherArticles(folders.clean, kept)
        | "Align" >> AlignCopies()
        | "Cluster" >> ClusterStories()
        | "Attribute" >> AttributeArticles(tables.registry)
    )
