"""The application's name and label."""

from django.apps import AppConfig


class NamesConfig(AppConfig):
    """Label `names`."""

    name = "tautband.clinic.names"
    label = "names"
    default_auto_field = "django.db.models.BigAutoField"
