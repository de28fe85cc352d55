"""The application's name and label."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Label `people`."""

    name = "tautband.clinic.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign-ins are noted; the secrets of second factors take part in the rotation of keys."""
        from tautband.clinic.account import notes, sealed_secrets
        from tautband.clinic.rotation import OTHER_SECRETS, OTHER_USES

        notes.connect()
        OTHER_USES.append(sealed_secrets.keys_in_use)
        OTHER_SECRETS.append(sealed_secrets.seal_anew)
