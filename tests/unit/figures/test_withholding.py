"""Small cells, against somebody who knows the sum and the rule."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.figures.withholding import LEAST, may_tell_sum, withhold, withhold_share


@settings(max_examples=150)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_nobody_who_knows_the_sum_works_out_a_small_cell(counts: list[int]) -> None:
    told = withhold(counts)
    assert not any(one is not None and 0 < one < LEAST for one in told)
    gaps = [place for place, one in enumerate(told) if one is None]
    if not gaps or not may_tell_sum(counts):
        return
    missing = sum(counts) - sum(one for one in told if one is not None)
    possible = [s for s in product(range(1, missing + 1), repeat=len(gaps)) if sum(s) == missing]
    for place in range(len(gaps)):
        assert {values[place] for values in possible} >= set(range(1, LEAST + 1))


def test_the_smallest_other_cell_goes_with_a_single_small_one() -> None:
    assert withhold([3, 40, 9, 0]) == [None, 40, None, 0]
    assert withhold([1, 1, 0]) == [None, None, 0]
    assert not may_tell_sum([1, 1, 0])
    assert may_tell_sum([7, 8])


def test_a_share_is_withheld_with_its_complement() -> None:
    assert withhold_share(3, 90) is None
    assert withhold_share(88, 90) is None
    assert withhold_share(0, 90) == 0
    assert withhold_share(90, 90) == 90
