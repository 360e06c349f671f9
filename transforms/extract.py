"""Extract: from documents to articles."""

from dataclasses import dataclass
from functools import partial

import apache_beam as beam

from schemas.article import Article, Document
from transforms.boilerplate.cues import CueTable
from transforms.each import Each, Rejects
from transforms.extraction.article import extract_article
from transforms.sources.profile import Profiles


@dataclass(eq=False)
class ExtractArticles(beam.PTransform):
    """Find the article in every page and text: its blocks, its fields, its identity."""

    profiles: Profiles
    cues: CueTable
    rejects: Rejects

    def expand(self, documents: beam.PCollection[Document]) -> beam.PCollection[Article]:
        extract = partial(extract_article, profiles=self.profiles, cues=self.cues)
        return documents | "Extract" >> Each(extract, self.rejects)
