"""Every address, as every person: nothing of another clinic is ever shown to anybody.

The table says for each named address who is served.  An address that is not in it fails the test,
so whoever adds a page has to say for whom it is.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tautband.clinic.api import api
from tautband.clinic.people.invitations import invite
from tautband.clinic.people.models import Credential
from tautband.clinic.policy import Action, Role, may
from tautband.clinic.record.models import Appointment, Guardian, Medication
from tautband.clinic.record.services import keeping
from tests.clinic.cast import NAMES, Cast, Name
from tests.clinic.record import made

ROLE_OF: dict[Name, Role] = {
    "owner": Role.OWNER,
    "clinician": Role.CLINICIAN,
    "student": Role.STUDENT,
    "reception": Role.RECEPTION,
    "patient": Role.PATIENT,
}
SECRETS = (
    "Harbour Street", "clinician@example.org", "open@example.org", "PT 4711", "Okafor", "kettle",
)  # fmt: skip


DECIDED = {
    "schema": "tautband.screen/1", "decision": "precaution",
    "techniques": [], "rules": [], "muscles": [], "regions": [], "open_questions": [],
}  # fmt: skip
ADVISED = {"schema": "tautband.plan/1", "decision": "precaution", "targets": [], "rules": []}


@dataclass(frozen=True)
class Page:
    """Who is served at an address of a clinic: those whose role may do it; None is any member."""

    action: Action | None
    post: bool = False  # answers POST alone
    json: bool = False  # is asked and answers in JSON: who is not signed in is told so


# Addresses that belong to a clinic.
CLINIC: dict[str, Page] = {
    "clinic_home": Page(None),
    "clinic_settings": Page(Action.CLINIC_SETTINGS),
    "clinic_people": Page(Action.PEOPLE_READ),
    "clinic_invite": Page(Action.PEOPLE_WRITE, post=True),
    "clinic_withdraw": Page(Action.PEOPLE_WRITE, post=True),
    "clinic_end": Page(Action.PEOPLE_WRITE, post=True),
    "clinic_credential": Page(Action.PEOPLE_WRITE),
    "clinic_card": Page(Action.NEEDLE),
    "clinic_audit": Page(Action.AUDIT_READ),
    "clinic_audit_check": Page(Action.AUDIT_READ, post=True),
    "visit_hand_over": Page(Action.RECORD_WRITE, post=True),
    "visit_handed": Page(Action.RECORD_WRITE),
    "visit_handed_save": Page(Action.RECORD_WRITE, post=True),
    "clinic_figures": Page(Action.FIGURES),
    "clinic_chart": Page(Action.FIGURES),
    "clinic_pain_map": Page(Action.FIGURES),
    "clinic_figures_export": Page(Action.EXPORT),
    "clinic_figures_export_file": Page(Action.EXPORT),
    "visit_review": Page(Action.RECORD_WRITE),
    "visit_review_course": Page(Action.RECORD_WRITE),
    "clinic_today": Page(Action.PATIENT_LIST),
    "clinic_today_take": Page(Action.PATIENT_ADMIT),
    "clinic_today_change": Page(Action.PATIENT_ADMIT, post=True),
    "clinic_warnings": Page(Action.RECORD_READ),
    "clinic_warning_handled": Page(Action.RECORD_WRITE, post=True),
    "patient_links": Page(Action.PATIENT_LIST),
    "patient_link_give": Page(Action.PATIENT_ADMIT, post=True),
    "patient_link_end": Page(Action.PATIENT_ADMIT, post=True),
    "visit_open": Page(Action.RECORD_READ),
    "visit_unchanged": Page(Action.RECORD_WRITE, post=True),
    "patients": Page(Action.PATIENT_LIST),
    "patients_search": Page(Action.PATIENT_LIST, post=True),
    "patients_import": Page(Action.PATIENT_ADMIT),
    "patient_admit": Page(Action.PATIENT_ADMIT),
    "patient": Page(Action.PATIENT_LIST),
    "patient_background": Page(Action.PATIENT_LIST),
    "patient_contacts": Page(Action.PATIENT_ADMIT),
    "guardian_add": Page(Action.PATIENT_ADMIT),
    "guardian_edit": Page(Action.PATIENT_ADMIT),
    "patient_add": Page(Action.RECORD_WRITE),
    "patient_edit": Page(Action.RECORD_WRITE),
    "patient_entry": Page(Action.RECORD_READ),
    "patient_export": Page(Action.EXPORT),
    "patient_export_json": Page(Action.EXPORT),
    "patient_export_pdf": Page(Action.EXPORT),
    "episode": Page(Action.RECORD_READ),
    "episode_add": Page(Action.RECORD_WRITE),
    "visit_assessments": Page(Action.RECORD_WRITE),
    "visit_assessment": Page(Action.RECORD_READ),
    "visit_assessment_save": Page(Action.RECORD_WRITE, post=True),
    "visit_assessment_rank": Page(Action.RECORD_WRITE, post=True),
    "visit_assessment_examine": Page(Action.RECORD_WRITE, post=True),
    "visit_assessment_finish": Page(Action.RECORD_WRITE, post=True),
    "visit_screenings": Page(Action.RECORD_WRITE),
    "visit_screening": Page(Action.RECORD_READ),
    "visit_follow_ups": Page(Action.RECORD_WRITE, post=True),
    "visit_paper": Page(Action.RECORD_READ),
    "visit_letters": Page(Action.RECORD_WRITE),
    "visit_letter": Page(Action.RECORD_WRITE),
    "visit_consents": Page(Action.CONSENT),
    "visit_consent": Page(Action.CONSENT),
    "visit_consent_withdraw": Page(Action.CONSENT, post=True),
    "visit_plans": Page(Action.RECORD_WRITE),
    "visit_plan": Page(Action.RECORD_READ),
    "visit_couch_begin": Page(Action.NEEDLE, post=True),
    "visit_couch": Page(Action.RECORD_READ),
    "visit_couch_now": Page(Action.RECORD_READ),
    "visit_couch_target": Page(Action.NEEDLE, post=True),
    "visit_couch_ahead": Page(Action.RECORD_WRITE, post=True),
    "visit_couch_retest": Page(Action.RECORD_WRITE, post=True),
    "visit_couch_reaction": Page(Action.RECORD_WRITE, post=True),
    "visit_note": Page(Action.RECORD_READ),
    "visit_note_text": Page(Action.RECORD_READ),
    "visit_note_save": Page(Action.RECORD_WRITE, post=True),
    "session_enter": Page(Action.RECORD_WRITE, post=True, json=True),
    "session_finish": Page(Action.RECORD_WRITE, post=True, json=True),
    "note_sign": Page(Action.RECORD_WRITE, post=True, json=True),
}
# Addresses of a person's own account, which show nothing of anybody else.
ACCOUNT = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate",
    "account_change_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    "mfa_login_webauthn", "account_lock", "account_session", "account_unlock",
    "account_unlock_options", "clinics", "invitation", "own_page",
    "own_part", "demo", "demo_enter",
}  # fmt: skip
# Pages that hold no person's data.
PUBLIC = {
    "body", "draw", "about", "forecast", "measures", "atlas", "trained", "not_now",
    "presentations", "presentation", "record", "picture", "evidence", "claims", "mechanism",
    "sheet", "sheet_patient", "plot", "health", "readiness",
}  # fmt: skip
SERVED = {200, 302, 400, 409, 422}  # done, or told what is wrong with an empty form
API = "api:"  # keeps no session and knows no clinic: each of its operations is visited below


@dataclass(frozen=True)
class Address:
    """A named address: its view, and the parts that it takes, those of its prefix included."""

    view: Any
    parts: frozenset[str]


def addresses(
    resolver: URLResolver, prefix: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Address]]:
    for one in resolver.url_patterns:
        parts = above | set(one.pattern.converters) | set(one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from addresses(one, prefix + inner, parts)
        else:
            assert isinstance(one, URLPattern)
            yield f"{prefix}{one.name}", Address(one.callback, parts)


NAMED = {name: one for name, one in addresses(get_resolver()) if not name.startswith(API)}


def test_every_address_is_in_the_table() -> None:
    known = CLINIC.keys() | ACCOUNT | PUBLIC
    assert set(NAMED) == known, "say in the tables of this file who is served there"


def test_every_address_with_a_clinic_goes_through_the_one_door() -> None:
    for name, one in NAMED.items():
        has_clinic = "clinic" in one.parts
        assert has_clinic is (name in CLINIC), name
        if has_clinic:
            view = one.view
            while not hasattr(view, "action") and hasattr(view, "__wrapped__"):
                view = view.__wrapped__
            assert view.action is CLINIC[name].action, name


def filled(cast: Cast, there: bool = False) -> dict[str, Any]:
    """Things of one clinic for every part of an address, with texts that must not leak.

    Of the first clinic, or of the second: then nothing but the ids is of use.
    """
    clinic = cast.other_clinic if there else cast.clinic
    owner: Name = "outside_owner" if there else "owner"
    clinician: Name = "outsider" if there else "clinician"
    email = "their-open@example.org" if there else "open@example.org"
    invitation, _ = invite(clinic, email, Role.STUDENT, cast[owner], timezone.now())
    Credential.objects.create(
        clinic=clinic, user=cast[clinician], licence_number="PT 4711", card="PT 4711"
    )
    by = made.seat(cast, clinician)
    patient = made.patient(by)
    episode = made.episode(by, patient, title="cannot lift the kettle")
    medication = keeping.add(by, Medication(patient=patient, told="what is in the kettle"))
    guardian = keeping.add(by, Guardian(patient=patient, name="Ada Okafor", relation="mother"))
    return {
        "patient": patient.pk,
        "episode": episode.pk,
        "part": "medication",
        "row": medication.pk,
        "guardian": guardian.pk,
        "entry_kind": "note",
        "entry": made.note(by, episode).pk,
        "assessment": made.assessment(by, episode).pk,
        "screening": made.screening(by, episode, decided=DECIDED).pk,
        "consent": made.consent(by, episode).pk,
        "plan": made.plan(by, episode, advised=ADVISED).pk,
        "session": made.session(by, episode).pk,
        "note": made.note(by, episode, kind="letter").pk,
        "appointment": keeping.add(by, Appointment(patient=patient, begins_at=made.NOON)).pk,
        "report": (report := made.report(by, episode)).pk,
        "link": report.link_id,
        "clinic": clinic.id,
        "invitation": invitation.id,
        "membership": cast.membership("outsider" if there else "reception").id,
        "person": cast[clinician].id,
        "secret": "no-such-secret",
        "pk": 1,
        "uidb36": "abc",
        "key": "no-such-key",
        "name": "infraspinatus",
        "side": "left",
        "height": 320,
        "condition": "neck_pain",
        "number": 1,
        "kind": "forest",
        "presentation": "all",
        "form": "csv",
    }


def address(one_name: str, values: dict[str, Any]) -> str:
    if one_name == "episode_add":
        values = {**values, "part": "goal"}  # what one adds to an episode, not to a patient
    if one_name == "clinic_chart":
        values = {**values, "name": "control"}
    if one_name == "visit_paper":  # which says what it is of in its query
        values = {**values, "kind": "plan"}
    path = reverse(one_name, kwargs={name: values[name] for name in NAMED[one_name].parts})
    return f"{path}?of={values['plan']}" if one_name == "visit_paper" else path


def visit(client: Client, page: Page, path: str) -> Any:
    if page.json:
        return client.post(path, "{}", content_type="application/json")
    return client.post(path) if page.post else client.get(path)


@pytest.mark.parametrize("route", CLINIC)
def test_a_clinic_answers_its_own_people_by_role_and_nobody_else(cast: Cast, route: str) -> None:
    page, values = CLINIC[route], filled(cast)
    path = address(route, values)
    for name in NAMES:
        answer = visit(cast.browser(name), page, path)
        body = answer.content.decode(errors="replace")
        if name == "nobody" and page.json:
            assert answer.status_code == 401, name
        elif name == "nobody":
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/account/login/"), name
        elif name in ROLE_OF and (
            page.action is None or may(frozenset({ROLE_OF[name]}), page.action)
        ):
            assert answer.status_code in SERVED, (name, answer.status_code)
            continue
        else:
            assert answer.status_code == 404, (name, answer.status_code)
        assert not [secret for secret in SECRETS if secret in body], name


@pytest.mark.parametrize("route", CLINIC)
def test_things_of_another_clinic_are_not_there_under_ones_own(cast: Cast, route: str) -> None:
    """The owner of the second clinic puts the first one's ids behind the second one's address."""
    page, values = CLINIC[route], filled(cast)
    values["clinic"] = cast.other_clinic.id
    foreign = {
        "invitation",
        "membership",
        "person",
        "patient",
        "session",
        "note",
        "report",
    } & NAMED[route].parts
    answer = visit(cast.browser("outside_owner"), page, address(route, values))
    if foreign:
        assert answer.status_code == 404
    else:
        assert answer.status_code < 500
    body = answer.content.decode(errors="replace")
    assert not [secret for secret in SECRETS if secret in body]
    cast.membership("reception").refresh_from_db()
    assert cast.membership("reception").ended_at is None


# Parts that name a row of a clinic, and those that a patient has.
OF_PATIENT = {
    "episode", "row", "guardian", "entry", "assessment", "screening", "consent", "plan",
}  # fmt: skip
ROWS = OF_PATIENT | {
    "appointment", "report", "patient", "invitation", "membership", "person", "session", "note",
}  # fmt: skip


def permitted(cast: Cast, page: Page) -> Client:
    """The browser of somebody of the first clinic who may do what the page does."""
    names: tuple[Name, ...] = ("clinician", "owner", "reception")
    return cast.browser(
        next(n for n in names if page.action is None or may(frozenset({ROLE_OF[n]}), page.action))
    )


@pytest.mark.parametrize("route", [name for name in CLINIC if NAMED[name].parts & ROWS])
def test_one_part_of_another_clinic_is_enough_to_find_nothing(cast: Cast, route: str) -> None:
    page, here, there = CLINIC[route], filled(cast), filled(cast, there=True)
    client = permitted(cast, page)
    assert visit(client, page, address(route, here)).status_code in SERVED
    for part in sorted(NAMED[route].parts & ROWS):
        theirs = visit(client, page, address(route, {**here, part: there[part]}))
        nowhere = visit(client, page, address(route, {**here, part: uuid.uuid4()}))
        assert theirs.status_code == nowhere.status_code, part
        if theirs["Content-Type"].startswith("application/json"):
            # What is wrong with an empty body may be told first: alike for both.
            assert theirs.content == nowhere.content, part
        else:
            assert theirs.status_code == 404, part


@pytest.mark.parametrize("route", [name for name in CLINIC if NAMED[name].parts & OF_PATIENT])
def test_what_is_one_patients_is_not_found_under_another(cast: Cast, route: str) -> None:
    page, here, other = CLINIC[route], filled(cast), made.patient(made.seat(cast, "clinician"))
    answer = visit(permitted(cast, page), page, address(route, {**here, "patient": other.pk}))
    assert answer.status_code == 404


@pytest.mark.parametrize("route", CLINIC)
def test_a_clinic_that_is_not_there_looks_like_one_that_is_not_ones_own(
    cast: Cast, route: str
) -> None:
    values = {**filled(cast), "clinic": uuid.uuid4()}
    answer = visit(cast.browser("owner"), CLINIC[route], address(route, values))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["nobody", "outsider"])
def test_own_and_public_pages_show_nothing_of_a_clinic_one_is_not_in(
    cast: Cast, name: Name
) -> None:
    values = filled(cast)
    client = cast.browser(name)
    for route in sorted(ACCOUNT | PUBLIC):
        if route == "account_logout":  # a GET only asks
            continue
        answer = client.get(address(route, values))
        assert answer.status_code < 500 or route == "readiness", (route, answer.status_code)
        if not answer.streaming:
            body = answer.content.decode(errors="replace")
            assert not [secret for secret in SECRETS if secret in body], route


@pytest.mark.parametrize("name", ["nobody", "outsider"])
def test_no_operation_of_the_api_knows_a_clinic(cast: Cast, name: Name) -> None:
    filled(cast)
    client = cast.browser(name)
    paths = api.get_openapi_schema()["paths"]
    assert paths
    for path, operations in paths.items():
        assert not path.startswith("/api/clinic/"), f"{path}: say here for whom it is"
        for method in operations:
            at = path.format_map(defaultdict(lambda: "infraspinatus"))
            answer = client.generic(method.upper(), at, "{}", content_type="application/json")
            assert answer.status_code < 500, path
            body = answer.content.decode(errors="replace")
            assert not [secret for secret in SECRETS if secret in body], path
