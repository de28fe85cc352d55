"""Who is needled and who needles, as far as safety depends on it; ``None`` is "not known"."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tautband.base.errors import InputError
from tautband.base.sex import Sex as Sex

BMI_RANGE = (8.0, 100.0)
BMI_ROUNDING = 0.6
GIRTHS = ("forearm", "forearm_length")  # what a published limit asks for


@dataclass(frozen=True)
class Patient:
    """What is known of a patient's body.  Girths in centimetres by place (``forearm``, ...).

    ``stated_bmi`` is a body mass index told without height and weight; it must fit them where both
    are known.
    """

    sex: Sex | None = None
    age_years: float | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    girth_cm: Mapping[str, float] = field(default_factory=dict)
    pregnant: bool | None = None
    implants: tuple[str, ...] | None = None
    stated_bmi: float | None = None
    scoliosis: bool | None = None

    def __post_init__(self) -> None:
        _within("age", self.age_years, 0, 120, "years")
        _within("height", self.height_cm, 50, 250, "cm")
        _within("weight", self.weight_kg, 2, 400, "kg")
        for place, girth in self.girth_cm.items():
            if place not in GIRTHS:
                raise InputError(
                    "girth", f"'{place[:40]}' is not used", "one of " + ", ".join(GIRTHS)
                )
            _within(f"girth.{place}", girth, 5, 250, "cm")
        _within("bmi", self.stated_bmi, *BMI_RANGE, "kg/m2")
        measured = self._measured_bmi
        _within("weight and height", measured, *BMI_RANGE, "kg/m2 as body mass index")
        if self.stated_bmi and measured and abs(self.stated_bmi - measured) > BMI_ROUNDING:
            raise InputError(
                "bmi", f"is {self.stated_bmi:g}", f"{measured:.1f}, as height and weight give it"
            )

    @property
    def bmi(self) -> float | None:
        """Body mass index in kg/m2: from height and weight, or as stated."""
        return self._measured_bmi or self.stated_bmi

    @property
    def _measured_bmi(self) -> float | None:
        if self.height_cm is None or self.weight_kg is None:
            return None
        return self.weight_kg / (self.height_cm / 100) ** 2


@dataclass(frozen=True)
class Clinician:
    """Who needles: profession and jurisdiction by key, and what the training covered."""

    profession: str = ""
    jurisdiction: str = ""
    training_hours: float | None = None
    trained_regions: tuple[str, ...] | None = None
    student: bool | None = None
    supervised: bool | None = None
    ultrasound: bool | None = None


def _within(name: str, value: float | None, low: float, high: float, unit: str) -> None:
    # The negation also refuses NaN.
    if value is not None and not low <= value <= high:
        raise InputError(name, f"is {value:g}", f"{low:g} to {high:g} {unit}")
