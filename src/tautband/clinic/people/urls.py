"""Addresses of the clinic's own pages."""

from django.urls import path

from tautband.clinic.people import credential_views, views
from tautband.clinic.trail import views as audit

urlpatterns = [
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("clinic/", views.clinics, name="clinics"),
    path("clinic/<uuid:clinic>/", views.home, name="clinic_home"),
    path("clinic/<uuid:clinic>/settings/", views.settings, name="clinic_settings"),
    path("clinic/<uuid:clinic>/people/", views.people, name="clinic_people"),
    path("clinic/<uuid:clinic>/people/invite/", views.invite, name="clinic_invite"),
    path(
        "clinic/<uuid:clinic>/people/invitations/<uuid:invitation>/withdraw/",
        views.withdraw,
        name="clinic_withdraw",
    ),
    path(
        "clinic/<uuid:clinic>/people/memberships/<uuid:membership>/end/",
        views.end,
        name="clinic_end",
    ),
    path(
        "clinic/<uuid:clinic>/people/<uuid:person>/",
        credential_views.credential,
        name="clinic_credential",
    ),
    path("clinic/<uuid:clinic>/audit/", audit.audit, name="clinic_audit"),
    path("clinic/<uuid:clinic>/audit/check/", audit.check, name="clinic_audit_check"),
    path("clinic/<uuid:clinic>/card/", credential_views.card, name="clinic_card"),
]
