"""The patient whose page is asked for: found in the clinic or not at all, and the reading noted."""

from typing import Any
from uuid import UUID

from django.db import transaction

from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import Patient
from tautband.clinic.record.services.keeping import require
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.record_pages.alerts import with_facts
from tautband.clinic.trail.deeds import Deed


def chosen(seat: Seat, patient: UUID, form: str, *, clinical: bool = False) -> Any:
    """The patient with the facts for alerts; `form` names the page in the trail.

    `clinical` pages are for those who may read the record.  Raises NotFoundError.
    """
    require(seat, Action.PATIENT_LIST)
    if clinical:
        require(seat, Action.RECORD_READ)
    with transaction.atomic():
        found = with_facts(
            Patient.objects.in_clinic(seat.clinic).filter(erased_at=None, restricted_at=None)
        ).filter(pk=patient)
        one = found.first()
        if one is None:
            raise NotFoundError("patient")
        leave(seat, Deed.READ, one, {"form": form})
    return one
