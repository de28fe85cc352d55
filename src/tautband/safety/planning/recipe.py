"""How one muscle is needled, as taught; or why it is not."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Fact, bibliography, check_fact

_LIFTED = re.compile(r"pincer|\blift|held between (finger|thumb)")
_OTHERWISE = re.compile(r"\bor\b|otherwise|where ")


class UsualGauge(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How thick needles are where nothing is published for a muscle."""

    low_mm: float
    high_mm: float


@cache
def usual_gauge() -> UsualGauge:
    """The gauge of published series, from ``data/gauge.toml``; raises InputError."""
    text = resources.files("tautband.safety.planning").joinpath("data/gauge.toml")
    try:
        gauge = msgspec.convert(tomllib.loads(text.read_text("utf-8")), UsualGauge)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("gauge.toml", str(error)) from error
    check_fact("gauge.toml", gauge, bibliography())
    return gauge


@dataclass(frozen=True)
class Recipe:
    """Position, palpation, entry, direction, needle, technique; for trained, licensed hands only.

    ``gauge_is_general`` marks a gauge that is usual for any muscle rather than published for this
    one.
    """

    position: str
    grip: str
    palpation: str
    entry: str
    direction: str
    technique: str
    length_mm: tuple[float, float] | None
    gauge_mm: tuple[float, float]
    gauge_is_general: bool
    restricted: bool
    ultrasound_advised: bool
    note: str
    sources: tuple[str, ...]
    confidence: Confidence


def millimetres(span: tuple[float, float]) -> str:
    """``25 to 40 mm``, or ``30 mm`` where both ends are one."""
    low, high = span
    return f"{low:g} mm" if low == high else f"{low:g} to {high:g} mm"


def recipe_of(muscle: Muscle) -> Recipe | None:
    """The recipe of a muscle, or None for one that is not needled or not established."""
    needling = muscle.needling
    if needling.status == "not needled" or not needling.stated:
        return None
    usual = usual_gauge()
    return Recipe(
        position=needling.position,
        grip=grip_of(muscle),
        palpation=muscle.palpation.text if muscle.palpation.stated else "not established",
        entry=needling.approach,
        direction=needling.direction,
        technique=needling.technique,
        length_mm=needling.length_mm,
        gauge_mm=needling.gauge_mm or (usual.low_mm, usual.high_mm),
        gauge_is_general=needling.gauge_mm is None,
        restricted=needling.status == "restricted",
        ultrasound_advised=needling.ultrasound_advised,
        note=needling.text,
        sources=needling.sources,
        confidence=needling.confidence or Confidence.UNREVIEWED,
    )


def grip_of(muscle: Muscle) -> str:
    """``pincer`` where the record lifts the muscle between the fingers, else ``flat``.

    ``pincer or flat`` where the record leaves both open.  A rib held between two fingers is no
    pincer grip: the muscle lies flat on it.
    """
    entry = muscle.needling.approach.lower()
    if not _LIFTED.search(entry):
        return "flat"
    return "pincer or flat" if _OTHERWISE.search(entry) else "pincer"


def why_not(muscle: Muscle) -> str:
    """Why a muscle has no recipe; raises InputError for one that has."""
    if recipe_of(muscle) is not None:
        raise InputError("muscle", f"{muscle.name} has a recipe", "a muscle that is not needled")
    if not muscle.needling.stated:
        return "How to needle it is not established."
    return muscle.needling.text
