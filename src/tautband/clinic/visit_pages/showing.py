"""Keeping what a visit shows, and finding what it showed last."""

from typing import Any

from tautband.clinic.record.models import Shown
from tautband.clinic.record.services import showing
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.versions import versions


def keep_shown(at: Visit, kind: str, asked: dict[str, Any], answer: dict[str, Any]) -> Shown:
    """Store an answer with its versions before anybody sees it."""
    return showing.keep_shown(
        at.seat,
        at.patient,
        kind,
        asked,
        answer,
        episode=at.episode,
        versions={**versions(), **answer.get("versions", {})},
    )


def last_shown(at: Visit, kind: str, **wanted: str) -> Shown | None:
    """The newest answer of a kind in this episode, with further columns as wanted."""
    found = Shown.objects.in_clinic(at.seat.clinic).filter(
        patient=at.patient, episode=at.episode, kind=kind, **wanted
    )
    return found.order_by("-shown_at").first()
