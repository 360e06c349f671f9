"""Where a run keeps what waits between two steps, and its sorted parts."""

from dataclasses import dataclass
from pathlib import Path

from schemas.codec import RECORDS
from transforms.compare import VERSIONS
from transforms.renew import FINDINGS, STORIES
from transforms.skip import SEEN
from transforms.touch import AS_OF, MARKS

PACKS, TEXTS = "packs", "texts"
KEPT = (PACKS, TEXTS, MARKS, FINDINGS, STORIES, VERSIONS, SEEN, AS_OF)  # what a run leaves for its state


@dataclass(frozen=True)
class Folders:
    """Of one run, below its staging folder: on a filesystem that every worker sees."""

    work: Path

    @property
    def articles(self) -> str:
        return str(self.work / "articles")

    @property
    def clean(self) -> str:
        return str(self.work / "clean")

    @property
    def documents(self) -> str:
        return str(self.work / "documents")

    @property
    def unchanged(self) -> str:
        return str(self.work / "unchanged")

    @property
    def learned(self) -> str:
        return str(self.work / "learned")

    @property
    def layouts(self) -> str:
        return str(self.work / "layouts")

    def parts(self, kind: str) -> str:
        return str(self.work / "parts" / kind)

    def kept(self, kind: str) -> str:
        return str(self.work / "kept" / kind)

    def make(self) -> "Folders":
        """Make the folders that steps write files into."""
        for folder in (self.articles, self.clean, *map(self.parts, RECORDS), *map(self.kept, KEPT)):
            Path(folder).mkdir(parents=True)
        return self
