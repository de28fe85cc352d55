"""Assessment: the body, the ranking beside it, findings by tap, what was measured."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError

from tautband.atlas.clinical_tests import read_tests
from tautband.base.errors import InputError
from tautband.clinic import schemas, services
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import Assessment, Finding
from tautband.clinic.record.services import keeping
from tautband.clinic.visit_pages.assessment_rows import rows_of, save_row
from tautband.clinic.visit_pages.door import Visit, in_json, uuid_of, visit
from tautband.clinic.visit_pages.showing import keep_shown, last_shown
from tautband.clinic.wire import as_input_error
from tautband.reasoning.knowledge import load_knowledge


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def index(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """The episode's assessments, and the way into the next."""
    if request.method == "POST":
        return _begin(request, at)
    found = _all(at)
    drafts = [one for one in found if one.is_draft]
    content = at.context("assessment", drafts=drafts, done=[o for o in found if not o.is_draft])
    return render(request, "visit/assessments.html", {**content, "fresh": str(uuid4())})


def _all(at: Visit) -> list[Assessment]:
    rows = Assessment.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    return list(rows.select_related("written_by").order_by("-held_at")[:50])


def _begin(request: HttpRequest, at: Visit) -> HttpResponseBase:
    row = uuid_of({"id": request.POST.get("id")}, "id")
    stored = Assessment.objects.in_clinic(at.seat.clinic).filter(pk=row).first()
    if stored is None:
        kind = "again" if _all(at) else "first"
        stored = keeping.add(at.seat, Assessment(id=row, episode=at.episode, kind=kind))
    return redirect(_address(at, "visit_assessment", stored.pk))


def _address(at: Visit, name: str, assessment: UUID) -> str:
    return reverse(name, args=[at.seat.clinic.pk, at.patient.pk, at.episode.pk, assessment])


@require_safe
@visit(Action.RECORD_READ)
def page(request: HttpRequest, at: Visit, assessment: UUID) -> HttpResponseBase:
    """The body with its ranking while it is a draft; afterwards what was found, to be read."""
    found = _find(at, assessment, reading=True)
    rows = rows_of(at, found)
    if not found.is_draft or not at.seat.may(Action.RECORD_WRITE):
        return render(request, "visit/assessment_done.html", _read_only(at, found, rows))
    data = {
        "assessment": {
            "id": str(found.pk),
            "version": found.version,
            "drawing": found.drawing,
            "told": found.told,
            "impression": found.impression,
        },
        "rows": rows,
        "names": _names(rows),
        "muscles": [
            {"id": one.id, "name": one.name}
            for one in sorted(load_knowledge().atlas.muscles.values(), key=lambda m: m.name)
        ],
        "sex": at.patient.sex or None,
        "age": at.age,
        "presentation": at.episode.presentation or None,
        "save": _address(at, "visit_assessment_save", found.pk),
        "rank": _address(at, "visit_assessment_rank", found.pk),
        "examine": _address(at, "visit_assessment_examine", found.pk),
    }
    content = at.context("assessment", assessment=found, data=data)
    return render(request, "visit/assessment.html", content)


def _find(at: Visit, assessment: UUID, *, reading: bool = False) -> Assessment:
    look = keeping.read if reading else keeping.find
    found = look(at.seat, Assessment, assessment)
    if found.episode_id != at.episode.pk:
        raise NotFoundError("an assessment of another episode")
    return found


def _names(rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """The names of muscles and tests that have findings, by id."""
    muscles, tests = load_knowledge().atlas.muscles, read_tests()
    names: dict[str, str] = {}
    for row in rows["finding"]:
        where = row["muscle"]
        record = muscles.get(where) or tests.get(where)
        names[where] = record.name if record else where
    return names


def _read_only(at: Visit, found: Assessment, rows: dict[str, Any]) -> dict[str, Any]:
    names = _names(rows)
    by_muscle: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in rows["finding"]:
        place = by_muscle.setdefault((names[row["muscle"]], row["side"]), {})
        place.setdefault(row["answer"].replace(" ", "-"), []).append(row["sign"])
    ranking = last_shown(at, "ranking")
    return at.context(
        "assessment",
        assessment=found,
        rows=rows,
        found=[{"name": n, "side": s, "signs": signs} for (n, s), signs in by_muscle.items()],
        ranking=ranking,
        candidates=[
            {**one, "percent": round(100 * one["probability"])}
            for one in (ranking.answer["candidates"][:8] if ranking else [])
        ],
    )


@visit(Action.RECORD_WRITE)
@in_json
def save(at: Visit, told: dict[str, Any], assessment: UUID) -> dict[str, Any]:
    """Store one row of the assessment; see `assessment_rows`."""
    return save_row(at, _find(at, assessment), told)


_EXPLAINING = ("candidates", "other_causes", "unexplained")


@visit(Action.RECORD_WRITE)
@in_json
def rank(at: Visit, told: dict[str, Any], assessment: UUID) -> dict[str, Any]:
    """The ranking of a drawing; it is stored before it is answered.

    Asked for as ``withheld`` it is answered, and stored, without what would explain the drawing:
    the warning signs are never withheld, and a plan heeds them.
    """
    found = _find(at, assessment)
    withheld = told.pop("withheld", False)
    if not isinstance(withheld, bool):
        raise InputError("withheld", "is no truth value", "true or false")
    drawing, asked = _question(told)
    answer = services.locate(drawing, asked)
    if withheld:
        answer |= {name: [] for name in _EXPLAINING}
    # So that a study can tell findings made before the first ranking from those made after it.
    before = Finding.objects.filter(clinic=at.seat.clinic, assessment=found).count()
    beside = {"assessment": str(found.pk), "findings_stored": before, "withheld": withheld}
    return _kept(at, "ranking", {**told, **beside}, answer)


@visit(Action.RECORD_WRITE)
@in_json
def examine(at: Visit, told: dict[str, Any], assessment: UUID) -> dict[str, Any]:
    """What to examine next; it is stored before it is answered."""
    _find(at, assessment)
    drawing, asked = _question(told)
    answer = services.examine(drawing, asked)
    return _kept(at, "examination", told, answer)


def _kept(at: Visit, kind: str, told: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    keep_shown(at, kind, told, answer)
    return answer


def _question(told: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        read = schemas.LocateIn.model_validate(told)
    except ValidationError as error:
        raise as_input_error([dict(one) for one in error.errors(include_url=False)]) from error
    drawing = read.drawing.model_dump(mode="json", by_alias=True)
    return drawing, read.model_dump(mode="json", exclude={"drawing"})


@require_POST
@visit(Action.RECORD_WRITE)
def finish(request: HttpRequest, at: Visit, assessment: UUID) -> HttpResponseBase:
    """End the draft: from now on a correction needs a further assessment."""
    found = _find(at, assessment)
    if found.is_draft:
        try:
            version = int(request.POST.get("version", ""))
        except ValueError as error:
            raise BadRequest("no version") from error
        try:
            keeping.change(at.seat, found, version, {"finished_at": timezone.now()})
        except ConflictError as error:
            content = at.context("assessment", assessment=found, changes=error.changes)
            return render(request, "visit/conflict.html", content, status=409)
        except InputError as error:
            content = at.context("assessment", assessment=found, changes=[str(error)])
            return render(request, "visit/conflict.html", content, status=422)
    return redirect(_address(at, "visit_assessment", found.pk))
