"""Plan: the rules' advice, what of it is kept, and what no word overrides."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tautband.base.sources import Seen, bibliography
from tautband.clinic.record.models import Plan, PlanTarget, Shown
from tautband.clinic.templatetags.sources import cited
from tautband.safety.screening.questions import load_questions
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at

SAFE = {"no": "no", "yes": "yes"}


def screen_clear(place: Place, client: Client, **also: str) -> None:
    """A screening in which every risk is denied and every safeguard is there."""
    told = {"id": str(uuid4())}
    for question in load_questions().values():
        if question.kind == "yes_no":
            told[f"q-{question.key}"] = "no" if question.risk == "yes" else "yes"
        elif question.kind == "places" or "no" in question.choices:
            told[f"q-{question.key}"] = "no"
        elif question.choices:
            told[f"q-{question.key}"] = "none" if "none" in question.choices else ""
    told |= {"q-medicines": "none", "q-age": "41", "q-sex": "female", "q-height": "170"}
    told |= {"q-weight": "65", "q-needle_fear": "0", "q-competition_days": "366"}
    told |= {f"q-{key}": value for key, value in also.items()}
    response = client.post(place.address("visit_screenings") + "?form=first", told)
    assert response.status_code == 302, page_of(response)


def advise(place: Place, client: Client, targets: str, **more: str) -> tuple[Shown, str]:
    told = {"step": "advise", "targets": targets, **more}
    response = client.post(place.address("visit_plans"), told)
    page = page_of(response)
    assert response.status_code == 200, page
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found
    return Shown.objects.get(pk=found[1]), page


def keep(place: Place, client: Client, shown: Shown, **more: Any) -> tuple[int, str]:
    told = {"step": "keep", "shown": str(shown.pk), "id": str(uuid4()), **more}
    response = client.post(place.address("visit_plans"), told)
    return response.status_code, page_of(response)


@pytest.mark.parametrize("name", NAMES)
def test_who_plans(place: Place, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, place.address("visit_plans")) == expected
    plan = made.plan(made.seat(place.cast, "clinician"), place.episode, advised=ADVICE)
    assert refused_at(place, name, place.address("visit_plan", plan.pk)) == expected


ADVICE = {"schema": "tautband.plan/1", "targets": [], "rules": [], "versions": {"atlas": "1"}}


def test_advice_is_kept_as_it_was_shown(place: Place) -> None:
    client = place.browser()
    screen_clear(place, client)
    shown, page = advise(place, client, "infraspinatus right", gauge_mm="0,3")
    assert shown.asked["gauge_mm"] == 0.3
    assert "Infraspinatus" in page
    why = "licence checked, all questions answered at the couch"
    status, page = keep(
        place,
        client,
        shown,
        needle=["infraspinatus:right"],
        why=why,
        complementary="stretch\r\n\r\nheat",
        home_plan="Keep moving.",
        sessions_planned="6",
        review_on="2027-01-10",
    )
    assert status == 302, page
    plan = Plan.objects.get()
    assert plan.advised == shown.answer
    assert plan.complementary == ["stretch", "heat"]
    (target,) = PlanTarget.objects.filter(plan=plan)
    assert (target.muscle, target.side, target.dropped) == ("infraspinatus", "right", False)
    assert target.safety["rules"] == shown.answer["targets"][0]["rules"]
    page = page_of(client.get(place.address("visit_plan", plan.pk)))
    assert why in page
    assert place.address("visit_consents") in page
    # And the screening tells who went on with it, and why.
    assert plan.screening is not None
    page = page_of(client.get(place.address("visit_screening", plan.screening.pk)))
    assert why in page
    assert place.address("visit_plan", plan.pk) in page


def test_each_rule_and_limit_names_who_says_so(place: Place) -> None:
    shown, page = advise(place, place.browser(), "infraspinatus right")
    (target,) = shown.answer["targets"]
    told = [*target["rules"], target["recipe"], target["needle"]["length_cap"]]
    keys = {key for one in told for key in one["source"]}
    assert len(keys) > 5
    for key in keys:
        assert bibliography()[key].citation in unescape(page)
    for one in target["at_risk"]:
        assert one["text"] in unescape(page)


def test_what_asks_is_open_and_what_only_warns_is_folded(place: Place) -> None:
    shown, page = advise(place, place.browser(), "infraspinatus right")
    # A fold is the last of its section, or stands before the first one.
    folds = re.findall(r"asks? for care<.*?(?=</?section|plain-list asks)", page, re.DOTALL)
    folded = " ".join(re.findall(r'class="rule__why">.*?</p>', " ".join(folds), re.DOTALL))
    (target,) = shown.answer["targets"]
    rules = [*shown.answer["rules"], *target["rules"]]
    own = [one for one in rules if not one["id"].startswith("screening:")]
    assert {one["decision"] for one in own} >= {"ask", "precaution"}
    for one in own:
        assert (one["why"] in unescape(folded)) == (one["decision"] == "precaution"), one


def test_a_source_that_is_no_longer_known_is_shown_as_it_is() -> None:
    (one,) = cited(["gone_since"])
    assert (one.citation, one.seen) == ("gone_since", Seen.NONE)


def test_unscreened_asks(place: Place) -> None:
    shown, page = advise(place, place.browser(), "infraspinatus right")
    assert "not been screened" in page
    assert shown.answer["decision"] in ("ask", "do_not_needle")


def test_the_reason_is_needed_where_the_rules_ask(place: Place) -> None:
    client = place.browser()
    shown, _ = advise(place, client, "infraspinatus right")
    status, page = keep(place, client, shown, needle=["infraspinatus:right"], home_plan="kept text")
    assert status == 422
    assert "why" in page
    assert "kept text" in page
    assert not Plan.objects.exists()


def test_a_stop_is_not_overridden_by_words(place: Place) -> None:
    client = place.browser()
    screen_clear(place, client, fever_or_infection="yes")
    shown, page = advise(place, client, "infraspinatus right")
    assert 'value="infraspinatus:right"' not in page
    status, page = keep(
        place, client, shown, needle=["infraspinatus:right"], why="I really want to do this today"
    )
    assert status == 422
    assert not Plan.objects.exists()
    status, _ = keep(place, client, shown, home_plan="Rest until the fever is gone.")
    assert status == 302
    assert PlanTarget.objects.get().dropped
    kept = place.address("visit_plan", Plan.objects.get().pk)
    main = page_of(client.get(kept)).split("<h1>")[1]
    assert place.address("visit_consents") not in main  # there is nothing to consent to


def test_a_red_flag_comes_first(place: Place) -> None:
    client = place.browser()
    by = made.seat(place.cast, "clinician")
    from tautband.clinic.record.services import showing

    flags = {"schema": "tautband.locate/1", "red_flags": [{"title": "Heart"}], "candidates": []}
    showing.keep_shown(by, place.patient, "ranking", {}, flags, episode=place.episode)
    told = {"step": "advise", "targets": "infraspinatus right"}
    refused = client.post(place.address("visit_plans"), told)
    assert refused.status_code == 422
    assert "Heart" in page_of(refused)
    cleared = "ECG today, cardiologist agrees"
    shown, _ = advise(place, client, "infraspinatus right", cleared=cleared)
    why = "all asked at the couch"
    assert keep(place, client, shown, needle=["infraspinatus:right"], why=why)[0] == 302
    assert cleared in Plan.objects.get().why


@pytest.mark.parametrize(
    "told",
    [
        {"targets": ""},
        {"targets": "infraspinatus"},
        {"targets": "elbow grease right"},
        {"targets": "infraspinatus right", "needle_mm": "long"},
        {"targets": "infraspinatus right", "needle_mm": "30", "depth_mm": "40"},
        {"targets": "infraspinatus right", "cause": "magic"},
    ],
)
def test_what_cannot_be_planned_is_said_and_kept(place: Place, told: dict[str, str]) -> None:
    response = place.browser().post(place.address("visit_plans"), {"step": "advise", **told})
    page = page_of(response)
    assert response.status_code == 422
    assert told["targets"] in page
    assert not Shown.objects.exists()


def test_advice_of_another_episode_is_not_kept_here(place: Place) -> None:
    client, by = place.browser(), made.seat(place.cast, "clinician")
    shown, _ = advise(place, client, "infraspinatus right")
    other = Place(place.cast, place.patient, made.episode(by, place.patient))
    assert keep(other, client, shown)[0] == 404


def test_keeping_twice_keeps_once(place: Place) -> None:
    client = place.browser()
    shown, _ = advise(place, client, "infraspinatus right")
    told = {"id": str(uuid4()), "why": "asked everything at the couch"}
    for _ in range(2):
        assert keep(place, client, shown, needle=["infraspinatus:right"], **told)[0] == 302
    assert Plan.objects.count() == 1
    assert PlanTarget.objects.count() == 1
