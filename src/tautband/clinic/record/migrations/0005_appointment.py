"""Who comes when."""

import django.db.models.deletion
import django.utils.timezone
import tautband.clinic.sealed_fields
import uuid
from django.conf import settings
from django.db import migrations, models

from tautband.clinic.record import guards


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_accounts"),
        ("record", "0004_couch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
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
                ("begins_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "booked"),
                            ("arrived", "arrived"),
                            ("done", "done"),
                            ("missed", "missed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="booked",
                        max_length=9,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("hand", "hand"), ("csv", "csv"), ("ical", "ical")],
                        default="hand",
                        max_length=4,
                    ),
                ),
                ("outside_id", models.CharField(blank=True, max_length=200)),
                (
                    "remark",
                    tautband.clinic.sealed_fields.SealedTextField(
                        blank=True, default="", editable=True, key_of="patient"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.clinic",
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="record.episode",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="record.patient",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["clinic", "begins_at"], name="appointment_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outside_id", ""), _negated=True),
                        fields=("clinic", "source", "outside_id"),
                        name="appointment_outside_once",
                    )
                ],
            },
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
