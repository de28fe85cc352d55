"""The one error: a sentence for a person, a mapping for the wire."""

import pytest

from tautband.base.errors import InputError


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InputError("intensity", "is 11"), "intensity: is 11."),
        (
            InputError("intensity", "is 11", "0 to 10"),
            "intensity: is 11. Expected 0 to 10.",
        ),
        (
            InputError("muscle", "'tereus' is unknown", suggestions=["teres_major", "teres_minor"]),
            "muscle: 'tereus' is unknown. Did you mean teres_major, teres_minor?",
        ),
        (
            InputError("muscle", "is unknown", "an id", ("masseter",)),
            "muscle: is unknown. Expected an id. Did you mean masseter?",
        ),
    ],
)
def test_the_sentence_names_what_is_wrong_and_what_would_be_right(
    error: InputError, sentence: str
) -> None:
    assert str(error) == sentence


def test_the_mapping_holds_every_part() -> None:
    error = InputError("muscle", "is unknown", "an id", ["masseter"])
    assert error.as_dict() == {
        "field": "muscle",
        "problem": "is unknown",
        "expected": "an id",
        "suggestions": ["masseter"],
        "message": str(error),
    }


def test_it_is_caught_as_a_value_error() -> None:
    with pytest.raises(ValueError, match=r"^side: is up\.$"):
        raise InputError("side", "is up")
