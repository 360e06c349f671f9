"""How what flows is encoded where it crosses from step to step: as msgpack, at a tenth of what pickling costs."""

import apache_beam as beam
import msgspec
from apache_beam.coders import coder_impl
from apache_beam.coders.coders import FastCoder

from schemas.article import Article, CleanArticle, CreditedArticle, Flow, StrippedArticle
from schemas.attribution import AttributedComponent
from schemas.parked import ParkedArticle, ParkedClean, ParkedText, Reference
from schemas.reuse import Aligned, Candidates, Component, Gathered
from transforms.boilerplate.evidence import LineEvidence

# What is many or large. The engine also encodes a sample of every step's elements only to know their size: of components
# of half a megabyte, pickled, that took 5 % of a run (10,000 articles of 380 words, 2026-11-20).
CODED = (
    Reference, ParkedArticle, ParkedClean, ParkedText, LineEvidence, Article, CreditedArticle, StrippedArticle,
    CleanArticle, Candidates, Gathered, Aligned, Component, AttributedComponent,
)  # fmt: skip


class FlowCoder(FastCoder):
    """Encode elements of one class as msgpack. Equal elements have equal bytes.

    Args:
        flow: The class.
    """

    def __init__(self, flow: type[Flow]):
        self._flow = flow

    @classmethod
    def from_type_hint(cls, typehint: type[Flow], _registry) -> "FlowCoder":
        return cls(typehint)

    def to_type_hint(self) -> type[Flow]:
        return self._flow

    def is_deterministic(self) -> bool:
        return True

    def _create_impl(self) -> coder_impl.CoderImpl:
        return coder_impl.CallbackCoderImpl(
            msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(self._flow).decode, size_estimator=_no_size
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FlowCoder) and other._flow is self._flow

    def __hash__(self) -> int:
        return hash((FlowCoder, self._flow))


def _no_size(_: Flow) -> int:
    """In place of the bytes that an element would take: the engine asks only to count them, and nobody reads that."""
    return 0


def register_coders() -> None:
    """Let the engine encode elements of the classes in CODED by FlowCoder. Idempotent."""
    for flow in CODED:
        beam.coders.registry.register_coder(flow, FlowCoder)
