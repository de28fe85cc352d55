import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.text.numbers import Amount, Strength, number_at
from tautband.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6/10", 6), ("6 / 10", 6), ("6 out of 10", 6), ("six out of ten", 6), ("six/10", 6),
        ("4-6/10", 6), ("4 to 6/10", 6), ("6 of 10", 6), ("6.5/10", 7), ("65/100", 7), ("0/10", 0),
        ("VAS 8", 8), ("NPRS 7", 7), ("NRS: 4-6", 6), ("NPRS of 7/10", 7), ("VAS 65 mm", 7),
        ("pain level 7"[5:], 7), ("rated 4 to 6", 6), ("intensity 5", 5), ("10/10", 10),
    ],
)  # fmt: skip
def test_an_intensity_is_read_whole(text: str, value: int) -> None:
    tokens = tokenize(text)
    found = number_at(tokens, 0)
    assert isinstance(found, Strength)
    assert (found.value, found.end) == (value, len(tokens))


@pytest.mark.parametrize(
    "text",
    ["6 months", "3 years ago", "45 years old", "12/10/2024", "5", "3 mm", "4/5", "2-3 weeks"],
)
def test_other_numbers_are_no_intensity(text: str) -> None:
    assert isinstance(number_at(tokenize(text), 0), Amount)


@pytest.mark.parametrize("text", ["one side", "two fingers", "knee", "level with the knee", "/"])
def test_words_stay_words(text: str) -> None:
    assert number_at(tokenize(text), 0) is None


@pytest.mark.parametrize(
    "text", ["11/10", "VAS 12", "12 out of 10", "120/100", "twelve out of ten"]
)
def test_above_the_scale_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="0 to 10"):
        number_at(tokenize(text), 0)


@given(st.integers(0, 10), st.integers(0, 10))
def test_of_a_range_the_worst_counts(a: int, b: int) -> None:
    found = number_at(tokenize(f"{a}-{b}/10"), 0)
    assert isinstance(found, Strength)
    assert found.value == max(a, b)
