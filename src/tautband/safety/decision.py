"""The one scale on which every rule of safety answers."""

from collections.abc import Iterable
from enum import IntEnum


class Decision(IntEnum):
    """What may be done, from mildest to strictest; comparing two compares their strictness."""

    PROCEED = 0
    PRECAUTION = 1
    ASK = 2
    NOT_TODAY = 3
    NOT_HERE = 4
    DO_NOT_NEEDLE = 5

    @property
    def words(self) -> str:
        """As a person reads it: ``not today``."""
        return self.name.lower().replace("_", " ")

    @property
    def key(self) -> str:
        """As it stands in data and JSON: ``not_today``."""
        return self.name.lower()

    @classmethod
    def of(cls, key: str) -> "Decision":
        """The decision that a key names; raises KeyError."""
        return cls[key.upper()]


def strictest(decisions: Iterable[Decision]) -> Decision:
    """The strictest of some decisions; of none, ``PROCEED``."""
    return max(decisions, default=Decision.PROCEED)
