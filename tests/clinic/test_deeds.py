"""Every address that shows or stores a patient's data leaves its entry in the trail."""

import pytest
from django.test import Client

from tautband.clinic.record.models import Screening
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import Cast
from tests.clinic.record import made
from tests.clinic.test_walk import CLINIC, NAMED, address, filled, permitted, visit

# What reading a page leaves, in order; the names stand for pages that show no patient.
OF_THE_CLINIC = {"clinic_home", "clinic_settings", "clinic_people", "clinic_credential",
                 "clinic_card", "patients_import", "patient_admit", "clinic_today_take",
                 "clinic_chart", "clinic_pain_map", "clinic_figures_export",
                 "clinic_figures_export_file"}  # fmt: skip
READS: dict[str, list[str]] = {
    "clinic_audit": ["read audit"],
    "clinic_figures": ["read figures"],
    "clinic_today": ["read patient"],
    "visit_review": ["read episode"],
    "visit_review_course": ["read episode"],
    "visit_handed": ["read episode", "read assessment"],
    "clinic_warnings": ["read report"],
    "visit_open": ["read episode"],
    "patient_links": ["read patient"],
    "patients": ["read patient"],
    "patient": ["read patient"],
    "patient_background": ["read patient"],
    "patient_contacts": ["read patient"],
    "guardian_add": ["read patient"],
    "guardian_edit": ["read guardian"],
    "patient_add": ["read patient"],
    "patient_edit": ["read medication"],
    "patient_entry": ["read note"],
    "patient_export": ["read patient"],
    "patient_export_json": ["export patient"],
    "patient_export_pdf": ["export patient"],
    "episode": ["read episode"],
    "episode_add": ["read patient"],
    "visit_assessments": ["read episode"],
    "visit_assessment": ["read episode", "read assessment"],
    "visit_screenings": ["read episode"],
    "visit_screening": ["read episode", "read screening"],
    "visit_paper": ["read episode", "print plan"],
    "visit_letters": ["read episode"],
    "visit_letter": ["read episode", "read note"],
    "visit_consents": ["read episode"],
    "visit_consent": ["read episode", "read consent"],
    "visit_plans": ["read episode"],
    "visit_plan": ["read episode", "read plan"],
    "visit_note": ["read episode", "read session"],
    "visit_note_text": ["read episode", "read session"],
    "visit_couch": ["read episode", "read session"],
    "visit_couch_now": ["read episode", "read session"],
}
# Forms that come back with what is wrong, and with the patient's name above it.
COME_BACK = ("guardian_add", "guardian_edit", "patient_add", "patient_edit", "patient_contacts",
             "episode_add", "visit_screenings", "visit_consents", "visit_plans",
             "visit_letters", "visit_review")  # fmt: skip


class Trail:
    """What the clinic's trail has gained since."""

    def __init__(self, cast: Cast) -> None:
        self._of = AuditEntry.objects.of(cast.clinic.pk)
        self._before = self._of.count()

    def since(self) -> list[AuditEntry]:
        return list(self._of.all().filter(number__gt=self._before).order_by("number"))

    def deeds(self) -> list[str]:
        return [f"{one.action} {one.kind}" for one in self.since()]


def test_the_table_names_every_page() -> None:
    assert READS.keys() | OF_THE_CLINIC == {name for name, page in CLINIC.items() if not page.post}


@pytest.mark.parametrize("route", READS)
def test_what_is_read_is_noted(cast: Cast, route: str) -> None:
    page, values = CLINIC[route], filled(cast)
    client = permitted(cast, page)
    trail = Trail(cast)
    assert visit(client, page, address(route, values)).status_code in (200, 302)
    assert trail.deeds() == READS[route]
    if "patient" in NAMED[route].parts:  # else it is a list, or the trail itself
        assert {one.patient_id for one in trail.since()} == {values["patient"]}


@pytest.mark.parametrize("route", COME_BACK)
def test_a_form_that_comes_back_is_read_as_well(cast: Cast, route: str) -> None:
    values = filled(cast)
    client: Client = permitted(cast, CLINIC[route])
    trail = Trail(cast)
    answer = client.post(address(route, values), {"q-age": "old", "targets": "no muscle"})
    assert answer.status_code in (400, 422)
    assert [one.patient_id for one in trail.since() if one.action == "read"]


def test_a_search_is_noted_without_what_was_searched_for(cast: Cast) -> None:
    values = filled(cast)
    client = cast.browser("reception")
    trail = Trail(cast)
    client.post(address("patients_search", values), {"q": "Okafor"})
    assert trail.deeds() == ["read patient"]
    assert "kafor" not in str([vars(one) for one in trail.since()])


def test_each_plan_shown_with_a_screening_is_noted(cast: Cast) -> None:
    values = filled(cast)
    seat = made.seat(cast, "clinician")
    screening = Screening.objects.get(pk=values["screening"])
    assert screening.episode is not None
    kept = made.plan(seat, screening.episode, screening=screening, why="Asked at the couch.")
    page = CLINIC["visit_screening"]
    client = permitted(cast, page)
    trail = Trail(cast)
    answer = visit(client, page, address("visit_screening", values))
    assert "Asked at the couch." in answer.content.decode()
    assert trail.deeds() == [*READS["visit_screening"], "read plan"]
    assert trail.since()[-1].object_id == str(kept.pk)
