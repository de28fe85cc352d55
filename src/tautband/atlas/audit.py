"""What each record still lacks: unreviewed statements, unknown fields, and no expert's verdict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tautband.atlas.load import facts
from tautband.atlas.records import Muscle, Needling
from tautband.atlas.review_files import verdicts_on
from tautband.atlas.reviews import Review, is_current
from tautband.atlas.targets import Target, target_facts
from tautband.base.sources import Confidence, Fact

# What a record of a muscle that is needled should tell a patient.
WANTED_ADVICE = ("stretch", "strengthen", "habit")


@dataclass(frozen=True)
class Audit:
    """Fields of one record by state.

    Every statement is in one of ``measured``, ``published_teaching``, ``unreviewed`` and
    ``not_established``; the last also has the numbers of a recipe that no source gives.
    ``missing`` are parts that the record does not speak of at all.  ``reviewed`` fields have an
    expert's verdict on the words as they stand, ``stale`` ones on words that have since changed.
    """

    id: str
    name: str
    kind: str
    statements: int
    missing: tuple[str, ...]
    measured: tuple[str, ...]
    published_teaching: tuple[str, ...]
    unreviewed: tuple[str, ...]
    not_established: tuple[str, ...]
    reviewed: tuple[str, ...]
    stale: tuple[str, ...]


def audit(record: Muscle | Target, reviews: Sequence[Review] = ()) -> Audit:
    """Sort the statements of a record by how sure they are."""
    if isinstance(record, Muscle):
        kind, stated, missing = "muscle", dict(facts(record)), tuple(_missing(record))
    else:
        kind, stated, missing = record.kind, dict(target_facts(record)), ()
    by_state: dict[str, list[str]] = {}
    for field, fact in stated.items():
        state = str(fact.confidence) if fact.stated else "not established"
        by_state.setdefault(state, []).append(field)
    unknown = (*by_state.get("not established", ()), *_unknown_numbers(record.needling))
    reviewed, stale = _reviewed(record.id, stated, reviews)
    return Audit(
        id=record.id,
        name=record.name,
        kind=kind,
        statements=len(stated),
        missing=missing,
        measured=tuple(by_state.get(Confidence.MEASURED, ())),
        published_teaching=tuple(by_state.get(Confidence.PUBLISHED_TEACHING, ())),
        unreviewed=tuple(by_state.get(Confidence.UNREVIEWED, ())),
        not_established=unknown,
        reviewed=reviewed,
        stale=stale,
    )


def audit_all(
    records: Iterable[Muscle] | Iterable[Target], reviews: Sequence[Review] = ()
) -> list[Audit]:
    """All records, those with the largest unreviewed share first."""
    found = [audit(record, reviews) for record in records]
    return sorted(found, key=lambda a: (-len(a.unreviewed) / a.statements, a.id))


def _missing(muscle: Muscle) -> Iterator[str]:
    if not muscle.synonyms:
        yield "synonyms"
    if muscle.innervation.stated and not muscle.innervation.roots:
        yield "innervation.roots"
    if not any(zone.zone == "spill" for zone in muscle.referral):
        yield "referral.spill"
    if muscle.needling.status != "not needled":
        told = {advice.kind for advice in muscle.advice if advice.stated}
        yield from (f"advice.{kind}" for kind in WANTED_ADVICE if kind not in told)


def _unknown_numbers(needling: Needling) -> Iterator[str]:
    if needling.status == "not needled" or not needling.stated:
        return
    for field in ("length_mm", "gauge_mm"):
        if getattr(needling, field) is None:
            yield f"needling.{field}"


def _reviewed(
    record: str, stated: Mapping[str, Fact], reviews: Sequence[Review]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fields with a verdict that stands, and those with only one that does not."""
    current: dict[str, bool] = {}
    for _, verdict in verdicts_on(record, reviews):
        stands = is_current(verdict, {record: stated})
        current[verdict.field] = current.get(verdict.field, False) or stands
    return (
        tuple(field for field, stands in current.items() if stands),
        tuple(field for field, stands in current.items() if not stands),
    )
