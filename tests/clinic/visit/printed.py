"""A paper as the template sets it, and its address."""

import json
from typing import Any

from tautband.clinic.papers import views
from tautband.clinic.papers.paper import Words, document
from tautband.clinic.record.export.typesetting import typeset
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.visit_pages.door import Visit
from tests.clinic.record import made
from tests.clinic.visit.places import Place


def paper(place: Place, kind: str, row: OfPatient) -> dict[str, Any]:
    """What the template sets, after setting it once."""
    at = Visit(made.seat(place.cast, "clinician"), place.patient, place.episode)
    words = Words(at, "en")
    found = views.KINDS[kind][1](words, row)
    told = document(words, found, row)
    (pdf,) = typeset(told, found.pictures)
    assert pdf.startswith(b"%PDF")
    return told


def text(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


def address(place: Place, kind: str, of: object) -> str:
    return f"{place.address('visit_paper', kind)}?of={of}"
