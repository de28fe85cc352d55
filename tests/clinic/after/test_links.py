"""Links of every purpose: who is reached, by which way, sent by hand, ended, and read by hours."""

import re
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.after import asking, gateway, opening, sending
from tautband.clinic.after.reach import Reach, reach
from tautband.clinic.after.watch import told_of, watch
from tautband.clinic.people.memberships import tell
from tautband.clinic.record.models import Guardian, OwnLink, Patient
from tautband.clinic.record.services import keeping
from tests.clinic.cast import Cast, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

pytestmark = pytest.mark.usefixtures("address")
DAY = timedelta(days=1)


class Kept:
    """A gateway that keeps what it was given."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, to: str, text: str) -> None:
        """Keep one message."""
        self.sent.append((to, text))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    Kept.sent.clear()


def changed(cast: Cast, patient: Patient, **values: Any) -> Patient:
    by = made.seat(cast, "clinician")
    return keeping.change(by, patient, patient.version, values, why="told at the desk")


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return made.patient(made.seat(cast, "clinician"))


def child(cast: Cast, patient: Patient) -> Patient:
    return changed(cast, patient, birth_date=timezone.localdate() - 3000 * DAY)


def guardian(cast: Cast, patient: Patient, **values: Any) -> Guardian:
    told = {"name": "Ada Okafor", "relation": "mother", "email": "ada@example.org"}
    return keeping.add(
        made.seat(cast, "clinician"), Guardian(patient=patient, **{**told, **values})
    )


class TestReach:
    """Where messages go."""

    def test_an_adult_by_e_mail_unless_they_chose_otherwise(
        self, cast: Cast, patient: Patient
    ) -> None:
        today = timezone.localdate()
        assert reach(patient, today) == Reach("email", "ngozi@example.org")
        assert reach(changed(cast, patient, messages="never"), today) is None

    def test_text_messages_only_to_whoever_chose_them_and_where_there_is_a_gateway(
        self, cast: Cast, patient: Patient, settings: Any
    ) -> None:
        today = timezone.localdate()
        texted = changed(cast, patient, messages="sms", phone="+15550100")
        assert reach(texted, today) is None
        settings.TAUTBAND_SMS = "console"
        assert reach(texted, today) == Reach("sms", "+15550100")

    def test_a_minor_through_a_guardian_who_may_consent_and_nobody_else(
        self, cast: Cast, patient: Patient
    ) -> None:
        minor, today = child(cast, patient), timezone.localdate()
        assert reach(minor, today) is None
        guardian(cast, minor, email="aunt@example.org", may_consent=False)
        guardian(cast, minor, email="old@example.org", until=today - DAY)
        assert reach(minor, today) is None
        guardian(cast, minor)
        assert reach(minor, today) == Reach("email", "ada@example.org")

    def test_of_age_on_the_birthday(self, cast: Cast, patient: Patient) -> None:
        born = changed(cast, patient, birth_date=date(2008, 11, 27))
        assert reach(born, date(2026, 11, 26)) is None
        assert reach(born, date(2026, 11, 27)) is not None


class TestGateway:
    """Text messages are pluggable."""

    def test_what_is_named_is_loaded(self) -> None:
        assert gateway.load_gateway("") is None
        assert isinstance(gateway.load_gateway("console"), gateway.ConsoleGateway)
        assert isinstance(gateway.load_gateway(f"{__name__}:Kept"), Kept)

    @pytest.mark.parametrize(
        "name", ["nowhere:make", "os:nothing", "json:loads", "os", ":x", "os:"]
    )
    def test_what_cannot_be_loaded_is_told(self, name: str) -> None:
        with pytest.raises(InputError, match="TAUTBAND_SMS"):
            gateway.load_gateway(name)

    def test_a_text_message_holds_clinic_and_link_alone(
        self, cast: Cast, patient: Patient, settings: Any
    ) -> None:
        settings.TAUTBAND_SMS = f"{__name__}:Kept"
        texted = changed(cast, patient, messages="sms", phone="+15550100")
        sending.give(made.seat(cast, "clinician"), texted, "intake", uuid4())
        asking.ask_due.call()
        ((to, text),) = Kept.sent
        assert to == "+15550100"
        assert not mail.outbox
        assert len(text) <= 160
        assert not re.search("needl|pain|Okafor|treat", text, re.I)
        secret = text.rsplit("/p/", 1)[1].rstrip("/")
        found = opening.find(secret, timezone.now())
        assert found is not None
        assert found.patient_id == patient.pk


def given(cast: Cast, patient: Patient, who: Name = "reception", **posted: Any) -> Any:
    told = {"purpose": "intake", "id": str(uuid4()), **posted}
    at = reverse("patient_link_give", args=[cast.clinic.pk, patient.pk])
    return cast.browser(who).post(at, told)


class TestByHand:
    """The desk sends a link, sees what became of it, and ends it."""

    def test_sent_once_whatever_number_of_times_the_form_is_sent(
        self, cast: Cast, patient: Patient
    ) -> None:
        row = str(uuid4())
        for _ in range(2):
            assert given(cast, patient, id=row).status_code == 302
        asking.ask_due.call()
        asking.ask_due.call()
        assert [one.to for one in mail.outbox] == [["ngozi@example.org"]]
        assert OwnLink.objects.get().state == "sent"

    def test_ended_by_hand_opens_nothing(self, cast: Cast, patient: Patient) -> None:
        given(cast, patient)
        asking.ask_due.call()
        link = OwnLink.objects.get()
        opened = re.search(r"https://clinic\.example\.org(/p/\S+)", str(mail.outbox[0].body))
        assert opened
        secret = opened[1].split("/")[2]
        assert opening.find(secret, timezone.now()) == link
        at = reverse("patient_link_end", args=[cast.clinic.pk, patient.pk, link.pk])
        assert cast.browser("reception").post(at).status_code == 302
        assert opening.find(secret, timezone.now()) is None
        assert Client().get(opened[1]).status_code == 404
        text = page_of(
            cast.browser("reception").get(
                reverse("patient_links", args=[cast.clinic.pk, patient.pk])
            )
        )
        assert "ended" in text

    def test_ended_before_it_went_out_is_never_sent(self, cast: Cast, patient: Patient) -> None:
        given(cast, patient)
        link = OwnLink.objects.get()
        cast.browser("reception").post(
            reverse("patient_link_end", args=[cast.clinic.pk, patient.pk, link.pk])
        )
        asking.ask_due.call()
        assert not mail.outbox
        assert OwnLink.objects.get().state == "stopped"

    def test_a_link_of_another_patient_is_not_ended(self, cast: Cast, patient: Patient) -> None:
        given(cast, patient)
        other = made.patient(made.seat(cast, "clinician"), family_name="Rossi")
        link = OwnLink.objects.get()
        cast.browser("reception").post(
            reverse("patient_link_end", args=[cast.clinic.pk, other.pk, link.pk])
        )
        assert OwnLink.objects.get().state == "waiting"

    @pytest.mark.parametrize(
        ("purpose", "values", "says"),
        [
            ("care", {}, "consent"),
            ("check-in", {}, "by hand"),
            ("nothing", {}, "by hand"),
            ("intake", {"messages": "never"}, "nobody"),
            ("intake", {"email": ""}, "nobody"),
        ],
    )
    def test_what_may_not_be_sent_is_told(
        self, cast: Cast, patient: Patient, purpose: str, values: dict[str, Any], says: str
    ) -> None:
        if values:
            changed(cast, patient, **values)
        answer = given(cast, patient, purpose=purpose)
        assert answer.status_code == 422
        assert says in page_of(answer)
        assert not OwnLink.objects.exists()

    def test_a_patient_of_another_clinic_is_not_there(self, cast: Cast, patient: Patient) -> None:
        answer = cast.browser("reception").get(reverse("patient_links", args=[uuid4(), patient.pk]))
        assert answer.status_code == 404


class TestWatch:
    """Who reads answers, and when."""

    def test_hours_are_those_of_the_clinics_place(self, cast: Cast) -> None:
        cast.clinic.opening_hours = "Fri 08:00-18:00"
        cast.clinic.time_zone = "America/Denver"
        told = watch(cast.clinic, datetime(2026, 11, 27, 16, 0, tzinfo=ZoneInfo("UTC")))
        assert told.until == datetime.fromisoformat("2026-11-27 18:00")
        night = watch(cast.clinic, datetime(2026, 11, 28, 10, 0, tzinfo=ZoneInfo("UTC")))
        assert (night.until, night.opens) == (None, datetime.fromisoformat("2026-12-04 08:00"))

    def test_the_owner_chooses_who_is_told_among_those_who_may_read(self, cast: Cast) -> None:
        people = cast.users
        tell(cast.clinic, {str(people["clinician"].pk), str(people["reception"].pk)})
        assert told_of(cast.clinic, None) == [people["clinician"].email]
        assert told_of(cast.clinic, people["student"]) == sorted(
            [people["clinician"].email, people["student"].email]
        )

    def test_settings_refuse_hours_that_cannot_be_read_and_keep_what_was_typed(
        self, cast: Cast
    ) -> None:
        at = reverse("clinic_settings", args=[cast.clinic.pk])
        told = {
            "name": cast.clinic.name, "jurisdiction": cast.clinic.jurisdiction,
            "time_zone": cast.clinic.time_zone, "idle_minutes": "15", "screening_policy": "",
            "opening_hours": "Mon 12-14", "told": [str(cast["clinician"].pk)],
        }  # fmt: skip
        refused = cast.browser("owner").post(at, told)
        assert refused.status_code == 400
        assert "no span of time" in refused.content.decode()
        assert 'value="Mon 12-14"' in refused.content.decode()
        kept = cast.browser("owner").post(at, {**told, "opening_hours": "Mon 12:00-14:00"})
        assert kept.status_code == 302
        cast.clinic.refresh_from_db()
        assert cast.clinic.opening_hours == "Mon 12:00-14:00"
        assert told_of(cast.clinic, None) == [cast["clinician"].email]
