"""Which columns are sealed: found by looking at the models, never listed by hand."""

from __future__ import annotations  # Django's Field takes no types when the code runs

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from tautband.clinic.patient_keys import DataKeyField
from tautband.clinic.sealed_fields import SealedField


def models_with(kind: type[models.Field[Any, Any]]) -> Iterator[tuple[type[models.Model], Any]]:
    """Each model of the installation with each of its own columns of that kind."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, kind):
                yield model, field


def has_sealed_rows() -> bool:
    """True when the database holds anything that only the ring can open."""
    tables = set(connection.introspection.table_names())
    return any(
        model._base_manager.exclude(**{f"{field.attname}__isnull": True}).exists()
        for kind in (DataKeyField, SealedField)
        for model, field in models_with(kind)
        if model._meta.db_table in tables
    )
