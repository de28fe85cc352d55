"""The session itself: its needles, the entries in force, and its counts, as items of its note."""

from tautband.care.note import recorded
from tautband.clinic.record.models import Closing, LedgerEntry, Needle, Retest, SessionTarget
from tautband.clinic.record.services.sessions import ledger_of
from tautband.clinic.visit_pages.noting.gathered import Gathering, key
from tautband.safety.decision import Decision


def needled(found: Gathering) -> None:
    """Take session, needles and entries; what a correction took back is not said."""
    session = found.session
    page = ("session", session.pk)
    closed = session.closed_at
    # Closed on another day, it says nothing of when the visit ended.
    ended = found.local(closed) if closed and found.day(closed) == found.today else None
    held = recorded.Held(
        key(session), found.local(session.began_at), ended, session.number, session.remarks
    )
    found.add(session, held, page)
    _aims(found)
    for needle in Needle.objects.filter(session=session).select_related("written_by"):
        item = recorded.Needle(
            key(needle), needle.length_mm, needle.gauge_mm, needle.maker, needle.lot
        )
        found.add(needle, item, page)
    in_force = {entry.id for entry in ledger_of(session).in_force()}
    rows = LedgerEntry.objects.filter(session=session).select_related("written_by", "needle")
    for row in rows.order_by("session_version"):
        row.patient = found.visit.patient
        entry = _entry(found, row) if str(row.pk) in in_force else None
        if entry is not None:
            found.add(row, entry, page)
    _retests(found)
    _counts(found)


def _aims(found: Gathering) -> None:
    """Muscles that were gone for although the rules asked or stopped."""
    rows = SessionTarget.objects.filter(session=found.session).select_related("written_by")
    for row in rows.order_by("written_at"):
        row.patient = found.visit.patient
        if row.reason.strip() and Decision.of(row.decision) >= Decision.ASK:
            item = recorded.Aimed(
                key(row), row.muscle, row.side, row.decision, row.reason, row.is_override
            )
            found.add(row, item, ("session", found.session.pk))


def _retests(found: Gathering) -> None:
    rows = Retest.objects.filter(session=found.session).select_related("written_by")
    for row in rows.order_by("written_at"):
        row.patient = found.visit.patient
        item = recorded.Compared(key(row), row.movement, row.when, row.degrees, row.pain)
        found.add(row, item, ("session", found.session.pk))


def _entry(found: Gathering, row: LedgerEntry) -> recorded.Item | None:
    about = f"ledgerentry:{row.about}"
    match row.kind:
        case "insertion":
            return recorded.Inserted(
                key(row), f"needle:{row.needle_id}", row.muscle, row.side, found.local(row.at),
                row.point, row.retained, row.twitches, row.detected_by, row.familiar_pain,
                row.depth_mm,
            )  # fmt: skip
        case "removal":
            return recorded.Removed(key(row), about, found.local(row.at), row.bent)
        case "redirection":
            return recorded.Redirected(key(row), about, 1 if row.times is None else row.times)
        case "twitches":
            return recorded.Twitched(
                key(row), row.muscle, row.side, row.twitches, row.detected_by, row.familiar_pain
            )
        case "incident":
            return recorded.Happened(key(row), row.code, row.told)
        case _:
            return None


def _counts(found: Gathering) -> None:
    row = Closing.objects.filter(session=found.session).select_related("written_by").first()
    if row is None:
        return
    row.patient = found.visit.patient
    whole = row.whole
    item = recorded.Counted(
        key(row), whole["needles"], whole["needles_out"], whole["insertions"],
        tuple(whole["reasons"]),
    )  # fmt: skip
    found.add(row, item, ("session", found.session.pk))
