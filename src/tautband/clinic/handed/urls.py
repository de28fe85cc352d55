"""Addresses of patient mode."""

from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern

from tautband.clinic.handed import views

ONE = (
    "clinic/<uuid:clinic>/patients/<uuid:patient>/episodes/<uuid:episode>"
    "/assessment/<uuid:assessment>/"
)


def _at(address: str, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(address, view, name=name)
    return found


urlpatterns = [
    _at(ONE + "hand-over/", views.begin, "visit_hand_over"),
    _at(ONE + "handed/", views.page, "visit_handed"),
    _at(ONE + "handed/save/", views.save, "visit_handed_save"),
]
