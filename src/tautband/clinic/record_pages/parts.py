"""What may be added to a patient or an episode, and changed later: one way for every kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import Episode, Kept, Patient
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages import forms
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.presenting import Line


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row: its form, and whether it hangs on an episode rather than on the patient."""

    form: type[forms.RecordForm]
    of_episode: bool = False


# What those who treat write; the desk writes the two of `ALL_PARTS` besides.
PARTS: Mapping[str, Part] = {
    "measure": Part(forms.MeasureForm),
    "medication": Part(forms.MedicationForm),
    "history": Part(forms.HistoryForm),
    "episode": Part(forms.EpisodeForm),
    "goal": Part(forms.GoalForm, of_episode=True),
    "activity": Part(forms.ActivityForm, of_episode=True),
}
ALL_PARTS: Mapping[str, Part] = {
    **PARTS,
    "patient": Part(forms.PatientForm),
    "guardian": Part(forms.GuardianForm),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands: its part, whose it is, and the episode it hangs on."""

    part: str
    patient: Patient
    episode: Episode | None

    @property
    def back(self) -> str:
        """The name of the page to which one returns."""
        if self.episode is not None:
            return "episode"
        return "patient" if self.part in ("patient", "episode") else "patient_background"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.RECORD_WRITE)
@private
def add(
    request: HttpRequest, seat: Seat, patient: UUID, part: str, episode: UUID | None = None
) -> HttpResponseBase:
    """A new row of this kind."""
    if part not in PARTS:
        raise Http404
    return _add(request, seat, patient, part, episode)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.RECORD_WRITE)
@private
def edit(request: HttpRequest, seat: Seat, patient: UUID, part: str, row: UUID) -> HttpResponseBase:
    """A stored row again; what somebody else changed meanwhile is told, and nothing typed lost."""
    if part not in PARTS:
        raise Http404
    return _edit(request, seat, patient, part, row)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_ADMIT)
@private
def contacts(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponseBase:
    """Who it is and how to reach them, as `edit`."""
    return _edit(request, seat, patient, "patient", patient)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_ADMIT)
@private
def add_guardian(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponseBase:
    """Somebody who decides for the patient."""
    return _add(request, seat, patient, "guardian", None)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_ADMIT)
@private
def edit_guardian(
    request: HttpRequest, seat: Seat, patient: UUID, guardian: UUID
) -> HttpResponseBase:
    """A guardian again, as `edit`."""
    return _edit(request, seat, patient, "guardian", guardian)


def _add(
    request: HttpRequest, seat: Seat, patient: UUID, part: str, episode: UUID | None
) -> HttpResponseBase:
    kind = ALL_PARTS[part]
    whose = keeping.read(seat, Patient, patient)  # an empty form names the patient as well
    care = _episode(seat, whose, episode) if kind.of_episode else None
    place = Place(part, whose, care)
    if request.method != "POST":
        return _form(request, seat, place, kind.form())
    form = kind.form(request.POST)
    if not form.is_valid():
        return _form(request, seat, place, form, 400)
    above = {"episode": care} if care else {"patient": whose}
    row = kind.form.model(id=form.cleaned_data["id"], **above, **form.values())
    try:
        stored = keeping.add(seat, row)
    except InputError as error:
        form.refuse(error)
        return _form(request, seat, place, form, 400)
    return _back(seat, place, stored)


def _edit(
    request: HttpRequest, seat: Seat, patient: UUID, part: str, row: UUID
) -> HttpResponseBase:
    kind = ALL_PARTS[part]
    stored: Any = keeping.read(seat, kind.form.model, row)
    if (stored.pk if part == "patient" else stored.patient_id) != patient:
        raise NotFoundError(part)
    whose = stored if part == "patient" else stored.patient
    place = Place(part, whose, stored.episode if kind.of_episode else None)
    if request.method != "POST":
        return _form(request, seat, place, kind.form(row=stored))
    form = kind.form(request.POST, stored)
    if not form.is_valid():
        return _form(request, seat, place, form, 400)
    version, why = form.cleaned_data["version"], form.cleaned_data["why"]
    try:
        keeping.change(seat, stored, version, form.values(), why=why)
    except ConflictError as conflict:
        form.move_to(conflict.version)
        return _form(request, seat, place, form, 409, conflict.changes)
    except InputError as error:
        form.refuse(error)
        return _form(request, seat, place, form, 400)
    return _back(seat, place, stored)


def _episode(seat: Seat, patient: Patient, episode: UUID | None) -> Episode:
    if episode is None:
        raise NotFoundError("episode")
    found = keeping.find(seat, Episode, episode)
    if found.patient_id != patient.pk:
        raise NotFoundError("episode")
    return found


def _form(
    request: HttpRequest,
    seat: Seat,
    place: Place,
    form: forms.RecordForm,
    status: int = 200,
    changes: tuple[str, ...] = (),
) -> HttpResponse:
    values = {
        "form": form,
        "part": place.part,
        "place": place,
        "who": Line.of(place.patient),
        "changes": changes,
    }
    return page(request, seat, "part.html", values, status)


def _back(seat: Seat, place: Place, stored: Kept) -> HttpResponseBase:
    ids: dict[str, Any] = {"clinic": seat.clinic.pk, "patient": place.patient.pk}
    if place.episode is not None or place.part == "episode":
        care = place.episode.pk if place.episode else stored.pk
        return HttpResponseRedirect(reverse("episode", kwargs={**ids, "episode": care}))
    return HttpResponseRedirect(reverse(place.back, kwargs=ids))
