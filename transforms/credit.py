"""Credit: who is credited in an article, before anything is removed from it."""

from dataclasses import dataclass
from functools import partial

import apache_beam as beam

from schemas.article import Article, CreditedArticle
from transforms.attribution.credits import read_credits
from transforms.attribution.registry import Registry
from transforms.each import Each, Rejects
from transforms.sources.profile import Profiles


@dataclass(eq=False)
class ReadCredits(beam.PTransform):
    """Read every article's credits and mentions of agencies, each with its evidence."""

    registry: Registry
    profiles: Profiles
    rejects: Rejects

    def expand(self, articles: beam.PCollection[Article]) -> beam.PCollection[CreditedArticle]:
        credit = partial(credit_article, registry=self.registry, profiles=self.profiles)
        return articles | "Credit" >> Each(credit, self.rejects)


def credit_article(article: Article, registry: Registry, profiles: Profiles) -> CreditedArticle:
    """Read one article's credits with what its source's profile says of the source."""
    profile = profiles.by_id(article.source)
    credits = read_credits(
        article,
        registry,
        own_agency=profile.own_agency if profile else None,
        country=profile.country if profile else None,
        houses=profiles.houses(article.source),
    )
    return CreditedArticle(article=article, credits=credits)
