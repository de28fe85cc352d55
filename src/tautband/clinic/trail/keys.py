"""The keys that seal the trail: the ring's subkeys for chains."""

from tautband.clinic.keyring import key_ring
from tautband.vault.keys import Purpose


def active_key() -> tuple[str, bytes]:
    """The id and bytes of the key that seals what is written now."""
    return key_ring().subkey(Purpose.CHAIN)


def key_named(key_id: str) -> bytes | None:
    """The key of that id, or None when the ring lacks it."""
    ring = key_ring()
    return ring.subkey(Purpose.CHAIN, key_id).secret if key_id in ring else None
