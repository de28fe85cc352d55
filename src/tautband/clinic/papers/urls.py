"""Addresses of a visit's papers."""

from django.urls import path

from tautband.clinic.papers import views
from tautband.clinic.visit_pages.urls import UNDER

urlpatterns = [
    path(f"{UNDER}/papers/<str:kind>.pdf", views.paper, name="visit_paper"),
    path(f"{UNDER}/letter/", views.new_letter, name="visit_letters"),
    path(f"{UNDER}/letter/<uuid:note>/", views.one_letter, name="visit_letter"),
]
