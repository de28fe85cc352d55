"""Addresses of the patient's own pages, of the list of warnings, and of a patient's links."""

from django.urls import path

from tautband.clinic.after import pages, views

_LINKS = "clinic/<uuid:clinic>/patients/<uuid:patient>/messages/"

urlpatterns = [
    path("p/<str:secret>/", pages.own_page, name="own_page"),
    path("p/<str:secret>/<slug:part>/", pages.own_page, name="own_part"),
    path("clinic/<uuid:clinic>/warnings/", views.warnings, name="clinic_warnings"),
    path(
        "clinic/<uuid:clinic>/warnings/<uuid:report>/", views.handled, name="clinic_warning_handled"
    ),
    path(_LINKS, views.links, name="patient_links"),
    path(_LINKS + "new/", views.give_link, name="patient_link_give"),
    path(_LINKS + "<uuid:link>/end/", views.revoke_link, name="patient_link_end"),
]
