"""What the tests of a visit share."""

from tests.clinic.visit.places import place

__all__ = ["place"]
