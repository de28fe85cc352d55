"""Places of the body as people name them in a screening, and which of them a target touches."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import msgspec

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.text.near import close_names

_SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "l": Side.LEFT, "r": Side.RIGHT}
_NO_SIDE = frozenset({"both", "bilateral", "midline", "middle", "sides"})
_FILLERS = frozenset({"the", "my", "of", "on", "in", "side"})


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the body: the surface regions in it, its neighbours, and other words for it."""

    name: str
    words: tuple[str, ...]
    regions: tuple[str, ...]
    near: tuple[str, ...]


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """All parts, groups of parts, and what the rules need to know of muscles beyond the atlas."""

    parts: Mapping[str, Part]
    groups: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, tuple[str, ...]]
    muscle_groups: Mapping[str, tuple[str, ...]]
    muscle_parts: Mapping[str, tuple[str, ...]]

    @cached_property
    def meaning(self) -> Mapping[str, frozenset[str]]:
        """The parts that a word or name stands for."""
        found: dict[str, frozenset[str]] = {}
        for key, part in self.parts.items():
            for region in part.regions:
                found[region.replace("_", " ")] = frozenset({key})
        for key, part in self.parts.items():
            for word in (key.replace("_", " "), part.name, *part.words):
                found[word] = frozenset({key})
        for word, keys in self.groups.items():
            found[word] = frozenset(keys)
        return found

    @cached_property
    def part_of_region(self) -> Mapping[str, str]:
        """The part in which each surface region lies."""
        return {region: key for key, part in self.parts.items() for region in part.regions}

    def around(self, parts: frozenset[str]) -> frozenset[str]:
        """The parts with their neighbours."""
        return parts.union(*(self.parts[key].near for key in parts))


@dataclass(frozen=True)
class Place:
    """Parts of the body on one side; ``side`` None means both, or that no side was told."""

    said: str
    parts: frozenset[str]
    side: Side | None = None

    def holds(self, parts: frozenset[str], side: Side) -> bool:
        """Whether the place touches some parts on a side; the midline belongs to both sides."""
        same_side = self.side in (None, side) or Side.MIDLINE in (side, self.side)
        return same_side and not self.parts.isdisjoint(parts)


@cache
def load_places() -> Places:
    """The places that ship; raises InputError when a neighbour or a group names no part."""
    folder = resources.files("tautband.safety.screening").joinpath("data")
    text = folder.joinpath("places.toml").read_text("utf-8")
    try:
        places = msgspec.convert(tomllib.loads(text), Places)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("places", str(error)) from error
    listed = (*places.groups.values(), *places.areas.values(), *places.muscle_parts.values())
    named = {name for keys in listed for name in keys}
    named |= {name for part in places.parts.values() for name in part.near}
    if odd := sorted(named - set(places.parts)):
        raise InputError("places", f"names {odd[0]}", "parts that exist")
    return places


def parse_place(text: str, places: Places, field: str = "place") -> Place:
    """Read ``left arm``, ``knee right`` or ``calf_medial:left``; raises InputError."""
    words = re.findall(r"[a-z]+", text.casefold().replace("_", " "))
    sides = {_SIDES[word] for word in words if word in _SIDES}
    rest = [w for w in words if w not in _SIDES and w not in _NO_SIDE and w not in _FILLERS]
    name = " ".join(rest)
    found = places.meaning.get(name) or places.meaning.get(_singular(name))
    if found is None:
        raise InputError(
            field,
            f"'{text[:60]}' is not a place that is known",
            "a part of the body with its side, such as 'left arm' or 'knee right'",
            close_names(name, places.meaning),
        )
    return Place(text.strip(), found, sides.pop() if len(sides) == 1 else None)


def _singular(name: str) -> str:
    return "foot" if name == "feet" else "calf" if name == "calves" else name.removesuffix("s")
