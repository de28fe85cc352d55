"""JSON in, and errors out in the one shape."""

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.parser import Parser

from tautband.base.errors import InputError


class BrokenJsonError(InputError):
    """A body that is not JSON at all: 400, where a wrong value is 422."""


class NotFoundError(InputError):
    """An address that names a thing which does not exist: 404."""


class StrictParser(Parser):
    """Reads JSON as the standard has it: no NaN, no broken text, no endless nesting."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The object in the body; raises BrokenJsonError."""
        try:
            found = msgspec.json.decode(request.body)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise BrokenJsonError("body", f"is not JSON ({error})", "one JSON object") from error
        if not isinstance(found, dict):
            raise BrokenJsonError("body", "is not a JSON object", "one JSON object")
        return found


class Api(NinjaAPI):
    """Ninja, which otherwise drops the value that was refused from its errors."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """All errors as pydantic tells them."""
        return ValidationError(
            [
                dict(error)
                for context in error_contexts
                for error in context.pydantic_validation_error.errors(include_url=False)
            ]
        )


def as_input_error(errors: list[dict[str, Any]]) -> InputError:
    """The first of pydantic's errors in our words; the rest would only repeat it."""
    first = errors[0]
    where = [str(part) for part in first["loc"] if part != "payload"]
    field = ".".join(where) or "body"
    problem, expected = _in_words(first)
    return InputError(field, problem, expected)


def _in_words(error: dict[str, Any]) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "is missing", "a value for it"
    if kind == "extra_forbidden":
        return "is not a field here", "only the documented fields"
    expected = str(error["msg"])
    for opening in (
        "String should have ",
        "List should have ",
        "Input should be a valid ",
        "Input should be ",
        "Input should have ",
    ):
        expected = expected.removeprefix(opening)
    if kind in ("literal_error", "enum"):
        expected = str(context["expected"]).replace("'", "")
    return f"{_shown(error.get('input'))} cannot be used", expected


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"'{value[:60]}'"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return str(value)[:60]
    return "a list" if isinstance(value, list) else "an object"
