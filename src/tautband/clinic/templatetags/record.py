"""What the templates of the record need: a field of a form, a line of the timeline, a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    DateField,
    EmailField,
    Field,
    IntegerField,
    Select,
    Textarea,
)
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tautband.clinic import catalogue
from tautband.clinic.record_pages.forms import RecordForm
from tautband.clinic.record_pages.timeline import Entry
from tautband.measures.instruments import load_instruments

register = template.Library()

# Kinds whose own pages show more than the plain reading does.
_OWN_PAGES = {"assessment", "screening", "consent", "plan"}
# What a field that cannot be read should have been; Django's number fields are all whole or more.
_UNREADABLE: tuple[tuple[type[Field], str], ...] = (
    (DateField, "date"),
    (EmailField, "email"),
    (IntegerField, "number"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A field as it is drawn."""

    bound: BoundField
    kind: str
    label: str
    hint: str
    required: bool
    faults: tuple[tuple[str, bool], ...]  # text, and whether it is in plain English
    options: tuple[tuple[str, str, bool, bool], ...]  # value, text, chosen, in plain English
    longest: str
    rows: str
    list: str


@register.simple_tag(takes_context=True)
def boxes(context: Context, form: RecordForm, group: str) -> list[Box]:
    """The fields of one group of a form."""
    names = dict(form.groups)[group]
    return [_box(form[name], str(context["locale"])) for name in names]


@register.simple_tag(takes_context=True)
def box(context: Context, form: RecordForm, name: str) -> Box:
    """One field."""
    return _box(form[name], str(context["locale"]))


@register.simple_tag(takes_context=True)
def faults(context: Context, form: RecordForm) -> list[tuple[str, bool]]:
    """What is wrong with the form as a whole."""
    if not form.is_bound:
        return []
    return [_fault(error, str(context["locale"])) for error in form.non_field_errors().as_data()]


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A day as it is read everywhere, in the clinic's time."""
    if value is None:
        return ""
    shown = timezone.localdate(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{0}" translate="no">{0}</time>', shown.isoformat())


@register.filter
def moment(value: datetime) -> SafeString:
    """A day and time, in the clinic's time."""
    local = timezone.localtime(value)
    text = local.strftime("%Y-%m-%d %H:%M")
    return format_html(
        '<time datetime="{}" translate="no">{}</time>', local.isoformat(timespec="minutes"), text
    )


@register.filter
def texted(code: object, prefix: str) -> str:
    """The id of the text for a code: ``not_today`` becomes ``PREFIX-not-today``."""
    return prefix + str(code).replace("_", "-").replace(" ", "-")


@register.filter
def instrument(code: str) -> str:
    """The short name of an instrument."""
    known = load_instruments().get(code)
    return known.short if known else code


@register.filter
def spoken(code: str) -> str:
    """A code of the atlas or the taxonomy as words."""
    return code.replace("_", " ")


@register.simple_tag(takes_context=True)
def t_of(context: Context, told: Any) -> str:
    """The text of something that carries its message and the values for it."""
    return catalogue.text(told.text, str(context["locale"]), **told.values)


@register.simple_tag(takes_context=True)
def field_name(context: Context, name: str) -> str:
    """What a column of the record is called."""
    return catalogue.text(f"patients-column-{name}", str(context["locale"]))


@register.filter
def date_value(value: object) -> str:
    """A day as the browser's date field takes it; what was typed wrongly stays as it is."""
    return value.isoformat() if isinstance(value, date) else str(value or "")


@register.simple_tag
def entry_address(clinic: UUID, patient: UUID, entry: Entry) -> str:
    """Where an entry is read: on its own page, or plainly."""
    if entry.kind in _OWN_PAGES and entry.episode is not None:
        ids = {"clinic": clinic, "patient": patient, "episode": entry.episode}
        try:
            return reverse(f"visit_{entry.kind}", kwargs={**ids, entry.kind: entry.id})
        except NoReverseMatch:
            pass
    ids = {"clinic": clinic, "patient": patient, "entry": entry.id}
    return reverse("patient_entry", kwargs={**ids, "entry_kind": entry.kind})


@register.simple_tag
def next_steps(clinic: UUID, patient: UUID, episode: UUID) -> list[tuple[str, str]]:
    """The pages of a visit that there are: the id of the text, and the address."""
    return list(_next_steps({"clinic": clinic, "patient": patient, "episode": episode}))


def _next_steps(ids: dict[str, UUID]) -> Iterator[tuple[str, str]]:
    for name in ("assessment", "screening", "consent", "plan", "review", "letter"):
        try:
            address = "visit_review" if name == "review" else f"visit_{name}s"
            yield f"patients-do-{name}", reverse(address, kwargs=ids)
        except NoReverseMatch:
            continue


def _box(bound: BoundField, locale: str) -> Box:
    field = bound.field
    part = f"patients-{bound.form.model._meta.model_name}"  # type: ignore[attr-defined]
    name = bound.name.replace("_", "-")
    label = _text((f"{part}-{name}", f"patients-field-{name}"), locale)
    errors = bound.errors.as_data() if bound.form.is_bound else []
    kind = _kind(bound)
    return Box(
        bound,
        kind,
        label,
        _text((f"{part}-{name}-hint", f"patients-field-{name}-hint"), locale),
        field.required,
        tuple(_fault(error, locale, field) for error in errors),
        tuple(_options(bound, locale)) if kind == "select" else (),
        str(getattr(field, "max_length", None) or ""),
        str(field.widget.attrs.get("rows", "")),
        "reasons" if bound.name == "why" else "",
    )


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, Textarea):
        return "rows"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, CheckboxInput):
        return "check"
    if bound.name == "phone":
        return "tel"
    return str(getattr(widget, "input_type", "text"))


def _options(bound: BoundField, locale: str) -> Iterator[tuple[str, str, bool, bool]]:
    """Coded values have their text in the catalogue; names of the atlas are English."""
    chosen = str(bound.value() or "")
    name = bound.name.replace("_", "-")
    choices: Any = getattr(bound.field, "choices", ())
    for value, name_in_english in choices:
        code = str(value).replace("_", "-").replace(" ", "-") or "none"
        text = _text((f"patients-choice-{name}-{code}",), locale)
        yield str(value), text or str(name_in_english), str(value) == chosen, not text


def _fault(error: Any, locale: str, field: Field | None = None) -> tuple[str, bool]:
    if error.code == "told":  # by a service of the record, which speaks English
        return str(error.message), True
    said = error.code or "invalid"
    if said == "invalid":
        said = next((name for kind, name in _UNREADABLE if isinstance(field, kind)), said)
    code = f"patients-error-{said.replace('_', '-')}"
    values = {name: str(value) for name, value in (error.params or {}).items()}
    return catalogue.text(code, locale, **values), False


def _text(names: tuple[str, ...], locale: str) -> str:
    """The first of these messages that the catalogue has, else nothing."""
    for name in names:
        try:
            return catalogue.text(name, locale)
        except LookupError:
            continue
    return ""
