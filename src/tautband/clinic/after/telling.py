"""What a patient answers to a check-in: triaged, stored, and passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tautband.base.errors import InputError
from tautband.care.aftercare import triage_json
from tautband.clinic.account.later import send_later
from tautband.clinic.after.answering import ALL, NONE
from tautband.clinic.after.opening import number_of
from tautband.clinic.after.own import page_seat
from tautband.clinic.after.planning import closed, muscles_of
from tautband.clinic.after.watch import told_of
from tautband.clinic.policy import Action
from tautband.clinic.record.models import OwnLink, Report, Session
from tautband.clinic.record.models.own_link import NEEDS_PERSON
from tautband.clinic.record.services import keeping
from tautband.safety.events.signs import load_signs
from tautband.safety.events.triage import LONGEST_HOURS, SignQuestion, Triage, triage
from tautband.safety.events.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Told:
    """What was ticked, whether that is all, and the patient's words."""

    id: UUID
    ticked: tuple[str, ...]
    confirmed: str
    words: str


def questions(link: OwnLink, now: datetime) -> Sequence[SignQuestion]:
    """The signs to ask about, gravest first, by what was needled and how long ago."""
    return triaged(link, "", {}, now).ask


def triaged(link: OwnLink, words: str, answers: Mapping[str, bool | None], now: datetime) -> Triage:
    """What words and answers ask for, by what was needled and how long ago."""
    session = session_of(link)
    since = now - closed(session)
    hours = min(max(since.total_seconds() / 3600, 0.0), LONGEST_HOURS)
    return triage(words, answers, muscles_of(session), hours, number=number_of(link))


def tell(link: OwnLink, told: Told, now: datetime) -> Report:
    """Triage and store an answer; the same sent again answers the stored one.

    Raises InputError for ticks that do not go together.
    """
    stored = Report.objects.filter(pk=told.id, link=link).first()
    if stored is not None:
        return stored
    answers = _answers(told, questions(link, now))
    result = triaged(link, told.words, answers, now)
    report = Report(
        id=told.id,
        patient=link.patient,
        link=link,
        told_at=now,
        urgency=result.decision.key,
        answers=dict(answers),
        told=told.words,
        triaged=triage_json(result),
    )
    return pass_on(link, report)


def pass_on(link: OwnLink, report: Report) -> Report:
    """Store what a patient told; who is to look at it gets a message that says only that."""
    with transaction.atomic():
        report = keeping.add(page_seat(link.clinic), report, action=Action.OWN_PAGE)
        if report.urgency in NEEDS_PERSON:
            page = settings.TAUTBAND_ADDRESS + reverse("clinic_warnings", args=[link.clinic_id])
            session = link.session
            for address in told_of(link.clinic, session.needler if session else None):
                send_later("after-warning", address, link=page)
    return report


def session_of(link: OwnLink) -> Session:
    """The session that a link is about; raises InputError for one without."""
    if link.session is None:
        raise InputError("link", "is about no session", "one of a check-in")
    return link.session


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


def latest(link: OwnLink) -> Report | None:
    """The last answer to a check-in."""
    return Report.objects.filter(link=link).order_by("-told_at").first()


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
    said: dict[str, bool | None] = {one.id: False for one in asked}
    return said | dict.fromkeys(told.ticked, True)
