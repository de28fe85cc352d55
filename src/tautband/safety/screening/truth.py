"""Yes, no, and unknown: the three-valued logic (Kleene) in which conditions are judged."""

from enum import IntEnum


class Truth(IntEnum):
    """Ordered by how much it worries: ``NO < UNKNOWN < YES``; and = least, or = greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def negated(self) -> "Truth":
        """Yes and no change places; what is unknown stays unknown."""
        return Truth(Truth.YES - self)

    @classmethod
    def of(cls, value: bool | None) -> "Truth":
        """The truth of what is known to hold, known not to hold, or not known."""
        if value is None:
            return cls.UNKNOWN
        return cls.YES if value else cls.NO
