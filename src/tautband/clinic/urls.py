"""Addresses of the pages and the API."""

from django.urls import include, path

from tautband.clinic import session_api, views
from tautband.clinic.api import api
from tautband.clinic.atlas_pages import views as atlas
from tautband.clinic.evidence_pages import views as evidence

_CLINIC_API = "api/clinic/<uuid:clinic>/"
urlpatterns = [
    path("", views.body, name="body"),
    path("draw", views.draw, name="draw"),
    path("about", views.about, name="about"),
    path("forecast/", views.forecast, name="forecast"),
    path("measures/", views.measures, name="measures"),
    path("atlas/", atlas.index, name="atlas"),
    path("atlas/trained", atlas.acknowledge, name="trained"),
    path("atlas/not-now/", atlas.not_now, name="not_now"),
    path("atlas/presentations/", atlas.presentations, name="presentations"),
    path("atlas/presentations/<str:name>/", atlas.presentation, name="presentation"),
    path("atlas/<str:name>/", atlas.record, name="record"),
    path("atlas/<str:name>/<str:side>-<int:height>.webp", atlas.picture, name="picture"),
    path("evidence/", evidence.index, name="evidence"),
    path("evidence/claims/", evidence.claims, name="claims"),
    path("evidence/mechanism/", evidence.mechanism, name="mechanism"),
    path("evidence/<str:condition>/", evidence.sheet, name="sheet"),
    path("evidence/<str:condition>/patient/", evidence.patient, name="sheet_patient"),
    path("evidence/<str:condition>/<int:number>-<str:kind>.svg", evidence.plot, name="plot"),
    path("", include("tautband.clinic.record_pages.urls")),
    path("", include("tautband.clinic.visit_pages.urls")),
    path("", include("tautband.clinic.day.urls")),
    path("", include("tautband.clinic.handed.urls")),
    path("", include("tautband.clinic.papers.urls")),
    path("", include("tautband.clinic.after.urls")),
    path("", include("tautband.clinic.figures.urls")),
    path("account/", include("tautband.clinic.account.urls")),
    path("", include("tautband.clinic.people.urls")),
    path("demo/", include("tautband.clinic.demo.urls")),
    path("health", views.health, name="health"),
    path("health/ready", views.readiness, name="readiness"),
    path(f"{_CLINIC_API}sessions/<uuid:session>/entries", session_api.enter, name="session_enter"),
    path(f"{_CLINIC_API}sessions/<uuid:session>/finish", session_api.finish, name="session_finish"),
    path(f"{_CLINIC_API}notes/<uuid:note>/sign", session_api.sign, name="note_sign"),
    path("api/", api.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
