"""Keeping what was shown: the answer whole, and the versions of everything that made it."""

from importlib.metadata import version
from typing import Any

from django.db import transaction

from tautband.clinic.access import Seat
from tautband.clinic.record.canonical import canonical, sha256
from tautband.clinic.record.models.episode import Episode
from tautband.clinic.record.models.patient import Patient
from tautband.clinic.record.models.shown import Shown
from tautband.clinic.record.services import keeping


def keep_shown(
    seat: Seat,
    patient: Patient,
    kind: str,
    asked: Any,
    answer: dict[str, Any],
    *,
    episode: Episode | None = None,
    versions: dict[str, str] | None = None,
) -> Shown:
    """Store an answer before it is shown; the same answer to the same question is stored once.

    ``versions`` are those of the answer itself where it names them (`versions` in its JSON), with
    what the caller knows besides: rules, priors, policy.
    """
    named = {**dict(answer.get("versions") or {}), **(versions or {})}
    named.setdefault("tautband", version("tautband"))
    digest = sha256(canonical({"kind": kind, "asked": asked, "answer": answer}))
    with transaction.atomic():
        keeping.require(seat, Shown.writes)
        same = Shown.objects.in_clinic(seat.clinic).filter(
            patient=patient, episode=episode, sha256=digest
        )
        first = same.first()
        if first is not None:
            return first
        shown = Shown(
            patient=patient,
            episode=episode,
            kind=kind,
            schema=str(answer.get("schema", "")),
            shown_to=seat.user,
            asked=asked,
            answer=answer,
            versions=named,
            sha256=digest,
        )
        return keeping.add(seat, shown)
