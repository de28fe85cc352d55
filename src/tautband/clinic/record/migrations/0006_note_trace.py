"""A note keeps what of it was written from the record, with the rows that each sentence stands on."""

from django.db import migrations

import tautband.clinic.sealed_fields
from tautband.clinic.record import guards


class Migration(migrations.Migration):
    dependencies = [("record", "0005_appointment")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="trace",
            field=tautband.clinic.sealed_fields.SealedJSONField(
                blank=True,
                default=None,
                editable=True,
                help_text="the sentences with what they stand on, and the own words",
                key_of="patient",
                null=True,
            ),
        ),
        # SQLite makes an altered table anew, without its triggers.
        migrations.RunPython(guards.install, guards.remove),
    ]
