"""Where a muscle counts as needled: near the lung, the spine, the neck's vessels, the belly."""

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.safety.events.toml_data import read_data

ANY = "any"


class Zones(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Zones by the kind of structure at risk, by area, and when patients are asked again."""

    kind: Mapping[str, tuple[str, ...]]
    area: Mapping[str, tuple[str, ...]]
    unstated: Mapping[str, tuple[str, ...]]
    check_in: Mapping[str, tuple[float, ...]]

    @property
    def names(self) -> frozenset[str]:
        """Every zone there is."""
        tables = (self.kind, self.area, self.unstated)
        return frozenset(zone for table in tables for zones in table.values() for zone in zones)


@cache
def load_zones() -> Zones:
    """The table of zones; raises InputError when it asks about a zone that does not exist."""
    zones = read_data("zones.toml", Zones)
    odd = set(zones.check_in) - zones.names - {ANY}
    if odd or ANY not in zones.check_in:
        raise InputError("zones.toml check_in", f"names {sorted(odd)}", "zones, and 'any'")
    return zones


def zones_of(muscle: Muscle) -> frozenset[str]:
    """The zones of one muscle, from the structures that its record names at risk.

    A record that names none for certain counts by its area, on the strict side: a gap in the atlas
    never makes a chest harmless.
    """
    table = load_zones()
    stated = [risk for risk in muscle.at_risk if risk.stated]
    if not any(risk.kind != "none named" for risk in stated):
        return frozenset(table.unstated[muscle.area])
    by_kind = (zone for risk in stated for zone in table.kind[risk.kind])
    return frozenset(by_kind) | frozenset(table.area[muscle.area])


def zones_needled(muscles: Iterable[Muscle]) -> frozenset[str]:
    """The zones of all needled muscles; every zone when nobody knows what was needled."""
    needled = tuple(muscles)
    if not needled:
        return load_zones().names
    return frozenset(zone for muscle in needled for zone in zones_of(muscle))


def check_in_hours(zones: Iterable[str]) -> tuple[float, ...]:
    """Hours after needling at which the patient is asked, in order."""
    table = load_zones().check_in
    named = [zone for zone in zones if zone in table]
    hours = {hour for zone in (*named, ANY) for hour in table[zone]}
    # Near the lung the first two days have their own, closer times.
    return tuple(sorted(set(table["thorax"]) if "thorax" in named else hours))
