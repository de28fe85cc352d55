"""What every form on a patient's own page has: an id made with it, answers of known values."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from tautband.base.errors import InputError
from tautband.clinic.after.own import page_seat
from tautband.clinic.policy import Action
from tautband.clinic.record.models import OwnAnswer, OwnLink
from tautband.clinic.record.services import keeping

LONGEST_WORDS = 2000
SCALE = tuple(str(number) for number in range(11))
# Beside ticks: none of these, or all that hold are ticked.
NONE, ALL = "none", "all"


def row_of(request: HttpRequest) -> UUID:
    """The id of a form; raises InputError."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise InputError("id", "is missing", "the one of the form") from error


def one_of(request: HttpRequest, name: str, values: Sequence[str]) -> str:
    """A choice, empty when none was made; raises InputError for one that was not offered."""
    told = request.POST.get(name, "")
    if told and told not in values:
        raise InputError(name, "is not one of the answers", ", ".join(values))
    return told


def words_of(request: HttpRequest) -> str:
    """The patient's own words; raises InputError for too many."""
    told = request.POST.get("words", "").strip()
    if len(told) > LONGEST_WORDS:
        raise InputError("words", "are too many", f"at most {LONGEST_WORDS} characters")
    return told


def keep(link: OwnLink, row: UUID, answers: Mapping[str, Any], told: str) -> OwnAnswer:
    """Store an answer; the same form again answers the stored one."""
    stored = OwnAnswer.objects.filter(pk=row, link=link).first()
    if stored is not None:
        return stored
    answer = OwnAnswer(id=row, patient=link.patient, link=link, answers=dict(answers), told=told)
    return keeping.add(page_seat(link.clinic), answer, action=Action.OWN_PAGE)


def answer_of(link: OwnLink) -> OwnAnswer | None:
    """The latest answer to a link."""
    return OwnAnswer.objects.filter(link=link).order_by("-told_at").first()
