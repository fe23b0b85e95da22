"""What was registered is read in the reader's language, whoever registered it in which."""

from django.utils import translation

from rapport.intelligence.predictions import predictions
from rapport.web.trials.words import registration_in_words
from tests.cast import Cast
from tests.trials.conftest import start


def test_g3_the_question_is_kept_in_english_and_read_in_the_readers_language(cast: Cast) -> None:
    question = predictions()["win_probability"].question
    with translation.override("pt"):
        trial, in_portuguese = start(cast), str(question)
    assert trial.registered.question == "Will this opportunity be won within 90 days?" != in_portuguese
    with translation.override("pt"):
        told = dict(registration_in_words(trial))
    assert told["Pergunta"] == in_portuguese
