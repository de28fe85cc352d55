"""The reviewed data of triage: whole, sourced, and readable for a patient."""

import re

import pytest

from tautband.base.errors import InputError
from tautband.base.sources import Confidence
from tautband.safety.events.lexicon import load_lexicon
from tautband.safety.events.reading import read_complaint
from tautband.safety.events.signs import load_signs
from tautband.safety.events.toml_data import parse_data
from tautband.safety.events.urgency import Urgency
from tautband.safety.events.words import (
    Numbers,
    emergency_number,
    load_lines,
    load_numbers,
    say_to_patient,
)

SIGNS = load_signs()
PATIENT_WORDS = [
    *(line for lines in load_lines().values() for line in lines.lines),
    *(sign.question for sign in SIGNS.sign.values()),
    *(sign.do for sign in SIGNS.sign.values() if sign.do),
]


def _syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, len(groups) - silent)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: 0.39 words/sentence + 11.8 syllables/word - 15.59."""
    sentences = max(1, len(re.findall(r"[.?!]+", text)))
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def test_the_words_for_each_decision_are_plain() -> None:
    for urgency in Urgency:
        said = " ".join(say_to_patient(urgency, "your local emergency number", ()))
        assert grade(said) <= 8, (urgency, grade(said))
    assert grade(" ".join(PATIENT_WORDS)) <= 8


def test_the_one_instruction_comes_first() -> None:
    assert say_to_patient(Urgency.EMERGENCY, "999", ["Sit up."])[:2] == ("Call 999 now.", "Sit up.")
    for urgency in Urgency:
        assert load_lines()[urgency.key].lines[0].count(".") == 1


def test_words_that_were_not_understood_send_to_the_questions_at_once() -> None:
    sure = say_to_patient(Urgency.CONTACT_CLINIC, "999", ())
    unsure = say_to_patient(Urgency.CONTACT_CLINIC, "999", (), doubt=True)
    assert unsure[0] == sure[0]
    assert unsure[1] not in sure
    assert say_to_patient(Urgency.EMERGENCY, "999", (), doubt=True) == say_to_patient(
        Urgency.EMERGENCY, "999", ()
    )


def test_nothing_is_promised() -> None:
    for words in PATIENT_WORDS:
        assert not re.search(r"\b(safe|harmless|certainly|guarantee|nothing to worry)\b", words)


@pytest.mark.parametrize(
    ("place", "number"),
    [("GB", "999"), ("us-va", "911"), ("IE", "112"), (None, None), ("ZZ", None), ("AU", None)],
)
def test_an_emergency_number_is_told_only_where_one_was_read(
    place: str | None, number: str | None
) -> None:
    assert emergency_number(place) == (number or "your local emergency number")


def test_numbers_that_nobody_checked_are_not_told() -> None:
    for entry in load_numbers().number:
        for country in entry.countries:
            told = emergency_number(country)
            assert (told == entry.number) is (entry.confidence is not Confidence.UNREVIEWED)


@pytest.mark.parametrize("place", ["Great Britain", "1", "G!"])
def test_a_place_that_is_no_code_is_refused(place: str) -> None:
    with pytest.raises(InputError, match="place"):
        emergency_number(place)


def test_every_phrase_of_the_lexicon_is_found_as_it_is_written() -> None:
    lexicon = load_lexicon()
    missed = [
        (phrase.words, phrase.meaning)
        for phrases in lexicon.phrases.values()
        for phrase in phrases
        if phrase.is_sign and not _found(" ".join(phrase.words), phrase.meaning)
    ]
    assert missed == []


def _found(text: str, sign: str) -> bool:
    present = read_complaint(text).present
    level = Urgency.of(SIGNS.sign[sign].level)
    # A stricter reading of the same words ("hit nerve pain") may stand instead.
    return sign in present or any(Urgency.of(SIGNS.sign[s].level) >= level for s in present)


def test_no_word_of_danger_is_among_the_harmless() -> None:
    lexicon = load_lexicon()
    risky = {
        phrase.words[0]
        for phrases in lexicon.phrases.values()
        for phrase in phrases
        if phrase.is_sign
        and len(phrase.words) == 1
        and Urgency.of(SIGNS.sign[phrase.meaning].level) >= Urgency.SAME_DAY
    }
    assert risky & lexicon.harmless == set()


@pytest.mark.parametrize(
    "text", ["number = []", 'default = "x"\nnumber = []\nextra = 1', "= broken"]
)
def test_data_of_another_shape_is_refused_by_name(text: str) -> None:
    with pytest.raises(InputError, match=r"numbers\.toml"):
        parse_data(text, "numbers.toml", Numbers)
