"""What is typed about a patient: one form for each kind of row, all of one make.

A form keeps what was typed whatever is wrong with it.  Its `values` are those of the model; what
the record's services refuse comes back to the field that it belongs to.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from tautband.atlas.presentations import read_presentations
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.clinic.record.models import (
    Activity,
    BodyMeasure,
    Episode,
    Goal,
    Guardian,
    HistoryItem,
    Kept,
    Medication,
    Patient,
)
from tautband.clinic.record.models.episode import CAUSES, MOST_ACTIVITIES
from tautband.clinic.record.models.patient import BODY_MEASURES, MESSAGES

LONG = 4000
SHORT = 200


def line(longest: int = SHORT, rows: int = 0, **options: Any) -> forms.CharField:
    """A line of text, or several rows of it."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(max_length=longest, required=False, widget=widget, **options)


def day(**options: Any) -> forms.DateField:
    """A day, as browsers let one pick it."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(required=False, widget=widget, input_formats=["%Y-%m-%d"], **options)


def one_of(*values: str) -> forms.ChoiceField:
    """One of a few coded values; the page has the words for them."""
    return forms.ChoiceField(choices=[(value, value) for value in values], required=False)


class RecordForm(forms.Form):
    """A row of the record as a form; `row` is the stored one that is to be changed.

    ``id`` is made with the empty form, so that the same form sent twice is stored once;
    ``version`` is the one that the change was made on, ``why`` the reason that a change needs.
    """

    model: ClassVar[type[Kept]]
    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]]
    required: ClassVar[frozenset[str]] = frozenset()
    # Where an error of the services belongs, when it names something else than the field.
    belongs: ClassVar[Mapping[str, str]] = {}

    id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    why = forms.CharField(max_length=SHORT, required=False)

    def __init__(self, data: Any = None, row: Kept | None = None) -> None:
        self.row = row
        initial: dict[str, Any] = {"id": uuid.uuid4()}
        if row is not None:
            initial = {**self.initial_of(row), "id": row.pk, "version": row.version}
        super().__init__(data, initial=initial, use_required_attribute=False)
        for name in self.required:
            self.fields[name].required = True
        self.fields["why"].required = row is not None and not row.is_draft
        self.fields["version"].required = row is not None

    def initial_of(self, row: Kept) -> dict[str, Any]:
        """What the fields show of a stored row."""
        return {name: getattr(row, name) for name in self.names()}

    def names(self) -> Iterator[str]:
        """The fields of the model, in their order on the page."""
        for _, names in self.groups:
            yield from names

    def values(self) -> dict[str, Any]:
        """The model's values, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.names()}

    def refuse(self, error: InputError) -> None:
        """Put what a service refused beside the field that it means, else above the form."""
        last = error.field.rsplit(".", 1)[-1]
        name = self.belongs.get(error.field, self.belongs.get(last, last))
        expected = f" Expected {error.expected}." if error.expected else ""
        sentence = f"{error.problem[:1].upper()}{error.problem[1:]}.{expected}"
        whose = name if name in self.fields and name not in ("id", "version") else None
        if whose is None:
            sentence = str(error)
        self.add_error(whose, forms.ValidationError(sentence, code="told"))

    def move_to(self, version: int) -> None:
        """After a conflict: the typed values stand on the version that is there now."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}


class PatientForm(RecordForm):
    """Who it is and how to reach them."""

    model = Patient
    groups = (
        ("who", ("given_name", "family_name", "birth_date", "sex", "occupation")),
        ("reach", ("phone", "email", "messages", "address", "contact_notes")),
        ("numbers", ("clinic_number", "national_id")),
    )
    belongs: ClassVar[Mapping[str, str]] = {"name": "family_name"}

    given_name = line(100)
    family_name = line(100)
    birth_date = day()
    sex = one_of("", "female", "male")
    occupation = line()
    phone = line(40)
    email = forms.EmailField(required=False)
    messages = one_of("", *MESSAGES)
    address = line(400, rows=3)
    contact_notes = line(400, rows=2)
    clinic_number = line(60)
    national_id = line(60)

    def clean_birth_date(self) -> date | None:
        """Never a day that is still to come."""
        born: date | None = self.cleaned_data["birth_date"]
        if born is not None and born > timezone.localdate():
            raise forms.ValidationError("", code="future")
        return born

    def clean(self) -> None:
        """Somebody has at least one name."""
        names = [self.cleaned_data.get(name, "") for name in ("given_name", "family_name")]
        if not any(name.strip() for name in names) and not self.errors.keys() & {
            "given_name",
            "family_name",
        }:
            self.add_error("family_name", forms.ValidationError("", code="name"))


class GuardianForm(RecordForm):
    """Who decides for a minor, or for somebody who cannot."""

    model = Guardian
    groups = (("guardian", ("name", "relation", "phone", "email", "may_consent", "until")),)
    required = frozenset({"name", "relation"})

    name = line()
    relation = line(100)
    phone = line(40)
    email = forms.EmailField(required=False)
    may_consent = forms.BooleanField(required=False, initial=True)
    until = day()


class MeasureForm(RecordForm):
    """One measure of the body; its unit follows from what is measured."""

    model = BodyMeasure
    groups = (("measure", ("kind", "value", "measured_on")),)
    required = frozenset({"kind", "value", "measured_on"})
    belongs: ClassVar[Mapping[str, str]] = dict.fromkeys(BODY_MEASURES, "value")

    kind = one_of(*BODY_MEASURES)
    value = forms.FloatField(required=False)
    measured_on = day()

    def __init__(self, data: Any = None, row: Kept | None = None) -> None:
        super().__init__(data, row)
        self.initial.setdefault("measured_on", timezone.localdate())

    def values(self) -> dict[str, Any]:
        """With the unit."""
        found = super().values()
        return {**found, "unit": BODY_MEASURES[found["kind"]][0]}


class MedicationForm(RecordForm):
    """A medicine as it was told."""

    model = Medication
    groups = (("medication", ("told", "dose", "since", "until")),)
    required = frozenset({"told"})
    belongs: ClassVar[Mapping[str, str]] = {"medication": "told"}

    told = line()
    dose = line()
    since = day()
    until = day()


class HistoryForm(RecordForm):
    """Something of the past that matters now."""

    model = HistoryItem
    groups = (("history", ("kind", "told", "since", "until")),)
    required = frozenset({"kind", "told"})
    belongs: ClassVar[Mapping[str, str]] = {"history": "told"}

    kind = one_of(*HistoryItem.KINDS)
    told = line(LONG, rows=3)
    since = day()
    until = day()


class EpisodeForm(RecordForm):
    """One complaint from its onset on."""

    model = Episode
    groups = (
        ("complaint", ("title", "presentation", "side", "began_on")),
        ("onset", ("onset_on", "onset_told", "cause", "cause_told")),
        ("sport", ("sport", "competition", "competes_on")),
        ("end", ("ended_on", "ended_because")),
    )
    required = frozenset({"title", "began_on", "cause"})

    title = line()
    presentation = forms.ChoiceField(required=False)
    side = one_of("", *(side.value for side in Side))
    began_on = day()
    onset_on = day()
    onset_told = line(LONG, rows=2)
    cause = one_of(*CAUSES)
    cause_told = line(LONG, rows=2)
    sport = line()
    competition = line()
    competes_on = day()
    ended_on = day()
    ended_because = line()

    def __init__(self, data: Any = None, row: Kept | None = None) -> None:
        super().__init__(data, row)
        found = ((one.id, one.name) for one in read_presentations().values())
        self.fields["presentation"].choices = [("", ""), *found]  # type: ignore[attr-defined]
        self.initial.setdefault("began_on", timezone.localdate())
        self.initial.setdefault("cause", "unknown")


class GoalForm(RecordForm):
    """What the patient wants, in their words."""

    model = Goal
    groups = (("goal", ("words", "by", "reached_on")),)
    required = frozenset({"words"})
    belongs: ClassVar[Mapping[str, str]] = {"goal": "words"}

    words = line(LONG, rows=2)
    by = day()
    reached_on = day()


class ActivityForm(RecordForm):
    """An activity of the patient-specific functional scale."""

    model = Activity
    groups = (("activity", ("place", "words")),)
    required = frozenset({"place", "words"})
    belongs: ClassVar[Mapping[str, str]] = {"activity": "words"}

    place = forms.IntegerField(required=False, min_value=1, max_value=MOST_ACTIVITIES)
    words = forms.CharField(max_length=SHORT, required=False)
