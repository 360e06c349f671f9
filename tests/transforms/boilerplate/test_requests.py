"""A sentence beside a request in its paragraph: part of it, or the story's."""

import pytest

from schemas.article import Credits
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.strip import strip_boilerplate

BEFORE = "The ferry to Skerry Island will run again from Thursday, its owner said after two weeks of storms."
BEHIND = "Supplies had been brought by helicopter since the pier was damaged, and the school stayed closed."


def body_with(line: str, article_of, cues: CueTable, no_credits: Credits) -> str:
    article = article_of("\n\n".join(["Ferry returns to Skerry Island after two weeks", BEFORE, line, BEHIND]))
    return strip_boilerplate(article, no_credits, cues, None).body_text


@pytest.mark.parametrize(
    "line",
    [
        "Were you on the ferry? Tell us what you saw.",
        "El Farallón es posible gracias a sus lectores. Hazte socia desde 3 euros al mes.",
        "Redan prenumerant? Logga in och fortsätt läsa.",
        "Don't have our app yet? Download it here for alerts from your street.",
        "Curious? Our newsletter tells you each Friday what is on, and it's free.",
        "Écoutez notre podcast « Grand large » sur toutes les plateformes.",
    ],
)
def test_a_question_before_a_request_and_an_outlet_that_speaks_of_itself_go_with_it(
    line: str, article_of, cues: CueTable, no_credits: Credits
) -> None:
    assert body_with(line, article_of, cues, no_credits) == f"{BEFORE}\n\n{BEHIND}"


@pytest.mark.parametrize(
    "line",
    [
        "Qu'en pensez-vous ? demande le juge. L'accusé se tait.",
        "Wat vind jij? vroeg de rechter aan de jongen.",
        "Die Autorin wurde in ihrer Wohnung tot gefunden.",
        "Word lid van de club, stond er op het bord.",
        "Every month we get an email from the landlord, and every month the rent is $40 more.",
        "Our members are free to leave, and we wish them luck.",
    ],
)
def test_what_somebody_asks_in_the_story_stays(line: str, article_of, cues: CueTable, no_credits: Credits) -> None:
    assert body_with(line, article_of, cues, no_credits) == f"{BEFORE}\n\n{line}\n\n{BEHIND}"


@pytest.mark.parametrize(
    ("sentence", "request_"),
    [
        ("The fare is to double, he said.", "Sign up for our newsletter."),
        ("You should keep your receipts for two years.", "Sign up for our newsletter here."),
        ("Sie sollten Ihre Belege zwei Jahre lang aufbewahren.", "Melden Sie sich hier für unseren Newsletter an."),
    ],
)
def test_a_sentence_of_the_story_stays_without_the_request_glued_to_it(
    sentence: str, request_: str, article_of, cues: CueTable, no_credits: Credits
) -> None:
    body = body_with(f"{sentence} {request_}", article_of, cues, no_credits)
    assert body == f"{BEFORE}\n\n{sentence}\n\n{BEHIND}"
