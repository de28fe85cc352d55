"""Where a needle is to go: a muscle on a side, with what the rules need to know of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tautband.atlas.atlas import Atlas
from tautband.atlas.names import find_muscle, split_entries, split_side
from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.safety.screening.places import Places

MOST_TARGETS = 60
RIGHT_FORM = "a muscle with its side, such as 'infraspinatus right'"


@dataclass(frozen=True)
class Target:
    """A muscle, or (with ``muscle`` empty) a part of the body, on one side.

    ``parts`` are the parts of the body in which it lies, ``around`` those with their neighbours,
    ``features`` what rules may ask with ``here``.
    """

    muscle: str
    name: str
    side: Side
    parts: frozenset[str]
    around: frozenset[str]
    features: frozenset[tuple[str, str]]
    note: str = ""

    @property
    def key(self) -> str:
        """``rhomboids:right``; for a part of the body ``shoulder:right``."""
        return f"{self.muscle or min(self.parts)}:{self.side}"


def parse_plan(text: str, atlas: Atlas, places: Places) -> tuple[Target, ...]:
    """Targets from ``rhomboid major right, upper trapezius right``; raises InputError.

    The side may stand before the muscle, be ``R`` or ``L``, or ``both``.  A target that
    stands twice counts once.
    """
    check_muscle_groups(places, atlas.muscles)
    entries = split_entries(text, atlas.muscles)
    if not entries:
        raise InputError("plan", "names no muscle", RIGHT_FORM)
    found: dict[str, Target] = {}
    for entry in entries:
        name, sides = split_side(entry)
        muscle = find_muscle(name, atlas.muscles)  # an unknown name is the greater mistake
        if not sides:
            raise InputError("plan", f"'{entry[:60]}' has no side", RIGHT_FORM)
        for side in sides:
            target = muscle_target(muscle, side, atlas, places)
            found[target.key] = target
    if len(found) > MOST_TARGETS:
        raise InputError("plan", f"names {len(found)} targets", f"at most {MOST_TARGETS}")
    return with_both_sides(found.values())


def with_both_sides(targets: Iterable[Target]) -> tuple[Target, ...]:
    """The targets, those over the lung marked when both sides of the chest are planned."""
    listed = tuple(targets)
    sides = {t.side for t in listed if ("risk", "pleura") in t.features}
    if len(sides) < 2:
        return listed
    both = ("both_sides_planned", "yes")
    return tuple(
        replace(t, features=t.features | {both}) if ("risk", "pleura") in t.features else t
        for t in listed
    )


def muscle_target(muscle: Muscle, side: Side, atlas: Atlas, places: Places) -> Target:
    """A muscle of the atlas as a target.

    It lies where its trigger points lie and where ``muscle_parts`` adds; where a record
    places none, where its area lies.
    """
    parts = _parts(atlas, muscle.id, places)
    features = {("status", muscle.needling.status), ("side", str(side))}
    features |= {("part", part) for part in parts}
    features |= {("risk", risk.kind) for risk in muscle.at_risk if risk.stated}
    features |= {("group", name) for name, ids in places.muscle_groups.items() if muscle.id in ids}
    return Target(
        muscle.id,
        muscle.name,
        side,
        parts,
        places.around(parts),
        frozenset((name, value.replace(" ", "_")) for name, value in features),
        muscle.needling.text if muscle.needling.stated else "",
    )


def part_target(part: str, side: Side, places: Places) -> Target:
    """A part of the body as a target, for what is judged by place alone."""
    parts = frozenset({part})
    features = frozenset({("part", part), ("side", str(side))})
    return Target("", places.parts[part].name, side, parts, places.around(parts), features)


def check_muscle_groups(places: Places, muscles: Mapping[str, Muscle]) -> None:
    """Raise InputError unless every muscle that the places name is in the atlas."""
    for name, ids in (*places.muscle_groups.items(), ("muscle_parts", tuple(places.muscle_parts))):
        for one in ids:
            if one not in muscles:
                raise InputError(f"places.{name}", f"names '{one}'", "a muscle of the atlas")


def _parts(atlas: Atlas, muscle: str, places: Places) -> frozenset[str]:
    table = atlas.table
    unit = atlas.unit[f"{muscle}:left"]
    regions = {table.regions[int(table.of_vertex[v])].id for v in atlas.points(unit)}
    parts = {places.part_of_region[r] for r in regions} or {
        *places.areas[atlas.muscles[muscle].area]
    }
    return frozenset(parts.union(places.muscle_parts.get(muscle, ())))
