"""A course over the API and on its page: what is answered, and what is refused at which field."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tautband.care.course import course_json, judge_file
from tautband.measures.instruments import load_instruments
from tautband.synthetic.courses import BENEFIT, Design, courses
from tests.web.test_api import refusal

EXAMPLE = Path(__file__).resolve().parents[2] / "frontend/src/course/example.json"


@pytest.fixture
def example() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    return found


def test_example_of_the_page_is_what_its_note_says(example: dict[str, Any]) -> None:
    made = next(courses(BENEFIT[1], 1, 16, Design(sessions=4, weeks=4, baseline=10))).course
    assert example["synthetic"] is True
    assert "Made up" in example["note"]
    assert [(s["day"], s["value"]) for s in example["scores"]] == [
        (s.day, s.value) for s in made.outcomes[0].scores
    ]
    assert [(s["day"], s["needles"], s["insertions"], s["ltr"]) for s in example["sessions"]] == [
        (s.day, s.needles, s.insertions, s.ltr) for s in made.sessions
    ]
    assert None in [s["ltr"] for s in example["sessions"]]


def test_forecast_is_the_answer_of_the_other_faces(post: Any, example: dict[str, Any]) -> None:
    response = post("/api/forecast", example)
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(course_json(judge_file(example))))
    assert response.headers["Cache-Control"] == "no-store"


def test_one_score_is_a_course_and_too_early(post: Any) -> None:
    told = {"outcome": "nprs", "scores": [{"day": 0, "value": 6}]}
    found = post("/api/forecast", told).json()
    assert found["verdict"] == "too_early"
    assert found["first_session"] is None


def test_twitches_not_assessed_are_not_none_seen(post: Any, example: dict[str, Any]) -> None:
    unknown = post("/api/forecast", example).json()
    for session in example["sessions"]:
        session["ltr"] = session["ltr"] or 0
    none_seen = post("/api/forecast", example).json()
    assert unknown["curve"] != none_seen["curve"]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"outcome": "npsr"}, "outcome"),
    ({"outcome": 7}, "outcome"),
    ({"scores": "six"}, "scores"),
    ({"scores": []}, "scores"),
    ({"scores": [{"day": 0, "value": 11}]}, "scores[0].value"),
    ({"scores": [{"day": 0, "value": "six"}]}, "scores[0].value"),
    ({"scores": [{"day": 0}]}, "scores[0].value"),
    ({"scores": [{"day": 0, "value": 3}, {"day": True, "value": 3}]}, "scores[1].day"),
    ({"scores": [{"day": 0, "value": 3, "mood": 1}]}, "scores[0].mood"),
    ({"sessions": [{"day": 0, "ltr": -1}]}, "sessions[0].ltr"),
    ({"sessions": [{"day": 0, "ltr": 1.5}]}, "sessions[0].ltr"),
    ({"sessions": [{"needles": 2}]}, "sessions[0].day"),
    ({"planned_sessions": 0}, "planned_sessions"),
    ({"planned_sessions": 10_000}, "planned_sessions"),
    ({"today": -30}, "today"),
    ({"schema": "tautband.course/9"}, "schema"),
    ({"synthetic": "no"}, "synthetic"),
    ({"colour": "red"}, "colour"),
    ({"outcomes": [{"outcome": "psfs", "scores": []}]}, "outcomes[0].scores"),
]


@pytest.mark.parametrize(("part", "field"), REFUSED)
def test_refusal_names_the_field(
    post: Any, example: dict[str, Any], part: dict[str, Any], field: str
) -> None:
    assert refusal(post("/api/forecast", {**example, **part}), 422)["field"] == field


@pytest.mark.parametrize("field", ["outcome", "scores"])
def test_what_a_course_needs(post: Any, example: dict[str, Any], field: str) -> None:
    del example[field]
    assert refusal(post("/api/forecast", example), 422)["field"] == field


def test_slip_of_the_name_gets_a_suggestion(post: Any, example: dict[str, Any]) -> None:
    error = refusal(post("/api/forecast", {**example, "outcome": "quickdsh"}), 422)
    assert "quickdash" in error["suggestions"]


@pytest.mark.parametrize("body", ["[]", "null", '{"scores": [', '{"today": NaN}'])
def test_what_is_no_object_is_refused(web: Client, body: str) -> None:
    response = web.post("/api/forecast", body, content_type="application/json")
    assert refusal(response, 400)["field"] == "body"


def test_every_instrument_is_listed_without_wording(web: Client) -> None:
    listed = web.get("/api/instruments").json()["instruments"]
    assert {one["id"] for one in listed} == set(load_instruments())
    assert all(one["licence"]["text"] for one in listed)


def test_score_of_answers_with_what_a_change_is_worth(post: Any) -> None:
    told = {"instrument": "peg", "answers": [4, 5, 6], "before": 7.5, "repeats": [7, 7.3, 8]}
    found = post("/api/score", told).json()
    assert (found["score"], found["missing"], found["change"]["points_better"]) == (5.0, 0, 2.5)
    assert any(one["nearest"] for one in found["change"]["important"])
    assert found["change"]["real"]["repeats"] == 3


def test_score_with_too_many_missing_is_none_and_says_why(post: Any) -> None:
    found = post("/api/score", {"instrument": "ndi", "answers": [None] * 9 + [3]}).json()
    assert found["score"] is None
    assert found["missing"] == 9
    assert "9 of 10" in found["why_none"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"instrument": "pegg", "answers": [4, 5, 6]}, "instrument"),
        ({"instrument": "peg", "answers": [4, 5]}, "PEG"),
        ({"instrument": "peg", "answers": [4, 5, 11]}, "PEG item 3"),
        ({"instrument": "peg", "answers": [4, 5, "x"]}, "answers.2"),
        ({"instrument": "peg", "answers": [4, 5, 6], "before": 12}, "before"),
        ({"instrument": "peg", "answers": [4, 5, 6], "before": 5, "repeats": [99]}, "repeats"),
        ({"instrument": "peg", "answers": [4, 5, 6], "mood": 1}, "mood"),
        ({"answers": [4, 5, 6]}, "instrument"),
    ],
)
def test_score_refuses_at_the_field(post: Any, told: dict[str, Any], field: str) -> None:
    assert refusal(post("/api/score", told), 422)["field"] == field


@pytest.mark.parametrize("path", ["/forecast/", "/measures/"])
def test_page_is_reached_from_the_forecast_in_the_navigation(web: Client, path: str) -> None:
    content = web.get(path).content.decode()
    assert 'href="/forecast/" aria-current="page"' in content
    assert "course-app" in content
