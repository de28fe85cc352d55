"""A clinic's policy: stricter freely, milder only with a written reason."""

import pytest

from tautband.base.errors import InputError
from tautband.care.screen import default_policy, read_policy, screen_plan
from tautband.safety.decision import Decision
from tautband.safety.screening.rules import load_rules
from tests.unit.safety.screening.cast import healthy

DEFAULTS = [
    # What binds decides: one body's "absolute" against others' silence.
    ("lymphoedema", "not_here"),
    # A lesser source's "absolute" only adds a precaution ...
    ("eczema_or_psoriasis", "precaution"),
    ("irradiated", "precaution"),
    # ... except where it can kill: then the strictest of all.
    ("heart_valve", "do_not_needle"),
    ("bleeding_disorder", "do_not_needle"),
    ("anticoagulant_not_stable", "not_today"),
    # Pregnancy: one clinic's "absolute" does not override the body that says "avoid".
    ("pregnancy", "ask"),
    ("anticoagulant", "precaution"),
]


@pytest.mark.parametrize(("rule", "right"), DEFAULTS)
def test_the_default_is_the_strictest_of_what_binds(rule: str, right: str) -> None:
    assert default_policy().rules[rule].decision.key == right


def test_stricter_needs_no_reason_and_is_shown() -> None:
    policy = read_policy(
        'name = "x"\n[[stricter]]\nrule = "pregnancy"\ndecision = "do_not_needle"\n'
    )
    assert policy.rules["pregnancy"].decision is Decision.DO_NOT_NEEDLE
    assert policy.changes == ("pregnancy: do not needle: set stricter by the clinic",)


def test_a_quiet_rule_that_is_set_stricter_is_quiet_no_more() -> None:
    policy = read_policy('name = "x"\n[[stricter]]\nrule = "competition_soon"\ndecision = "ask"\n')
    answers = healthy(competition_days=1)
    judged = screen_plan(answers, "extensor indicis right", policy=policy).screening
    assert judged.decision is Decision.ASK


MILDER = """
name = "x"
[[milder]]
rule = "lymphoedema"
decision = "ask"
reason = "Our oncologist advises case by case."
name = "A. Example"
date = 2026-11-01
"""


def test_milder_with_a_reason_holds_and_is_shown_with_the_reason() -> None:
    policy = read_policy(MILDER)
    judged = screen_plan(
        healthy(lymphoedema=["left arm"]), "biceps brachii left", policy=policy
    ).screening
    assert judged.decision is Decision.ASK
    told = next(r.policy for r in judged.reasons if r.id == "lymphoedema")
    assert told == (
        "ask instead of not here: Our oncologist advises case by case. (A. Example, 2026-11-01)"
    )
    assert judged.changes == (f"lymphoedema: {told}",)


def test_a_short_reason_is_a_reason_from_ten_signs_on() -> None:
    assert read_policy(MILDER.replace("Our oncologist advises case by case.", "Ten signs."))
    with pytest.raises(InputError, match="full reason"):
        read_policy(MILDER.replace("Our oncologist advises case by case.", "Nine sign"))


REFUSED = [
    (MILDER.replace('reason = "Our oncologist advises case by case."\n', ""), "reason"),
    (MILDER.replace("Our oncologist advises case by case.", "ok"), "without a full reason"),
    (MILDER.replace('"A. Example"', '" "'), "without a full reason"),
    (MILDER.replace("date = 2026-11-01\n", ""), "date"),
    (MILDER.replace('"ask"', '"not_here"'), "not milder than the default"),
    (MILDER.replace("lymphoedema", "lymphodema"), "Did you mean lymphoedema"),
    ('name = "x"\nguidelines = ["apta"]', "'apta' is not known"),
    ('name = "x"\n[[stricter]]\nrule = "fever"\ndecision = "ask"', "below the default"),
    ('name = "x"\n[[stricter]]\nrule = "fever"\ndecision = "never"', "policy"),
    ('name = "x"\ncolour = 3', "colour"),
    ("nonsense", "policy"),
    ('name = "x"\nguidelines = ["munoz22"]', "makes '.*' milder"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_a_policy_that_softens_in_silence_or_is_wrong_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_policy(text)


def test_fewer_guidelines_soften_only_with_a_reason() -> None:
    text = 'name = "x"\nguidelines = ["apta13", "own"]\n'
    with pytest.raises(InputError, match="why_these"):
        read_policy(text)
    why = '[why_these]\nreason = "We work under one body only."\nname = "B"\ndate = 2026-11-01\n'
    policy = read_policy(text + why)
    assert policy.rules["heart_valve"].decision < default_policy().rules["heart_valve"].decision
    assert any("We work under one body only." in c for c in policy.changes)


def test_stricter_is_measured_against_the_default_also_when_fewer_guidelines_count() -> None:
    text = 'name = "x"\nguidelines = ["apta13", "own"]\n'
    why = '[why_these]\nreason = "We work under one body only."\nname = "B"\ndate = 2026-11-01\n'
    softened = read_policy(text + why).rules["heart_valve"].decision
    entry = f'[[stricter]]\nrule = "heart_valve"\ndecision = "{softened.key}"\n'
    with pytest.raises(InputError, match="below the default"):
        read_policy(text + why + entry)


def test_a_quiet_rule_never_concerns_what_can_kill() -> None:
    for key, compiled in load_rules().items():
        assert not (compiled.rule.quiet and compiled.rule.can_kill), key
        assert compiled.rule.quiet == "" or len(compiled.rule.quiet) > 20
