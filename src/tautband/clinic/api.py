"""The JSON API: thin routes over `services`.  Stateless, same origin, one error shape."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from tautband.base.errors import InputError
from tautband.clinic import schemas, services
from tautband.clinic.boundary import problem
from tautband.clinic.wire import Api, BrokenJsonError, NotFoundError, StrictParser, as_input_error

REFUSED = frozenset({400, 403, 404, 411, 413, 415, 422, 429})

api = Api(
    title="Tautband",
    version="1",
    description="From a pain drawing to the trigger points that would explain it.",
    docs_url=None,
    openapi_url=None,
    parser=StrictParser(),
    urls_namespace="api",
)


@api.get("/body", response=schemas.Body, by_alias=True, operation_id="body")
def body(request: HttpRequest) -> dict[str, Any]:
    """The body that is drawn on, and its regions."""
    return services.body()


@api.post(
    "/words",
    response={200: schemas.Words, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="words",
)
def words(request: HttpRequest, payload: schemas.WordsIn) -> dict[str, Any]:
    """A sentence as a drawing, with what was understood and what was not."""
    return services.words(payload.text)


@api.post(
    "/locate",
    response={200: schemas.Location, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="locate",
)
def locate(request: HttpRequest, payload: schemas.LocateIn) -> dict[str, Any]:
    """The trigger points that would explain a drawing, best first."""
    return services.locate(_drawing(payload), _told(payload))


@api.post(
    "/examine",
    response={200: schemas.Examination, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="examine",
)
def examine(request: HttpRequest, payload: schemas.ExamineIn) -> dict[str, Any]:
    """What to examine next, best first, and when to stop."""
    return services.examine(_drawing(payload), _told(payload))


def _drawing(payload: schemas.LocateIn) -> dict[str, Any]:
    return payload.drawing.model_dump(mode="json", by_alias=True)


def _told(payload: schemas.LocateIn) -> dict[str, Any]:
    return payload.model_dump(mode="json", exclude={"drawing"})


@api.get(
    "/presentations",
    response=schemas.Presentations,
    by_alias=True,
    operation_id="presentations",
)
def presentations(request: HttpRequest) -> dict[str, Any]:
    """The presentations that `locate` and `examine` take."""
    return services.presentations()


@api.get(
    "/presentations/{presentation}",
    response={200: schemas.Presentation, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="presentation",
)
def presentation(request: HttpRequest, presentation: str) -> dict[str, Any]:
    """A presentation: what it makes one think of, what not to miss, what was published."""
    return services.presentation(presentation)


@api.get("/findings", response=schemas.Findings, by_alias=True, operation_id="findings")
def findings(request: HttpRequest) -> dict[str, Any]:
    """The signs of the examination that `locate` takes."""
    return services.findings()


@api.get(
    "/muscles/{muscle}",
    response={200: schemas.Muscle, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="muscle",
)
def muscle(request: HttpRequest, muscle: str, side: Literal["left", "right"]) -> dict[str, Any]:
    """A muscle's trigger points and referral zones on one side."""
    return services.muscle(muscle, side)


@api.post(
    "/forecast",
    response={200: schemas.Forecast, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="forecast",
)
def forecast(request: HttpRequest, payload: schemas.CourseIn) -> dict[str, Any]:
    """Whether a course is working for this patient, and what may come."""
    return services.forecast(payload.told())


@api.get("/instruments", response=schemas.Instruments, by_alias=True, operation_id="instruments")
def instruments(request: HttpRequest) -> dict[str, Any]:
    """The outcome measures that `score` and `forecast` know; without the wording of any item."""
    return services.instruments()


@api.post(
    "/score",
    response={200: schemas.Scored, REFUSED: schemas.Problem},
    by_alias=True,
    operation_id="score",
)
def score(request: HttpRequest, payload: schemas.ScoreIn) -> dict[str, Any]:
    """A score from item answers; with an earlier one, what the change is worth."""
    return services.score(payload.model_dump())


@api.exception_handler(InputError)
def _input_error(request: HttpRequest, error: InputError) -> HttpResponse:
    if isinstance(error, NotFoundError):
        return problem(error, 404)
    return problem(error, 400 if isinstance(error, BrokenJsonError) else 422)


@api.exception_handler(ValidationError)
def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(as_input_error(error.errors), 422)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, InputError):
        return _input_error(request, cause)
    return problem(InputError("request", str(error)), error.status_code)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(InputError("address", "is not one of this server"), 404)
