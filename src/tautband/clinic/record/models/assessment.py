"""An assessment: the drawing, what was found at each muscle, and what was measured."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient, code, side
from tautband.clinic.record.models.episode import OfEpisode
from tautband.measures.comparable import Sign
from tautband.measures.instruments import find_instrument
from tautband.measures.score import score
from tautband.reasoning.findings import Answer

DRAWING_SCHEMA = "tautband.drawing/1"


class Assessment(OfEpisode):
    """One examination.  ``drawing`` is the body's JSON, ``told`` the patient's sentence."""

    KINDS = ("first", "again", "phone")

    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    held_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    drawing = sealed_json()
    body_version = code(blank=True)
    told = sealed_text()
    impression = sealed_text()

    class Meta:
        """An episode's assessments, newest first."""

        indexes: ClassVar = [models.Index(fields=["episode", "-held_at"], name="assessment_held")]

    @property
    def is_draft(self) -> bool:
        """True until it is finished."""
        return self.finished_at is None

    def check_values(self) -> None:
        """A known kind, and a drawing that names its body."""
        if self.kind not in self.KINDS:
            raise InputError("kind", f"is '{self.kind[:20]}'", ", ".join(self.KINDS))
        if self.drawing is None:
            return
        if not isinstance(self.drawing, dict) or self.drawing.get("schema") != DRAWING_SCHEMA:
            raise InputError("drawing", "is not a drawing", f"an object of {DRAWING_SCHEMA}")
        self.body_version = str(self.drawing.get("body", ""))[:60]


class OfAssessment(OfPatient):
    """A row that belongs to one assessment."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    told = sealed_text(help_text="anything to add, in words")

    class Meta:
        """Shared columns only."""

        abstract = True

    @property
    def is_draft(self) -> bool:
        """True until its assessment is finished."""
        return self.assessment.is_draft


class Finding(OfAssessment):
    """One sign at one muscle; "not examined" is kept as that, and is no evidence."""

    muscle = code()
    side = side()
    sign = code()
    answer = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Answer])
    places = models.JSONField(default=list, help_text="regions to which it referred pain")

    class Meta:
        """One row for a sign of a muscle: a change of mind is its next version."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "muscle", "side", "sign"], name="finding_once"
            )
        ]

    def check_values(self) -> None:
        """A known answer at a named muscle."""
        if self.answer not in tuple(Answer):
            raise InputError("answer", f"is '{self.answer[:20]}'", ", ".join(Answer))
        _named("finding", muscle=self.muscle, side=self.side, sign=self.sign)


class Movement(OfAssessment):
    """Range of motion, in degrees or millimetres; ``pain`` 0-10 during it, None: not asked."""

    UNITS = ("degrees", "mm")

    joint = code()
    movement = code()
    side = side(blank=True)
    passive = models.BooleanField(default=False)
    amount = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=8, choices=[(unit, unit) for unit in UNITS])
    pain = models.FloatField(null=True, blank=True)

    def check_values(self) -> None:
        """A movement that has a name, a possible amount and a pain of the scale."""
        _named("movement", joint=self.joint, movement=self.movement)
        if self.unit not in self.UNITS:
            raise InputError("movement.unit", f"is '{self.unit[:20]}'", " or ".join(self.UNITS))
        if self.unit == "degrees":
            Sign(self.amount, self.pain)
        elif self.amount is not None and not 0 <= self.amount <= 1000:
            raise InputError("movement.amount", f"is {self.amount:g}", "0 to 1000 mm")
        _pain(self.pain)


class Strength(OfAssessment):
    """Strength: a grade 0-5 by hand, or newtons by dynamometer; ``pain`` as in `Movement`."""

    what = code(help_text="muscle or movement")
    side = side(blank=True)
    grade = models.FloatField(null=True, blank=True)
    newtons = models.FloatField(null=True, blank=True)
    pain = models.FloatField(null=True, blank=True)

    def check_values(self) -> None:
        """One of the two ways of measuring, within its scale."""
        _named("strength", what=self.what)
        if (self.grade is None) == (self.newtons is None):
            raise InputError("strength", "has not one value", "a grade 0 to 5, or newtons")
        if self.grade is not None and not 0 <= self.grade <= 5:
            raise InputError("strength.grade", f"is {self.grade:g}", "0 to 5")
        if self.newtons is not None and not 0 <= self.newtons <= 5000:
            raise InputError("strength.newtons", f"is {self.newtons:g}", "0 to 5000")
        _pain(self.pain)


class PressureThreshold(OfAssessment):
    """Pressure pain threshold (PPT) in kilopascals at a muscle or place."""

    where = code()
    side = side()
    kpa = models.FloatField()
    probe_cm2 = models.FloatField(null=True, blank=True)

    def check_values(self) -> None:
        """A pressure that an algometer gives."""
        _named("pressure threshold", where=self.where, side=self.side)
        kpa: float | None = self.kpa  # a row that is not stored yet may lack it
        if kpa is None or not 0 < kpa <= 3000:
            told = "is missing" if kpa is None else f"is {kpa:g}"
            raise InputError("kpa", told, "above 0, at most 3000 kPa")
        if self.probe_cm2 is not None and not 0 < self.probe_cm2 <= 10:
            raise InputError("probe_cm2", f"is {self.probe_cm2:g}", "above 0, at most 10 cm2")


class ComparableSign(OfAssessment):
    """The movement or task that is tested before and after needling (`measures.comparable`)."""

    movement = sealed_text()
    when = models.CharField(max_length=8, choices=[("before", "before"), ("after", "after")])
    degrees = models.FloatField(null=True, blank=True)
    pain = models.FloatField(null=True, blank=True)

    def check_values(self) -> None:
        """A sign that has a name, and values of its scales."""
        if not self.movement.strip():
            raise InputError("movement", "is empty", "the movement or task, such as 'turn left'")
        if self.when not in ("before", "after"):
            raise InputError("when", f"is '{self.when[:20]}'", "before or after")
        Sign(self.degrees, self.pain)


class Measure(OfEpisode):
    """One filled-in instrument: its items as answered, and the score made from them.

    ``value`` is None when too many items are missing; ``told_by`` says who answered.
    """

    TOLD_BY = ("patient", "clinician", "guardian")

    instrument = code()
    taken_at = models.DateTimeField(default=timezone.now)
    told_by = models.CharField(max_length=12, default="patient", choices=[(w, w) for w in TOLD_BY])
    items = sealed_json()
    value = models.FloatField(null=True, blank=True, editable=False)
    unit = models.CharField(max_length=40, editable=False)
    about = code(blank=True, help_text="what it was about, such as 'worst, last 24 h'")

    class Meta:
        """The course of an episode, by instrument and time."""

        indexes: ClassVar = [
            models.Index(fields=["episode", "instrument", "taken_at"], name="measure_course")
        ]

    def check_values(self) -> None:
        """Score the items; raises InputError for an unknown instrument or an impossible answer."""
        if not isinstance(self.items, list):
            raise InputError("items", "are not a list", "one answer an item, null where unanswered")
        one = find_instrument(self.instrument)
        found = score(one, self.items)
        self.instrument, self.value, self.unit = one.id, found.value, one.unit


def _named(kind: str, **values: str) -> None:
    for field, value in values.items():
        if not value.strip():
            raise InputError(f"{kind}.{field}", "is empty", "a name")


def _pain(value: float | None) -> None:
    if value is not None and not 0 <= value <= 10:
        raise InputError("pain", f"is {value:g}", "0 to 10")
