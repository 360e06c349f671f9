"""The citation names the version that is installed."""

from importlib.metadata import version
from pathlib import Path


def test_the_version_is_the_installed_one() -> None:
    lines = (Path(__file__).parent.parent.parent / "CITATION.cff").read_text().splitlines()
    assert f"version: {version('wirestories')}" in lines
