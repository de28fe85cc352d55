"""Finding patients: who was here last, and whose name is like what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from tautband.clinic.access import Seat
from tautband.clinic.blind_fields import found_by
from tautband.clinic.policy import Action
from tautband.clinic.record.models import Patient
from tautband.clinic.record.patient_names import PATIENT_NAMES
from tautband.clinic.record.services.keeping import require
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note

PAGE = 40
MOST_FOUND = 40
SHORTEST = 2  # letters, before which every name would be an answer


@dataclass(frozen=True, slots=True)
class Listed:
    """Patients as a page shows them: `number` is the page, from 1, and `further` whether more."""

    patients: Sequence[Patient]
    number: int = 1
    further: bool = False


def recent(seat: Seat, number: int) -> Listed:
    """A page of the clinic's patients, whoever was here or admitted last coming first."""
    require(seat, Action.PATIENT_LIST)
    number = max(number, 1)
    first = (number - 1) * PAGE
    last_here = Coalesce("last_seen_at", "written_at").desc()
    ordered = _at_work(seat).order_by(last_here, "id").values_list("id", flat=True)
    ids = list(ordered[first : first + PAGE + 1])
    listed = Listed(_in_order(seat, ids[:PAGE]), number, len(ids) > PAGE)
    _leave(seat, "list", len(listed.patients))
    return listed


def search(seat: Seat, words: str) -> Listed:
    """Patients whose name fits the words, best first; nobody for less than two letters.

    A telephone number, an e-mail address or a patient's number finds those who have exactly that.
    """
    require(seat, Action.PATIENT_LIST)
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return Listed(())
    ids = _by_number(seat, words) or _by_name(seat, words)
    listed = Listed(_in_order(seat, ids[:MOST_FOUND]), further=len(ids) > MOST_FOUND)
    _leave(seat, "search", len(listed.patients))
    return listed


def _by_name(seat: Seat, words: str) -> Sequence[UUID]:
    return PATIENT_NAMES.search(seat.clinic.pk, words, MOST_FOUND + 1).rows


def _by_number(seat: Seat, words: str) -> list[UUID]:
    """Those whose identifier equals the words, found by its blind form."""
    if not ("@" in words or any(letter.isdigit() for letter in words)):
        return []
    found: list[UUID] = []
    for column in ("email_blind",) if "@" in words else ("phone_blind", "number_blind"):
        rows = found_by(_at_work(seat), column, words, seat.clinic.pk)
        found.extend(rows.values_list("pk", flat=True)[: MOST_FOUND + 1])
    return list(dict.fromkeys(found))


def _at_work(seat: Seat) -> QuerySet[Patient]:
    return Patient.objects.in_clinic(seat.clinic).filter(erased_at=None, restricted_at=None)


def _in_order(seat: Seat, ids: Sequence[UUID]) -> list[Patient]:
    rows = {one.pk: one for one in _at_work(seat).filter(pk__in=ids)}
    return [rows[key] for key in ids if key in rows]


def _leave(seat: Seat, form: str, count: int) -> None:
    note(seat.clinic, seat.user, Deed.READ, "patient", detail={"form": form, "count": count})
