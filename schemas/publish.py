"""Write the published JSON Schemas anew: ``python -m schemas.publish``."""

from __future__ import annotations

from pathlib import Path

from schemas.codec import RECORDS, json_schema

FOLDER = Path(__file__).parent / "json"


def main() -> None:
    """Write one file a record."""
    FOLDER.mkdir(exist_ok=True)
    for name in RECORDS:
        (FOLDER / f"{name}.schema.json").write_bytes(json_schema(name))


if __name__ == "__main__":
    main()
