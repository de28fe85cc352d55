"""A visit's writes as JSON: entries of the needle ledger, the end of the session, the signature.

Every id is made by who sends, so what was not acknowledged is sent again as it was, and is stored
once.  A batch is one transaction: all of it is there, or nothing.  Django's own guard asks for the
token of the browser's session (`X-CSRFToken`); the screen's lock and the second factor are asked as
for a page.
"""

import datetime
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any, Concatenate, Literal, ParamSpec, TypeVar, cast
from uuid import UUID

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.boundary import problem
from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import LedgerEntry, Needle, Session
from tautband.clinic.record.services import keeping, notes, sessions
from tautband.clinic.record.services.trailing import one_turn

MOST_AT_ONCE = 100
CONFLICT = 409

# What the columns can hold, said here so that the database never has to.
Code = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[^\x00]*$")]
Words = Annotated[str, msgspec.Meta(max_length=20_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)]

Asked = ParamSpec("Asked")
Told = TypeVar("Told")
Inner = Callable[Concatenate[HttpRequest, Seat, Asked], HttpResponse]


class NeedleTold(msgspec.Struct, forbid_unknown_fields=True):
    """A needle taken out of its packet."""

    id: UUID
    length_mm: float | None = None
    gauge_mm: float | None = None
    maker: Code = ""
    lot: Code = ""


class EntryTold(msgspec.Struct, forbid_unknown_fields=True):
    """One tap.  ``at`` is the time of the tap, so that the same tap sent again is the same."""

    id: UUID
    kind: Code
    at: datetime.datetime
    needle: UUID | None = None
    about: UUID | None = None
    accounts_for: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []
    muscle: Code = ""
    point: Code = ""
    side: Code = ""
    retained: bool = False
    bent: bool = False
    times: Count | None = None
    twitches: Count | None = None
    detected_by: Code = ""
    familiar_pain: Literal["", "yes", "no"] = ""
    depth_mm: float | None = None
    code: Code = ""
    told: Words = ""


class Batch(msgspec.Struct, forbid_unknown_fields=True):
    """Needles and taps, in the order in which they were made."""

    needles: list[NeedleTold] = []
    entries: list[EntryTold] = []


class SeenAt(msgspec.Struct, forbid_unknown_fields=True):
    """The version that whoever acts has seen."""

    version: Number


class SignedAt(msgspec.Struct, forbid_unknown_fields=True):
    """The version that is signed, and the id of the signature."""

    version: Number
    signature: UUID


def _answered(action: Action) -> Callable[[Inner[Asked]], Callable[..., HttpResponseBase]]:
    """A view of a clinic that is asked and answers in JSON, refusals included."""

    def wrap(view: Inner[Asked]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def told(
            request: HttpRequest, seat: Seat, *args: Asked.args, **kwargs: Asked.kwargs
        ) -> HttpResponse:
            try:
                return view(request, seat, *args, **kwargs)
            except NotFoundError:
                return problem(InputError("address", "is not one of this server"), 404)
            except (ConflictError, ClosedError) as error:
                return _conflict(error)
            except InputError as error:
                return problem(error, 422)

        behind = cast(Callable[..., HttpResponseBase], member(action)(told))

        @wraps(behind)
        def signed_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                # A script would take the page that asks to sign in for an answer.
                return problem(InputError("session", "is not signed in", "sign in first"), 401)
            return behind(request, *args, **kwargs)

        return require_POST(signed_in)

    return wrap


@_answered(Action.RECORD_WRITE)
def enter(request: HttpRequest, seat: Seat, session: UUID) -> HttpResponse:
    """Store a batch of needles and entries; what is there already changes nothing.

    Answers the session's version.  409 is a closed session, or an id that stands for another entry.
    """
    batch = _read(request, Batch)
    told = len(batch.needles) + len(batch.entries)
    if not 1 <= told <= MOST_AT_ONCE:
        raise InputError("entries", f"are {told}", f"1 to {MOST_AT_ONCE} at once")
    with transaction.atomic(), remembered_keys(), one_turn(seat):
        # The session's row is locked before the trail's turn is taken: two batches for one session
        # would otherwise wait for each other on PostgreSQL.
        list(Session.objects.in_clinic(seat.clinic).select_for_update().filter(pk=session))
        of = keeping.find(seat, Session, session)
        for needle in batch.needles:
            row = Needle(session=of, **msgspec.structs.asdict(needle))
            sessions.take_needle(seat, row)
        at_hand = {one.pk: one for one in Needle.objects.filter(session=of)}
        for entry in batch.entries:
            sessions.enter(seat, _as_row(entry, of, at_hand))
        now = Session.objects.values_list("version", flat=True).get(pk=session)
    return JsonResponse({"stored": told, "version": now})


@_answered(Action.RECORD_WRITE)
def finish(request: HttpRequest, seat: Seat, session: UUID) -> HttpResponse:
    """Close the session as it was seen; 409 tells what came in between."""
    finished = sessions.finish(seat, session, _read(request, SeenAt).version)
    return JsonResponse({"state": "closed", "version": finished.session.version})


@_answered(Action.RECORD_WRITE)
def sign(request: HttpRequest, seat: Seat, note: UUID) -> HttpResponse:
    """Sign one's own note as it was seen; a student's then waits for a supervisor."""
    told = _read(request, SignedAt)
    signed = notes.sign(seat, note, told.version, told.signature)
    return JsonResponse({"state": signed.state, "version": signed.version})


def _read(request: HttpRequest, shape: type[Told]) -> Told:
    try:
        return msgspec.json.decode(request.body, type=shape)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        raise InputError("body", f"cannot be read ({reason})", "the documented fields") from error


def _as_row(entry: EntryTold, session: Session, at_hand: Mapping[UUID, Needle]) -> LedgerEntry:
    if entry.at.tzinfo is None:
        raise InputError("at", "has no time zone", "such as 2026-11-26T09:30:00+00:00")
    values = msgspec.structs.asdict(entry)
    if entry.needle is not None:
        values["needle"] = at_hand.get(entry.needle)
        if values["needle"] is None:
            raise InputError("needle", f"{entry.needle} is not of this session", "one of its own")
    values["accounts_for"] = [str(one) for one in entry.accounts_for]
    return LedgerEntry(session=session, **values)


def _conflict(error: ConflictError | ClosedError) -> HttpResponse:
    told: dict[str, Any] = {**error.as_dict()}
    if isinstance(error, ConflictError):
        told |= {"changes": list(error.changes), "version": error.version}
    return JsonResponse(told, status=CONFLICT)
