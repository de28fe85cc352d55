"""What palpating a muscle costs, and which muscles are never proposed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.records import Area, Muscle
from tautband.base.errors import InputError


class AreaCost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cost in one area of the body: minutes, and burden from 1 upward."""

    name: Area
    minutes: float
    burden: float
    why: str = ""


class MuscleCost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cost of one muscle that differs from its area's."""

    id: str
    minutes: float
    burden: float
    why: str = ""


class MovementCost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cost of moving and resisting one muscle."""

    minutes: float
    burden: float
    why: str = ""


@dataclass(frozen=True)
class Costs:
    """All costs; ``never`` gives the reason for muscles that are not proposed."""

    areas: dict[str, AreaCost]
    muscles: dict[str, MuscleCost]
    movement: MovementCost
    never: dict[str, str]

    def of(self, muscle: Muscle) -> AreaCost | MuscleCost:
        """The cost of palpating a muscle."""
        return self.muscles.get(muscle.id) or self.areas[muscle.area]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    area: tuple[AreaCost, ...]
    muscle: tuple[MuscleCost, ...]
    movement: MovementCost
    never: dict[str, str]


@cache
def read_costs() -> Costs:
    """The costs of ``examination.toml``; raises InputError for one that cannot be right."""
    text = resources.files("tautband.atlas").joinpath("data/examination.toml").read_text("utf-8")
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except msgspec.ValidationError as error:
        raise InputError("examination.toml", str(error)) from error
    costs: list[AreaCost | MuscleCost | MovementCost] = [
        *file.area,
        *file.muscle,
        file.movement,
    ]
    for cost in costs:
        if cost.minutes <= 0 or cost.burden < 1:
            raise InputError("examination.toml", f"{cost} cannot be", "minutes > 0, burden >= 1")
    return Costs(
        {a.name: a for a in file.area}, {m.id: m for m in file.muscle}, file.movement, file.never
    )
