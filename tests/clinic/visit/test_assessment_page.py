"""Assessment: saved a row at a time, twice without harm, and told when somebody was first."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tautband.body.drawing import to_json
from tautband.care.locate import read_sentence
from tautband.clinic import services
from tautband.clinic.record.models import (
    Assessment,
    ComparableSign,
    Finding,
    Measure,
    Movement,
    PressureThreshold,
    Shown,
    Strength,
    Version,
)
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at, send

FINDING = {
    "muscle": "infraspinatus",
    "side": "right",
    "sign": "familiar pain",
    "answer": "present",
}


def drawing() -> dict[str, Any]:
    """A drawing as the page sends it."""
    return dict(to_json(read_sentence("deep ache in the front of the right shoulder").drawing))


def begin(place: Place, client: Client) -> Assessment:
    """Begin an assessment as the page does."""
    row = uuid4()
    for _ in range(2):  # sent twice, begun once
        client.post(place.address("visit_assessments"), {"id": str(row)})
    return Assessment.objects.get(pk=row)


def save(place: Place, client: Client, of: Assessment, **told: Any) -> tuple[int, dict[str, Any]]:
    message = {"id": str(uuid4()), "version": 0, **told}
    return send(client, place.address("visit_assessment_save", of.pk), message)


@pytest.mark.parametrize("name", NAMES)
def test_who_assesses(place: Place, name: Name) -> None:
    one = made.assessment(made.seat(place.cast, "clinician"), place.episode)
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, place.address("visit_assessments")) == expected
    assert refused_at(place, name, place.address("visit_assessment", one.pk)) == expected
    address = place.address("visit_assessment_save", one.pk)
    got = place.browser(name).post(address, "{}", content_type="application/json").status_code
    assert got == {200: 422}.get(expected, expected)


def test_the_page_carries_what_was_saved(place: Place) -> None:
    client = place.browser()
    one = begin(place, client)
    save(place, client, one, kind="finding", values=FINDING)
    page = page_of(client.get(place.address("visit_assessment", one.pk)))
    found = re.search(r'id="assessment-data" type="application/json">(.*?)</script>', page, re.S)
    assert found
    data = json.loads(found[1])
    assert data["rows"]["finding"][0]["sign"] == "familiar pain"
    assert data["names"] == {"infraspinatus": "Infraspinatus"}
    assert (data["sex"], data["age"]) == ("female", place.patient.age_on(one.held_at.date()))


@pytest.mark.parametrize(
    ("kind", "model", "values"),
    [
        ("finding", Finding, FINDING),
        (
            "movement",
            Movement,
            {"joint": "shoulder", "movement": "flexion", "side": "right", "unit": "degrees",
             "amount": 150, "pain": 4},
        ),
        ("strength", Strength, {"what": "external rotation", "side": "right", "grade": 4}),
        ("threshold", PressureThreshold, {"where": "infraspinatus", "side": "right", "kpa": 220}),
        (
            "sign",
            ComparableSign,
            {"movement": "reach behind the back", "when": "before", "degrees": None, "pain": 5},
        ),
    ],
)  # fmt: skip
def test_every_kind_is_stored_once_and_changed(
    place: Place, kind: str, model: type[Finding], values: dict[str, Any]
) -> None:
    client = place.browser()
    one = begin(place, client)
    row = str(uuid4())
    for _ in range(3):
        status, told = save(place, client, one, kind=kind, id=row, values=values)
        assert (status, told) == (200, {"id": row, "version": 1})
    assert model.objects.count() == 1
    status, told = save(place, client, one, kind=kind, id=row, version=1, values={"told": "sore"})
    assert (status, told["version"]) == (200, 2)
    assert [v.number for v in Version.objects.filter(row=row).order_by("number")] == [1, 2]


def test_a_measure_is_scored_by_the_server(place: Place) -> None:
    client = place.browser()
    one = begin(place, client)
    values = {"instrument": "peg", "items": [4, 5, 6], "about": "last week"}
    status, told = save(place, client, one, kind="measure", values=values)
    assert (status, told["value"]) == (200, 5.0)
    assert Measure.objects.get().episode_id == place.episode.pk


def test_a_finished_assessment_shows_the_measures_of_its_day(place: Place) -> None:
    client = place.browser()
    one = begin(place, client)
    by = made.seat(place.cast, "clinician")
    for days, about in ((0, "worst today"), (7, "worst last week"), (-7, "worst next week")):
        at = one.held_at - timedelta(days=days)
        made.measure(by, place.episode, about=about, taken_at=at)
    client.post(place.address("visit_assessment_finish", one.pk), {"version": "1"})
    page = page_of(client.get(place.address("visit_assessment", one.pk)))
    assert re.findall(r"worst [a-z ]+", page) == ["worst today"]


def test_a_drawing_is_saved_and_ranked_and_the_ranking_kept(place: Place) -> None:
    client = place.browser()
    one = begin(place, client)
    values = {"drawing": drawing(), "told": "aches at night"}
    status, _ = save(
        place, client, one, kind="assessment", id=str(one.pk), version=1, values=values
    )
    assert status == 200
    address = place.address("visit_assessment_rank", one.pk)
    question = {"drawing": drawing(), "age": 41, "sex": "female"}
    for _ in range(2):
        status, told = send(client, address, question)
        assert status == 200
    (shown,) = Shown.objects.filter(kind="ranking")  # the same twice is kept once
    assert shown.answer == told
    assert {"tautband", "atlas", "rules"} <= set(shown.versions)
    status, told = send(client, place.address("visit_assessment_examine", one.pk), question)
    assert status == 200
    assert Shown.objects.get(kind="examination").answer["next"] == told["next"]


def test_it_is_kept_whether_findings_came_before_the_ranking(place: Place) -> None:
    client = place.browser()
    first, second = begin(place, client), begin(place, client)
    question = {"drawing": drawing(), "age": 41, "sex": "female"}
    send(client, place.address("visit_assessment_rank", first.pk), question)
    save(place, client, second, kind="finding", id=str(uuid4()), version=0, values=FINDING)
    for one in (first, second):
        send(client, place.address("visit_assessment_rank", one.pk), question)
    # The second assessment's ranking is one of its own, and came after a finding.
    rows = Shown.objects.filter(kind="ranking").order_by("shown_at")
    kept = [(row.asked["assessment"], row.asked["findings_stored"]) for row in rows]
    assert kept == [(str(first.pk), 0), (str(second.pk), 1)]


def test_a_withheld_ranking_still_warns_and_holds_the_plan(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    located = services.locate
    flag = {"id": "x", "title": "Weight loss without a reason", "urgency": "urgent"}
    monkeypatch.setattr(services, "locate", lambda *asked: located(*asked) | {"red_flags": [flag]})
    client = place.browser()
    one = begin(place, client)
    question = {"drawing": drawing(), "age": 41, "sex": "female"}
    address = place.address("visit_assessment_rank", one.pk)
    status, told = send(client, address, {**question, "withheld": True})
    assert (status, told["candidates"], told["red_flags"]) == (200, [], [flag])
    kept = Shown.objects.get(kind="ranking")
    assert (kept.asked["withheld"], kept.answer) == (True, told)
    assert flag["title"] in page_of(client.get(place.address("visit_plans")))
    assert send(client, address, question)[1]["candidates"]
    status, told = send(client, address, {**question, "withheld": "perhaps"})
    assert (status, told["field"]) == (422, "withheld")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "spell", "values": {}}, "kind"),
        ({"kind": "finding", "values": []}, "values"),
        ({"kind": "finding", "values": {**FINDING, "muscle": "elbow grease"}}, "muscle"),
        ({"kind": "finding", "values": {**FINDING, "answer": "perhaps"}}, "answer"),
        ({"kind": "finding", "values": {**FINDING, "patient": "x"}}, "patient"),
        ({"kind": "finding", "id": "7", "values": FINDING}, "id"),
        ({"kind": "finding", "version": -1, "values": FINDING}, "version"),
        ({"kind": "finding", "values": {**FINDING, "told": "x" * 5000}}, "told"),
        ({"kind": "threshold", "values": {"where": "x", "side": "left", "kpa": "9"}}, "kpa"),
        ({"kind": "measure", "values": {"instrument": "peg", "items": [11, 1, 1]}}, "item"),
        ({"kind": "measure", "values": {"instrument": "nonsense", "items": []}}, "instrument"),
        ({"kind": "assessment", "version": 1, "values": {"drawing": {"schema": "x"}}}, ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    place: Place, told: dict[str, Any], field: str
) -> None:
    client = place.browser()
    one = begin(place, client)
    before = Version.objects.count()
    status, answer = save(place, client, one, **told)
    assert status == 422
    assert answer["message"]
    assert field in answer["field"]
    assert Version.objects.count() == before


def test_the_second_of_two_is_told_in_words(place: Place) -> None:
    client, other = place.browser(), place.browser("student")
    one = begin(place, client)
    row = {"kind": "assessment", "id": str(one.pk), "version": 1}
    assert save(place, other, one, **row, values={"told": "worse at work"})[0] == 200
    status, answer = save(place, client, one, **row, values={"told": "worse at night"})
    assert status == 409
    assert "told is worse at work, by Student" in answer["changes"][0]
    assert answer["version"] == 2
    again = {**row, "version": answer["version"]}
    assert save(place, client, one, **again, values={"told": "worse at night"})[0] == 200


def test_finishing_is_for_what_was_seen(place: Place) -> None:
    client, other = place.browser(), place.browser("student")
    one = begin(place, client)
    save(place, other, one, kind="assessment", id=str(one.pk), version=1, values={"told": "more"})
    finish = place.address("visit_assessment_finish", one.pk)
    refused = client.post(finish, {"version": "1"})
    assert refused.status_code == 409
    assert "more" in page_of(refused)
    assert client.post(finish, {"version": "2"}).status_code == 302
    assert client.post(finish, {"version": "2"}).status_code == 302
    status, answer = save(place, client, one, kind="finding", values=FINDING)
    assert status == 409
    assert "finished" in answer["message"]
    page = page_of(client.get(place.address("visit_assessment", one.pk)))
    assert "assessment-data" not in page


def test_rows_of_others_are_out_of_reach(place: Place) -> None:
    client = place.browser()
    one, two = begin(place, client), begin(place, client)
    _, told = save(place, client, one, kind="finding", values=FINDING)
    crossed = {"kind": "finding", "id": told["id"], "version": 1, "values": {"told": "x"}}
    assert save(place, client, two, **crossed)[0] == 404
    by = made.seat(place.cast, "clinician")
    stranger = made.assessment(by, made.episode(by, made.patient(by, given_name="Ada")))
    assert save(place, client, stranger, kind="finding", values=FINDING)[0] == 404
    assert client.get(place.address("visit_assessment", stranger.pk)).status_code == 404


def test_the_token_is_asked_for(place: Place) -> None:
    one = made.assessment(made.seat(place.cast, "clinician"), place.episode)
    client = place.browser(enforce_csrf_checks=True)
    assert save_status(client, place.address("visit_assessment_save", one.pk)) == 403


def save_status(client: Client, address: str) -> int:
    return client.post(address, "{}", content_type="application/json").status_code
