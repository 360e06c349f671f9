"""The parts of README.md that show a run, made from a run: ``python -m tests.docs.example OUT`` writes them anew.

OUT is the output folder of a run over examples/articles. Each part stands between ``<!-- example: NAME -->`` and
``<!-- end -->``; the test compares it with a run's, so that the page never shows what the program no longer does.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

README = Path(__file__).parents[2] / "README.md"
SHOWN = "kestrel-news/sorne-dam-cracks.txt"  # the article whose record is shown
CREDITED = "harbour-gazette/sorne-dam-evacuation.html"  # the copy that carries the credit
TEXT = 70  # characters of a long text that are shown
LIST = {"evidence": 1}  # entries of a long list that are shown, by field
LIST_OTHERS = 2
WIDTH = 116  # characters of a line

_PART = re.compile(r"(<!-- example: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def parts(out: Path) -> dict[str, str]:
    """What stands between the marks, by name."""
    articles = {row["path"]: row for row in _rows(out / "articles.jsonl")}
    shown = articles[SHOWN]
    stories = {row["id"]: row for row in _rows(out / "stories.jsonl")}
    story = stories[shown["story_id"]]
    passages = [row for row in _rows(out / "reuse.jsonl") if shown["id"] in (row["a_id"], row["b_id"])]
    copies = [row for row in articles.values() if row["story_id"] == story["id"]]
    return {
        "cleaning": _cleaning(shown),
        "copies": _copies(copies),
        "passage": _passage(shown, passages, articles),
        "record": f"```json\n{_object(_shortened(shown))}\n```\n",
    }


def written(readme: str, made: dict[str, str]) -> str:
    """The page with its parts replaced."""
    return _PART.sub(lambda match: f"{match[1]}{made[match[2]]}{match[3]}", readme)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def _cleaning(shown: dict[str, Any]) -> str:
    """The extracted text, piece by piece, with the class of what is removed."""
    pieces = [(start, f"  {_cut(shown['body_text'][a:b], 92)}") for start, _, a, b in shown["kept"]]
    pieces += [(cut["start"], f"- {_cut(' '.join(cut['exact'].split()), 66):<70} {cut['class']}") for cut in shown["removed"]]
    return "```diff\n" + "\n".join(line for _, line in sorted(pieces)) + "\n```\n"


def _copies(copies: list[dict[str, Any]]) -> str:
    lines = ["| outlet | printed | its words that others print too | whose copy | how we know |", "|---|---|---|---|---|"]
    for copy in sorted(copies, key=lambda row: (-row["reused_share"], row["path"])):
        claims = [claim for claim in copy["info_sources"] if claim["role"] != "editor"]
        whose = ", ".join(f"{claim['name']} ({claim['basis']})" for claim in claims) or "unknown"
        kinds = dict.fromkeys(proof["kind"] for claim in claims for proof in claim["evidence"])
        how = ", ".join(kind.replace("_", " ") for kind in kinds) or "nothing says"
        share = f"{round(copy['reused_share'] * 100)} %"
        lines.append(f"| {copy['source']} | {copy['derivation']} | {share} | {whose} | {how} |")
    return "\n".join(lines) + "\n"


def _passage(shown: dict[str, Any], passages: list[dict[str, Any]], articles: dict[str, dict[str, Any]]) -> str:
    """The first narrative passage that the article shares with the credited one, as both print it."""
    credited = articles[CREDITED]["id"]
    narrative = [row for row in passages if row["kind"] == "narrative" and credited in (row["a_id"], row["b_id"])]
    own = "a" if shown["id"] < credited else "b"
    first = min(narrative, key=lambda row: row[f"{own}_start"])
    by_id = {row["id"]: row for row in articles.values()}
    lines = []
    for side in sorted(("a", "b"), key=lambda side: first[f"{side}_id"] == shown["id"]):
        copy = by_id[first[f"{side}_id"]]
        text = " ".join(copy["body_text"][first[f"{side}_start"] : first[f"{side}_end"]].split())
        lines.append(f"{copy['source']:<16}{_cut(text, 96)}")
    count = f"{first['words']} words, {first['kind']}, similarity {first['similarity']}"
    return "```text\n" + "\n".join([*lines, count]) + "\n```\n"


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size + 2 else f"{text[:size].rstrip()} …"


def _shortened(value: Any, field: str = "") -> Any:
    """The value without what is null or empty, long texts and lists cut; what is cut ends in an ellipsis."""
    if isinstance(value, str):
        return _cut(value, 16 if re.fullmatch("[0-9a-f]{64}", value) else TEXT)
    if isinstance(value, dict):
        return {key: _shortened(entry, key) for key, entry in value.items() if entry not in (None, [], "")}
    if isinstance(value, list) and not (value and isinstance(value[0], int)):  # numbers are a span: kept whole
        shown = LIST.get(field, LIST_OTHERS)
        return [*map(_shortened, value[:shown]), *(["…"] if len(value) > shown else [])]
    return value


def _object(value: dict[str, Any], indent: str = "") -> str:
    inner = indent + "  "
    fields = ",\n".join(f"{inner}{_dump(key)}: {_value(entry, inner)}" for key, entry in value.items())
    return f"{{\n{fields}\n{indent}}}"


def _value(value: Any, indent: str) -> str:
    line = _dump(value)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, (dict, list)):
        return line
    if isinstance(value, dict):
        return _object(value, indent)
    inner = indent + "  "
    return "[\n" + ",\n".join(f"{inner}{_value(entry, inner)}" for entry in value) + f"\n{indent}]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8"), parts(Path(sys.argv[1]))), encoding="utf-8")
