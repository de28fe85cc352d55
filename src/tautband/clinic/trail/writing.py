"""Writing the trail.

    from tautband.clinic.trail.deeds import Deed
    from tautband.clinic.trail.writing import note

    note(seat.clinic, seat.user, Deed.READ, "patient", patient.id, patient_id=patient.id)

An entry is part of the caller's transaction: the deed and its entry are both kept, or neither.
From `note` until the commit other writers of the same clinic wait, so note last, shortly before
the end.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from tautband.clinic.people.models import Clinic, User
from tautband.clinic.trail.deeds import Deed, checked_detail, checked_kind, checked_object
from tautband.clinic.trail.heads import HeadDamagedError, main_folder, publish
from tautband.clinic.trail.keys import active_key
from tautband.clinic.trail.models import INSTALLATION, AuditEntry
from tautband.vault.chain import BEGINNING, Detail, Entry, sealed_head, stored


@dataclass(frozen=True, slots=True)
class Deeds:
    """One deed, ready to be noted; see `note` for what the parts mean."""

    action: Deed
    kind: str
    object_id: UUID | str | None = None
    patient_id: UUID | None = None
    detail: Detail | None = None


def note(
    clinic: Clinic | UUID | None,
    actor: User | UUID | None,
    action: Deed,
    kind: str,
    object_id: UUID | str | None = None,
    patient_id: UUID | None = None,
    detail: Detail | None = None,
) -> AuditEntry:
    """Write one entry into the clinic's chain (None: into the installation's) and return it.

    `actor` is the person, None for nobody or the system itself; `kind` and `object_id` say what it
    was done to, `patient_id` whose data that are; `detail` may hold what `deeds.DETAILS` lists.
    Raises ValueError, before anything is written, for a value that could be a patient's words.
    """
    deed = Deeds(action, kind, object_id, patient_id, detail)
    return note_all(clinic, actor, [deed])[0]


def note_all(
    clinic: Clinic | UUID | None, actor: User | UUID | None, deeds: Sequence[Deeds]
) -> list[AuditEntry]:
    """Write several entries in their order, with one head; as `note` otherwise."""
    chain = _chain(clinic)
    drafts = [_draft(chain, actor, deed, timezone.now()) for deed in deeds]
    if not drafts:
        return []
    with transaction.atomic(savepoint=False):
        _wait_for_turn(chain)
        number, digest = _end(chain)
        key_id, key = active_key()
        rows = []
        for draft in drafts:
            number += 1
            sealed = stored(_numbered(draft, number), digest, key_id, key)
            digest = sealed.digest
            row = AuditEntry.of_stored(sealed)
            row.save()
            rows.append(row)
        head = sealed_head(str(chain), number, digest, timezone.now(), key_id, key)
        transaction.on_commit(partial(publish, head))
    return rows


def note_login(user: User, action: Deed, kind: str = "login", detail: Detail | None = None) -> None:
    """Note a sign-in, sign-out or lock with every clinic that the person belongs to now.

    Who belongs to none is noted with the installation.
    """
    found = user.memberships.filter(ended_at=None).values_list("clinic_id", flat=True)
    with transaction.atomic():
        for clinic in sorted(set(found)) or [INSTALLATION]:
            note(clinic, user, action, kind, user.id, detail=detail)


def _chain(clinic: Clinic | UUID | None) -> UUID:
    if clinic is None:
        return INSTALLATION
    return clinic.id if isinstance(clinic, Clinic) else clinic


def _draft(chain: UUID, actor: User | UUID | None, deed: Deeds, time: datetime) -> Entry:
    person = actor.id if isinstance(actor, User) else actor
    return Entry(
        chain=str(chain),
        number=1,
        time=time,
        actor="" if person is None else str(person),
        action=Deed(deed.action).value,
        kind=checked_kind(deed.kind),
        object_id=checked_object(deed.object_id),
        patient_id="" if deed.patient_id is None else str(deed.patient_id),
        detail=checked_detail(deed.detail),
    )


def _numbered(draft: Entry, number: int) -> Entry:
    return Entry(
        draft.chain,
        number,
        draft.time,
        draft.actor,
        draft.action,
        draft.kind,
        draft.object_id,
        draft.patient_id,
        draft.detail,
    )


def _wait_for_turn(chain: UUID) -> None:
    """One writer a chain until the transaction ends.  SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        mark = hashlib.sha256(b"tautband.trail" + chain.bytes).digest()[:8]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(mark, signed=True)])


def _end(chain: UUID) -> tuple[int, bytes]:
    """Number and digest of the chain's last entry.

    A genuine head beyond the database's last entry means that committed entries are gone.  The
    chain goes on from the head: the hole stays for ever and `tautband audit verify` names it.
    """
    found = AuditEntry.objects.of(chain).order_by("-number").values_list("number", "digest").first()
    number, digest = (0, BEGINNING) if found is None else (found[0], bytes(found[1]))
    try:
        head = main_folder().genuine(chain)
    except HeadDamagedError:
        return number, digest
    if head is not None and head.number > number:
        return head.number, head.digest
    if head is None and number == 0:
        # A chain never stands without a head, so a missing one is a finding.
        key_id, key = active_key()
        publish(sealed_head(str(chain), 0, BEGINNING, timezone.now(), key_id, key))
    return number, digest
