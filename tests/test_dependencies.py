"""Every package that the code imports is named in setup.py, and pinned."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = {"pipeline", "schemas", "transforms"}
# Where a package's import name isn't its name in the registry.
NAMES = {"apache_beam": "apache-beam", "bs4": "beautifulsoup4", "charset_normalizer": "charset-normalizer"}


def imported() -> set[str]:
    found = set()
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    found.add(node.module.partition(".")[0])
    return {NAMES.get(name, name) for name in found - OURS - set(sys.stdlib_module_names)}


def required() -> set[str]:
    (call,) = [node for node in ast.walk(ast.parse((ROOT / "setup.py").read_text())) if isinstance(node, ast.Call)
               and getattr(node.func, "id", "") == "setup"]  # fmt: skip
    (listed,) = [keyword.value for keyword in call.keywords if keyword.arg == "install_requires"]
    return {re.match(r"[\w-]+", requirement)[0].lower() for requirement in ast.literal_eval(listed)}


def test_setup_names_what_is_imported_and_nothing_more() -> None:
    assert required() - {"tzdata"} == imported(), "tzdata is data for zoneinfo, which only looks for it"


def test_every_requirement_is_pinned() -> None:
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line}
    assert required() <= pinned
