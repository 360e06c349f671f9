"""Bytes to text: marks, declarations, detection, and what is no text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import Undecodable
from transforms.extraction.encoding import decode, utf8

RUSSIAN = "<p>Правительство объявило о новых мерах поддержки экономики, сообщает агентство.</p>" * 4
GERMAN = "<p>Die Regierung hat am Mittwoch neue Maßnahmen für die Förderung der Städte verkündet.</p>" * 4
CHINESE = "<p>政府周三宣布了新的经济措施，通讯社报道，记者在现场看到许多市民。</p>" * 8


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"))))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8"), "iso-8859-1") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_mark_decides_over_the_header(mark: bytes, name: str) -> None:
    assert decode(mark + GERMAN.encode(name), "koi8-r") == GERMAN


def test_utf16_without_a_mark() -> None:
    assert decode(GERMAN.encode("utf-16-le"), None) == GERMAN
    assert decode(GERMAN.encode("utf-16-be"), None) == GERMAN


def test_the_header_goes_before_the_page() -> None:
    page = f"<meta charset=iso-8859-5>{RUSSIAN}"
    assert decode(page.encode("cp1251"), "windows-1251") == page


def test_the_page_declares() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">{RUSSIAN}'
    assert decode(page.encode("cp1251"), None) == page


def test_a_wrong_declaration_does_not_hold() -> None:
    page = f"<meta charset=utf-8>{RUSSIAN}"
    assert decode(page.encode("cp1251"), "utf-8") == page


def test_labels_mean_what_they_mean_on_the_web() -> None:
    assert decode("“Quoted” – said".encode("cp1252"), "iso-8859-1") == "“Quoted” – said"
    assert decode(CHINESE.encode("gb18030"), "gb2312") == CHINESE


@pytest.mark.parametrize(("text", "name"), [(RUSSIAN, "cp1251"), (CHINESE, "gb18030"), (GERMAN, "cp1252")])
def test_detection_where_nothing_is_declared(text: str, name: str) -> None:
    assert decode(text.encode(name), None) == text


def test_one_broken_character_is_no_other_encoding() -> None:
    content = GERMAN.encode("utf-8") + b"\xff" + GERMAN.encode("utf-8")
    assert decode(content, None) == GERMAN + "�" + GERMAN


def test_a_label_that_is_no_text_codec_is_passed_over() -> None:
    assert decode(GERMAN.encode("cp1252"), "base64") == GERMAN
    assert decode(GERMAN.encode("cp1252"), "no-such-charset") == GERMAN


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.4 stream", "a PDF file, not text"),
        (b"\x89PNG\r\n", "a PNG file, not text"),
        (bytes(range(256)) * 8, "control characters in the first 2048 bytes: binary, not text"),
    ],
)
def test_binary_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Undecodable, match=message.replace("(", r"\(")):
        decode(content, None)


@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=100).map(lambda text: text.encode("utf-8", "ignore"))),
    st.sampled_from([None, "utf-8", "shift_jis", "iso-2022-jp"]),
)
def test_for_a_parser_the_same_text_is_given_as_utf8(content: bytes, declared: str | None) -> None:
    try:
        text = decode(content, declared)
    except Undecodable as error:
        with pytest.raises(Undecodable) as refused:
            utf8(content, declared)
        assert str(refused.value) == str(error)
    else:
        assert utf8(content, declared).decode("utf-8") == text


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "utf-16", "big5"]))
def test_any_bytes_are_text_or_undecodable(content: bytes, declared: str | None) -> None:
    try:
        assert isinstance(decode(content, declared), str)
    except Undecodable as error:
        assert str(error)
