"""The application's name and label."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Label `record`."""

    name = "tautband.clinic.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
