"""How a command is told the patient, the clinician and the needle."""

import argparse
from typing import TYPE_CHECKING

from tautband.base.errors import InputError

if TYPE_CHECKING:
    from tautband.safety.people import Clinician, Patient, Sex
    from tautband.safety.planning.technique import Technique

_SEXES = {"f": "female", "female": "female", "m": "male", "male": "male", "unknown": ""}
_YES_NO = {"yes": True, "no": False, "unknown": None}


def add_patient(parser: argparse.ArgumentParser) -> None:
    """Declare what may be told of the patient; what is not told is not known."""
    group = parser.add_argument_group("the patient; what is not told is not known")
    group.add_argument("--sex", help="f or female, m or male, unknown")
    group.add_argument("--age", metavar="YEARS", help="age in years")
    group.add_argument("--height", metavar="CM", help="height in centimetres")
    group.add_argument("--weight", metavar="KG", help="weight in kilograms")
    group.add_argument("--bmi", metavar="KG/M2", help="body mass index, instead of the last two")
    group.add_argument(
        "--girth",
        action="append",
        default=[],
        metavar="PLACE=CM",
        help="a girth or length, such as forearm=24 or forearm_length=25",
    )
    group.add_argument("--scoliosis", choices=_YES_NO, default="unknown")


def read_patient(chosen: argparse.Namespace) -> "Patient":
    """The patient that the arguments tell; raises InputError."""
    from tautband.safety.people import Patient

    girths = {}
    for told in chosen.girth:
        place, found, value = told.partition("=")
        if not found or not place.strip():
            raise InputError("--girth", f"'{told[:40]}' is no girth", "PLACE=CM: forearm=24")
        girths[place.strip()] = number(f"--girth {place.strip()}", value)
    return Patient(
        sex=read_sex(chosen.sex),
        age_years=_optional("--age", chosen.age),
        height_cm=_centimetres(chosen.height),
        weight_kg=_optional("--weight", chosen.weight),
        girth_cm=girths,
        pregnant=_YES_NO[getattr(chosen, "pregnant", "unknown")],
        implants=_implants(getattr(chosen, "implant", [])),
        stated_bmi=_optional("--bmi", chosen.bmi),
        scoliosis=_YES_NO[chosen.scoliosis],
    )


def read_sex(told: str | None) -> "Sex | None":
    """A sex as typed, or None; raises InputError."""
    from tautband.safety.people import Sex

    if told is None:
        return None
    key = _SEXES.get(told.strip().lower())
    if key is None:
        raise InputError("--sex", f"is '{told[:20]}'", "f, female, m, male or unknown")
    return Sex(key) if key else None


def add_needle(parser: argparse.ArgumentParser) -> None:
    """Declare the needle and its way."""
    group = parser.add_argument_group("the needle and its way")
    group.add_argument("--needle", metavar="MM", help="length of the needle")
    group.add_argument("--gauge", metavar="MM", help="thickness in millimetres, such as 0.25")
    group.add_argument("--depth", metavar="MM", help="how much goes in; all of it if not told")
    group.add_argument("--angle", metavar="DEGREES", help="to the skin; 90 is straight in")
    group.add_argument("--grip", help="pincer, flat or 'on bone'")
    group.add_argument("--direction", help="straight, medial, lateral, inferior, ventral, ...")
    group.add_argument("--posture", help="face down, on the back, on the side, sitting")
    group.add_argument("--site", help="part of the muscle, such as '12th rib' or 'distal third'")
    group.add_argument("--level", help="vertebra, such as L1")
    group.add_argument("--lateral", metavar="CM", help="distance from the spinous processes")
    group.add_argument("--medial-angle", metavar="DEGREES", help="inwards, at the spine")
    group.add_argument("--cranial-angle", metavar="DEGREES", help="upwards, below the skull")
    group.add_argument("--along", metavar="PERCENT", help="of the muscle's length, from above")
    group.add_argument("--bracketed", choices=_YES_NO, default="unknown", help="rib held, or not")
    group.add_argument("--ultrasound", choices=_YES_NO, default="unknown")


def read_needle(chosen: argparse.Namespace) -> "Technique":
    """The technique that the arguments tell; raises InputError."""
    from tautband.safety.planning.technique import Technique

    return Technique(
        needle_mm=_optional("--needle", chosen.needle),
        depth_mm=_optional("--depth", chosen.depth),
        angle_deg=_optional("--angle", chosen.angle),
        grip=(chosen.grip or "").strip().lower(),
        direction=(chosen.direction or "").strip().lower(),
        posture=(chosen.posture or "").strip().lower(),
        site=(chosen.site or "").strip().lower(),
        level=(chosen.level or "").strip().upper(),
        lateral_cm=_optional("--lateral", chosen.lateral),
        medial_angle_deg=_optional("--medial-angle", chosen.medial_angle),
        cranial_angle_deg=_optional("--cranial-angle", chosen.cranial_angle),
        along=_optional("--along", chosen.along),
        gauge_mm=_optional("--gauge", chosen.gauge),
        bracketed=_YES_NO[chosen.bracketed],
        ultrasound=_YES_NO[chosen.ultrasound],
    )


def add_clinician(parser: argparse.ArgumentParser) -> None:
    """Declare who needles."""
    group = parser.add_argument_group("the clinician")
    group.add_argument("--profession", default="", help="such as physical_therapist")
    group.add_argument("--jurisdiction", default="", help="such as US-VA")
    group.add_argument(
        "--trained",
        action="append",
        metavar="REGION",
        help="'all', an area such as 'neck' or 'back', or a muscle's id; may be repeated",
    )
    group.add_argument("--student", choices=_YES_NO, default="unknown")
    group.add_argument("--supervised", choices=_YES_NO, default="unknown")
    group.add_argument("--ultrasound-trained", choices=_YES_NO, default="unknown")


def read_clinician(chosen: argparse.Namespace) -> "Clinician":
    """The clinician that the arguments tell."""
    from tautband.safety.people import Clinician

    return Clinician(
        profession=chosen.profession,
        jurisdiction=chosen.jurisdiction,
        trained_regions=tuple(chosen.trained) if chosen.trained else None,
        student=_YES_NO[chosen.student],
        supervised=_YES_NO[chosen.supervised],
        ultrasound=_YES_NO[chosen.ultrasound_trained],
    )


def yes_no(word: str) -> bool | None:
    """``yes``, ``no`` or ``unknown`` as a value."""
    return _YES_NO[word]


YES_NO = tuple(_YES_NO)


def number(name: str, told: str) -> float:
    """A finite number as typed, a comma for the point allowed; raises InputError."""
    try:
        value = float(told.replace(",", "."))
    except ValueError:
        raise InputError(name, f"'{told[:20]}' is no number", "a number such as 40") from None
    if value in (float("inf"), float("-inf")):
        raise InputError(name, f"is '{told[:20]}'", "a finite number")
    return value


def _optional(name: str, told: str | None) -> float | None:
    return None if told is None else number(name, told)


def _centimetres(told: str | None) -> float | None:
    height = _optional("--height", told)
    if height is not None and 0.5 <= height <= 2.5:
        raise InputError(
            "--height",
            f"{height:g} looks like metres",
            f"centimetres: --height {height * 100:g}",
        )
    return height


def _implants(told: list[str]) -> tuple[str, ...] | None:
    if not told:
        return None
    words = tuple(word.strip().lower() for word in told)
    return () if words == ("none",) else words
