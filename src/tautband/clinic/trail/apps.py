"""The application's name and label."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Label `trail`."""

    name = "tautband.clinic.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keys that seal the trail are never retired."""
        from tautband.clinic.rotation import OTHER_USES
        from tautband.clinic.trail.reading import keys_in_use

        OTHER_USES.append(keys_in_use)
