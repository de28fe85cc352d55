"""The trail of the record: every read and write of a patient's data leaves an entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from tautband.clinic.access import Seat
from tautband.clinic.record.models.base import Kept, OfPatient
from tautband.clinic.record.models.patient import Patient
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import Deeds, note_all
from tautband.vault.chain import Detail

_waiting: ContextVar[list[Deeds] | None] = ContextVar("waiting", default=None)


def leave(seat: Seat, deed: Deed, row: Kept, detail: Detail | None = None) -> None:
    """Note what this person did with a row, in the caller's transaction and as its last step."""
    one = Deeds(deed, kind_of(row), row.pk, patient_of(row), detail)
    waiting = _waiting.get()
    if waiting is None:
        note_all(seat.clinic, seat.user, [one])
    else:
        waiting.append(one)


@contextmanager
def one_turn(seat: Seat) -> Iterator[None]:
    """What is left in the trail within the block is written at its end, with one head.

    For many rows in one transaction, which the block must be inside of: other writers of the clinic
    then wait once and shortly, and the head's file is synchronised once.
    """
    waiting: list[Deeds] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    note_all(seat.clinic, seat.user, waiting)


def kind_of(row: Kept) -> str:
    """The word that trail and versions use for rows of this model."""
    return str(row._meta.model_name)


def patient_of(row: Kept) -> UUID | None:
    """Whose row it is; None for one that belongs to the clinic."""
    if isinstance(row, Patient):
        return row.pk
    return row.patient_id if isinstance(row, OfPatient) else None
