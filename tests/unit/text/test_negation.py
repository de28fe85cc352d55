"""How far a "no" reaches, on sentences written as roles."""

import pytest

from tautband.text.negation import Role, reach

ROLES = {"no": Role.CUE, "T": Role.THING, "pain": Role.CLAIM, "in": Role.TIE, "and": Role.AND,
         "or": Role.OR, ",": Role.COMMA, "but": Role.TURN, "relief": Role.OTHER}  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("no pain in T", [3]),
        ("no T or T", [1, 3]),
        ("no pain in T and T", [3, 5]),
        ("no pain in T and pain in T", [3]),
        ("no T , T or T", [1, 3, 5]),
        ("no T , T", [1]),
        ("no T , pain in T or T", [1]),
        ("no T but T", [1]),
        ("no relief in T", []),
        ("no pain but T", []),
        ("no T no T", [1]),
        ("no pain", []),
    ],
)
def test_reach(sentence: str, denied: list[int]) -> None:
    roles = [ROLES[word] for word in sentence.split()]
    assert list(reach(roles, 0)) == denied
