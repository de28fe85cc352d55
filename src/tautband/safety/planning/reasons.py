"""Why a decision was made: one reason a rule, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass

from tautband.base.sources import Confidence
from tautband.safety.decision import Decision, strictest


@dataclass(frozen=True)
class Reason:
    """One rule that spoke: what it decides, why, and on what it rests."""

    id: str
    decision: Decision
    why: str
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.UNREVIEWED


def decide(reasons: Iterable[Reason]) -> Decision:
    """The strictest of the reasons, and never less than ``PRECAUTION``."""
    return strictest([Decision.PRECAUTION, *(reason.decision for reason in reasons)])


def strictest_first(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons as they should be read; the first of two with one id is kept."""
    first: dict[str, Reason] = {}
    for reason in sorted(reasons, key=lambda r: -r.decision):
        first.setdefault(reason.id, reason)
    return tuple(first.values())
