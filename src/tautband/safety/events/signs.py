"""Warning signs and harmless complaints: what each means, where, and when it is asked about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact
from tautband.safety.events.toml_data import read_data
from tautband.safety.events.urgency import Urgency
from tautband.safety.events.zones import ANY, load_zones
from tautband.text.near import close_names

Level = Literal["self_care", "ask", "contact_clinic", "same_day", "emergency"]


class Worse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stricter advice where one of these zones was needled."""

    zones: tuple[str, ...]
    level: Level


class Sign(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A complaint; ``text`` says why it has its level.  Hours count from the needling.

    ``core`` signs are asked wherever somebody was needled, when the words were not understood.
    """

    id: str
    name: str
    question: str
    level: Level
    asked: tuple[str, ...] = ()
    from_hours: float = 0
    until_hours: float = 0
    worse: tuple[Worse, ...] = ()
    lasts_hours: float | None = None
    do: str = ""
    core: bool = False

    def urgency(self, zones: Collection[str], hours: float | None) -> Urgency:
        """The advice for this sign; ``hours`` is None where the time since is not known.

        What usually passes by itself goes to the clinic beyond its usual time, and also where the
        time is not known: not knowing is never milder.
        """
        found = Urgency.of(self.level)
        for worse in self.worse:
            if set(worse.zones) & set(zones):
                found = max(found, Urgency.of(worse.level))
        overdue = hours is None or (self.lasts_hours is not None and hours > self.lasts_hours)
        if found is Urgency.SELF_CARE and overdue and self.id != FINE:
            return Urgency.CONTACT_CLINIC
        return found

    def is_asked(self, zones: Collection[str], hours: float | None) -> bool:
        """True when a patient with these zones is asked about it at this time."""
        if ANY not in self.asked and not set(self.asked) & set(zones):
            return False
        return hours is None or self.from_hours <= hours <= self.until_hours


class Combination(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What several signs mean together: one of each list, in these zones (all when empty)."""

    id: str
    name: str
    all: tuple[tuple[str, ...], ...]
    level: Level
    zones: tuple[str, ...] = ()

    def fires(self, present: Collection[str], zones: Collection[str]) -> bool:
        """True when one sign of each list is present, in a zone that it speaks of."""
        here = not self.zones or bool(set(self.zones) & set(zones))
        return here and all(set(choice) & set(present) for choice in self.all)


FINE = "fine"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sign: tuple[Sign, ...]
    combination: tuple[Combination, ...]


@dataclass(frozen=True)
class Signs:
    """All signs by id, in the order in which they are told, and their combinations."""

    sign: Mapping[str, Sign]
    combinations: tuple[Combination, ...]

    def find(self, name: str) -> Sign:
        """The sign of an id or name; raises InputError with close names."""
        wanted = " ".join(name.strip().lower().replace("_", " ").split())
        names = {s.name.lower(): s for s in self.sign.values()}
        names |= {s.id.replace("_", " "): s for s in self.sign.values()}
        if wanted in names:
            return names[wanted]
        raise InputError(
            "sign",
            f"'{name[:80]}' is not a known sign",
            "the name of a warning sign, such as 'chest pain'",
            close_names(wanted, names),
        )


@cache
def load_signs() -> Signs:
    """The reviewed signs; raises InputError that names the entry which breaks a rule."""
    read = read_data("signs.toml", _File)
    signs = {sign.id: sign for sign in read.sign}
    if len(signs) != len(read.sign):
        raise InputError("signs.toml", "holds an id twice", "each id once")
    zones = load_zones().names | {ANY}
    known = bibliography()
    for sign in read.sign:
        check_fact(f"signs.toml {sign.id}", sign, known)
        named = {*sign.asked, *(zone for worse in sign.worse for zone in worse.zones)}
        if not named <= zones:
            raise InputError(f"sign {sign.id}", f"names {sorted(named - zones)}", "known zones")
        if sign.asked and not sign.until_hours > sign.from_hours:
            raise InputError(f"sign {sign.id}.until_hours", "is missing", "when asking ends")
        if Urgency.of(sign.level) is Urgency.SELF_CARE and sign.lasts_hours is None:
            raise InputError(f"sign {sign.id}.lasts_hours", "is missing", "how long it may last")
    for combination in read.combination:
        check_fact(f"signs.toml {combination.id}", combination, known)
        odd = {i for choice in combination.all for i in choice} - set(signs)
        if odd or not set(combination.zones) <= zones:
            raise InputError(f"combination {combination.id}", f"names {sorted(odd)}", "known signs")
    return Signs(signs, read.combination)
