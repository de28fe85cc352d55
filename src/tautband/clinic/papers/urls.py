"""Addresses of a visit's papers."""

from django.urls import path

from tautband.clinic.papers import letters, views
from tautband.clinic.visit_pages.urls import UNDER

urlpatterns = [
    path(f"{UNDER}/papers/<str:kind>.pdf", views.paper, name="visit_paper"),
    path(f"{UNDER}/letter/", letters.new, name="visit_letters"),
    path(f"{UNDER}/letter/<uuid:note>/", letters.one, name="visit_letter"),
]
