"""What the record's services refuse, apart from input that is wrong (`InputError`)."""

from collections.abc import Sequence

from tautband.base.errors import InputError


class NotFoundError(Exception):
    """Nothing of that id for this person: it does not exist, or is not theirs to see (404)."""


class OverwriteError(Exception):
    """Code tried to change or remove what the record keeps; a mistake in the program."""


class ConflictError(InputError):
    """Somebody else was first (409); ``changes`` says in words what is different now."""

    def __init__(self, what: str, changes: Sequence[str], version: int) -> None:
        self.changes = tuple(changes)
        self.version = version
        super().__init__(
            what,
            "was changed meanwhile: " + ("; ".join(changes) or "another version is there"),
            "your entry again, on what is there now",
        )


class ClosedError(InputError):
    """What was signed, closed or erased takes no further change (409)."""
