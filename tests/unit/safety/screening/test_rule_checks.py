"""The loader refuses rules that could not be trusted."""

from typing import Any

import pytest

from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Seen, bibliography
from tautband.safety.screening.questions import load_questions, parse_questions
from tautband.safety.screening.rules import (
    load_knowledge,
    load_rules,
    parse_rules,
    with_guidelines,
)

GOOD: dict[str, Any] = {
    "id": '"x"',
    "scope": '"patient"',
    "when": '"fever_or_infection"',
    "classes": '{ apta13 = { said = "relative", decision = "precaution" } }',
    "text": '"Because."',
    "do": '"Wait."',
    "confidence": '"published teaching"',
}


def rule(**changes: str) -> str:
    fields = {**GOOD, **changes}
    return "[[rules]]\n" + "\n".join(f"{k} = {v}" for k, v in fields.items() if v)


def test_a_good_rule_is_read() -> None:
    assert set(parse_rules(rule(), load_knowledge())) == {"x"}


REFUSED = [
    (rule(when='"not fever_or_infection"'), "let a risk soften"),
    (rule(when='"eaten_today"'), "let a risk soften"),
    (rule(when='"not takes heparin"'), "let a risk soften"),
    (rule(when='"fever_or_infection"', unless='"faints"'), "let a risk soften"),
    (rule(unless='"not eaten_today"'), "let a risk soften"),
    (rule(unless='"takes heparin"'), "let a risk soften"),
    (rule(when='"fevr"'), "no question"),
    (rule(when='"age"'), "of kind number"),
    (rule(when='"diabetes = maybe"'), "no choice"),
    (rule(when='"takes sugar"'), "no class of medicines"),
    (rule(when='"at lymphoedema"'), "looks at a target"),
    (rule(when='"here colour red"', scope='"muscle"'), "no feature"),
    (rule(scope='"muscle"'), "looks at none"),
    (rule(technique='"deep needling"'), "does not fit the scope"),
    (rule(scope='"technique"'), "does not fit the scope"),
    (rule(scope='"everywhere"'), "scope"),
    (rule(classes="{}"), "is empty"),
    (rule(classes='{ nobody = { said = "x", decision = "ask" } }'), "names 'nobody'"),
    (rule(classes='{ own = { said = "x", decision = "ask" } }'), "no source that was read"),
    (rule(sources='["nowhere"]'), "not in the bibliography"),
    (rule(confidence=""), "confidence"),
    (rule(do='""'), "lacks its reason or its advice"),
    (rule(quiet='"it is loud"', can_kill="true"), "quiet"),
    (rule() + "\n" + rule(), "stands there twice"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_a_rule_that_could_not_be_trusted_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_rules(text, load_knowledge())


def test_what_nobody_read_is_shipped_as_unreviewed() -> None:
    known, books = load_knowledge(), bibliography()
    for key, compiled in load_rules().items():
        fact = with_guidelines(compiled.rule, known.guidelines)
        read = [s for s in fact.sources if books[s].seen is not Seen.NONE]
        if not read:
            assert fact.confidence is Confidence.UNREVIEWED, key


def test_every_question_serves_a_rule_or_says_what_it_is_for() -> None:
    used = {key for compiled in load_rules().values() for key in compiled.questions}
    # Recorded for the reader and for the planner; no rule of screening turns on them.
    assert set(load_questions()) - used == {"sex", "allergy_to"}


def test_a_follow_up_is_never_needed_when_its_question_was_answered_no() -> None:
    from tests.unit.safety.screening.cast import asking

    for plan in ("pectoralis major left", "multifidus_lumbar right", "trapezius_upper left"):
        assert asking(plan) == set()


QUESTION = """
[[questions]]
key = "x"
section = "s"
kind = "yes_no"
risk = "yes"
patient = "p"
clinician = "c"
"""

BAD_QUESTIONS = [
    (QUESTION.replace('risk = "yes"\n', ""), "does not fit its kind"),
    (QUESTION.replace('"yes_no"', '"choice"').replace('risk = "yes"\n', ""), "choices"),
    (QUESTION.replace('"yes_no"', '"number"').replace('risk = "yes"\n', ""), "range"),
    (QUESTION.replace('patient = "p"', 'patient = ""'), "lacks a wording"),
    (QUESTION + "lasts = false\n", "again"),
    (QUESTION + 'asked_when = "y"\n', "names 'y'"),
    (QUESTION + 'asked_when = "here part knee"\n', "depends on a target"),
    (QUESTION + QUESTION, "twice"),
    (QUESTION + "colour = 3\n", "colour"),
]


@pytest.mark.parametrize(("text", "told"), BAD_QUESTIONS)
def test_a_question_that_is_wrong_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_questions(text)
