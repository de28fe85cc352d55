"""What the tests of the record share."""

from tests.clinic.triggers import emptied_in_spite_of_triggers, own_heads

__all__ = ["emptied_in_spite_of_triggers", "own_heads"]
