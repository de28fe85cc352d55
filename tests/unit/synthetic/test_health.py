"""Made-up health answers, and how often they make a screening interrupt."""

from collections import Counter

from tautband.base.sources import Seen, bibliography
from tautband.care.screen import read_answers
from tautband.safety.screening.rules import load_knowledge, load_rules
from tautband.synthetic.health import ASSUMPTION, alert_budget, load_rates, made_up_health

PEOPLE = 1_000


def test_the_same_seed_makes_the_same_people_marked_synthetic() -> None:
    first, second = list(made_up_health(20, 3)), list(made_up_health(20, 3))
    assert first == second
    assert all(person.answers["synthetic"] is True for person in first)


def test_every_answer_is_one_that_the_form_accepts() -> None:
    for person in made_up_health(200, 5):
        read_answers(person.answers)


def test_rates_name_a_source_that_was_read_or_say_that_they_are_assumed() -> None:
    books = bibliography()
    for rate in load_rates().rates:
        assert rate.source == ASSUMPTION or books[rate.source].seen is not Seen.NONE
        assert rate.source == ASSUMPTION or rate.note


def test_frequencies_follow_the_rates() -> None:
    people = list(made_up_health(3_000, 11))
    told = Counter()  # type: ignore[var-annotated]
    for person in people:
        answers = person.answers["answers"]
        told["female"] += answers["sex"] == "female"
        told["replaced"] += bool(answers["joint_replacement"])
        told["diabetes"] += answers["diabetes"] != "no"
        told["both"] += answers["pregnant"] == "yes" and answers["sex"] == "male"
    assert 0.53 < told["female"] / 3_000 < 0.61
    assert 0.005 < told["replaced"] / 3_000 < 0.05
    assert 0.05 < told["diabetes"] / 3_000 < 0.16
    assert told["both"] == 0


def test_interrupting_stops_stay_rare_and_what_is_quiet_cannot_kill() -> None:
    """A short form of the budget: one in ten, with room for two standard errors."""
    budget = alert_budget(PEOPLE, 2026)
    assert budget.share <= 0.1 + 2 * (0.1 * 0.9 / PEOPLE) ** 0.5
    assert budget.share > 0.02  # the people do have something
    rules = load_rules()
    for key in budget.quieted:
        assert not rules[key].rule.can_kill
        assert rules[key].rule.quiet
    assert not set(budget.by_rule) & set(budget.quieted)


def test_follow_ups_are_answered_where_their_question_calls_for_them() -> None:
    questions = load_knowledge().questions
    for person in made_up_health(300, 8):
        answers = person.answers["answers"]
        if answers["blood_thinner"] == "yes":
            assert "treatment_stable" in answers
        assert set(answers) <= set(questions)
