"""What a patient wrote before a visit, as lines for whoever sees them: words, not findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tautband.clinic.record.models import OwnAnswer, Patient

MOST = 3
SHOWN = ("before", "intake", "measure")


@dataclass(frozen=True, slots=True)
class Line:
    """A question and its answer: ids of the catalogue, or a value."""

    ask: str
    texts: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class ToldByPatient:
    """One answer whole."""

    purpose: str
    told_at: datetime
    lines: tuple[Line, ...]
    words: str


def told_since(patient: Patient, since: datetime | None) -> list[ToldByPatient]:
    """The latest answers, newest first; all when no time is named."""
    rows = OwnAnswer.objects.filter(patient=patient, link__purpose__in=SHOWN)
    if since is not None:
        rows = rows.filter(told_at__gt=since)
    told = [
        ToldByPatient(row.link.purpose, row.told_at, tuple(_lines(row.answers)), row.told)
        for row in rows.select_related("link").order_by("-told_at")[:MOST]
    ]
    # A rating without words stands among the measures.
    return [one for one in told if one.lines or one.words]


def _lines(answers: Mapping[str, Any]) -> Iterator[Line]:
    for name in ("sore", "exercised"):
        if answers.get(name):
            yield Line(f"after-before-{name}", (f"after-before-{name}-{answers[name]}",))
        if name == "sore" and answers.get("strength") is not None:
            yield Line("after-before-strength", value=f"{answers['strength']}/10")
    if "changed" in answers:
        changed = tuple(f"after-changed-{one.replace('_', '-')}" for one in answers["changed"])
        yield Line("after-before-changed", changed or ("after-before-nothing-new",))
