"""Which cases are put aside: by a fixed rule that nobody chooses and that no new case changes."""

from hashlib import sha256

DEVELOPMENT, HELD_OUT = "development", "held out"


def half_of(source: str) -> str:
    """The half of all cases of a source: the last bit of the SHA-256 of its key.

    By source, so that two patients of one report never stand on both sides.
    """
    return HELD_OUT if sha256(source.encode()).digest()[-1] % 2 else DEVELOPMENT
