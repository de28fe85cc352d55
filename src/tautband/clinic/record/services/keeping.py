"""Storing, changing and finding rows of the record: the only code that writes them.

A row is stored once, whatever number of times it is sent: its id is made by who wrote it.  A
change names the version that it was made on; when somebody else was first it is refused with what
they changed.  Every state is kept whole as a `Version`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, models, transaction

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.canonical import BESIDE, plain, same_on_repeat, told
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models.base import Kept, OfPatient
from tautband.clinic.record.models.history import Version
from tautband.clinic.record.models.patient import Patient
from tautband.clinic.record.services.trailing import kind_of, leave
from tautband.clinic.trail.deeds import Deed

Row = TypeVar("Row", bound=Kept)
SHOWN_LENGTH = 60


def rows(model: type[Row]) -> models.QuerySet[Row]:
    """All rows of a model, of every clinic: for services that narrow it themselves."""
    return cast(models.QuerySet[Row], model._default_manager.all())


def require(seat: Seat, action: Action) -> None:
    """Raise NotFoundError when the policy does not allow it: the same as for what is not there."""
    if not seat.may(action):
        raise NotFoundError(action)


def find(seat: Seat, model: type[Row], row: UUID) -> Row:
    """The row of this clinic, without a trail: for services that leave their own.

    Raises NotFoundError; a patient who is restricted or erased is not there for daily work.
    """
    require(seat, model.reads)
    found = rows(model).filter(clinic=seat.clinic, pk=row).first()
    if found is None:
        raise NotFoundError(model.__name__)
    _at_work(found)
    return found


def read(seat: Seat, model: type[Row], row: UUID) -> Row:
    """The row of this clinic; the reading is in the trail.  Raises NotFoundError."""
    with transaction.atomic():
        found = find(seat, model, row)
        leave(seat, Deed.READ, found)
    return found


def add(seat: Seat, row: Row, *, why: str = "", action: Action | None = None) -> Row:
    """Store a new row; the same row again changes nothing and answers the stored one.

    Sets clinic and author, and the patient from what the row belongs to.  Raises NotFoundError for
    a parent that is not of this clinic, InputError for values that cannot be right, and
    ConflictError when the id, or the only place for such a row, is taken by something else.
    """
    require(seat, action or row.writes)
    row.clinic, row.written_by = seat.clinic, seat.user
    with transaction.atomic():
        _belongs(seat, row)
        stored = _stored(seat, row)
        if stored is not None:
            return stored
        row.check_values()
        row.check_columns()
        try:
            with transaction.atomic():
                row.save()
                _keep_version(seat, row, why)
                leave(seat, Deed.WRITE, row)
        except IntegrityError:
            # Two of the same at once: the other one is there now.
            stored = _stored(seat, row)
            if stored is None:
                raise _taken(row) from None
            return stored
    return row


def change(
    seat: Seat,
    row: Row,
    version: int,
    values: Mapping[str, Any],
    *,
    why: str = "",
    action: Action | None = None,
) -> Row:
    """Store a new state of a row, made on its `version`; answers the row as it is now.

    A change that is there already is not made twice.  Raises ConflictError with what is different
    when the row has moved on, InputError when a value cannot be right or a reason is missing, and
    ClosedError for what is never changed.
    """
    require(seat, action or row.writes)
    if row.append_only:
        raise ClosedError(_name(row), "is kept as it was written", "a further entry")
    _check_names(row, values)
    with transaction.atomic():
        now = find_again(seat, row)
        if _has(now, values):
            return now
        if now.version != version:
            raise conflict(now, version)
        if not now.is_draft and not why.strip():
            raise InputError("why", "is empty", "why it is corrected")
        if not type(now).objects.claim(now.pk, version):
            raise conflict(find_again(seat, row), version)
        return settle(seat, now, version, values, why)


def settle(seat: Seat, now: Row, version: int, values: Mapping[str, Any], why: str = "") -> Row:
    """The second half of a change, for services that have claimed the row's version themselves."""
    before = plain(now)
    now.version = version + 1
    for name, value in values.items():
        setattr(now, name, value)
    _belongs(seat, now)
    now.check_values()
    now.check_columns()
    changed = [name for name, value in plain(now).items() if value != before[name]]
    now.rewrite([*changed, *now.derived])
    _keep_version(seat, now, why)
    leave(seat, Deed.WRITE, now)
    return now


def find_again(seat: Seat, row: Row) -> Row:
    """The row as it is in the database now, of this clinic; raises NotFoundError."""
    found = rows(type(row)).filter(clinic=seat.clinic, pk=row.pk).first()
    if found is None:
        raise NotFoundError(type(row).__name__)
    _at_work(found)
    return found


