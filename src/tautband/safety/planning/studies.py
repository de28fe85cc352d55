"""What a study measured: records of ``data/depths``, checked at load."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact
from tautband.safety.people import Patient, Sex

Structure = Literal[
    "pleura",
    "lung",
    "spinal canal",
    "kidney",
    "peritoneum",
    "nearest tissue that could be harmed",
    "nerve",
    "vessel",
    "bone",
    "muscle",
    "orbit or sinus",
]
# What a needle must not reach at any price; the others it should not.
VITAL = frozenset(
    {
        "pleura",
        "lung",
        "spinal canal",
        "kidney",
        "peritoneum",
        "nearest tissue that could be harmed",
        "orbit or sinus",
    }
)
# hazard: skin to what must not be reached.  backstop: skin to bone that may or may not be there.
# target: skin to the muscle.  layer: how thick tissue is.  clearance: from the tip of a placed
# needle to a structure.  success: how often a placed needle was where it should be.
# modifier: what changes a distance.
Role = Literal["hazard", "backstop", "target", "layer", "clearance", "success", "modifier"]
Approach = Literal[
    "perpendicular", "medial", "lateral", "along the muscle's own route", "not stated"
]

# Where a sample's range is not published, figures are given for ordinary adults only.
ORDINARY_BMI = (18.5, 30.0)
ORDINARY_AGE = (18.0, 65.0)
ADULT = 18.0
RANGE_IN_SD = 2.0


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who was measured.  Ranges: as published, else mean plus and minus two SD, else ordinary."""

    sex: Literal["female", "male", "both", "not stated"] = "not stated"
    women: int | None = None
    men: int | None = None
    age: tuple[float, float] | None = None
    age_mean_sd: tuple[float, float] | None = None
    bmi: tuple[float, float] | None = None
    bmi_mean_sd: tuple[float, float] | None = None
    kind: Literal["living adults", "donor bodies", "patients", "children", "phantom"] = (
        "living adults"
    )
    country: str = ""

    @property
    def bmi_range(self) -> tuple[float, float]:
        """The body mass index for which figures are given, kg/m2."""
        return _range(self.bmi, self.bmi_mean_sd, ORDINARY_BMI)

    @property
    def age_range(self) -> tuple[float, float]:
        """The ages for which figures are given, in years; a child is never in it."""
        low, high = _range(self.age, self.age_mean_sd, ORDINARY_AGE)
        return max(low, ADULT), max(high, ADULT)


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A needle of this length reached the structure in so many of so many."""

    needle_mm: float
    reached: int
    of: int


class Regression(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published line: distance in mm = intercept + slope x predictor."""

    on: Literal["bmi"]
    slope: float
    intercept: float
    mean: float
    sd: float
    printed: str


class Measurement(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published measurement of one distance in one sample."""

    id: str
    muscles: tuple[str, ...]
    site: str
    structure: Structure
    role: Role
    endpoint: str
    approach: Approach = "not stated"
    posture: str = "not stated"
    breathing: str = "not stated"
    method: str
    n: int | None = None
    sample: Sample = Sample()
    mean_mm: float | None = None
    sd_mm: float | None = None
    min_mm: float | None = None
    max_mm: float | None = None
    counts: tuple[Counted, ...] = ()
    regressions: tuple[Regression, ...] = ()
    explained: str = ""
    pool: str = ""
    contradicts: tuple[str, ...] = ()
    upper_bound_only: bool = False
    quoted: bool = False
    note: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    measurement: tuple[Measurement, ...]


def _range(
    told: tuple[float, float] | None,
    mean_sd: tuple[float, float] | None,
    ordinary: tuple[float, float],
) -> tuple[float, float]:
    if told:
        return told
    if mean_sd:
        mean, sd = mean_sd
        return mean - RANGE_IN_SD * sd, mean + RANGE_IN_SD * sd
    return ordinary


def usable(line: Regression, sd_mm: float) -> bool:
    """False for a printed line that cannot be: its slope implies a correlation of 1 or more.

    For least squares r = slope x SD(predictor) / SD(distance), so a larger slope is a misprint.
    """
    return abs(line.slope) * line.sd / sd_mm < 1


def fit(sample: Sample, patient: Patient) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """In what a patient lies outside a sample, and what is not known of the patient."""
    outside: list[str] = []
    unknown: list[str] = []
    if sample.kind == "children":
        outside.append("a sample of children")
    _fit_sex(sample, patient, outside, unknown)
    for name, value, (low, high) in (
        ("body mass index", patient.bmi, sample.bmi_range),
        ("age", patient.age_years, sample.age_range),
    ):
        if value is None:
            unknown.append(name)
        elif not low <= value <= high:
            outside.append(f"{name} {value:.3g}, measured {low:.3g} to {high:.3g}")
    return tuple(outside), tuple(unknown)


def _fit_sex(sample: Sample, patient: Patient, outside: list[str], unknown: list[str]) -> None:
    if patient.sex is None:
        unknown.append("sex")
    elif sample.sex in {"female", "male"} and Sex(sample.sex) is not patient.sex:
        outside.append(f"sex {patient.sex}, measured {sample.sex}")


def check_measurement(m: Measurement) -> None:
    """Raise InputError unless the numbers of a measurement can be true together."""
    check_fact(m.id, m, bibliography())
    numbers = [v for v in (m.min_mm, m.mean_mm, m.max_mm) if v is not None]
    if numbers != sorted(numbers) or any(v <= 0 for v in numbers):
        raise InputError(m.id, f"has {numbers} as minimum, mean, maximum", "rising distances")
    if m.sd_mm is not None and (m.mean_mm is None or m.sd_mm <= 0 or (m.n or 0) < 2):
        raise InputError(f"{m.id}.sd_mm", "stands alone", "a mean, n of at least 2 and an SD > 0")
    for count in m.counts:
        if not 0 <= count.reached <= count.of or count.needle_mm <= 0 or count.of < 1:
            raise InputError(f"{m.id}.counts", f"has {count.reached} of {count.of}", "a count")
    if m.regressions and m.sd_mm is None:
        raise InputError(f"{m.id}.regressions", "lack a spread", "mean and SD of the distance")


def parse_studies(text: str, name: str) -> tuple[Measurement, ...]:
    """Read one file of measurements; raises InputError that names the file."""
    try:
        return msgspec.convert(tomllib.loads(text), _File).measurement
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error


@cache
def load_studies() -> Mapping[str, Measurement]:
    """All measurements by id, checked; raises InputError."""
    found: dict[str, Measurement] = {}
    folder = resources.files("tautband.safety.planning").joinpath("data/depths")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        for m in parse_studies(entry.read_text("utf-8"), entry.name):
            if m.id in found:
                raise InputError(m.id, "stands twice", "one place")
            check_measurement(m)
            found[m.id] = m
    for m in found.values():
        odd = set(m.contradicts) - set(found)
        if odd:
            raise InputError(f"{m.id}.contradicts", f"names {sorted(odd)}", "known measurements")
    return found
