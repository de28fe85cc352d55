"""The triggers that refuse to change or remove what the record keeps."""

from django.db import migrations

from tautband.clinic.record import guards


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(guards.install, guards.remove)]
