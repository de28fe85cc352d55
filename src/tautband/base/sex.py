"""Sex, as measured samples report it."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as measured samples report it; ``None`` elsewhere where a patient leaves it open."""

    FEMALE = "female"
    MALE = "male"
