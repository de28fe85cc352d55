"""A person with a key of their own, a note that reaches it, and a memo under the ring."""

import uuid

from django.db import models

from tautband.clinic.blind_fields import BlindIndexField
from tautband.clinic.names.models import NameNumberField
from tautband.clinic.patient_keys import DataKeyField
from tautband.clinic.people.models import Clinic
from tautband.clinic.sealed_fields import SealedDateField, SealedJSONField, SealedTextField


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT)
    name = SealedTextField(key_of="self")
    born_on = SealedDateField(key_of="self", null=True)
    data_key = DataKeyField()


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT)
    text = SealedTextField(key_of="person", null=True)
    findings = SealedJSONField(key_of="person", null=True)


class Memo(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT)
    text = SealedTextField(null=True, max_length=200)
    other = SealedTextField(null=True)
    plain = models.CharField(max_length=20, blank=True)


class Contact(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT)
    name = SealedTextField(key_of="self")
    email = SealedTextField(key_of="self", null=True)
    email_blind = BlindIndexField(source="email", identifier="email")
    twin_blind = BlindIndexField(
        source="who", identifier="twin", follows=("name", "email"), db_index=False
    )
    data_key = DataKeyField()

    @property
    def who(self) -> str:
        return f"{self.name} {self.email or ''}"


class Named(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT)
    family = SealedTextField(key_of="self")
    given = SealedTextField(key_of="self", default="")
    left_at = models.DateTimeField(null=True)
    data_key = DataKeyField()
    name_number = NameNumberField(follows=("family", "given", "left_at"), db_index=True)
