"""Conditions: read, refused, and judged in three values."""

import pytest

from tautband.base.errors import InputError
from tautband.safety.screening.expression import (
    AllOf,
    AnyOf,
    Atom,
    Compares,
    Here,
    Is,
    Not,
    Placed,
    Takes,
    Yes,
    judge,
    parse_condition,
)
from tautband.safety.screening.truth import Truth

NO, UNKNOWN, YES = Truth

READ = [
    ("fever", Yes("fever")),
    ("not fever", Not(Yes("fever"))),
    ("inr > 3.5", Compares("inr", ">", 3.5)),
    ("bmi <= 18", Compares("bmi", "<=", 18)),
    ("epilepsy = poorly_controlled", Is("epilepsy", "poorly_controlled")),
    ("takes heparin", Takes("heparin")),
    ("at lymphoedema", Placed("at", "lymphoedema")),
    ("near joint", Placed("near", "joint")),
    ("any cancer", Placed("any", "cancer")),
    ("here risk pleura", Here("risk", "pleura")),
    ("a and b or c", AnyOf((AllOf((Yes("a"), Yes("b"))), Yes("c")))),
    ("a and (b or c)", AllOf((Yes("a"), AnyOf((Yes("b"), Yes("c")))))),
    ("not (a or b)", Not(AnyOf((Yes("a"), Yes("b"))))),
]


@pytest.mark.parametrize(("text", "right"), READ)
def test_a_condition_is_read(text: str, right: object) -> None:
    assert parse_condition(text) == right


@pytest.mark.parametrize(
    "text",
    ["", "and", "a and", "a b", "(a", "a)", "a >", "a > b", "takes", "here risk", "a ; b", "not"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="condition"):
        parse_condition(text)


def test_nesting_has_an_end() -> None:
    for _ in range(2):  # what was closed again does not count
        deep = "(" * 19 + "a" + ")" * 19
        assert parse_condition(f"{deep} and {deep}")
    with pytest.raises(InputError, match="nested"):
        parse_condition("(" * 20 + "a" + ")" * 20)
    with pytest.raises(InputError, match="nested"):
        parse_condition("(" * 50 + "a" + ")" * 50)


TABLE = [
    # a, b, a and b, a or b, not a
    (NO, NO, NO, NO, YES),
    (NO, UNKNOWN, NO, UNKNOWN, YES),
    (NO, YES, NO, YES, YES),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    (UNKNOWN, YES, UNKNOWN, YES, UNKNOWN),
    (YES, YES, YES, YES, NO),
]


@pytest.mark.parametrize(("a", "b", "both", "either", "contrary"), TABLE)
def test_unknown_is_neither_yes_nor_no(
    a: Truth, b: Truth, both: Truth, either: Truth, contrary: Truth
) -> None:
    def truth_of(atom: Atom) -> Truth:
        return {Yes("a"): a, Yes("b"): b}[atom]  # type: ignore[index]

    for one, two in (("a", "b"), ("b", "a")):
        assert judge(parse_condition(f"{one} and {two}"), truth_of) is both
        assert judge(parse_condition(f"{one} or {two}"), truth_of) is either
    assert judge(parse_condition("not a"), truth_of) is contrary
