"""Read and check the records; a record that breaks a rule is an error that names file and field."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec
from rapidfuzz import process

from tautband.atlas.records import Muscle
from tautband.atlas.zones import point_vertex, zone_mask
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Fact, Source, bibliography, check_fact
from tautband.body.regions import RegionTable

_SINGLE = ("origin", "insertion", "action", "limited", "weak", "palpation", "reliability")
MOST_SUGGESTED = 4
SHORTEST_SUGGESTED = 3

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
    for field, fact in facts(muscle):
        check_fact(f"{where}.{field}", fact, known)
    for field in _LISTS:
        if not getattr(muscle, field):
            raise InputError(f"{where}.{field}", "is empty", "an entry, or one 'not established'")
    _check_needling(muscle)
    _check_places(muscle, table)


def facts(muscle: Muscle) -> Iterator[tuple[str, Fact]]:
    """Every sourced statement of a record with the field it stands in."""
    for field in (*_SINGLE, "innervation", "needling"):
        yield field, getattr(muscle, field)
    for field in _LISTS:
        for number, fact in enumerate(getattr(muscle, field)):
            yield f"{field}[{number}]", fact


def _check_needling(muscle: Muscle) -> None:
    needling = muscle.needling
    recipe = (needling.approach, needling.direction, needling.technique, needling.position)
    if needling.status == "not needled":
        if any(recipe) or needling.length_mm or not needling.text:
            raise InputError(f"{muscle.id}.needling", "has a recipe", "only the reason, in text")
    elif needling.stated and not all(recipe):
        raise InputError(
            f"{muscle.id}.needling",
            "lacks a part of the recipe",
            "position, approach, direction and technique",
        )
    for field in ("length_mm", "gauge_mm"):
        span = getattr(needling, field)
        if span and not 0 < span[0] <= span[1]:
            raise InputError(
                f"{muscle.id}.needling.{field}", f"is {span}", "a range, smaller first"
            )


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


def find_muscle(name: str, muscles: Mapping[str, Muscle]) -> Muscle:
    """The record of an id, name or synonym; raises InputError with close names.

    A name that several records share, as the parts of one muscle do, is an error that names them.
    """
    wanted = name.strip().lower().replace("_", " ")
    words: dict[str, list[Muscle]] = {}
    for muscle in muscles.values():
        own = (muscle.id.replace("_", " "), muscle.name, muscle.latin, *muscle.synonyms)
        for word in dict.fromkeys(w.lower() for w in own):
            words.setdefault(word, []).append(muscle)
    found = words.get(wanted, [])
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            "muscle", f"'{name}' is the name of several", "one of them", [m.id for m in found]
        )
    # An abbreviation is close to everything, so only longer names are suggested.
    longer = [word for word in words if len(word) > SHORTEST_SUGGESTED]
    close = process.extract(wanted, longer, limit=None, score_cutoff=60)
    near = [muscle.id for match in close for muscle in words[str(match[0])]]
    raise InputError(
        "muscle",
        f"'{name[:80]}' is not in the atlas",
        "a muscle's id or name",
        list(dict.fromkeys(near))[:MOST_SUGGESTED],
    )


def check_all(table: RegionTable) -> None:
    """Check every record against the body and the bibliography."""
    known = bibliography()
    for muscle in read_muscles().values():
        check_muscle(muscle, table, known)
