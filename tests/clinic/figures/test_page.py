"""The page of figures and its pictures: for whom, with what on it, and what it leaves."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tautband.clinic.figures import snapshot
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import NAMES, Cast, Name
from tests.clinic.figures import world
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made


def address(cast: Cast, name: str = "clinic_figures", *more: object) -> str:
    return reverse(name, args=[cast.clinic.pk, *more])


@pytest.mark.parametrize("name", NAMES)
def test_owner_and_clinicians_see_it_and_nobody_else(cast: Cast, name: Name) -> None:
    expected = {"owner": 200, "clinician": 200, "nobody": 302}.get(name, 404)
    assert cast.browser(name).get(address(cast)).status_code == expected


def test_the_first_look_has_it_made_once(cast: Cast) -> None:
    client = cast.browser("clinician")
    assert "are being counted" in page_of(client.get(address(cast)))
    client.get(address(cast))
    client.post(address(cast))
    assert DBTaskResult.objects.count() == 1


def shown(cast: Cast) -> Client:
    """A browser of the owner, in a clinic with one reaction and one overdue course."""
    by = world.clinician(cast)
    one, other = world.treated(by, 30), world.treated(by, 60)
    made.plan(by, one.episode)
    world.reacted(by, other.session)
    world.scored(by, one.episode, 7, 3)
    snapshot.build(cast.clinic)
    return cast.browser("owner")


def test_it_shows_rates_with_limits_and_who_is_overdue(cast: Cast) -> None:
    client = shown(cast)
    before = AuditEntry.objects.of(cast.clinic.pk).count()
    page = page_of(client.get(address(cast)))
    assert "2 treatments of 2 patients, 4 insertions" in page
    assert "1 of 2" in page
    assert "none of 2: too few to say" in page
    assert "> 0 %" not in page
    assert "Ngozi Okafor" in page
    assert "1 in 200 months" in page
    entry = AuditEntry.objects.of(cast.clinic.pk).order_by("-number")[0]
    assert AuditEntry.objects.of(cast.clinic.pk).count() == before + 1
    assert (entry.action, entry.kind) == ("read", "figures")


def test_its_window_is_a_year_unless_all_is_asked_for(cast: Cast) -> None:
    world.treated(world.clinician(cast), 500)
    snapshot.build(cast.clinic)
    client = cast.browser("clinician")
    assert "No treatment was closed in this time" in page_of(client.get(address(cast)))
    assert "1 treatments of 1 patients" in page_of(client.get(f"{address(cast)}?of=all"))


def test_its_pictures_are_drawn_on_the_server(cast: Cast) -> None:
    client = shown(cast)
    for name in ("control", "outcomes"):
        answer = client.get(address(cast, "clinic_chart", name))
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer.content.startswith(b"<svg")
        assert answer["Cache-Control"] == "no-store"
    assert client.get(address(cast, "clinic_chart", "no_such")).status_code == 404
    assert client.get(address(cast, "clinic_pain_map", "all")).status_code == 404
    by = world.clinician(cast)
    for _ in range(5):
        world.drawn(by, made.episode(by, made.patient(by), presentation="neck_pain"))
    snapshot.build(cast.clinic)
    answer = client.get(address(cast, "clinic_pain_map", "neck_pain"))
    assert answer["Content-Type"] == "image/webp"
    assert "Temporal region, right" in page_of(client.get(f"{address(cast)}?pain=neck_pain"))


def test_a_page_asks_the_database_few_questions(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = shown(cast)
    client.get(address(cast))
    with django_assert_max_num_queries(16):  # 4 of them are the session's and the seat's own
        client.get(address(cast))


def test_an_old_one_is_made_anew(cast: Cast) -> None:
    client = shown(cast)
    client.get(address(cast))
    assert DBTaskResult.objects.count() == 0
    old = (timezone.now() - timedelta(hours=7)).timestamp()
    os.utime(snapshot.path_of(cast.clinic.pk), (old, old))
    client.get(address(cast))
    assert DBTaskResult.objects.count() == 1
