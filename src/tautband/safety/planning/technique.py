"""How the needle is meant to go in; ``None`` and empty are "not said"."""

import math
import re
from dataclasses import dataclass

from tautband.base.errors import InputError
from tautband.text.near import close_names

GRIPS = ("pincer", "flat", "on bone")
DIRECTIONS = (
    "straight",
    "medial",
    "lateral",
    "inferior",
    "ventral",
    "top-down",
    "towards a rib space",
)
POSTURES = ("face down", "on the back", "on the side", "sitting")
# Parts of a muscle that a limit may speak of, and the parts beside them.  A word that nobody knows
# is refused: taken for "elsewhere" it would silence a limit.
SITES = (
    "belly", "upper third", "middle third", "distal third", "medial third", "lateral third",
    "medial border", "lateral border", "midline", "over a rib", "below the ribs", "12th rib",
    "xiphoid", "pubic", "radial groove", "popliteal fossa", "fibular neck", "anterior route",
    "posteromedial route",
)  # fmt: skip
_VERTEBRA = re.compile(r"C[0-7]|T([1-9]|1[0-2])|L[1-5]|S[1-5]")
LONGEST_MM, THICKEST_MM = 150.0, 1.0


@dataclass(frozen=True)
class Technique:
    """A needle and its way.  ``angle_deg`` is measured to the skin: 90 is straight in.

    ``along`` is the place along the muscle from above in per cent, ``lateral_cm`` the distance from
    the spinous processes, ``level`` a vertebra (``L1``), ``site`` a part of the muscle by key
    (``12th rib``, ``distal third``, ...).
    """

    needle_mm: float | None = None
    gauge_mm: float | None = None
    depth_mm: float | None = None
    angle_deg: float | None = None
    grip: str = ""
    direction: str = ""
    posture: str = ""
    medial_angle_deg: float | None = None
    cranial_angle_deg: float | None = None
    lateral_cm: float | None = None
    level: str = ""
    along: float | None = None
    site: str = ""
    ultrasound: bool | None = None
    bracketed: bool | None = None

    def __post_init__(self) -> None:
        _within("needle", self.needle_mm, 1, LONGEST_MM, "mm")
        _within("gauge", self.gauge_mm, 0.1, THICKEST_MM, "mm; 0.25 is usual")
        _within("depth", self.depth_mm, 0, LONGEST_MM, "mm")
        for name in ("angle_deg", "medial_angle_deg", "cranial_angle_deg"):
            _within(name.removesuffix("_deg"), getattr(self, name), 0, 90, "degrees")
        _within("lateral", self.lateral_cm, 0, 20, "cm from the spinous processes")
        _within("along", self.along, 0, 100, "% of the muscle's length from above")
        for name, value, known in (
            ("grip", self.grip, GRIPS),
            ("direction", self.direction, DIRECTIONS),
            ("posture", self.posture, POSTURES),
            ("site", self.site, SITES),
        ):
            if value and value not in known:
                close = close_names(value, known)
                raise InputError(name, f"is '{value[:40]}'", "one of " + ", ".join(known), close)
        if self.level and not _VERTEBRA.fullmatch(self.level):
            raise InputError("level", f"is '{self.level[:10]}'", "a vertebra such as C5, T12 or L1")
        if self.needle_mm and self.depth_mm and self.depth_mm > self.needle_mm:
            raise InputError(
                "depth",
                f"{self.depth_mm:g} mm is more than the needle's {self.needle_mm:g} mm",
                "a depth up to the needle's length",
            )

    @property
    def inserted_mm(self) -> float | None:
        """How much of the needle goes in: the depth, or the whole needle where none is said."""
        return self.depth_mm if self.depth_mm is not None else self.needle_mm

    @property
    def reach_mm(self) -> float | None:
        """How far below the skin the tip lies: inserted x sin(angle); straight in unless said."""
        if self.inserted_mm is None:
            return None
        angle = 90.0 if self.angle_deg is None else self.angle_deg
        return self.inserted_mm * math.sin(math.radians(angle))


def _within(name: str, value: float | None, low: float, high: float, unit: str) -> None:
    # The negation also refuses NaN.
    if value is not None and not low <= value <= high:
        raise InputError(name, f"is {value:g}", f"{low:g} to {high:g} {unit}")
