"""What was found: the newest assessment up to a moment, as a drawing, signs and measurements."""

from collections import defaultdict
from datetime import datetime

from tautband.clinic.papers.paper import Words, table
from tautband.clinic.record.export.page import Block, heading, pain, remark
from tautband.clinic.record.export.picture import picture_of
from tautband.clinic.record.models import (
    Assessment,
    ComparableSign,
    Finding,
    Movement,
    PressureThreshold,
    Strength,
)


def assessments(words: Words, until: datetime) -> list[Assessment]:
    """The episode's assessments up to a moment, oldest first."""
    rows = Assessment.objects.filter(episode=words.at.episode, held_at__lte=until)
    return list(rows.order_by("held_at"))


def drawings(words: Words, found: list[Assessment]) -> tuple[list[Block], dict[str, bytes]]:
    """The first and the newest drawing, with their days; only one when there is one."""
    drawn = [one for one in found if one.drawing is not None]
    blocks: list[Block] = []
    pictures: dict[str, bytes] = {}
    for one in dict.fromkeys([*drawn[:1], *drawn[-1:]]):
        picture = picture_of(one.drawing, words.at.patient.sex)
        day = words.day(one.held_at)
        if picture is None:
            blocks.append(remark(words.t("other-body", day=day)))
            continue
        name = f"drawing-{one.pk}.svg"
        pictures[name] = picture
        blocks.append({"kind": "picture", "name": name, "text": words.t("drawing", day=day)})
    return blocks, pictures


def signs(words: Words, one: Assessment) -> list[tuple[str, str, str, str]]:
    """Muscle, side, signs that were present, and signs that were absent; a row for each muscle."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Finding.objects.filter(assessment=one).order_by("written_at")
    for row in rows:
        found[row.muscle, row.side][row.answer].append(row.sign.replace("_", " "))
    return [
        (
            words.muscle(muscle),
            words.side(side),
            ", ".join(answers["present"]),
            ", ".join(answers["absent"]),
        )
        for (muscle, side), answers in found.items()
        if answers["present"] or answers["absent"]
    ]


def measured(words: Words, one: Assessment) -> list[tuple[str, ...]]:
    """What was measured: what, side, value, pain 0-10 during it."""
    rows: list[tuple[str, ...]] = []
    for m in Movement.objects.filter(assessment=one):
        what = words.t("movement-of", joint=_plain(m.joint), movement=_plain(m.movement))
        rows.append((what, words.side(m.side), _amount(m.amount, m.unit), pain(m.pain)))
    for s in Strength.objects.filter(assessment=one):
        value = words.t("grade", grade=f"{s.grade:g}") if s.newtons is None else f"{s.newtons:g} N"
        what = words.t("strength-of", what=_plain(s.what))
        rows.append((what, words.side(s.side), value, pain(s.pain)))
    for t in PressureThreshold.objects.filter(assessment=one):
        what = words.t("threshold-at", place=_plain(t.where))
        rows.append((what, words.side(t.side), f"{t.kpa:g} kPa", ""))
    for c in ComparableSign.objects.filter(assessment=one):
        what = words.t(f"sign-{c.when}", movement=str(c.movement))
        rows.append((what, "", _amount(c.degrees, words.t("degrees")), pain(c.pain)))
    return rows


def tables(words: Words, one: Assessment) -> list[Block]:
    """Signs and measurements of one assessment, each as a table under its heading."""
    heads = [words.t(name) for name in ("muscle", "side", "present", "absent")]
    values = [words.t(name) for name in ("measured", "side", "value", "pain")]
    return [
        heading(words.t("examined", day=words.day(one.held_at))),
        *table(heads, signs(words, one)),
        *table(values, measured(words, one)),
    ]


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:g} {unit}"
