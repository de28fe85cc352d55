"""When patients are asked how they are, and what they answered."""

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
        ("record", "0006_note_trace"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
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
                ("hours", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("stopped", "stopped"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.clinic",
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="record.session",
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
        ),
        migrations.CreateModel(
            name="Report",
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
                    "urgency",
                    models.CharField(
                        choices=[
                            ("self_care", "self_care"),
                            ("ask", "ask"),
                            ("contact_clinic", "contact_clinic"),
                            ("same_day", "same_day"),
                            ("emergency", "emergency"),
                        ],
                        max_length=14,
                    ),
                ),
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
                (
                    "triaged",
                    tautband.clinic.sealed_fields.SealedJSONField(
                        blank=True, default=None, editable=True, key_of="patient", null=True
                    ),
                ),
                (
                    "will_do",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("called", "called"),
                            ("go", "go"),
                            ("clinic", "clinic"),
                            ("wait", "wait"),
                        ],
                        max_length=8,
                    ),
                ),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done",
                    tautband.clinic.sealed_fields.SealedTextField(
                        blank=True, default="", editable=True, key_of="patient"
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="record.checkin",
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
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(fields=["state", "due_at"], name="check_in_due"),
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(fields=["digest"], name="check_in_digest"),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(fields=("session", "hours"), name="check_in_once"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["clinic", "handled_at", "urgency"], name="report_waiting"),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
