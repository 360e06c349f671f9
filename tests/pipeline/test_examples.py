"""The example articles come out as examples/README.md says: a whole run that a person has read."""

import json
from pathlib import Path

import pytest

A, B, C = "the AFP's report", "Reuters' report", "the ferries"

# path: story, status, agencies with their basis, derivation
EXPECTED = {
    "harbour-gazette/sorne-dam-evacuation.html": (A, "credited", {"afp": "explicit"}, "whole"),
    "kestrel-news/sorne-dam-cracks.txt": (A, "not_credited_in_text", {"afp": "inferred"}, "whole"),
    "meridian-post/families-leave-sorne.html": (A, "not_credited_in_text", {"afp": "inferred"}, "partial"),
    "northland-tribune/tribune.jsonl#2": (A, "credited", {"afp": "explicit", "reuters": "explicit"}, "whole"),
    "northland-tribune/tribune.jsonl#1": (B, "credited", {"reuters": "explicit"}, "whole"),
    "kestrel-news/potash-line-closed.html": (B, "not_credited_in_text", {"reuters": "inferred"}, "whole"),
    "courrier-de-morvaine/helicopteres-saint-orven.txt": (C, "credited", {"afp": "explicit"}, "whole"),
    "echo-du-littoral/greve-des-ferries.html": (
        C, "partly_credited", {"agencies-unnamed": "explicit", "afp": "inferred"}, "whole",
    ),
    **dict.fromkeys(
        (
            "echo-du-littoral/criee-port-lanvel.html",
            "harbour-gazette/lantern-regatta.html",
            "harbour-gazette/markets-8-may.txt",
            "harbour-gazette/night-trams.html",
            "meridian-post/left-at-the-stop.html",
            "meridian-post/why-bills-rise.html",
            "northland-tribune/tribune.jsonl#3",
            "northland-tribune/tribune.jsonl#4",
            "northland-tribune/tribune.jsonl#5",
            "northland-tribune/tribune.jsonl#6",
            "northland-tribune/tribune.jsonl#7",
        ),
        (None, "no_agency_found", {}, "none"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def articles(example_run: Path) -> dict[str, dict]:
    rows = [json.loads(line) for line in (example_run / "articles.jsonl").read_bytes().splitlines()]
    return {row["path"]: row for row in rows}


def test_the_stories_are_those_that_a_reader_sees(articles: dict[str, dict]) -> None:
    stories: dict[str, set[str]] = {}
    for path, article in articles.items():
        stories.setdefault(article["story_id"], set()).add(path)
    expected: dict[str, set[str]] = {}
    for path, (story, *_) in EXPECTED.items():
        expected.setdefault(story or path, set()).add(path)
    assert sorted(map(sorted, stories.values())) == sorted(map(sorted, expected.values()))


@pytest.mark.parametrize("path", sorted(EXPECTED))
def test_each_article_is_attributed_as_a_reader_would(articles: dict[str, dict], path: str) -> None:
    _, status, agencies, derivation = EXPECTED[path]
    article = articles[path]
    found = {claim["id"]: claim["basis"] for claim in article["info_sources"] if claim["role"] == "origin"}
    assert (found, article["attribution_status"], article["derivation"]) == (agencies, status, derivation)


def test_the_merged_copy_names_the_other_story(articles: dict[str, dict]) -> None:
    other = articles["northland-tribune/tribune.jsonl#1"]["story_id"]
    assert articles["northland-tribune/tribune.jsonl#2"]["also_from"] == [other]


@pytest.mark.parametrize(
    ("path", "agency", "role"),
    [
        ("harbour-gazette/sorne-dam-evacuation.html", "afp", "photo"),
        ("harbour-gazette/lantern-regatta.html", "ap", "photo"),
        ("meridian-post/families-leave-sorne.html", "afp", "quoted"),
        ("northland-tribune/tribune.jsonl#5", "reuters", "subject"),
    ],
)
def test_what_is_no_credit_is_a_mention(articles: dict[str, dict], path: str, agency: str, role: str) -> None:
    assert (agency, role) in {(mention["id"], mention["role"]) for mention in articles[path]["mentions"]}


def test_nothing_but_the_story_is_left_in_the_bodies(articles: dict[str, dict]) -> None:
    foreign = ("subscri", "newsletter", "cookie", "abonne", "skip to", "©", "copyright", "advert", "comment", "crowns a week")
    left = [
        (path, line)
        for path, article in articles.items()
        for line in article["body_text"].splitlines()
        if any(word in line.lower() for word in foreign) and not line.endswith((".", "”", '"'))
    ]
    assert left == []
