"""The weekly page: how the pain was, kept as a score that the patient gave."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.after import opening
from tautband.clinic.after.answering import SCALE, answer_of, keep, one_of, row_of, words_of
from tautband.clinic.after.own import page_seat
from tautband.clinic.after.planning import row_id
from tautband.clinic.after.showing import own
from tautband.clinic.day.course import OUTCOME
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import Episode, Measure, OwnLink
from tautband.clinic.record.services import keeping
from tautband.measures.instruments import find_instrument

USUAL = ("average",)  # a rating over the day says more than one of the moment
REFUSED = 422


def page(request: HttpRequest, link: OwnLink, _secret: str, part: str) -> HttpResponseBase:
    """Ask, keep the score, and thank; one answer is enough."""
    if part or episode_of(link) is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, link)
    opening.opened(link)
    if answer_of(link) is None:
        return _ask(request, link)
    return own(request, link, "measure_thanks.html", {})


def episode_of(link: OwnLink) -> Episode | None:
    """The episode that is measured: the link's, else the newest that goes on."""
    if link.episode is not None:
        return link.episode
    going = Episode.objects.filter(patient=link.patient, ended_on=None)
    return going.order_by("-began_on").first()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the ratings are asked, and what they are about."""

    names: tuple[str, ...]
    about: str


def asked(link: OwnLink) -> Asked:
    """The ratings that were taken last, so that like is compared with like; else the average."""
    every = find_instrument(OUTCOME).items.names
    rows = Measure.objects.filter(episode=episode_of(link), instrument=OUTCOME)
    last = rows.exclude(value=None).order_by("-taken_at").first()
    if last is None:
        return Asked(USUAL, "")
    rated = zip(every, last.items, strict=False)
    return Asked(tuple(name for name, told in rated if told is not None), last.about)


def _answer(request: HttpRequest, link: OwnLink) -> HttpResponse:
    try:
        row, words = row_of(request), words_of(request)
        wanted = asked(link).names
        rated = {name: one_of(request, name, SCALE) for name in wanted}
        if not all(rated.values()):
            raise InputError("pain", "is not rated", "a number for each question")
        if answer_of(link) is None:  # another form of the same link would measure twice
            _keep(link, row, {name: int(told) for name, told in rated.items()}, words)
    except ConflictError:  # sent twice at once: what is stored is shown
        pass
    except InputError as error:
        opening.opened(link)
        return _ask(request, link, error=error.field, status=REFUSED)
    return redirect(request.path)


def _keep(link: OwnLink, row: UUID, rated: dict[str, int], words: str) -> None:
    score = Measure(
        id=row_id(row, "score"),
        episode=episode_of(link),
        instrument=OUTCOME,
        items=[rated.get(name) for name in find_instrument(OUTCOME).items.names],
        taken_at=timezone.now(),
        told_by="patient",
        about=asked(link).about,
    )
    with transaction.atomic():
        keeping.add(page_seat(link.clinic), score, action=Action.OWN_PAGE)
        keep(link, row, rated, words)


def _ask(request: HttpRequest, link: OwnLink, status: int = 200, error: str = "") -> HttpResponse:
    told = asked(link)
    values = {
        "new_id": request.POST.get("id") or uuid4(),
        "typed": request.POST,
        "rows": [(name, request.POST.get(name, "")) for name in told.names],
        "about": told.about,
        "scale": SCALE,
        "error": error,
    }
    return own(request, link, "measure.html", values, status)
