"""A check-in becomes one of several purposes for which a patient is sent a link."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from tautband.clinic.record import guards


def name_occasions(apps: Any, _editor: object) -> None:
    """What was there are check-ins, each for a session and hours."""
    links = apps.get_model("record", "OwnLink")
    for row in links.objects.all().iterator():
        row.occasion = f"{row.session_id} {row.hours}"
        row.save(update_fields=["occasion"])
    sent = links.objects.filter(state__in=("sending", "sent"))
    sent.update(channel="email")


def rename_versions(apps: Any, _editor: object) -> None:
    """Earlier states are found under the new name."""
    apps.get_model("record", "Version").objects.filter(kind="checkin").update(kind="ownlink")


def choices(*values: str) -> list[tuple[str, str]]:
    """Values that are their own words."""
    return [(value, value) for value in values]


class Migration(migrations.Migration):
    dependencies = [("people", "0003_hours_and_told"), ("record", "0007_check_ins")]

    operations = [
        migrations.RunPython(guards.remove, guards.install),
        migrations.RenameModel("CheckIn", "OwnLink"),
        migrations.RenameField("Report", "check_in", "link"),
        migrations.RemoveConstraint("OwnLink", "check_in_once"),
        migrations.RemoveIndex("OwnLink", "check_in_due"),
        migrations.RemoveIndex("OwnLink", "check_in_digest"),
        migrations.AddField(
            "OwnLink",
            "purpose",
            models.CharField(
                max_length=8,
                choices=choices("check-in", "intake", "measure", "before", "care"),
                default="check-in",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "OwnLink",
            "occasion",
            models.CharField(max_length=80, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "OwnLink",
            "episode",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="record.episode",
            ),
        ),
        migrations.AddField(
            "OwnLink",
            "appointment",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="record.appointment",
            ),
        ),
        migrations.AddField(
            "OwnLink",
            "channel",
            models.CharField(blank=True, max_length=5, choices=choices("email", "sms")),
        ),
        migrations.AlterField(
            "OwnLink",
            "session",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="record.session",
            ),
        ),
        migrations.AlterField(
            "OwnLink",
            "hours",
            models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                help_text="of a check-in: hours after the session was closed",
            ),
        ),
        migrations.AlterField(
            "OwnLink",
            "state",
            models.CharField(
                max_length=8,
                default="waiting",
                choices=choices("waiting", "sending", "sent", "stopped", "revoked"),
            ),
        ),
        migrations.RunPython(name_occasions, migrations.RunPython.noop),
        migrations.RunPython(rename_versions, migrations.RunPython.noop),
        migrations.AddIndex(
            "OwnLink", models.Index(fields=["state", "due_at"], name="own_link_due")
        ),
        migrations.AddIndex("OwnLink", models.Index(fields=["digest"], name="own_link_digest")),
        migrations.AddIndex(
            "OwnLink", models.Index(fields=["patient", "-due_at"], name="own_link_patient")
        ),
        migrations.AddConstraint(
            "OwnLink",
            models.UniqueConstraint(
                fields=("patient", "purpose", "occasion"), name="own_link_once"
            ),
        ),
        migrations.AddField(
            "Patient",
            "messages",
            models.CharField(
                blank=True,
                max_length=5,
                choices=choices("email", "sms", "never"),
                help_text="how links to their own pages are sent; empty is by e-mail where it is"
                " known",
            ),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
