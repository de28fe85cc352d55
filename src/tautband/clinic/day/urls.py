"""Addresses of the day."""

from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern

from tautband.clinic.day import opening, views

DAY = "clinic/<uuid:clinic>/today/"
CARE = "clinic/<uuid:clinic>/patients/<uuid:patient>/episodes/<uuid:episode>/"


def _at(address: str, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(address, view, name=name)
    return found


urlpatterns = [
    _at(DAY, views.today, "clinic_today"),
    _at(DAY + "take/", views.take, "clinic_today_take"),
    _at(DAY + "<uuid:appointment>/", views.change, "clinic_today_change"),
    _at(CARE + "open/", opening.opened, "visit_open"),
    _at(CARE + "unchanged/", opening.unchanged, "visit_unchanged"),
]
