"""What the tests of the clinic share."""

from tests.clinic.cast import cast
from tests.clinic.triggers import emptied_in_spite_of_triggers, own_heads

__all__ = ["cast", "emptied_in_spite_of_triggers", "own_heads"]
