"""Reading what was recorded about a session into the plain items that a note is written from."""

from django.db.models import Q

from tautband.care.note import recorded
from tautband.clinic.record.models import (
    AdverseEvent,
    Consent,
    Episode,
    Goal,
    Measure,
    Patient,
    Plan,
    Reaction,
    Screening,
    Session,
)
from tautband.clinic.record.services.cards import card_of
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.noting.examined import examined
from tautband.clinic.visit_pages.noting.gathered import Gathering, key
from tautband.clinic.visit_pages.noting.needled import needled
from tautband.measures.instruments import load_instruments
from tautband.safety.events.taxonomy import load_taxonomy

_UNKNOWN = "unknown"


def gather(at: Visit, session: Session) -> Gathering:
    """Everything recorded that belongs into this session's note; leaves no trail of its own."""
    session.patient = at.patient
    found = Gathering(at, session)
    _patient(found, at.patient)
    _complaint(found, at.episode)
    if session.told_before:
        told = recorded.Told(f"{key(session)}:told", session.told_before, since_last=True)
        found.add(session, told, ("session", session.pk))
    _scores(found)
    examined(found)
    _screening(found)
    _plan(found)
    _consent(found)
    _people(found)
    needled(found)
    _reactions(found)
    return found


def _patient(found: Gathering, one: Patient) -> None:
    found.add(one, recorded.Person(key(one), one.age_on(found.today), one.sex))


def _complaint(found: Gathering, one: Episode) -> None:
    cause = "" if one.cause == _UNKNOWN else one.cause
    item = recorded.Complaint(
        key(one), one.title, one.onset_on, one.onset_told, cause, one.cause_told
    )
    found.add(one, item)
    goals = list(Goal.objects.filter(episode=one, reached_on=None).select_related("written_by"))
    for goal in sorted(goals, key=lambda each: each.written_at):
        goal.patient = found.visit.patient
        found.add(goal, recorded.Goal(key(goal), goal.words))


def _scores(found: Gathering) -> None:
    """Scores of the episode up to the session; of each instrument the first and the newest."""
    rows = Measure.objects.filter(
        episode=found.visit.episode, value__isnull=False, taken_at__lte=found.until
    )
    kinds: dict[tuple[str, str], list[Measure]] = {}
    for row in rows.select_related("written_by").order_by("taken_at"):
        kinds.setdefault((row.instrument, row.about), []).append(row)
    known = load_instruments()
    for (instrument, about), scored in kinds.items():
        one = known.get(instrument)
        if one is None:
            continue
        for row in dict.fromkeys((scored[0], scored[-1])):
            on, most = found.day(row.taken_at), one.range[1]
            score = recorded.Score(key(row), one.short, row.value or 0.0, most, on, about)
            found.add(row, score, ("check", row.pk))


def _screening(found: Gathering) -> None:
    rows = Screening.objects.filter(
        patient=found.visit.patient, answered_at__lte=found.until
    ).filter(Q(episode=found.visit.episode) | Q(episode=None))
    row = rows.select_related("written_by").order_by("-answered_at").first()
    if row is not None:
        on, again = found.day(row.answered_at), row.form == "return visit"
        item = recorded.Screened(key(row), row.decision, on, again)
        found.add(row, item, ("screening", row.pk))


def _plan(found: Gathering) -> None:
    """The plan that the session was begun on, else the newest before its end."""
    rows = Plan.objects.filter(episode=found.visit.episode).select_related("written_by")
    if found.session.plan_id is not None:
        row = rows.filter(pk=found.session.plan_id).first()
    else:
        row = rows.filter(written_at__lte=found.until).order_by("-written_at").first()
    if row is None:
        return
    row.patient = found.visit.patient
    item = recorded.Planned(
        key(row),
        found.day(row.written_at),
        row.decision,
        row.why,
        tuple(row.complementary or ()),
        bool(row.home_plan.strip()),
        row.sessions_planned,
        row.review_on,
    )
    found.add(row, item, ("plan", row.pk))


def _consent(found: Gathering) -> None:
    """The newest consent to treatment that stood when the session began."""
    began = found.session.began_at
    rows = Consent.objects.filter(
        patient=found.visit.patient, kind="treatment", signed_at__lte=found.until
    ).filter(Q(withdrawal=None) | Q(withdrawal__at__gt=began))
    row = rows.select_related("written_by").order_by("-signed_at").first()
    if row is None:
        return
    row.patient = found.visit.patient
    # A point is "heading: text"; the whole text stands in the consent itself.
    headings = tuple(str(point).partition(":")[0] for point in row.explained or ())
    on = found.day(row.signed_at)
    item = recorded.Agreed(key(row), on, row.signed_by, row.copy_given, headings)
    found.add(row, item, ("consent", row.pk))


def _people(found: Gathering) -> None:
    session = found.session
    for who, supervises in ((session.needler, False), (session.supervisor, True)):
        if who is None or (supervises and who == session.needler):
            continue
        card = card_of(who, found.visit.seat.clinic)
        item = recorded.Needler(
            f"{key(session)}:{'supervisor' if supervises else 'needler'}",
            card["name"] or str(who),
            card["profession"] or "",
            card["licence_number"] or "",
            card["jurisdiction"] or "",
            supervises,
        )
        found.add(session, item, ("session", session.pk))


def _reactions(found: Gathering) -> None:
    kinds = load_taxonomy().kinds
    # What the patient tells of the days after belongs to the next visit.
    during = Q(began_at=None) | Q(began_at__lte=found.until)
    rows = Reaction.objects.filter(during, session=found.session).select_related("written_by")
    for row in rows.order_by("written_at"):
        row.patient = found.visit.patient
        name = kinds[row.kind].name if row.kind in kinds else row.kind.replace("_", " ")
        item = recorded.Reacted(key(row), row.kind, name, row.severity, row.hours, row.told)
        found.add(row, item, ("reaction", row.pk))
    for event in AdverseEvent.objects.filter(session=found.session).select_related("written_by"):
        event.patient = found.visit.patient
        name = kinds[event.kind].name if event.kind in kinds else event.kind
        over = found.day(event.resolved_at) if event.resolved_at else None
        harmed = recorded.Harmed(key(event), name, event.grade, event.told, event.done, over)
        found.add(event, harmed, ("event", event.pk))
