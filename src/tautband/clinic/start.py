"""Opening the installation for a command: Django, and a database as this version needs it."""

import os


def set_up() -> None:
    """Set Django up; the database stays as it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tautband.clinic.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def open_installation() -> None:
    """Set Django up and bring the database to the state that this version needs."""
    set_up()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
