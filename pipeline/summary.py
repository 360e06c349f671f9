"""What a run says of itself when it ends."""

from __future__ import annotations

from pathlib import Path

from pipeline.inputs import spelled
from pipeline.ledger import Counts, Ledger
from pipeline.terminal import shown


def summary(ledger: Ledger, counts: Counts, seconds: float, out: Path, is_news: bool = True) -> str:
    """The closing lines of a run, for a terminal. Nothing in them comes from the input but ids of agencies and profiles.

    Args:
        ledger: Where the documents went.
        counts: What was found.
        seconds: Wall time of the whole run.
        out: The output folder.
        is_news: Whether the run wrote it; False: it found nothing new, and left it as it was.
    """
    unchanged = f", {ledger.unchanged:,} unchanged" if ledger.unchanged else ""
    read = (
        f"{_plural(ledger.documents, 'document')} read: {_plural(ledger.articles, 'article')}, "
        f"{_plural(ledger.rejects, 'reject')}{unchanged}"
    )
    if not is_news:
        return f"{read}\nNothing is new: {shown(spelled(str(out)))} stays as it is. {seconds:.1f} s."
    lines = [
        read,
        f"{_plural(counts.stories_of_several, 'story', 'stories')} with several copies "
        f"({_plural(counts.copies, 'article')}); {counts.stories - counts.stories_of_several:,} stand alone",
    ]
    if counts.agencies:
        width = max(map(len, counts.agencies))
        lines.append("articles by agency:")
        by_size = sorted(counts.agencies.items(), key=lambda row: (-sum(row[1].values()), row[0]))
        for agency, found in by_size[:_ROWS]:
            lines.append(f"  {agency:<{width}}  {found['explicit']:,} credited, {found['inferred']:,} inferred")
        if len(by_size) > _ROWS:
            lines.append(f"  and {len(by_size) - _ROWS:,} more")
    if ledger.rejects:
        lines.append("rejects (docs/rejects.md says what each means, rejects.jsonl which documents they are):")
        lines.extend(f"  {count:,} {code}" for code, count in ledger.rejects_by.items())
    if counts.outdated_profiles:
        lines.append("profiles out of date, no layout fits these pages (docs/sources.md):")
        missed = sorted(counts.outdated_profiles, key=lambda one: (-one.missed, one.source))
        lines.extend(f"  {one.source}  {one.missed:,} of {_plural(one.pages, 'page')}" for one in missed[:_ROWS])
        if len(missed) > _ROWS:
            lines.append(f"  and {len(missed) - _ROWS:,} more")
    folder = shown(spelled(str(out)))
    lines.append(f"{seconds:.1f} s. Look at {folder}/report.html; the records are in {folder}/*.jsonl")
    return "\n".join(lines)


_ROWS = 12  # rows shown of a list; a screen has some 24


def _plural(number: int, singular: str, plural: str | None = None) -> str:
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
