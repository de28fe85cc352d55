"""What the owner and the people of a clinic fill in; the texts are those of the catalogue."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tautband.base.errors import InputError
from tautband.care.opening_hours import read_hours
from tautband.care.screen import read_policy
from tautband.clinic.people.memberships import readers, told_now
from tautband.clinic.people.models import Clinic, Credential, User
from tautband.clinic.people.places import checked_jurisdiction, checked_time_zone
from tautband.clinic.policy import Role

ALL_AREAS = "all"
LONGEST_IDLE_MINUTES = 60
_MAX_POLICY = 20_000


def _checked(check: Callable[[str], str], text: str, code: str) -> str:
    try:
        return check(text)
    except InputError as error:
        raise ValidationError(str(error), code=code) from error


class SettingsForm(forms.ModelForm[Clinic]):
    """The clinic's settings."""

    idle_minutes = forms.IntegerField(min_value=1, max_value=LONGEST_IDLE_MINUTES)
    told = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    screening_policy = forms.CharField(
        required=False, max_length=_MAX_POLICY, widget=forms.Textarea(attrs={"rows": 8})
    )

    class Meta:
        """What an owner may change; whether a clinic is made up is not among it."""

        model = Clinic
        fields: ClassVar = [
            "name",
            "jurisdiction",
            "time_zone",
            "opening_hours",
            "idle_minutes",
            "screening_policy",
        ]
        widgets: ClassVar = {"opening_hours": forms.TextInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, chosen = readers(self.instance), told_now(self.instance)
        told = cast(forms.MultipleChoiceField, self.fields["told"])
        told.choices = [(str(one.pk), str(one)) for one in people]
        told.initial = [str(one.pk) for one in people if one.pk in chosen]

    def clean_opening_hours(self) -> str:
        """Hours that can be read, as they were typed."""
        text = str(self.cleaned_data["opening_hours"]).strip()
        try:
            read_hours(text)
        except InputError as error:
            self.hours_problem = str(error)
            raise ValidationError(str(error), code="hours") from error
        return text

    def clean_jurisdiction(self) -> str:
        """A code, known or not."""
        return _checked(checked_jurisdiction, self.cleaned_data["jurisdiction"], "jurisdiction")

    def clean_time_zone(self) -> str:
        """A zone of the system's table."""
        return _checked(checked_time_zone, self.cleaned_data["time_zone"], "time_zone")

    def clean_screening_policy(self) -> str:
        """A policy that can be applied, with a reason for whatever it makes milder."""
        text = str(self.cleaned_data["screening_policy"]).strip()
        if text:
            try:
                read_policy(text)
            except InputError as error:
                self.policy_problem = str(error)
                raise ValidationError(str(error), code="policy") from error
        return text

    policy_problem = hours_problem = ""


class InviteForm(forms.Form):
    """An address and the role that is offered."""

    email = forms.EmailField(max_length=254)
    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Role])

    def clean_email(self) -> str:
        """In lower case, as accounts have it."""
        return str(self.cleaned_data["email"]).lower()


class JoinForm(forms.Form):
    """Name and password of somebody who has no account yet."""

    name = forms.CharField(max_length=120)
    password = forms.CharField(widget=forms.PasswordInput, strip=False, max_length=256)

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        self._email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The password rules, which look at name and address too."""
        values = super().clean() or {}
        if "password" in values:
            person = User(email=self._email, name=values.get("name", ""))
            try:
                validate_password(values["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class CardForm(forms.ModelForm[Credential]):
    """What a patient reads of whoever needles them."""

    class Meta:
        """The card alone: facts about a licence are the owner's to enter."""

        model = Credential
        fields: ClassVar = ["card"]
        widgets: ClassVar = {"card": forms.Textarea(attrs={"rows": 5})}


class CredentialForm(forms.ModelForm[Credential]):
    """Profession, licence, training and supervisor, entered by the owner."""

    areas = forms.MultipleChoiceField(required=False)

    class Meta:
        """Everything but whose it is."""

        model = Credential
        fields: ClassVar = [
            "profession",
            "licence_number",
            "jurisdiction",
            "expires_on",
            "training_hours",
            "supervisor",
            "card",
        ]
        widgets: ClassVar = {
            "card": forms.Textarea(attrs={"rows": 5}),
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(
        self, *args: Any, areas: tuple[str, ...], supervisors: list[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [(name, name) for name in (ALL_AREAS, *areas)]  # type: ignore[attr-defined]
        self.fields["areas"].initial = self.instance.trained_areas or []
        people = User.objects.filter(id__in=[person.id for person in supervisors])
        self.fields["supervisor"].queryset = people  # type: ignore[attr-defined]

    def clean_jurisdiction(self) -> str:
        """A code, or nothing."""
        text = str(self.cleaned_data["jurisdiction"])
        return _checked(checked_jurisdiction, text, "jurisdiction") if text.strip() else ""

    def save(self, commit: bool = True) -> Credential:
        """No area ticked means that the training is not known, not that there is none."""
        self.instance.trained_areas = self.cleaned_data["areas"] or None
        return super().save(commit)
