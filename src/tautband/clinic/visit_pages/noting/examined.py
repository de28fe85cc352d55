"""The newest assessment up to a session, as items of its note."""

from datetime import date

from tautband.care.note import recorded
from tautband.clinic.record.models import (
    Assessment,
    ComparableSign,
    Finding,
    Movement,
    PressureThreshold,
    Strength,
)
from tautband.clinic.visit_pages.noting.gathered import Gathering, key


def examined(found: Gathering) -> None:
    """Take what was told, found and measured; its day is named where it is another day."""
    rows = Assessment.objects.filter(episode=found.visit.episode, held_at__lte=found.until)
    row = rows.select_related("written_by").order_by("-held_at").first()
    if row is None:
        return
    row.patient = found.visit.patient
    held = found.day(row.held_at)
    on, page = (None if held == found.today else held), ("assessment", row.pk)
    if row.told:
        found.add(row, recorded.Told(f"{key(row)}:told", row.told, on=on), page)
    _findings(found, row, on)
    _measured(found, row, on)
    if row.impression:
        found.add(row, recorded.Impression(f"{key(row)}:impression", row.impression, on=on), page)


def _findings(found: Gathering, assessment: Assessment, on: date | None) -> None:
    rows = Finding.objects.filter(assessment=assessment).select_related("written_by")
    for row in rows.order_by("written_at"):
        item = recorded.Found(key(row), row.muscle, row.side, row.sign, row.answer, on=on)
        found.add(row, item, ("assessment", assessment.pk))


def _measured(found: Gathering, assessment: Assessment, on: date | None) -> None:
    page, of = ("assessment", assessment.pk), {"assessment": assessment}
    for one in Movement.objects.filter(**of).select_related("written_by").order_by("written_at"):
        what = f"{_plain(one.joint)}, {_plain(one.movement)}"
        item = recorded.Moved(
            key(one), what, one.side, one.passive, one.amount, one.unit, one.pain, on=on
        )
        found.add(one, item, page)
    for row in Strength.objects.filter(**of).select_related("written_by").order_by("written_at"):
        strong = recorded.Strong(
            key(row), _plain(row.what), row.side, row.grade, row.newtons, row.pain, on=on
        )
        found.add(row, strong, page)
    for ppt in PressureThreshold.objects.filter(**of).select_related("written_by"):
        pressed = recorded.Pressed(key(ppt), _plain(ppt.where), ppt.side, ppt.kpa, on=on)
        found.add(ppt, pressed, page)
    for sign in ComparableSign.objects.filter(**of).select_related("written_by"):
        sign.patient = found.visit.patient
        compared = recorded.Compared(
            key(sign), sign.movement, sign.when, sign.degrees, sign.pain, on=on
        )
        found.add(sign, compared, page)


def _plain(code: str) -> str:
    return code.replace("_", " ")
