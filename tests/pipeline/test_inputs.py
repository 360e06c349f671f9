import io
import os
from pathlib import Path

import pytest

from pipeline.inputs import find_files, spool_standard_input
from schemas.errors import ConfigurationError


def make(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def paths(*inputs: Path | str) -> list[str]:
    return [file.path for file in find_files([str(one) for one in inputs])]


def test_a_folder_is_walked_and_paths_are_relative_to_it(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "gazette/2024/a.html", "a [1].txt")
    assert paths(tmp_path) == ["a [1].txt", "b.txt", "gazette/2024/a.html"]


def test_a_file_a_glob_and_a_folder_together_name_each_file_once(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "in/b.txt", "in/c.html")
    assert paths(tmp_path / "in/a.txt") == ["a.txt"]
    assert paths(tmp_path / "in/*.txt") == ["a.txt", "b.txt"]
    assert paths(tmp_path / "in", tmp_path / "in/a.txt", tmp_path / "in/*.txt") == ["a.txt", "b.txt", "c.html"]


def test_a_name_with_brackets_is_a_file_before_it_is_a_glob(tmp_path: Path) -> None:
    make(tmp_path, "a[1].txt", "a1.txt")
    assert paths(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_equal_paths_below_several_roots_take_the_roots_last_folders(tmp_path: Path) -> None:
    make(tmp_path, "mon/in/a.txt", "tue/in/a.txt", "tue/in/b.txt")
    assert paths(tmp_path / "mon/in", tmp_path / "tue/in") == ["b.txt", "mon/in/a.txt", "tue/in/a.txt"]
    assert paths(tmp_path / "tue/in", tmp_path / "mon/in") == ["b.txt", "mon/in/a.txt", "tue/in/a.txt"]


def test_links_out_of_the_input_and_special_files_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "secret/b.txt")
    os.symlink(tmp_path / "secret/b.txt", tmp_path / "in/out.txt")
    os.symlink(tmp_path / "in/a.txt", tmp_path / "in/inside.txt")
    os.symlink(tmp_path / "secret", tmp_path / "in/folder")
    os.symlink(tmp_path / "nowhere", tmp_path / "in/dangling.txt")
    os.mkfifo(tmp_path / "in/pipe.txt")
    refusals = {file.path: file.refusal for file in find_files([str(tmp_path / "in")])}
    assert refusals == {
        "a.txt": None,
        "dangling.txt": "a symbolic link that leads out of the input",
        "folder": "a symbolic link to a folder is not followed",
        "inside.txt": None,
        "out.txt": "a symbolic link that leads out of the input",
        "pipe.txt": "not a regular file",
    }


@pytest.mark.parametrize(
    ("given", "message"), [("nowhere", "no such file or folder"), ("empty", "no files in it"), ("*.xyz", "no files in it")]
)
def test_an_input_that_names_nothing_is_wrong_usage(tmp_path: Path, given: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigurationError, match=message) as caught:
        find_files([str(tmp_path / given)])
    assert given in str(caught.value)


def test_a_name_that_is_no_text_is_spelled_out_and_stays_apart_from_others(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))).write_text("x")
    (tmp_path / "a\\xff.txt").write_text("x")
    first, second = find_files([str(tmp_path)])
    for file in (first, second):
        assert file.path == r"a\xff.txt", "no folder of the root tells them apart, and where it lies changes no record"
    assert [file.refusal for file in (first, second)].count(None) == 1


def test_standard_input_is_spooled_and_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "in/-", "in/a.txt")
    files = find_files(["-", str(tmp_path / "in")])
    assert [(file.path, file.url == "-", bool(file.refusal)) for file in files] == [
        ("-", True, False),
        ("-", False, True),
        ("a.txt", False, False),
    ]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text":"One"}\n')))
    spooled = spool_standard_input(files, tmp_path)
    assert (spooled[0].path, spooled[0].size, Path(spooled[0].url).read_bytes()) == ("-", 15, b'{"text":"One"}\n')
    assert spooled[1:] == files[1:]
