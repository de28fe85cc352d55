"""Answers: what is accepted, what is refused, and a return visit laid over the last one."""

from typing import Any

import pytest

from tautband.base.errors import InputError
from tautband.care.screen import read_answers
from tautband.safety.screening.answers import template
from tautband.safety.screening.rules import load_knowledge


def file(**answers: Any) -> dict[str, Any]:
    return {"schema": "tautband.answers/1", "answered_on": "2026-11-25", "answers": answers}


READ = [
    ("fever_or_infection", "yes", True),
    ("fever_or_infection", False, False),
    ("fever_or_infection", "Unknown", None),
    ("fever_or_infection", None, None),
    ("diabetes", "well controlled", "well controlled"),
    ("diabetes", "poorly_controlled", "poorly controlled"),
    ("diabetes", False, "no"),
    ("inr", 2.5, 2.5),
    ("inr_days", 10, 10.0),
    ("inr_days", "2026-11-20", 5.0),
    ("competition_days", "2026-11-27", 2.0),
    ("lymphoedema", "no", ()),
    ("lymphoedema", [], ()),
    ("lymphoedema", "yes", None),
    ("lymphoedema", True, None),
    ("medicines", "none", ()),
    ("allergy_to", "nickel", "nickel"),
]


@pytest.mark.parametrize(("key", "raw", "right"), READ)
def test_an_answer_is_read(key: str, raw: object, right: object) -> None:
    assert read_answers(file(**{key: raw})).get(key) == right


def test_what_is_not_answered_is_not_known() -> None:
    assert read_answers(file()).get("fever_or_infection") is None


def test_a_body_mass_index_needs_height_and_weight() -> None:
    assert read_answers(file(height=170)).get("bmi") is None
    assert read_answers(file(height=200, weight=80)).get("bmi") == pytest.approx(20)


def test_the_template_is_read_and_leaves_everything_unknown() -> None:
    known = load_knowledge()
    answers = read_answers(template(known.questions))
    assert answers.values == {}
    assert answers.opened == set(known.questions)


def test_bare_answers_are_read_as_well() -> None:
    whole = read_answers({"schema": "tautband.answers/1", "answers": {"age": 40, "diabetes": "no"}})
    assert read_answers({"age": 40, "diabetes": "no"}).values == whole.values
    assert read_answers({"answers": {"age": 40, "diabetes": "no"}}).values == whole.values


REFUSED: list[tuple[object, str]] = [
    ([], "is not an object"),
    ({}, "answers: is missing"),
    ({"schema": "tautband.answers/9", "answers": {}}, "schema: is 'tautband.answers/9'"),
    ({"fever_or_infecton": "yes"}, "Did you mean fever_or_infection"),
    ({"schema": "tautband.answers/1"}, "answers: is missing"),
    ({"schema": "tautband.answers/1", "answers": {}, "answer": {}}, "Did you mean answers"),
    ({"schema": "tautband.answers/1", "answers": {}, "answered_on": "25/11"}, "a date such as"),
    ({"schema": "tautband.answers/1", "answers": {}, "synthetic": 3}, "true or false"),
    (file(fever_or_infecton="yes"), "Did you mean fever_or_infection"),
    (file(fever_or_infection="perhaps"), "fever_or_infection: is 'perhaps'"),
    (file(fever_or_infection=1), "'yes', 'no' or 'unknown'"),
    (file(diabetes="well controled"), "Did you mean well controlled"),
    (file(inr="2.5"), r"0\.5 to 15 \(INR\)"),
    (file(inr=99), "inr: is 99"),
    (file(inr=float("nan")), "inr: is nan"),
    (file(inr=10**400), "inr: is inf"),
    (file(inr=True), "inr: is 'True'"),
    (file(weeks_pregnant=-1), "weeks_pregnant: is -1"),
    (file(inr_days="2026-12-24"), "inr_days: is -29"),
    (file(lymphoedema=["left knob"]), "is not a place"),
    (file(lymphoedema=7), "a list of places"),
    (file(medicines=[7]), "a list of medicines"),
    (file(medicines=["x" * 600]), "is too long"),
    (file(allergy_to=3), "short text"),
    (file(fever_or_infection="same"), "needs --return-of"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_what_is_wrong_is_refused_in_one_sentence(data: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_answers(data)


def test_a_date_needs_the_day_of_the_answers() -> None:
    data = {"schema": "tautband.answers/1", "answers": {"inr_days": "2026-11-20"}}
    with pytest.raises(InputError, match="answered_on is missing"):
        read_answers(data)


class TestReturnVisit:
    BEFORE = file(
        joint_replacement=["left knee"], medicines=["Eliquis"], eaten_today="yes",
        pregnant="no", lung_disease="no", collapsed_lung="no",
    )  # fmt: skip

    def after(self, **answers: Any) -> Any:
        return read_answers(file(**answers), self.BEFORE)

    def test_what_lasts_is_taken_over_and_listed(self) -> None:
        merged = self.after()
        assert merged.get("joint_replacement")
        assert merged.get("lung_disease") is False
        assert set(merged.carried) == {"joint_replacement", "lung_disease", "collapsed_lung"}

    def test_what_held_for_the_day_is_not_known_any_more(self) -> None:
        merged = self.after()
        for key in ("eaten_today", "medicines", "pregnant"):
            assert merged.get(key) is None

    def test_same_confirms_the_last_answer(self) -> None:
        merged = self.after(medicines="same", pregnant="same")
        assert [m.drug for m in merged.medicines] == ["apixaban"]
        assert merged.get("pregnant") is False
        assert "medicines" not in merged.carried

    def test_a_new_answer_counts_and_unknown_now_is_unknown(self) -> None:
        merged = self.after(medicines=["none"], collapsed_lung="unknown")
        assert merged.medicines == ()
        assert merged.get("medicines") == ()
        assert merged.get("collapsed_lung") is None


def test_the_short_form_asks_what_may_have_changed() -> None:
    questions = load_knowledge().questions
    again = {key for key, q in questions.items() if q.again}
    assert {"medicines", "pregnant", "eaten_today", "fever_or_infection", "bad_reaction"} <= again
    assert len(again) < len(questions)
    assert all(q.again for q in questions.values() if not q.lasts)
