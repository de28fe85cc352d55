"""A session from its first needle to its end: entries are added, and it closes when all are out.

Whoever closes it names the version that they saw.  An entry that came in between, or somebody
else's closing, is told in words instead of being closed over.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, NotFoundError
from tautband.clinic.record.models.session import Closing, LedgerEntry, Needle, Session
from tautband.clinic.record.services import keeping
from tautband.safety.events.closing import Closure, close
from tautband.safety.events.entries import Insertion, Twitches
from tautband.safety.events.ledger import Ledger

_HANDS_ON = ("insertion", "redirection")


@dataclass(frozen=True)
class Finished:
    """A closed session and what its closing opens."""

    session: Session
    closure: Closure


def begin(seat: Seat, session: Session) -> Session:
    """Open a session; who opens it needles unless another is named."""
    keeping.require(seat, session.writes)
    if session.__dict__.get("needler_id") is None:
        session.needler = seat.user
    with transaction.atomic():
        stored = keeping.add(seat, session)
        stored.patient.seen(stored.began_at)
    return stored


def take_needle(seat: Seat, needle: Needle) -> Needle:
    """Add a needle out of its packet; the same needle again changes nothing.

    Raises ClosedError when the session is closed and the needle was not there before.
    """
    keeping.require(seat, Action.NEEDLE)
    with transaction.atomic():
        session = keeping.find(seat, Session, needle.session_id)
        if session.state == "closed" and not Needle.objects.filter(pk=needle.pk).exists():
            raise _closed()
        return keeping.add(seat, needle, action=Action.NEEDLE)


def enter(seat: Seat, entry: LedgerEntry) -> LedgerEntry:
    """Add one entry to a session's ledger; the same entry again changes nothing.

    Needles are placed by who is allowed to (Action.NEEDLE); taking one out, or writing an incident
    down, is never held up by that.  Raises ClosedError when the session is closed, InputError when
    the entry cannot be one.
    """
    action = Action.NEEDLE if entry.kind in _HANDS_ON else Action.RECORD_WRITE
    keeping.require(seat, action)
    with transaction.atomic():
        session = keeping.find(seat, Session, entry.session_id)
        known = LedgerEntry.objects.filter(pk=entry.pk).first()
        if known is not None:
            entry.session_version = known.session_version
            return keeping.add(seat, entry, action=action)
        entry.session_version = _next_version(session.pk)
        entry.session = session
        if entry.needle is not None and entry.needle.session_id != session.pk:
            raise NotFoundError("a needle of another session")
        return keeping.add(seat, entry, action=action)


def ledger_of(session: Session) -> Ledger:
    """The ledger of a session from its stored entries."""
    rows = LedgerEntry.objects.filter(session=session).select_related("needle")
    entries = []
    for row in rows:
        row.session = session
        entries.append(row.as_entry())
    return Ledger().add_all(entries)


def finish(seat: Seat, session: UUID, version: int) -> Finished:
    """Close a session as it was seen at `version`; closing it again as it is changes nothing.

    Every needle must be out, or named by an incident that accounts for it.  Raises InputError that
    names the needle still in, and ConflictError with what came in between.
    """
    keeping.require(seat, Action.RECORD_WRITE)
    with transaction.atomic():
        now = keeping.find(seat, Session, session)
        closure_now = close(ledger_of(now)) if now.state == "closed" else None
        if closure_now is not None and now.version == version + 1:
            return Finished(now, closure_now)
        if now.state == "closed" or now.version != version:
            raise keeping.conflict(now, version, entries_since(now, version))
        closure = close(ledger_of(now))
        if not Session.objects.claim(now.pk, version):
            raise keeping.conflict(now, version, entries_since(now, version))
        keeping.add(seat, Closing(session=now, whole=_closing(closure)))
        counts = closure.counts
        values = {
            "state": "closed",
            "closed_at": datetime.now(UTC),
            "needles": counts.needles,
            "needles_out": counts.needles_out,
            "insertions": counts.insertions,
            "redirections": counts.redirections,
            "twitches": twitches(ledger_of(now)),
            "reasons": [str(reason) for reason in closure.reasons],
        }
        return Finished(keeping.settle(seat, now, version, values), closure)


def entries_since(session: Session, version: int) -> list[str]:
    """Entries that came after a version, in words."""
    rows = (
        LedgerEntry.objects.filter(session=session, session_version__gt=version)
        .select_related("written_by")
        .order_by("session_version")
    )
    words = []
    for row in rows:
        where = f" in {row.muscle.replace('_', ' ')} {row.side}" if row.muscle else ""
        when = row.written_at.strftime("%Y-%m-%d %H:%M UTC")
        words.append(f"{row.kind}{where} was added by {row.written_by} at {when}")
    return words


def twitches(ledger: Ledger) -> int | None:
    """Local twitch responses of the whole session; None where none was assessed."""
    places = {(e.muscle, e.side) for e in ledger.in_force() if isinstance(e, Insertion | Twitches)}
    counts = [ledger.twitches(muscle, side).counted for muscle, side in sorted(places)]
    assessed = [count for count in counts if count is not None]
    return sum(assessed) if assessed else None


def _next_version(session: UUID) -> int:
    """Take the session's next version for an entry; raises ClosedError when it is closed."""
    while True:
        now = Session.objects.filter(pk=session).values_list("version", "state").first()
        if now is None:
            raise NotFoundError("session")
        version, state = now
        if state == "closed":
            raise _closed()
        if Session.objects.claim(session, version):
            return int(version) + 1


def _closed() -> ClosedError:
    return ClosedError("session", "is closed", "an amendment of its note")


def _closing(closure: Closure) -> dict[str, Any]:
    counts = closure.counts
    return {
        "schema": "tautband.closing/1",
        "needles": counts.needles,
        "needles_out": counts.needles_out,
        "insertions": counts.insertions,
        "redirections": counts.redirections,
        "reasons": [str(reason) for reason in closure.reasons],
        "incidents": [
            {"id": i.id, "code": str(i.code), "insertions": list(i.insertions), "note": i.note}
            for i in closure.incidents
        ],
        "actions": [
            {"code": str(a.code), "first": a.first, "steps": list(a.steps)} for a in closure.actions
        ],
    }
