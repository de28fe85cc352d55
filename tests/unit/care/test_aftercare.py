"""What was needled and answered, read from words; and the answer on the wire."""

import pytest

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.care.aftercare import read_answers, read_needled, triage_json, triage_report


def test_muscles_are_read_with_their_sides() -> None:
    found = read_needled("upper trapezius right, left Infraspinatus, soleus")
    assert [(m.id, side) for m, side in found] == [
        ("trapezius_upper", Side.RIGHT),
        ("infraspinatus", Side.LEFT),
        ("soleus", None),
    ]


@pytest.mark.parametrize("text", ["blorp right", "right", "soleus,,soleus", "uper trapezus left"])
def test_a_muscle_that_nobody_knows_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="needled"):
        read_needled(text)


@pytest.mark.parametrize("text", ["chest pain", "chest pain=perhaps", "=yes"])
def test_an_answer_that_is_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="sign"):
        read_answers([text])


def test_a_sign_answered_twice_is_refused() -> None:
    with pytest.raises(InputError, match="twice"):
        read_answers(["fever=yes", "fever=no"])


def test_the_emergency_number_is_that_of_the_place() -> None:
    said = triage_report("my chest hurts", needled="rhomboids left", hours=2, place="GB").say
    assert said[0] == "Call 999 now."
    assert triage_report("my chest hurts", place="ZZ").say[0].startswith("Call your local")


def test_without_any_muscle_every_region_counts() -> None:
    assert triage_report("new dry cough", hours=3).decision.key == "emergency"


def test_the_wire_names_rules_sources_and_signs() -> None:
    told = triage_json(
        triage_report(
            "sharp chest pain and a bit breathless", needled="upper trapezius right", hours=6
        )
    )
    assert told["schema"] == "tautband.triage/1"
    assert told["decision"] == "emergency"
    rules = told["rules"]
    assert isinstance(rules, list)
    assert {"breathless", "chest_pain"} <= {rule["id"] for rule in rules}
    assert all(rule["why"] and rule["source"] for rule in rules)
