"""Form fields as the design system draws them, with every text from the catalogue."""

from typing import Any

from django import template
from django.forms import BoundField, Form
from django.template import Context

from tautband.clinic import catalogue

register = template.Library()
_UNKNOWN = "account-error-invalid"


def error_text(code: str | None, locale: str) -> str:
    """The sentence for an error's code; one that we do not know is said to be invalid."""
    name = f"account-error-{(code or 'invalid').replace('_', '-')}"
    return catalogue.text_or_none(name, locale) or catalogue.text(_UNKNOWN, locale)


def _texts(errors: Any, locale: str) -> list[str]:
    return list(dict.fromkeys(error_text(error.code, locale) for error in errors.as_data()))


@register.inclusion_tag("forms/field.html", takes_context=True)
def field(context: Context, bound: BoundField, label: str, hint: str = "", **extra: Any) -> Any:
    """A labelled field with its hint and errors; ``extra`` become attributes of the input."""
    locale = str(context["locale"])
    errors = _texts(bound.errors, locale) if bound.form.is_bound else []
    attributes = {name.replace("_", "-"): value for name, value in extra.items()}
    marked = [f"{bound.auto_id}-hint"] * bool(hint) + [f"{bound.auto_id}-error"] * bool(errors)
    if marked:
        attributes["aria-describedby"] = " ".join(marked)
    if errors:
        attributes["aria-invalid"] = "true"
    attributes.setdefault("class", "input")
    attributes["placeholder"] = ""
    return {
        "locale": locale,
        "bound": bound,
        "label": label,
        "hint": hint,
        "errors": errors,
        "control": bound.as_widget(attrs=attributes),
    }


@register.inclusion_tag("forms/errors.html", takes_context=True)
def form_errors(context: Context, form: Form) -> Any:
    """What is wrong with the form as a whole."""
    locale = str(context["locale"])
    return {"errors": _texts(form.non_field_errors(), locale) if form.is_bound else []}


@register.filter
def prefixed(value: object, prefix: str) -> str:
    """The id of a text whose end is a code: ``role|prefixed:"people-role-"``."""
    return f"{prefix}{str(value).replace('.', '-')}"


@register.filter
def tabs(seat: Any) -> Any:
    """The pages of the clinic that a person may open."""
    from tautband.clinic.people.tabs import tabs_of  # models, which are loaded after the tags

    return tabs_of(seat)
