"""Attribute a whole component: what each article shows, what it can be inferred to carry, and what that comes to."""

from __future__ import annotations

from schemas.attribution import AttributedComponent, Attribution
from schemas.reuse import Component
from transforms.attribution.inference import infer_claims
from transforms.attribution.registry import Registry
from transforms.attribution.status import attribution_status
