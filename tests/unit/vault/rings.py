"""Key rings that are the same in every run."""

from datetime import UTC, datetime

from tautband.vault.keys import KeyRing, MasterKey

NOW = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)


def ring_of(count: int, first: int = 1) -> KeyRing:
    """A ring of that many keys, the last of them active."""
    keys = tuple(MasterKey(bytes([first + number]) * 32, NOW) for number in range(count))
    return KeyRing(keys, keys[-1].id)
