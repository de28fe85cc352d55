import pytest

from tests.unit.readability import grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1), ("needle", 2), ("muscle", 2), ("breathe", 1), ("moved", 1), ("needed", 2),
        ("emergency", 4), ("stretches", 2), ("bruise", 1), ("the", 1), ("doctor", 2), ("area", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_by_hand() -> None:
    # 6 words, 1 sentence, 6 syllables: 2.34 + 11.8 - 15.59.
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert grade("Precautionary contraindications necessitate individualised evaluation.") > 20
