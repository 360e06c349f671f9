"""Bylines: how they open, who is named in them, what beside them is a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extraction.words import (
    is_account,
    is_author_label,
    is_house_byline,
    is_role,
    names_in_byline,
    printed_byline,
    starts_as_byline,
)


@pytest.mark.parametrize(
    "line",
    [
        "By Robin Marsh", "Von Ada Quill", "Par Jo Exemple", "BY ROBIN MARSH", "By: Robin Marsh", "Submitted by Robin Marsh",
        "Postado por Ada Quill", "Inviato da Ada Quill", "作者：周晓雯", "بقلم سامر الحداد", "מאת נועם שגיא",
    ],
)  # fmt: skip
def test_a_byline_opens_with_its_word_and_a_name(line: str) -> None:
    assert starts_as_byline(line)


@pytest.mark.parametrize("line", ["By noon the bridge was open", "Bystanders cheered", "By", "", "Robin Marsh"])
def test_what_is_no_byline(line: str) -> None:
    assert not starts_as_byline(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Robin Marsh and Ada Quill", ("Robin Marsh", "Ada Quill")),
        ("Von Robin Marsh, Port Ellery", ("Robin Marsh", "Port Ellery")),
        ("By Robin Marsh | 3 May 2024", ("Robin Marsh",)),
        ("Robin Marsh, Robin Marsh", ("Robin Marsh",)),
        ("By Robin Marsh, transport correspondent", ("Robin Marsh",)),
        ("robin@ellerypost.example", ()),
        ("By Robin Marsh robin@ellerypost.example", ("Robin Marsh",)),
        ("By Robin Marsh @robinmarsh", ("Robin Marsh",)),
        ("By Robin Marsh@robinmarsh", ("Robin Marsh",)),
        ("Robin Marsh (in Port Ellery)", ("Robin Marsh",)),
        ("Robin Marsh Senior Reporter", ("Robin Marsh",)),
        ("Robin Marsh, Redakteurin", ("Robin Marsh",)),
        ("Por Beto Amarante, Ada Quill — Brasília", ("Beto Amarante", "Ada Quill")),
        ("Ellery Post staff reporter", ("Ellery Post staff reporter",)),
        ("김하늘 기자", ("김하늘",)),
        ("김하늘기자", ("김하늘",)),
        ("Journalist", ()),
    ],
)
def test_the_names_in_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert names_in_byline(line) == names


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Robin Marsh", "By Robin Marsh"),
        ("By Robin Marsh | 3 May 2024", "By Robin Marsh"),
        ("3 May 2024 | By Robin Marsh", "By Robin Marsh"),
        ("By Robin Marsh and Ada Quill, Friday, 3 May 2024 07:12", "By Robin Marsh and Ada Quill"),
        ("By Robin Marsh Published 3 May 2024", "By Robin Marsh"),
        ("Robin Marsh · 4 min read", "Robin Marsh"),
        ("3. Mai 2024, 07:12 Uhr, Robin Marsh", "Robin Marsh"),
        ("Artikel veröffentlicht am 3. Mai 2024, Robin Marsh", "Robin Marsh"),
        ("05/03/2024 by Robin Marsh", "by Robin Marsh"),
        ("AFP", "AFP"),
        ("dpa", "dpa"),
        ("3 May 2024", ""),
        ("Published 3 May 2024", ""),
        ("Inviato da Ada Quill il Mar, 15/11/2016 - 09:10", "Inviato da Ada Quill"),
        ("3 May 2024 in politics", ""),
        ("By", ""),
        ("von", ""),
        ("News", ""),
    ],
)
def test_what_of_a_line_is_the_byline(line: str, byline: str) -> None:
    assert printed_byline(line, "en") == byline


@given(st.text(max_size=80), st.sampled_from(["", "3 May 2024", " | 2024-05-03 ", " 7:12 Uhr"]), st.text(max_size=40))
def test_a_byline_is_verbatim(before: str, date: str, after: str) -> None:
    line = before + date + after
    assert printed_byline(line, None) in line


@pytest.mark.parametrize(
    "line", ["Ellery Newsroom", "Online-Redaktion", "The Ellery Post Staff", "Our Correspondent", "La rédaction"]
)
def test_how_a_house_signs(line: str) -> None:
    assert is_house_byline(line)


@pytest.mark.parametrize("line", ["Newsrooms of the future", "He joined the staff", "", "Share", "Contact us"])
def test_what_no_house_signs_with(line: str) -> None:
    assert not is_house_byline(line)


def test_posts_and_accounts_are_no_names() -> None:
    assert is_role("Senior Reporter") and is_role("Redakteurin") and is_role("Business Columnist") and not is_role("Robin Marsh")
    assert is_account("admin") and is_account("Redaccion") and not is_account("Robin Marsh")


def test_a_label_that_says_that_an_author_follows() -> None:
    assert is_author_label("Written by:")
    assert is_author_label("Autor")
    assert not is_author_label("Est. reading time")
