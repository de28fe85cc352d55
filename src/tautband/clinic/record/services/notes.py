"""Notes: drafted, signed, and from then on only added to.

Who is a student signs as author, and the note waits until somebody who may sign does so as
supervisor, or gives it back as a draft.  What is signed is one text, made of the note and of the
versions of everything that stands in it; its hash stands under the signature.
"""

import json
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.canonical import canonical, plain, sha256
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models.history import Version
from tautband.clinic.record.models.note import Amendment, Note, Signature
from tautband.clinic.record.models.session import Closing
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.cards import card_of
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed

SCHEMA = "tautband.signed/1"


def sign(seat: Seat, note: UUID, version: int, signature: UUID) -> Note:
    """Sign one's own draft as it was seen at `version`.

    With Action.SIGN the note is signed; without it, it waits for a supervisor.  Raises
    NotFoundError for another's note, ConflictError when it was changed meanwhile, and InputError
    when it says nothing.
    """
    keeping.require(seat, Action.RECORD_WRITE)
    with transaction.atomic():
        now = keeping.find(seat, Note, note)
        if Signature.objects.filter(pk=signature, note=now).exists():
            return now
        if now.author_id != seat.user.pk:
            raise NotFoundError("another's note")
        _expect(now, "draft", version)
        _check_said(now)
        state = "signed" if seat.may(Action.SIGN) else "waiting"
        return _settle(seat, now, version, state, Signature(id=signature, role="author"))


def countersign(seat: Seat, note: UUID, version: int, signature: UUID) -> Note:
    """Sign a waiting note as its supervisor; nobody supervises themselves."""
    keeping.require(seat, Action.SIGN)
    with transaction.atomic():
        now = keeping.find(seat, Note, note)
        if Signature.objects.filter(pk=signature, note=now).exists():
            return now
        if now.author_id == seat.user.pk:
            raise NotFoundError("one's own note")
        _expect(now, "waiting", version)
        return _settle(seat, now, version, "signed", Signature(id=signature, role="supervisor"))


def give_back(seat: Seat, note: UUID, version: int, why: str) -> Note:
    """Give a waiting note back to its author as a draft, with what is missing."""
    keeping.require(seat, Action.SIGN)
    if not why.strip():
        raise InputError("why", "is empty", "what is missing")
    with transaction.atomic():
        now = keeping.find(seat, Note, note)
        _expect(now, "waiting", version)
        _claim(now, version)
        return keeping.settle(seat, now, version, {"state": "draft"}, why)


def amend(seat: Seat, amendment: Amendment, signature: UUID) -> Amendment:
    """Add to a signed note, signed in the same step; the note itself stays as it is.

    A student's amendment stands at once, marked as waiting until `countersign_amendment`.
    """
    keeping.require(seat, Action.RECORD_WRITE)
    with transaction.atomic():
        note = keeping.find(seat, Note, amendment.note_id)
        stored = Amendment.objects.filter(pk=amendment.pk, note=note).first()
        if stored is not None:
            amendment.number, amendment.follows_sha256 = stored.number, stored.follows_sha256
            amendment.needs_supervisor = stored.needs_supervisor
            return keeping.add(seat, amendment)
        if note.state != "signed":
            raise ClosedError("note", "is not signed yet", "a change of the draft")
        amendment.note = note
        amendment.number = note.amendments.count() + 1
        amendment.follows_sha256 = _last_hash(note)
        amendment.needs_supervisor = not seat.may(Action.SIGN)
        kept = keeping.add(seat, amendment)
        _store(
            seat, note, _amended(seat, kept), Signature(id=signature, role="author", amendment=kept)
        )
        return kept


def countersign_amendment(seat: Seat, amendment: UUID, signature: UUID) -> Amendment:
    """Sign a student's amendment as supervisor."""
    keeping.require(seat, Action.SIGN)
    with transaction.atomic():
        kept = keeping.find(seat, Amendment, amendment)
        if Signature.objects.filter(pk=signature, amendment=kept).exists():
            return kept
        if kept.written_by_id == seat.user.pk:
            raise NotFoundError("one's own amendment")
        _store(
            seat,
            kept.note,
            _amended(seat, kept),
            Signature(id=signature, role="supervisor", amendment=kept),
        )
        return kept


