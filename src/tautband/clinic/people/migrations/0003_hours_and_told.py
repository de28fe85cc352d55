"""When a clinic is open, and who is told that a patient's answer waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_accounts")]

    operations = [
        migrations.AddField(
            "Clinic",
            "opening_hours",
            models.TextField(
                blank=True,
                max_length=400,
                help_text="such as Mon-Fri 08:00-18:00; Sat 09:00-12:00; empty is not declared",
            ),
        ),
        migrations.AddField(
            "Membership",
            "is_told",
            models.BooleanField(
                default=False,
                help_text="is written to when a patient's answer waits for a person",
            ),
        ),
    ]
