"""What a session goes for and why, the sign tested again, familiar pain and the point needled."""

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
        ("record", "0003_no_acknowledgement"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="familiar_pain",
            field=models.CharField(
                blank=True,
                choices=[("yes", "yes"), ("no", "no")],
                help_text="empty: not asked",
                max_length=3,
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="point",
            field=models.CharField(
                blank=True,
                help_text="the trigger point of the atlas that the needle went to",
                max_length=60,
            ),
        ),
        migrations.CreateModel(
            name="Retest",
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
                (
                    "movement",
                    tautband.clinic.sealed_fields.SealedTextField(
                        blank=True, default="", editable=True, key_of="patient"
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        choices=[("before", "before"), ("after", "after")], max_length=6
                    ),
                ),
                ("degrees", models.FloatField(blank=True, null=True)),
                ("pain", models.FloatField(blank=True, null=True)),
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
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SessionTarget",
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
                ("muscle", models.CharField(max_length=60)),
                (
                    "side",
                    models.CharField(
                        choices=[("left", "left"), ("right", "right"), ("midline", "midline")],
                        max_length=8,
                    ),
                ),
                ("decision", models.CharField(max_length=20)),
                ("is_override", models.BooleanField(default=False)),
                (
                    "reason",
                    tautband.clinic.sealed_fields.SealedTextField(
                        blank=True, default="", editable=True, key_of="patient"
                    ),
                ),
                (
                    "safety",
                    tautband.clinic.sealed_fields.SealedJSONField(
                        blank=True, default=None, editable=True, key_of="patient", null=True
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
            options={
                "abstract": False,
            },
        ),
        # SQLite makes an altered table anew, without its triggers.
        migrations.RunPython(guards.install, guards.remove),
    ]
