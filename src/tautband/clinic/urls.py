"""Addresses of the pages and the API."""

from django.urls import path

from tautband.clinic import views
from tautband.clinic.api import api

urlpatterns = [
    path("", views.body, name="body"),
    path("draw", views.draw, name="draw"),
    path("about", views.about, name="about"),
    path("health", views.health, name="health"),
    path("api/", api.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
