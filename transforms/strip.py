"""Strip: take the boilerplate out, reversibly."""

from dataclasses import dataclass
from functools import partial

import apache_beam as beam

from schemas.article import CreditedArticle, StrippedArticle
from transforms.attribution.placing import place_in_body
from transforms.boilerplate.cues import CueTable, SourceCues
from transforms.boilerplate.learned import LearnedLines
from transforms.boilerplate.strip import strip_boilerplate
from transforms.each import Each, Rejects
from transforms.sources.profile import Profiles


@dataclass(eq=False)
class StripBoilerplate(beam.PTransform):
    """Take donation, newsletter, banner and all other foreign pieces out of every article.

    Each article becomes one stripped article or one reject. What stays and what goes tile the extracted text.

    Args:
        cues: The boilerplate that every source may print.
        profiles: The sources that are known, and what only they print.
        learned: Of each source, the lines that its articles repeat; a singleton side input.
    """

    cues: CueTable
    profiles: Profiles
    learned: beam.pvalue.AsSingleton
    rejects: Rejects

    def expand(self, articles: beam.PCollection[CreditedArticle]) -> beam.PCollection[StrippedArticle]:
        strip = partial(strip_article, cues=cues_of_sources(self.cues, self.profiles))
        return articles | "Strip" >> Each(strip, self.rejects, self.learned)


def cues_of_sources(common: CueTable, profiles: Profiles) -> SourceCues:
    """The cue table for each source, with its profile's own cues."""
    return SourceCues(common, {profile.id: profile.cues for profile in profiles if profile.cues})


def strip_article(
    credited: CreditedArticle, learned: dict[str, LearnedLines], cues: SourceCues
) -> StrippedArticle:
    """Strip one article, and count its credits in the body that is left."""
    source = credited.article.source
    cleaning = strip_boilerplate(
        credited.article, credited.credits, cues.of(source), learned.get(source) if source else None
    )
    return StrippedArticle(
        article=credited.article, credits=place_in_body(credited.credits, cleaning), cleaning=cleaning
    )
