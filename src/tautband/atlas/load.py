"""Read and check the records; a record that breaks a rule is an error that names file and field."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.names import check_names
from tautband.atlas.records import Muscle, Needling
from tautband.atlas.zones import point_vertex, zone_mask
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Fact, Source, bibliography, check_fact
from tautband.body.regions import RegionTable

_SINGLE = ("origin", "insertion", "action", "limited", "weak", "palpation", "reliability")
_LISTS = ("overload", "trigger_points", "referral", "at_risk", "depths", "advice")


def parse_muscle(text: str, name: str) -> Muscle:
    """Read one record; ``name`` is the file's, for the error message."""
    try:
        return msgspec.convert(tomllib.loads(text), Muscle)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error


def check_muscle(muscle: Muscle, table: RegionTable, known: Mapping[str, Source]) -> None:
    """Raise InputError unless every field is sourced or says that it is not established."""
    where = muscle.id
    check_needling(where, muscle.needling)
    for field, fact in facts(muscle):
        check_fact(f"{where}.{field}", fact, known)
    for field in _LISTS:
        if not getattr(muscle, field):
            raise InputError(f"{where}.{field}", "is empty", "an entry, or one 'not established'")
    _check_places(muscle, table)


def facts(muscle: Muscle) -> Iterator[tuple[str, Fact]]:
    """Every sourced statement of a record with the field it stands in."""
    for field in (*_SINGLE, "innervation", "needling"):
        yield field, getattr(muscle, field)
    for field in _LISTS:
        for number, fact in enumerate(getattr(muscle, field)):
            yield f"{field}[{number}]", fact


def check_needling(where: str, needling: Needling) -> None:
    """Raise InputError for a recipe in part, or one of what is not needled."""
    recipe = (needling.approach, needling.direction, needling.technique, needling.position)
    if needling.withheld:
        raise InputError(f"{where}.needling", "is a copy without its recipe", "the record itself")
    if needling.status == "not needled":
        spans = needling.length_mm or needling.gauge_mm
        if any(recipe) or spans or not needling.text:
            raise InputError(f"{where}.needling", "has a recipe", "only the reason, in text")
    elif needling.stated and not all(recipe):
        raise InputError(
            f"{where}.needling",
            "lacks a part of the recipe",
            "position, approach, direction and technique",
        )
    for field in ("length_mm", "gauge_mm"):
        span = getattr(needling, field)
        if span and not 0 < span[0] <= span[1]:
            raise InputError(f"{where}.needling.{field}", f"is {span}", "a range, smaller first")


def _check_places(muscle: Muscle, table: RegionTable) -> None:
    points = {p.id for p in muscle.trigger_points if p.stated}
    if not any(z.stated and z.zone == "main" for z in muscle.referral):
        raise InputError(f"{muscle.id}.referral", "has no main zone", "at least one zone = 'main'")
    try:
        for point in muscle.trigger_points:
            point_vertex(table.surface, point, Side.LEFT)
        for zone in muscle.referral:
            zone_mask(table, zone, Side.LEFT)
    except InputError as error:
        raise InputError(f"{muscle.id}: {error.field}", error.problem, error.expected) from error
    for zone in muscle.referral:
        odd = set(zone.points) - points
        if odd:
            raise InputError(
                f"{muscle.id}.referral.points", f"names {sorted(odd)}", "its own points"
            )


@cache
def read_muscles() -> Mapping[str, Muscle]:
    """All muscle records by id, as written; checking them is ``check_muscle``'s work."""
    folder = resources.files("tautband.atlas").joinpath("data/muscles")
    found: dict[str, Muscle] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        muscle = parse_muscle(entry.read_text("utf-8"), entry.name)
        if f"{muscle.id}.toml" != entry.name:
            raise InputError(entry.name, f"holds the id '{muscle.id}'", "a file named by its id")
        found[muscle.id] = muscle
    return found


def check_groups(muscles: Mapping[str, Muscle]) -> None:
    """Raise InputError unless each group that a record is ranked as exists and ranks itself."""
    for muscle in muscles.values():
        group = muscles.get(muscle.ranked_as)
        if muscle.ranked_as and (group is None or group.ranked_as):
            raise InputError(
                f"{muscle.id}.ranked_as",
                f"is '{muscle.ranked_as}'",
                "a record that is ranked itself",
            )


def check_all(table: RegionTable) -> None:
    """Check every record against the body and the bibliography."""
    known = bibliography()
    for muscle in read_muscles().values():
        check_muscle(muscle, table, known)
    check_groups(read_muscles())
    check_names(read_muscles())
