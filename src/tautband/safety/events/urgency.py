"""The one scale on which triage answers."""

from collections.abc import Iterable
from enum import IntEnum


class Urgency(IntEnum):
    """What a patient should do, from mildest to strictest; comparing two compares strictness.

    ``ASK`` stands above ``SELF_CARE`` and below every call for help: an answer that is not certain
    is never let go as harmless, and never hides advice that is already due.
    """

    SELF_CARE = 0
    ASK = 1
    CONTACT_CLINIC = 2
    SAME_DAY = 3
    EMERGENCY = 4

    @property
    def key(self) -> str:
        """As it stands in data and JSON: ``same_day``."""
        return self.name.lower()

    @property
    def words(self) -> str:
        """As a person reads it: ``same day``."""
        return self.key.replace("_", " ")

    @classmethod
    def of(cls, key: str) -> "Urgency":
        """The urgency that a key names; raises KeyError."""
        return cls[key.upper()]


def most_urgent(urgencies: Iterable[Urgency]) -> Urgency:
    """The strictest of some urgencies; of none, ``SELF_CARE``."""
    return max(urgencies, default=Urgency.SELF_CARE)
