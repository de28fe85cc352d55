"""What a patient answers on their own page: found by its link, triaged, stored, and passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tautband.base.errors import InputError
from tautband.care.aftercare import triage_json
from tautband.clinic.account.later import send_later
from tautband.clinic.after.asking import may_be_asked, muscles_of
from tautband.clinic.after.own import page_seat
from tautband.clinic.people.invitations import digest_of
from tautband.clinic.policy import Action
from tautband.clinic.record.models import CheckIn, Report
from tautband.clinic.record.models.check_in import NEEDS_PERSON
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.safety.events.signs import load_signs
from tautband.safety.events.triage import LONGEST_HOURS, SignQuestion, triage
from tautband.safety.events.urgency import Urgency
from tautband.safety.events.words import emergency_number

LONGEST_WORDS = 2000
NONE, ALL = "none", "all"


@dataclass(frozen=True, slots=True)
class Told:
    """What was ticked, whether that is all, and the patient's words."""

    id: UUID
    ticked: tuple[str, ...]
    confirmed: str
    words: str


def find(secret: str, now: datetime) -> CheckIn | None:
    """The check-in of a link; None alike for unknown, too old, and a patient not to be asked."""
    found = (
        CheckIn.objects.filter(digest=digest_of(secret), expires_at__gt=now)
        .select_related("patient", "clinic", "session__needler")
        .first()
    )
    return found if found is not None and may_be_asked(found.patient) else None


def opened(row: CheckIn) -> None:
    """Leave in the trail that the page was read."""
    with transaction.atomic():
        leave(page_seat(row.clinic), Deed.READ, row)


def number_of(row: CheckIn) -> str:
    """The emergency number where the clinic stands."""
    return emergency_number(row.clinic.jurisdiction)


def questions(row: CheckIn, now: datetime) -> Sequence[SignQuestion]:
    """The signs to ask about, gravest first, by what was needled and how long ago."""
    return triage("", {}, muscles_of(row.session), _hours(row, now)).ask


def tell(row: CheckIn, told: Told, now: datetime) -> Report:
    """Triage and store an answer; the same sent again answers the stored one.

    Whoever needled is written to when a person has to look at it; the message says only that.
    Raises InputError for ticks that do not go together, or words that are too long.
    """
    stored = Report.objects.filter(pk=told.id, check_in=row).first()
    if stored is not None:
        return stored
    answers = _answers(told, questions(row, now))
    result = triage(
        told.words, answers, muscles_of(row.session), _hours(row, now), number=number_of(row)
    )
    report = Report(
        id=told.id,
        patient=row.patient,
        check_in=row,
        told_at=now,
        urgency=result.decision.key,
        answers=dict(answers),
        told=told.words,
        triaged=triage_json(result),
    )
    with transaction.atomic():
        report = keeping.add(page_seat(row.clinic), report, action=Action.OWN_PAGE)
        if report.urgency in NEEDS_PERSON:
            link = settings.TAUTBAND_ADDRESS + reverse("clinic_warnings", args=[row.clinic_id])
            send_later("after-warning", row.session.needler.email, link=link)
    return report


def will_do(report: Report, chosen: str) -> Report:
    """Store what the patient says that they do now; raises InputError."""
    if chosen not in Report.WILL_DO:
        raise InputError("will_do", "is not chosen", "one of the answers")
    return keeping.change(
        page_seat(report.clinic),
        report,
        report.version,
        {"will_do": chosen},
        why="said on the patient's own page",
        action=Action.OWN_PAGE,
    )


def latest(row: CheckIn) -> Report | None:
    """The last answer to a check-in."""
    return Report.objects.filter(check_in=row).order_by("-told_at").first()


def is_urgent(report: Report) -> bool:
    """True when the patient has something to do now, and says what."""
    return Urgency.of(report.urgency) >= Urgency.CONTACT_CLINIC


def _answers(told: Told, asked: Sequence[SignQuestion]) -> dict[str, bool | None]:
    if told.confirmed not in (NONE, ALL):
        raise InputError("signs", "are not confirmed", "'none of these', or 'I ticked what I have'")
    # The page may have been opened hours ago, when other signs were asked.
    if not load_signs().sign.keys() >= set(told.ticked):
        raise InputError("signs", "hold one that is not known", "those of the page")
    if bool(told.ticked) is (told.confirmed == NONE):
        raise InputError("signs", "do not go together", "ticks, or 'none of these', not both")
    if len(told.words) > LONGEST_WORDS:
        raise InputError("words", "are too many", f"at most {LONGEST_WORDS} characters")
    said: dict[str, bool | None] = {one.id: False for one in asked}
    return said | dict.fromkeys(told.ticked, True)


def _hours(row: CheckIn, now: datetime) -> float:
    since = now - (row.session.closed_at or row.session.began_at)
    return min(max(since.total_seconds() / 3600, 0.0), LONGEST_HOURS)