def versions(seat: Seat, row: Kept) -> list[Version]:
    """Every kept state of a row, oldest first; the reading is in the trail."""
    require(seat, row.reads)
    with transaction.atomic():
        now = find_again(seat, row)
        found = Version.objects.in_clinic(seat.clinic).filter(row=now.pk)
        states = list(found.select_related("written_by").order_by("number"))
        leave(seat, Deed.READ, now, {"form": "versions"})
        return states


def conflict(now: Kept, version: int, further: Sequence[str] = ()) -> ConflictError:
    """What to tell somebody whose change was made on an older version, in words."""
    since = list(Version.objects.filter(row=now.pk).select_related("written_by").order_by("number"))
    before = [one for one in since if one.number <= version]
    content = dict(before[-1].content) if before else {}
    words = []
    for one in (one for one in since if one.number > version):
        for name, value in one.content.items():
            if content.get(name) != value:
                when = one.written_at.strftime("%Y-%m-%d %H:%M UTC")
                label = name.replace("_", " ")
                words.append(f"{label} is {_short(value)}, by {one.written_by} at {when}")
        content = dict(one.content)
    return ConflictError(_name(now), [*words, *further], now.version)


def _belongs(seat: Seat, row: Kept) -> None:
    """Every parent is of this clinic and of one patient; raises NotFoundError."""
    patients: set[UUID] = set()
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or not issubclass(field.related_model, Kept):
            continue
        if field.name == "patient" and row.__dict__.get("patient_id") is None:
            continue
        if row.__dict__.get(field.attname) is None:
            continue
        parent = getattr(row, field.name)
        if parent.clinic_id != seat.clinic.pk:
            raise NotFoundError(type(parent).__name__)
        patients.add(parent.pk if isinstance(parent, Patient) else parent.patient_id)
    if not isinstance(row, OfPatient):
        return
    if len(patients) != 1:
        raise NotFoundError("parents of more than one patient, or of none")
    row.patient_id = patients.pop()
    # Asked anew: the parents at hand may be from before a restriction.
    at_work = Patient.objects.filter(pk=row.patient_id, erased_at=None, restricted_at=None)
    if not at_work.exists():
        raise NotFoundError("restricted or erased")


def _at_work(row: Kept) -> None:
    patient = row if isinstance(row, Patient) else getattr(row, "patient", None)
    if isinstance(patient, Patient) and not patient.at_work:
        raise NotFoundError("restricted or erased")


def _stored(seat: Seat, row: Row) -> Row | None:
    stored = rows(type(row)).filter(pk=row.pk).first()
    if stored is None:
        return None
    if stored.clinic_id != seat.clinic.pk:
        raise NotFoundError("an id of another clinic")
    row.check_values()
    first = Version.objects.filter(row=row.pk, number=1).first()
    ignored = same_on_repeat(row)
    kept = (
        {name: value for name, value in first.content.items() if name in ignored} if first else {}
    )
    if kept != ignored or stored.written_by_id != seat.user.pk:
        raise ConflictError("id", ["it stands for another entry"], stored.version)
    return stored


def _taken(row: Kept) -> ConflictError:
    return ConflictError(_name(row), ["there is one already, which can be changed"], 1)


def _keep_version(seat: Seat, row: Kept, why: str) -> None:
    """Keep the state that was just written; what belongs to no patient keeps itself."""
    patient = row if isinstance(row, Patient) else getattr(row, "patient", None)
    if not isinstance(patient, Patient):
        return
    Version(
        clinic=seat.clinic,
        written_by=seat.user,
        patient=patient,
        kind=kind_of(row),
        row=row.pk,
        number=row.version,
        content=plain(row),
        why=why,
    ).save()


def _check_names(row: Kept, values: Mapping[str, Any]) -> None:
    changeable = {f.name for f in row._meta.concrete_fields if f.editable} - BESIDE - {"patient"}
    for name in values:
        if name not in changeable:
            raise InputError(name, "cannot be changed", ", ".join(sorted(changeable)))


def _has(row: Kept, values: Mapping[str, Any]) -> bool:
    content = plain(row)
    return all(
        content[name] == told(value.pk if isinstance(value, models.Model) else value)
        for name, value in values.items()
    )


def _name(row: Kept) -> str:
    return str(row._meta.verbose_name)


def _short(value: Any) -> str:
    text = "empty" if value in (None, "", []) else str(value)
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
