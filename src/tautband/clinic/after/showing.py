"""What every page of a patient's own shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tautband.clinic.after import opening
from tautband.clinic.after.watch import watch
from tautband.clinic.record.models import OwnLink


def own(
    request: HttpRequest, link: OwnLink, template: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of a patient's own, with the clinic, its hours, and the emergency number."""
    shared = {
        "clinic": link.clinic,
        "number": opening.number_of(link),
        "watch": watch(link.clinic, timezone.now()),
    }
    return render(request, f"after/{template}", {**shared, **values}, status=status)
