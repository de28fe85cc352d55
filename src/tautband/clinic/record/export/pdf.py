"""The record as PDF: blocks of text, and each drawing as a picture."""

from typing import Any

from django.conf import settings

from tautband.clinic.record.export.blocks import document
from tautband.clinic.record.export.picture import pictures
from tautband.clinic.record.export.typesetting import Form, typeset


def record_pdf(record: dict[str, Any]) -> bytes:
    """A record of schema ``tautband.record/1`` as PDF."""
    return b"".join(_set(record, "pdf"))


def record_pages(record: dict[str, Any], ppi: float = 80) -> list[bytes]:
    """The same pages as PNG, for looking at them."""
    return _set(record, "png", ppi)


def _set(record: dict[str, Any], form: Form, ppi: float = 80) -> list[bytes]:
    shown = pictures(record)
    return typeset(document(record, shown, settings.TAUTBAND_LOCALE), shown, form, ppi)
