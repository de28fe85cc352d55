"""Addresses of the patient's own page and of the list of warnings."""

from django.urls import path

from tautband.clinic.after import views

urlpatterns = [
    path("p/<str:secret>/", views.own_page, name="own_page"),
    path("clinic/<uuid:clinic>/warnings/", views.warnings, name="clinic_warnings"),
    path(
        "clinic/<uuid:clinic>/warnings/<uuid:report>/", views.handled, name="clinic_warning_handled"
    ),
]