def is_whole(signature: Signature) -> bool:
    """True when the signed text has its hash, and note or amendment still say what was signed."""
    if sha256(signature.signed) != signature.sha256:
        return False
    told: dict[str, Any] = json.loads(signature.signed)
    if signature.amendment is not None:
        return bool(told["amendment"] == plain(signature.amendment))
    note = signature.note
    state = Version.objects.filter(row=note.pk, number=signature.note_version).first()
    kept = {} if state is None else _settled(state.content)
    now = _settled(plain(note)) if note.state == "signed" else kept
    return bool(_settled(told["note"]) == kept == now or _was_given_back(note, told["note"], kept))


def _was_given_back(note: Note, signed: Any, kept: Any) -> bool:
    """A signature that was followed by giving the note back stands for its own state alone."""
    return bool(signed == kept) and note.signatures.filter(role="author").count() > 1


def _settle(seat: Seat, note: Note, version: int, state: str, signature: Signature) -> Note:
    _claim(note, version)
    text = canonical(
        {
            "schema": SCHEMA,
            **_envelope(seat, "note"),
            "note": _settled(plain(note)),
            "note_version": version,
            "session_closing": _closing_of(note),
        }
    )
    signature.note_version = version
    _store(seat, note, text, signature)
    values: dict[str, Any] = {"state": state}
    if state == "signed":
        values["signed_at"] = datetime.now(UTC)
    return keeping.settle(seat, note, version, values)


def _amended(seat: Seat, amendment: Amendment) -> str:
    envelope = {"schema": SCHEMA, **_envelope(seat, "amendment")}
    return canonical({**envelope, "amendment": plain(amendment)})


def _store(seat: Seat, note: Note, text: str, signature: Signature) -> None:
    signature.note, signature.signer = note, seat.user
    if signature.note_version is None:
        signature.note_version = note.version
    signature.signed, signature.sha256 = text, sha256(text)
    signature.card = card_of(seat.user, seat.clinic)
    action = Action.SIGN if signature.role == "supervisor" else Action.RECORD_WRITE
    leave(seat, Deed.SIGN, keeping.add(seat, signature, action=action))


def _settled(content: dict[str, Any]) -> dict[str, Any]:
    """What of a note is settled by a signature: everything but its state.

    A note that was signed before there was a trace has none: no trace is the same as none yet.
    """
    left = {"state", "signed_at"} | ({"trace"} if content.get("trace") is None else set())
    return {name: v for name, v in content.items() if name not in left}


def _envelope(seat: Seat, what: str) -> dict[str, Any]:
    return {
        "what": what,
        "signer": str(seat.user.pk),
        "clinic": str(seat.clinic.pk),
        "at": datetime.now(UTC).isoformat(),
        "versions": {"tautband": version("tautband")},
    }


def _closing_of(note: Note) -> Any:
    if note.session_id is None:
        return None
    closing = Closing.objects.filter(session=note.session_id).first()
    return closing.whole if closing else None


def _last_hash(note: Note) -> str:
    last = note.signatures.order_by("-written_at", "-id").values_list("sha256", flat=True).first()
    if last is None:
        raise ClosedError("note", "has no signature", "a signed note")
    return str(last)


def _expect(note: Note, state: str, version: int) -> None:
    if note.version != version:
        raise keeping.conflict(note, version)
    if note.state != state:
        raise ClosedError("note", f"is {note.state}", f"a note that is {state}")


def _claim(note: Note, version: int) -> None:
    if not Note.objects.claim(note.pk, version):
        raise ConflictError("note", ["somebody was first"], version)


def _check_said(note: Note) -> None:
    if not any(text.strip() for text in note.sections.values()):
        raise InputError("sections", "are all empty", "what was found and done")
