"""The links of one patient, as the clinic sees them: never the link itself, which nobody keeps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tautband.clinic.access import Seat
from tautband.clinic.after.reach import permitted, reach
from tautband.clinic.record.models import OwnLink, Patient, Report

MOST = 60


@dataclass(frozen=True, slots=True)
class Given:
    """One link; ``state`` as it is now (a sent one may have run out or been answered)."""

    link: OwnLink
    state: str
    may_end: bool


def links_of(seat: Seat, patient: Patient, now: datetime) -> list[Given]:
    """What a patient was sent or is to be, newest first."""
    found = OwnLink.objects.in_clinic(seat.clinic).filter(patient=patient)
    rows = list(found.order_by("-due_at")[:MOST])
    answered = set(Report.objects.filter(link__in=rows).values_list("link_id", flat=True))
    return [_given(one, one.pk in answered, now) for one in rows]


def channel_of(patient: Patient) -> str:
    """``email``, ``sms`` or empty: the way by which a message would go today."""
    found = reach(patient, timezone.localdate())
    return found.channel if found is not None else ""


def may_send(patient: Patient, purposes: tuple[str, ...]) -> list[str]:
    """Those of the purposes for which a patient may be written to now."""
    return [purpose for purpose in purposes if permitted(patient, purpose)]


def _given(link: OwnLink, is_answered: bool, now: datetime) -> Given:
    open_now = link.state in ("sending", "sent") and bool(link.expires_at and link.expires_at > now)
    state = link.state
    if is_answered and state in ("sent", "sending"):
        state = "answered"
    elif state == "sent" and not open_now:
        state = "ended"
    return Given(link, state, open_now or link.state == "waiting")
