"""De-identified people: nobody stands out, and no more is withheld than has to be."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tautband.figures.release import WITHHELD, Known, age_band, blurred, rare

KNOWN = st.builds(
    Known,
    st.sampled_from(["female", "male"]),
    st.sampled_from(["30-39", "40-49", "50-59"]),
    st.sampled_from(["neck_pain", "low_back_pain", ""]),
)


@given(st.lists(KNOWN, max_size=60))
def test_every_released_combination_is_shared_by_five(people: list[Known]) -> None:
    told = blurred(dict(enumerate(people)))
    assert all(count >= 5 for count in Counter(told.values()).values())
    for who, known in told.items():
        for part in ("sex", "age_band", "presentation"):
            assert getattr(known, part) in (getattr(people[who], part), WITHHELD)


def test_the_complaint_goes_first_and_the_rest_stays() -> None:
    many = [Known("female", "30-39", "neck_pain")] * 6
    few = [Known("female", "30-39", f"c{n}") for n in range(5)]
    told = blurred(dict(enumerate([*many, *few])))
    assert Counter(told.values()) == {
        Known("female", "30-39", "neck_pain"): 6,
        Known("female", "30-39", WITHHELD): 5,
    }


def test_who_stands_out_alone_is_left_out() -> None:
    people = dict(
        enumerate([Known("female", "30-39", "neck_pain")] * 6 + [Known("male", "80+", "x")])
    )
    assert set(blurred(people)) == set(range(6))


def test_age_bands() -> None:
    assert [age_band(years) for years in (0, 39, 40, 79, 80, 101, None)] == [
        "0-9", "30-39", "40-49", "70-79", "80+", "80+", "",
    ]  # fmt: skip


def test_a_rare_value_is_found_with_the_one_that_would_give_it_away() -> None:
    values = (
        dict.fromkeys(range(40), "none") | dict.fromkeys(range(40, 49), "mild") | {50: "severe"}
    )
    assert rare(values) == {"severe", "mild"}
