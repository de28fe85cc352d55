"""What each record still lacks: unreviewed statements, unknown fields, and no expert's verdict."""

from collections.abc import Iterable
from dataclasses import dataclass

from tautband.atlas.load import facts
from tautband.atlas.records import Muscle
from tautband.base.sources import Confidence


@dataclass(frozen=True)
class Audit:
    """Fields of one record by state; ``reviewed`` are those with an expert's verdict."""

    record: str
    name: str
    statements: int
    measured: tuple[str, ...]
    taught: tuple[str, ...]
    unreviewed: tuple[str, ...]
    not_established: tuple[str, ...]
    reviewed: tuple[str, ...]


def audit(muscle: Muscle) -> Audit:
    """Sort the statements of a record by how sure they are."""
    by_state: dict[str, list[str]] = {}
    for field, fact in facts(muscle):
        state = str(fact.confidence) if fact.stated else "not established"
        by_state.setdefault(state, []).append(field)
    return Audit(
        record=muscle.id,
        name=muscle.name,
        statements=sum(map(len, by_state.values())),
        measured=tuple(by_state.get(Confidence.MEASURED, ())),
        taught=tuple(by_state.get(Confidence.PUBLISHED_TEACHING, ())),
        unreviewed=tuple(by_state.get(Confidence.UNREVIEWED, ())),
        not_established=tuple(by_state.get("not established", ())),
        reviewed=tuple(dict.fromkeys(review.field for review in muscle.reviews)),
    )


def audit_all(muscles: Iterable[Muscle]) -> list[Audit]:
    """All records, those with the largest unreviewed share first."""
    found = [audit(muscle) for muscle in muscles]
    return sorted(found, key=lambda a: (-len(a.unreviewed) / a.statements, a.record))
