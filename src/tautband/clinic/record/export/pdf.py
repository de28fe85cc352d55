"""The record as PDF: blocks of text set by one template; nothing is written to disk on the way."""

import json
from importlib import resources
from typing import Any

import typst
from django.conf import settings

from tautband.clinic.record.export.blocks import document
from tautband.clinic.record.export.picture import pictures

TEMPLATE = "record.typ"


def record_pdf(record: dict[str, Any]) -> bytes:
    """A record of schema ``tautband.record/1`` as PDF."""
    return b"".join(_set(record, "pdf"))


def record_pages(record: dict[str, Any], ppi: float = 80) -> list[bytes]:
    """The same pages as PNG, for looking at them."""
    return _set(record, "png", ppi)


def _set(record: dict[str, Any], form: str, ppi: float = 80) -> list[bytes]:
    template = resources.files("tautband.clinic.record").joinpath("data", TEMPLATE)
    shown = pictures(record)
    told = document(record, shown, settings.TAUTBAND_LOCALE)
    files: dict[str, bytes] = {
        "main.typ": template.read_bytes(),
        "data.json": json.dumps(told, ensure_ascii=False).encode(),
        **shown,
    }
    compile_files: Any = typst.compile  # its types leave out files in memory
    made = compile_files(files, format=form, ppi=ppi)
    return list(made) if isinstance(made, list) else [made]
