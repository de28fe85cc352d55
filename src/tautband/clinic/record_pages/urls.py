"""Addresses of the record's pages."""

from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern

from tautband.clinic.record_pages import (
    episode,
    exporting,
    importing,
    parts,
    patient,
    patients,
    reading,
)

LIST = "clinic/<uuid:clinic>/patients/"
ONE = LIST + "<uuid:patient>/"
CARE = ONE + "episodes/<uuid:episode>/"


def _at(address: str, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(address, view, name=name)
    return found


urlpatterns = [
    _at(LIST, patients.patients, "patients"),
    _at(LIST + "search/", patients.search, "patients_search"),
    _at(LIST + "new/", patients.admit, "patient_admit"),
    _at(LIST + "import/", importing.import_list, "patients_import"),
    _at(ONE + "export/", exporting.choose, "patient_export"),
    _at(ONE + "export/record.json", exporting.as_json, "patient_export_json"),
    _at(ONE + "export/record.pdf", exporting.as_pdf, "patient_export_pdf"),
    _at(ONE, patient.patient, "patient"),
    _at(ONE + "background/", patient.background, "patient_background"),
    _at(ONE + "add/<str:part>/", parts.add, "patient_add"),
    _at(ONE + "change/<str:part>/<uuid:row>/", parts.edit, "patient_edit"),
    _at(ONE + "contacts/", parts.contacts, "patient_contacts"),
    _at(ONE + "guardians/new/", parts.add_guardian, "guardian_add"),
    _at(ONE + "guardians/<uuid:guardian>/", parts.edit_guardian, "guardian_edit"),
    _at(ONE + "entries/<str:entry_kind>/<uuid:entry>/", reading.entry, "patient_entry"),
    _at(CARE, episode.episode, "episode"),
    _at(CARE + "add/<str:part>/", parts.add, "episode_add"),
]
