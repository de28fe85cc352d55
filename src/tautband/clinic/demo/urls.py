"""Addresses of the demonstration."""

from django.urls import path

from tautband.clinic.demo import views

urlpatterns = [
    path("", views.index, name="demo"),
    path("<uuid:person>/", views.enter, name="demo_enter"),
]
