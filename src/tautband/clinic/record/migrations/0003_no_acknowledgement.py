"""A plan says who went on and why; the screening's own column for it was never filled."""

from django.db import migrations

from tautband.clinic.record import guards


class Migration(migrations.Migration):
    dependencies = [("record", "0002_guards")]

    operations = [
        migrations.RemoveField("screening", "acknowledged_by"),
        # SQLite makes an altered table anew, without its triggers.
        migrations.RunPython(guards.install, guards.remove),
    ]
