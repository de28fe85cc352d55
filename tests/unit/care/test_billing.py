"""Muscles that count, and the code that they suggest."""

import pytest

from tautband.atlas.load import read_muscles
from tautband.base.sources import bibliography
from tautband.care.billing import SOURCE, is_billed_so, suggest

TABLE = [
    # needled                                                        code     apart
    ([("infraspinatus", "right")], "20560", "20560"),
    ([("infraspinatus", "right"), ("soleus", "left")], "20560", "20560"),
    ([("infraspinatus", "right"), ("soleus", "left"), ("piriformis", "left")], "20561", "20561"),
    # three parts of the trapezius are one muscle
    ([(f"trapezius_{part}", "left") for part in ("upper", "middle", "lower")], "20560", "20560"),
    # the same muscle needled twice
    ([("soleus", "left"), ("soleus", "left"), ("soleus", "left")], "20560", "20560"),
    # two muscles on both sides: the source does not say whether sides count apart
    ([(m, s) for m in ("soleus", "piriformis") for s in ("left", "right")], "20560", "20561"),
]


@pytest.mark.parametrize(("needled", "code", "apart"), TABLE)
def test_the_code_by_muscles(needled: list[tuple[str, str]], code: str, apart: str) -> None:
    found = suggest(needled, read_muscles())
    assert found is not None
    assert (found.code, found.code_apart) == (code, apart)
    assert found.depends_on_sides is (code != apart)


def test_nothing_needled_suggests_nothing() -> None:
    assert suggest([], read_muscles()) is None


def test_a_muscle_that_the_atlas_lost_counts_as_itself() -> None:
    found = suggest([("no_such_muscle", "left")], read_muscles())
    assert found is not None
    assert found.muscles == ("No such muscle",)


@pytest.mark.parametrize(("place", "yes"), [("US-CO", True), ("us", True), ("IE", False)])
def test_where_the_codes_are_used(place: str, yes: bool) -> None:
    assert is_billed_so(place) is yes


def test_the_codes_have_their_source() -> None:
    assert SOURCE in bibliography()
