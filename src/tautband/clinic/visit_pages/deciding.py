"""A stored screening as its page shows it: rules in groups, the strictest first."""

from dataclasses import dataclass
from typing import Any

from tautband.safety.decision import Decision


@dataclass(frozen=True)
class Group:
    """Rules that say the same: what holds, or what is not known yet."""

    decision: str
    unknown: bool
    rules: tuple[dict[str, Any], ...]

    @property
    def open(self) -> bool:
        """True for what must be read now: what holds, and what an open answer could stop."""
        return not self.unknown or Decision.of(self.decision) >= Decision.ASK


def grouped(decided: dict[str, Any]) -> list[Group]:
    """The rules of ``tautband.screen/1`` by decision, those that hold before those that wait.

    Techniques that were not planned do not count, and come last as they are.
    """
    planned = {t["technique"] for t in decided["techniques"] if t["planned"]}
    rules = [_named(r, decided) for r in decided["rules"]]
    counted = [r for r in rules if not r["technique"] or r["technique"] in planned]
    found = []
    for unknown in (False, True):
        for decision in sorted(Decision, reverse=True):
            these = tuple(
                r
                for r in counted
                if r["decision"] == decision.key and (r["truth"] == "unknown") is unknown
            )
            if these and decision > Decision.PROCEED:
                found.append(Group(decision.key, unknown, these))
    return found


def _named(rule: dict[str, Any], decided: dict[str, Any]) -> dict[str, Any]:
    where = rule["where"]
    places = {f"{m['muscle']}:{m['side']}": f"{m['name']}, {m['side']}" for m in decided["muscles"]}
    places |= {f"{r['region']}:{r['side']}": r["name"] for r in decided["regions"]}
    title = rule["id"].replace("_", " ").capitalize()
    return {**rule, "title": title, "place": places.get(where, where) if where else None}
