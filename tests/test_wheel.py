"""The wheel works outside of the tree: data files are in it, tests are not."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("pipeline", "schemas", "transforms")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree, folder = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in ("LICENSE", "README.md", "pyproject.toml", "setup.py"):
        shutil.copy(ROOT / name, tree)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(tree)]
    subprocess.run(command, check=True, cwd=folder, timeout=120)
    (path,) = folder.glob("wirestories-*.whl")
    return path


def test_every_data_file_of_the_packages_is_in_it_and_nothing_else(wheel: Path) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == wanted


def test_the_command_runs_from_it_in_another_folder(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "in").mkdir()
    text = "PARIS (AFP) - The harbour board voted on Monday to close the old pier for repairs until autumn. " * 4
    (tmp_path / "in/a.txt").write_text(text)
    code = (
        "import sys, pipeline.cli as cli\n"
        f"assert cli.__file__.startswith({str(tmp_path / 'site')!r}), cli.__file__\n"
        "sys.exit(cli.main(['run', 'in', 'out']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "1 document read: 1 article, 0 rejects" in done.stdout
    assert "afp  1 credited" in done.stdout
    assert (tmp_path / "out/report.html").stat().st_size > 1000
