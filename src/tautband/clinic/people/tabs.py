"""The pages of a clinic that a person may open, in the order of the navigation.

A part of the clinic that has a page of its own adds a row here, and nowhere else.
"""

from dataclasses import dataclass

from django.urls import reverse

from tautband.clinic.access import Seat
from tautband.clinic.policy import Action


@dataclass(frozen=True)
class Tab:
    """One entry: its name in `tab`, the name of its address, its texts, and who sees it."""

    name: str
    route: str
    text: str
    lead: str
    action: Action | None


TABS = (
    Tab("home", "clinic_home", "people-home", "people-home-lead", None),
    Tab("today", "clinic_today", "day-title", "day-lead", Action.PATIENT_LIST),
    Tab("warnings", "clinic_warnings", "after-list", "after-list-lead", Action.RECORD_READ),
    Tab("patients", "patients", "patients-title", "patients-tab-lead", Action.PATIENT_LIST),
    Tab("figures", "clinic_figures", "figures-title", "figures-tab-lead", Action.FIGURES),
    Tab("people", "clinic_people", "people-people", "people-people-lead", Action.PEOPLE_READ),
    Tab("card", "clinic_card", "people-card-title", "people-card-lead", Action.NEEDLE),
    Tab("audit", "clinic_audit", "people-audit", "people-audit-lead", Action.AUDIT_READ),
    Tab(
        "settings",
        "clinic_settings",
        "people-settings",
        "people-settings-lead",
        Action.CLINIC_SETTINGS,
    ),
)


@dataclass(frozen=True)
class Entry:
    """A tab with its address in one clinic."""

    name: str
    address: str
    text: str
    lead: str


def tabs_of(seat: Seat) -> list[Entry]:
    """What this person may open in this clinic."""
    return [
        Entry(tab.name, reverse(tab.route, kwargs={"clinic": seat.clinic.id}), tab.text, tab.lead)
        for tab in TABS
        if tab.action is None or seat.may(tab.action)
    ]
