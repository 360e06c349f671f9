"""How a document that is no article is written down."""

from __future__ import annotations

import hashlib

from schemas.errors import DocumentError
from schemas.records import RejectRecord


def sha256(content: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def reject(error: DocumentError, path: str, size: int | None, content_sha256: str | None) -> RejectRecord:
    """The ledger's entry for a document and the error that stopped it."""
    return RejectRecord(
        path=path,
        stage=error.stage,
        reason=error.reason,
        detail=error.detail,
        bytes=size,
        content_sha256=content_sha256,
    )
