"""Detect: which language each article is in."""

from dataclasses import dataclass

import apache_beam as beam

from schemas.article import CleanArticle, StrippedArticle
from transforms.each import Each, Rejects
from transforms.language.detect import detect_language


@dataclass(eq=False)
class DetectLanguage(beam.PTransform):
    """Tell the language of every cleaned body, None where it is too short or mixed."""

    rejects: Rejects

    def expand(self, articles: beam.PCollection[StrippedArticle]) -> beam.PCollection[CleanArticle]:
        return articles | "Detect" >> Each(detect_article, self.rejects)


def detect_article(stripped: StrippedArticle) -> CleanArticle:
    """Tell one article's language."""
    language, confidence = detect_language(stripped.cleaning.body_text, stripped.article.declared_language)
    return CleanArticle(
        article=stripped.article,
        credits=stripped.credits,
        cleaning=stripped.cleaning,
        language=language,
        language_confidence=confidence,
    )
