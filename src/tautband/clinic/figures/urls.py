"""Addresses of a clinic's figures."""

from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern

from tautband.clinic.figures import export_views, views

FIGURES = "clinic/<uuid:clinic>/figures/"


def _at(address: str, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(address, view, name=name)
    return found


urlpatterns = [
    _at(FIGURES, views.figures, "clinic_figures"),
    _at(FIGURES + "chart/<str:name>.svg", views.chart, "clinic_chart"),
    _at(FIGURES + "pain/<str:presentation>.webp", views.pain_map, "clinic_pain_map"),
    _at(FIGURES + "export/", export_views.choose, "clinic_figures_export"),
    _at(FIGURES + "export/<str:form>.zip", export_views.hand_out, "clinic_figures_export_file"),
]
