"""Files are packed, cut and read; every document is counted once."""

import gzip
import json
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from tests.transforms.reading.conftest import record, response
from transforms.each import Rejects
from transforms.read import PACK_FILES, ReadDocuments, cut_pack, pack_files
from transforms.reading import portions
from transforms.reading.files import InputFile, Portion


def file(path: str, size: int) -> InputFile:
    return InputFile(url="/" + path, path=path, size=size)


class _Kept(Rejects):
    def keep(self, rejects: beam.PCollection) -> None:
        self.kept = rejects


def test_small_files_share_packs_and_large_ones_have_their_own() -> None:
    small = [file(f"{number}.txt", 10) for number in range(PACK_FILES + 1)]
    large = [file("a.txt.gz", 7_000_000), file("b.txt.gz", 7_000_000)]
    cut = file("c.warc.gz", 40_000_000)
    packs = pack_files([*small, *large, cut])
    assert packs[0] == (Portion(file=cut),)
    assert [len(pack) for pack in packs[1:]] == [PACK_FILES, 2, 1]
    assert [portion.file for pack in packs[1:] for portion in pack] == [*small, *large]


def test_a_compressed_warc_is_cut_by_its_size_alone() -> None:
    packs = list(cut_pack((Portion(file=file("c.warc.gz", 40_000_000)),)))
    assert [(one.start, one.end) for (one,) in packs] == [(0, 1 << 24), (1 << 24, 1 << 25), (1 << 25, None)]


def test_a_large_file_that_is_gone_is_one_portion() -> None:
    gone = Portion(file=InputFile(url="/nowhere/a.jsonl", path="a.jsonl", size=40_000_000))
    assert list(cut_pack((gone,))) == [(gone,)]


@pytest.mark.parametrize("size", [1 << 24, 2_000])
def test_every_document_is_read_once_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(portions, "PORTION_BYTES", size)
    lines = [json.dumps({"text": f"Line {number}"}) for number in range(300)] + ["{"]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    pages = [record(response(b"<p>Page %d</p>" % number)) for number in range(40)]
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, pages))[:-3])
    (tmp_path / "c.txt").write_text("Text")
    files = [
        InputFile(url=str(path), path=path.name, size=path.stat().st_size) for path in sorted(tmp_path.iterdir())
    ] + [InputFile(url=str(tmp_path / "gone.txt"), path="gone.txt", size=1)]
    expected = [*(f"Line {number}" for number in range(300)), *(f"<p>Page {number}</p>" for number in range(39)), "Text"]
    with TestPipeline(runner="FnApiRunner") as pipeline:
        rejects = _Kept()
        documents, counts = pipeline | ReadDocuments(files, rejects)
        assert_that(documents | beam.Map(lambda one: one.content.decode()), equal_to(expected), "documents")
        assert_that(
            rejects.kept | beam.Map(lambda one: (one.path.partition("#")[0], one.reason)),
            equal_to([("a.jsonl", "malformed"), ("b.warc.gz", "damaged"), ("gone.txt", "unreadable")]),
            "rejects",
        )
        assert_that(counts | beam.CombineGlobally(sum), equal_to([343]), "counts")
