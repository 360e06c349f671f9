"""How sure an inferred claim is: one stated function of its evidence."""

from __future__ import annotations

import math
from typing import NamedTuple

# An inferred claim below this is left out; 0..1.
LEAST = 0.5
# Logistic in what the evidence measures; fitted by hand on the two development sets of wire copy (docs/attribution.md
# has the reliability table).
_BASE = -7.0
_PER_LOG_WORD = 1.7  # of ln(1 + words)
_PER_SHARE = 4.0  # of the share of the article's words
_SAME_STORY = 3.0  # copies of one story; passages between stories are often stock wording
# A credit for a contribution speaks of a part of the copy it stands in. An article is believed to carry that part when
# this share of its words stands in such copies; below, the confidence falls in proportion. Development set "real":
# half of it parts articles that show the same agency from those that do not.
_CONTRIBUTED_SHARE = 0.7
# What an agency needs that an article does not name although it names another: words, share of the article, and how
# certain they are its own, 0..1. The article's own credit counts as one copy, so that it takes two others.
_BESIDE_WORDS = 60.0
_BESIDE_SHARE = 0.15
_BESIDE_CERTAIN = 0.6


class Support(NamedTuple):
    """What an article's text holds of one agency's copies."""

    words: float  # equal narrative words in passages that stand in copies crediting the agency, others joint or not
    share: float  # of the article's words, 0..1
    certain: float  # of these words, the part that is this agency's and no other's as far as can be told, 0..1
    full: float  # of these words, the part that copies with a credit for the whole text hold, 0..1
    same_story: bool  # whether one of these copies is of the article's own story
    joint: frozenset[str]  # agencies credited together with this one where that could not be split


def confidence(support: Support) -> float:
    """The chance that the article carries the agency's copy, 0..1.

    ``certain * contributed / (1 + exp(-(base + a ln(1 + words) + b share + c same_story)))``, where ``contributed`` is
    1 for credits of the whole text, and for credits of a contribution ``min(1, share / 0.7)``.
    """
    score = _BASE + _PER_LOG_WORD * math.log1p(support.words) + _PER_SHARE * support.share
    score += _SAME_STORY * support.same_story
    contributed = support.full + (1 - support.full) * min(1.0, support.share / _CONTRIBUTED_SHARE)
    return support.certain * contributed / (1 + math.exp(-score))


def may_stand_beside(support: Support) -> bool:
    """Whether an agency may be inferred although the article credits another: on strong narrative only."""
    return support.words >= _BESIDE_WORDS and support.share >= _BESIDE_SHARE and support.certain > _BESIDE_CERTAIN
