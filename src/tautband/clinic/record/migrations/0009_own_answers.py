"""What patients write on pages of their own that hold no warning sign."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import tautband.clinic.sealed_fields
from tautband.clinic.record import guards


def of(to: str) -> "models.ForeignKey[object, object]":
    """A column for what the row belongs to."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_hours_and_told"),
        ("record", "0008_own_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answers",
                    tautband.clinic.sealed_fields.SealedJSONField(
                        blank=True, default=None, editable=True, key_of="patient", null=True
                    ),
                ),
                (
                    "told",
                    tautband.clinic.sealed_fields.SealedTextField(
                        blank=True, default="", editable=True, key_of="patient"
                    ),
                ),
                ("clinic", of("people.clinic")),
                ("patient", of("record.patient")),
                ("written_by", of(settings.AUTH_USER_MODEL)),
                ("link", of("record.ownlink")),
            ],
        ),
        migrations.AddIndex(
            "OwnAnswer",
            models.Index(fields=["patient", "-told_at"], name="own_answer_told"),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
