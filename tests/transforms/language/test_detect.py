"""The language of a text: cheap where evidence is unanimous, the same whatever was asked before, null when unsure."""

import tomllib
from pathlib import Path

import pytest
from langdetect import PROFILES_DIRECTORY

from transforms.language import detect
from transforms.language.detect import detect_language
from transforms.language.evidence import languages_of_words, unknown_to_langdetect

TEXTS = {
    "en": "The harbour was closed on Monday after a ship ran into the pier. Nobody was hurt, but the ferry to the island will not run before the end of the week, its owner said.",
    "de": "Der Hafen wurde am Montag geschlossen, nachdem ein Schiff gegen den Pier gefahren war. Niemand wurde verletzt, aber die F\u00e4hre zur Insel wird vor dem Ende der Woche nicht fahren.",
    "fr": "Le port a \u00e9t\u00e9 ferm\u00e9 lundi apr\u00e8s qu'un navire a heurt\u00e9 la jet\u00e9e. Personne n'a \u00e9t\u00e9 bless\u00e9, mais le ferry pour l'\u00eele ne circulera pas avant la fin de la semaine.",
    "es": "El puerto fue cerrado el lunes despu\u00e9s de que un barco chocara con el muelle. Nadie result\u00f3 herido, pero el transbordador a la isla no saldr\u00e1 antes del fin de semana.",
    "pt": "O porto foi fechado na segunda-feira depois que um navio bateu no cais. Ningu\u00e9m ficou ferido, mas a balsa para a ilha n\u00e3o vai sair antes do fim da semana, disse o dono.",
    "it": "Il porto \u00e8 stato chiuso luned\u00ec dopo che una nave ha urtato il molo. Nessuno \u00e8 rimasto ferito, ma il traghetto per l'isola non partir\u00e0 prima della fine della settimana.",
    "nl": "De haven werd maandag gesloten nadat een schip tegen de pier was gevaren. Niemand raakte gewond, maar de veerboot naar het eiland vaart niet voor het einde van de week.",
    "pl": "Port zosta\u0142 zamkni\u0119ty w poniedzia\u0142ek po tym, jak statek uderzy\u0142 w molo. Nikt nie zosta\u0142 ranny, ale prom na wysp\u0119 nie b\u0119dzie kursowa\u0142 przed ko\u0144cem tygodnia.",
    "ru": "\u041f\u043e\u0440\u0442 \u0437\u0430\u043a\u0440\u044b\u043b\u0438 \u0432 \u043f\u043e\u043d\u0435\u0434\u0435\u043b\u044c\u043d\u0438\u043a \u043f\u043e\u0441\u043b\u0435 \u0442\u043e\u0433\u043e, \u043a\u0430\u043a \u0441\u0443\u0434\u043d\u043e \u0432\u0440\u0435\u0437\u0430\u043b\u043e\u0441\u044c \u0432 \u043f\u0438\u0440\u0441. \u041d\u0438\u043a\u0442\u043e \u043d\u0435 \u043f\u043e\u0441\u0442\u0440\u0430\u0434\u0430\u043b, \u043d\u043e \u043f\u0430\u0440\u043e\u043c \u043d\u0435 \u0431\u0443\u0434\u0435\u0442 \u0445\u043e\u0434\u0438\u0442\u044c \u0434\u043e \u043a\u043e\u043d\u0446\u0430 \u043d\u0435\u0434\u0435\u043b\u0438.",
    "tr": "Liman, bir geminin iskeleye \u00e7arpmas\u0131n\u0131n ard\u0131ndan pazartesi g\u00fcn\u00fc kapat\u0131ld\u0131. Kimse yaralanmad\u0131 ancak adaya giden feribot hafta sonundan \u00f6nce \u00e7al\u0131\u015fmayacak ve bu da b\u00fcy\u00fck bir sorun olarak g\u00f6r\u00fcl\u00fcyor.",
    "zu": "Amaphoyisa athe ukuthi umuntu oyedwa ulimele ngesikhathi umkhumbi ushayisa. Abantu bathi kodwa lokhu kwenzeke izolo futhi kuze kube manje akekho owaziyo ukuthi yini imbangela, ngoba emva kwalokho bonke babalekile.",
    "ja": "\u6e2f\u306f\u6708\u66dc\u65e5\u306b\u9589\u9396\u3055\u308c\u305f\u3002\u8239\u304c\u685f\u6a4b\u306b\u885d\u7a81\u3057\u305f\u305f\u3081\u3060\u3002\u3051\u304c\u4eba\u306f\u3044\u306a\u304b\u3063\u305f\u3002",
    "zh": "\u6e2f\u53e3\u661f\u671f\u4e00\u5173\u95ed\uff0c\u6b64\u524d\u4e00\u8258\u8239\u649e\u4e0a\u4e86\u7801\u5934\u3002\u6ca1\u6709\u4eba\u53d7\u4f24\uff0c\u4f46\u6e21\u8f6e\u672c\u5468\u5185\u4e0d\u4f1a\u6062\u590d\u3002",
    "ko": "\ud56d\uad6c\ub294 \uc6d4\uc694\uc77c \ubc30\uac00 \ubd80\ub450\uc5d0 \ucda9\ub3cc\ud55c \ub4a4 \ud3d0\uc1c4\ub410\ub2e4. \ub2e4\uce5c \uc0ac\ub78c\uc740 \uc5c6\uc5c8\ub2e4.",
    "el": "\u03a4\u03bf \u03bb\u03b9\u03bc\u03ac\u03bd\u03b9 \u03ad\u03ba\u03bb\u03b5\u03b9\u03c3\u03b5 \u03c4\u03b7 \u0394\u03b5\u03c5\u03c4\u03ad\u03c1\u03b1 \u03bc\u03b5\u03c4\u03ac \u03c4\u03b7\u03bd \u03c0\u03c1\u03cc\u03c3\u03ba\u03c1\u03bf\u03c5\u03c3\u03b7 \u03b5\u03bd\u03cc\u03c2 \u03c0\u03bb\u03bf\u03af\u03bf\u03c5.",
    "th": "\u0e17\u0e48\u0e32\u0e40\u0e23\u0e37\u0e2d\u0e16\u0e39\u0e01\u0e1b\u0e34\u0e14\u0e40\u0e21\u0e37\u0e48\u0e2d\u0e27\u0e31\u0e19\u0e08\u0e31\u0e19\u0e17\u0e23\u0e4c",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("declared", ["same", None, "en-US"])
def test_a_text_is_read_as_its_language_whatever_is_declared(language: str, declared: str | None) -> None:
    found, confidence = detect_language(TEXTS[language], language if declared == "same" else declared)
    assert found == language
    assert confidence == round(confidence, 4) and 0.5 <= confidence <= 1


@pytest.mark.parametrize("text", ["", " \n", "Ferry returns", "12,400 \u2013 3:2", "\u6e2f\u53e3", "A B C D E F G 1 2 3 4 5 6 7 8"])
def test_a_short_text_has_no_language(text: str) -> None:
    assert detect_language(text, "en") == (None, None)


def test_a_mixed_text_has_no_language() -> None:
    halves = f"{TEXTS['en']} {TEXTS['en']} {TEXTS['en']}\n{TEXTS['de']} {TEXTS['de']} {TEXTS['de']}"
    assert detect_language(halves * 3, None) == (None, None)


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    texts = [text[: len(text) // 2] for text in TEXTS.values()]
    first = [detect_language(text, None) for text in texts]
    assert [detect_language(text, None) for text in reversed(texts)] == first[::-1]


def test_neighbours_are_told_apart_by_the_declaration() -> None:
    text = "Havnen ble stengt mandag etter at et skip traff kaia. Ingen ble skadet, men fergen til \u00f8ya vil ikke g\u00e5 f\u00f8r slutten av uken."
    assert detect_language(text, "nb")[0] == "no"
    assert detect_language(text, "nn-NO")[0] == "no"


def test_langdetect_is_asked_only_where_evidence_is_not_unanimous(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = detect._by_langdetect
    monkeypatch.setattr(detect, "_by_langdetect", lambda sample, words, hint: asked.append(sample) or real(sample, words, hint))
    detect_language(TEXTS["en"], "en-GB")
    assert asked == []
    assert detect_language(TEXTS["en"], "fr")[0] == "en"
    assert asked == [TEXTS["en"]]


def test_only_a_bounded_sample_is_looked_at() -> None:
    assert max(map(len, detect._slices("word " * 100_000))) == detect.SLICE
    assert len(detect._slices("word " * 100_000)) == detect.SLICES


def test_the_table_names_what_langdetect_does_not_know() -> None:
    known = {path.name.partition("-")[0] for path in Path(PROFILES_DIRECTORY).iterdir()}
    assert languages_of_words() - known == unknown_to_langdetect()


def test_each_list_of_words_is_long_enough_and_has_no_word_twice() -> None:
    table = tomllib.loads(Path(detect.__file__).with_name("words.toml").read_text("utf-8"))["languages"]
    assert [language for language, words in table.items() if len(set(words.split())) < 14] == []
