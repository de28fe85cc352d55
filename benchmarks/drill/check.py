"""Compare an installation with what its clients were told.

    python -m benchmarks.drill.check FILE

FILE holds the visits as the clients know them.  Prints what was counted and what is wrong as JSON;
nothing wrong is an empty list.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from tautband.clinic.start import set_up

TOLD = ("kind", "needle_id", "about", "muscle", "side", "retained", "twitches", "detected_by")


def main(visits: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts and findings."""
    set_up()
    from tautband.clinic.record.models import LedgerEntry, Needle, Note, Session, Signature

    wrong: list[str] = []
    for visit in visits:
        wrong += _ledger(visit) + _closing(visit) + _note(visit)
    sent = {one["id"] for visit in visits for one in (*visit["needles"], *visit["entries"])}
    stored = {str(key) for model in (Needle, LedgerEntry) for key in _ids(model)}
    wrong += [f"{key} is stored and was acknowledged to nobody" for key in stored - sent]
    wrong += _half_signed()
    wrong += _doubled(stored)
    wrong += _database()
    counts = {
        "needles": Needle.objects.count(),
        "entries": LedgerEntry.objects.count(),
        "closed": Session.objects.filter(state="closed").count(),
        "signed": Note.objects.filter(state="signed").count(),
        "signatures": Signature.objects.count(),
    }
    return {"counts": counts, "wrong": wrong}


def _ids(model: Any) -> Any:
    return model.objects.values_list("pk", flat=True)


def _ledger(visit: dict[str, Any]) -> list[str]:
    """Every tap that was acknowledged is there as it was sent, once, and no version is missing."""
    from tautband.clinic.record.models import LedgerEntry, Needle, Session
    from tautband.clinic.record.services.sessions import ledger_of

    at = visit["session"]
    session = Session.objects.get(pk=at)
    rows = list(LedgerEntry.objects.filter(session=session).order_by("session_version"))
    found = {str(row.pk): [_plain(getattr(row, name)) for name in TOLD] for row in rows}
    sent = {one["id"]: [_sent(one, name) for name in TOLD] for one in visit["entries"]}
    wrong = [f"{at}: {key} is lost or changed" for key in sent if found.get(key) != sent[key]]
    sizes = {
        str(one.pk): (one.length_mm, one.gauge_mm, one.lot)
        for one in Needle.objects.filter(session=session)
    }
    for one in visit["needles"]:
        if sizes.get(one["id"]) != (one["length_mm"], one["gauge_mm"], one["lot"]):
            wrong.append(f"{at}: needle {one['id']} is lost or changed")
    numbers = [row.session_version for row in rows]
    if numbers != list(range(2, len(rows) + 2)):
        wrong.append(f"{at}: versions of its entries are {numbers}")
    if session.version != len(rows) + 1 + (session.state == "closed"):
        wrong.append(f"{at}: version {session.version} with {len(rows)} entries")
    counts = ledger_of(session).counts()
    insertions = sum(one["kind"] == "insertion" for one in visit["entries"])
    if (counts.needles, counts.insertions) != (len(visit["needles"]), insertions):
        wrong.append(f"{at}: the ledger counts {counts}")
    return wrong


def _closing(visit: dict[str, Any]) -> list[str]:
    from tautband.clinic.record.models import Closing, Session

    session = Session.objects.get(pk=visit["session"])
    closings = list(Closing.objects.filter(session=session))
    if (session.state == "closed") is not visit["closed"]:
        return [f"{session.pk} is {session.state}"]
    if len(closings) != visit["closed"]:
        return [f"{session.pk} has {len(closings)} closings"]
    insertions = sum(one["kind"] == "insertion" for one in visit["entries"])
    if visit["closed"] and closings[0].whole["insertions"] != insertions:
        return [f"{session.pk} was closed with {closings[0].whole}"]
    return []


def _note(visit: dict[str, Any]) -> list[str]:
    from tautband.clinic.record.models import Signature

    found = [str(one.pk) for one in Signature.objects.filter(note=visit["note"])]
    expected = [visit["signature"]] if visit["signature"] else []
    return [] if found == expected else [f"note {visit['note']} has the signatures {found}"]


def _half_signed() -> list[str]:
    """A note is a draft without a signature, or signed with one that is whole; nothing between."""
    from tautband.clinic.record.models import Note, Signature
    from tautband.clinic.record.services.notes import is_whole

    wrong = []
    for note in Note.objects.all():
        signatures = list(Signature.objects.filter(note=note))
        whole = [one for one in signatures if is_whole(one)]
        settled = (note.state, len(signatures), len(whole), note.signed_at is None)
        if settled not in (("draft", 0, 0, True), ("signed", 1, 1, False)):
            wrong.append(f"note {note.pk} is {settled}")
    return wrong


def _doubled(stored: set[str]) -> list[str]:
    """Each row has its one state, and its one entry of writing in the trail."""
    from tautband.clinic.record.models import Version
    from tautband.clinic.trail.models import AuditEntry

    states = Counter(str(key) for key in Version.objects.values_list("row", flat=True))
    trail = Counter(
        str(key)
        for key in AuditEntry.objects.filter(
            action="write", kind__in=("needle", "ledgerentry")
        ).values_list("object_id", flat=True)
    )
    wrong = [f"{key} has {states[key]} states" for key in stored if states[key] != 1]
    wrong += [f"{key} is {trail[key]} times in the trail" for key in stored if trail[key] != 1]
    return wrong + [f"{key} is in the trail alone" for key in trail if key not in stored]


def _database() -> list[str]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        told = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        return ([] if told == "ok" else [told]) + [str(row) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _sent(entry: dict[str, Any], name: str) -> Any:
    empty = {"muscle": "", "side": "", "retained": False, "detected_by": ""}
    return entry.get(name.removesuffix("_id"), empty.get(name))


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
