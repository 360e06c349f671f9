"""Imports point one way: schemas <- transforms/<folder> <- transforms/<file>.py <- pipeline."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for folder in ("schemas", "transforms", "pipeline") for path in (ROOT / folder).rglob("*.py"))


def layer(module: str) -> int | None:
    """0 schemas, 1 knowledge, 2 pipes, 3 pipeline; None for what isn't ours."""
    top, _, rest = module.partition(".")
    if top == "transforms":
        return 1 if (ROOT / "transforms" / rest.partition(".")[0]).is_dir() else 2
    return {"schemas": 0, "pipeline": 3}.get(top)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; name the module whole"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    own = layer(module + ".")
    upwards = sorted(name for name in imports(path) if (layer(name) or 0) > own)
    assert upwards == [], f"{module} may not import {upwards}: layers point one way"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_beam_stays_out_of_knowledge(path: Path) -> None:
    names = imports(path)
    beam = sorted(name for name in names if name.startswith("apache_beam"))
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    if layer(module + ".") in (0, 1):
        assert beam == [], f"{module} is schemas or knowledge, and may not import Beam"
    elif beam and layer(module) == 2:
        assert not any(name.startswith("__future__") for name in names), (
            f"{module}: 'from __future__ import annotations' weakens Beam's type checks"
        )
