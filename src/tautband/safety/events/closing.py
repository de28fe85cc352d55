"""Closing a session: at equal counts, or with a reason code and an incident; never otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact
from tautband.safety.events.entries import Correction, Incident, IncidentCode, Removal
from tautband.safety.events.ledger import Counts, Ledger
from tautband.safety.events.toml_data import read_data

# A bent needle came out whole, so it excuses no needle that is still in.
EXCUSES = frozenset({IncidentCode.BROKEN, IncidentCode.MISSING, IncidentCode.HOSPITAL})


class Action(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is done for an incident; ``first`` comes before all else."""

    code: IncidentCode
    first: str
    steps: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    action: tuple[Action, ...]


@dataclass(frozen=True)
class Closure:
    """A closed session: its counts, its incidents, and the action that each opens."""

    counts: Counts
    reasons: tuple[IncidentCode, ...]
    incidents: tuple[Incident, ...]
    actions: tuple[Action, ...]


@cache
def load_actions() -> Mapping[IncidentCode, Action]:
    """The action for every code; raises InputError when one is missing or not sourced."""
    actions = {a.code: a for a in read_data("incidents.toml", _File).action}
    if set(actions) != set(IncidentCode):
        raise InputError("incidents.toml", f"has {sorted(actions)}", "an action for each code")
    for action in actions.values():
        check_fact(f"incidents.toml {action.code}", action, bibliography())
    return actions


def incidents_of(ledger: Ledger) -> tuple[Incident, ...]:
    """The incidents that were written down, and one for each needle that came out bent."""
    told = ledger.incidents()
    covered = {i for e in told if e.code is IncidentCode.BENT for i in e.insertions}
    # Two devices may both record the one bent needle: an insertion makes one incident.
    bent = {e.insertion for e in ledger.in_force() if isinstance(e, Removal) and e.bent}
    derived = [
        Incident(f"bent:{insertion}", IncidentCode.BENT, (insertion,))
        for insertion in sorted(bent - covered)
    ]
    return (*told, *derived)


def close(ledger: Ledger) -> Closure:
    """Close a session.

    Every needle must be out, or be named in an incident whose code excuses it (broken, missing,
    patient taken to hospital).  Raises InputError that names the first needle still open, and when
    an entry still waits for another that has not arrived.
    """
    counts = ledger.counts()
    incidents = incidents_of(ledger)
    if counts.waiting:
        entry = ledger.entries[counts.waiting[0]]
        of = entry.of if isinstance(entry, Correction) else "an insertion"
        raise InputError(
            "session", f"entry '{entry.id}' speaks of {of} that is not here", "all entries first"
        )
    excused = {i for e in incidents if e.code in EXCUSES for i in e.insertions}
    left = [i for i in counts.open if i not in excused]
    if left:
        needle = ledger.insertions()[left[0]]
        raise InputError(
            "session",
            f"{len(left)} needle(s) still open, the first in {needle.muscle} {needle.side}",
            "every needle out, or an incident that names it (broken, missing, hospital)",
        )
    codes = tuple(sorted({incident.code for incident in incidents}))
    return Closure(counts, codes, incidents, tuple(load_actions()[code] for code in codes))
