"""The API: the shape of its answers and of its refusals."""

from io import BytesIO
from typing import Any, get_args

import pytest
from django.test import Client

from tautband.body.drawing import Quality
from tautband.clinic import schemas

SHAPE = {"field", "problem", "expected", "suggestions", "message"}


def refusal(response: Any, status: int) -> dict[str, Any]:
    """The error, after checking its status and shape."""
    assert response.status_code == status
    found: dict[str, Any] = response.json()
    assert set(found) == SHAPE
    assert found["field"] in found["message"]
    return found


def test_body_names_its_version_glb_and_regions(web: Client) -> None:
    body = web.get("/api/body").json()
    assert body["glb"].startswith("/static/body/body.")
    assert len(body["regions"]) >= 200
    assert {region["side"] for region in body["regions"]} == {"left", "right"}
    assert [region["index"] for region in body["regions"]] == list(range(len(body["regions"])))
    assert {"female", "male"} <= set(body["shapes"])


def test_words_become_a_drawing_that_locate_takes(post: Any) -> None:
    words = post("/api/words", {"text": "deep ache in the front of the right shoulder"}).json()
    assert words["drawing"]["answers"] == "named places only"
    assert words["understood"]
    location = post("/api/locate", {"drawing": words["drawing"]})
    assert location.status_code == 200


def test_locate_ranks_best_first(post: Any, drawing: dict[str, Any]) -> None:
    location = post("/api/locate", {"drawing": drawing, "sex": "female"}).json()
    probabilities = [candidate["probability"] for candidate in location["candidates"]]
    assert location["schema"] == "tautband.locate/1"
    assert probabilities == sorted(probabilities, reverse=True)
    assert probabilities
    assert 0 <= location["bound"] <= 1e-3


def test_muscle_shows_its_zones(web: Client) -> None:
    muscle = web.get("/api/muscles/infraspinatus", {"side": "right"}).json()
    assert (muscle["id"], muscle["side"]) == ("infraspinatus", "right")
    assert muscle["trigger_points"]
    assert len(muscle["zones"]["main"]) % 2 == 0
    assert muscle["zones"]["main"]


@pytest.mark.parametrize("text", ["pain in the left knee", "headache", "sore left calf, 3/10"])
def test_sentence_that_names_no_quality_leaves_it_unsaid(post: Any, text: str) -> None:
    response = post("/api/words", {"text": text})
    assert response.status_code == 200
    marks = response.json()["drawing"]["marks"]
    assert {mark["quality"] for mark in marks} <= set(Quality)
    assert post("/api/locate", {"drawing": response.json()["drawing"]}).status_code == 200


def test_qualities_of_the_api_are_those_of_drawings() -> None:
    assert set(get_args(schemas.Quality)) == set(Quality)


def test_every_sign_is_taken_present_and_absent(web: Client, post: Any) -> None:
    signs = web.get("/api/findings").json()["signs"]
    assert "familiar pain" in signs
    words = post("/api/words", {"text": "ache in the front of the right shoulder"}).json()
    for sign in signs:
        for stated in (sign, f"no {sign}"):
            content = {"drawing": words["drawing"], "findings": [f"infraspinatus right: {stated}"]}
            answer = post("/api/locate", content)
            assert answer.status_code == 200, stated


def test_finding_moves_the_ranking(post: Any) -> None:
    drawing = post("/api/words", {"text": "ache in the front of the right shoulder"}).json()
    found = []
    for findings in ([], ["infraspinatus right: familiar pain"], ["infraspinatus right: no weak"]):
        answer = post("/api/locate", {"drawing": drawing["drawing"], "findings": findings}).json()
        found.append({c["muscle"]: c["probability"] for c in answer["candidates"]}["infraspinatus"])
    assert found[1] > found[0] > found[2]


def test_finding_that_cannot_be_read_is_named(post: Any, drawing: dict[str, Any]) -> None:
    content = {"drawing": drawing, "findings": ["infraspinatus right: familiar pian"]}
    error = refusal(post("/api/locate", content), 422)
    assert "familiar pain" in error["suggestions"]


def test_unknown_muscle_is_not_found(web: Client) -> None:
    error = refusal(web.get("/api/muscles/infraspinatos", {"side": "right"}), 404)
    assert "infraspinatus" in error["suggestions"]


@pytest.mark.parametrize("query", [{}, {"side": "up"}])
def test_muscle_wants_a_side(web: Client, query: dict[str, str]) -> None:
    assert refusal(web.get("/api/muscles/infraspinatus", query), 422)["field"] == "side"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"intensity": 11}, "drawing.marks.0.intensity"),
        ({"intensity": 0}, "drawing.marks.0.intensity"),
        ({"intensity": "much"}, "drawing.marks.0.intensity"),
        ({"intensity": 6.5}, "drawing.marks.0.intensity"),
        ({"quality": "itching"}, "drawing.marks.0.quality"),
        ({"vertices": [5, -1]}, "drawing.marks.0.vertices.1"),
        ({"vertices": "all"}, "drawing.marks.0.vertices"),
        ({"colour": "red"}, "drawing.marks.0.colour"),
    ],
)
def test_wrong_mark_is_named(
    post: Any, drawing: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    drawing["marks"][0].update(change)
    assert refusal(post("/api/locate", {"drawing": drawing}), 422)["field"] == field


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "drawing"),
        ({"drawing": []}, "drawing"),
        ({"drawing": {}}, "drawing.schema"),
    ],
)
def test_missing_part_is_named(post: Any, content: dict[str, Any], field: str) -> None:
    assert refusal(post("/api/locate", content), 422)["field"] == field


def test_unknown_body_version_is_named(post: Any, drawing: dict[str, Any]) -> None:
    drawing["body"] = "body-of-another-time"
    error = refusal(post("/api/locate", {"drawing": drawing}), 422)
    assert "body-of-another-time" in error["problem"]
    assert error["expected"]


@pytest.mark.parametrize("text", ["", "   \n"])
def test_empty_sentence_is_an_error(post: Any, text: str) -> None:
    assert refusal(post("/api/words", {"text": text}), 422)["expected"]


def test_endless_sentence_is_an_error(post: Any) -> None:
    error = refusal(post("/api/words", {"text": "ache " * 2000}), 422)
    assert "5000" in error["expected"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"ache",
        b'{"text": NaN}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b"[]",
        b"[" * 100_000,
    ],
)
def test_broken_json_is_a_400(post: Any, body: bytes) -> None:
    assert refusal(post("/api/words", body), 400)["field"] == "body"


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "application/xml", ""])
def test_other_content_types_are_a_415(web: Client, kind: str) -> None:
    response = web.generic("POST", "/api/words", b'{"text": "ache"}', content_type=kind)
    assert refusal(response, 415)["expected"] == "application/json"


def test_json_with_a_charset_is_json(web: Client) -> None:
    kind = "application/json; charset=utf-8"
    response = web.generic("POST", "/api/words", b'{"text": "right shoulder"}', content_type=kind)
    assert response.status_code == 200


def test_large_body_is_refused_by_its_length_alone(web: Client) -> None:
    class Unread(BytesIO):
        def read(self, *_size: object) -> bytes:
            raise AssertionError("the body was read")

    untouched: Any = {"CONTENT_LENGTH": "50000000", "wsgi.input": Unread()}
    response = web.post("/api/locate", b"{}", content_type="application/json", **untouched)
    assert "1 MB" in refusal(response, 413)["expected"]


@pytest.mark.parametrize("length", ["", "many", "-5"])
def test_body_without_a_length_is_refused(web: Client, length: str) -> None:
    response = web.post(
        "/api/locate", b"{}", content_type="application/json", CONTENT_LENGTH=length
    )
    refusal(response, 411)


@pytest.mark.parametrize(
    ("site", "status"),
    [("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)],
)
def test_other_sites_may_not_post(post: Any, site: str, status: int) -> None:
    response = post("/api/words", {"text": "right shoulder"}, **{"Sec-Fetch-Site": site})
    assert response.status_code == status
    if status == 403:
        refusal(response, 403)


def test_wrong_method_is_refused_in_the_same_shape(web: Client) -> None:
    response = web.get("/api/locate")
    assert refusal(response, 405)["expected"] == "POST"
    assert response["Allow"] == "POST"


@pytest.mark.parametrize("path", ["/api/", "/api/docs", "/api/openapi.json", "/api/nowhere"])
def test_there_is_nothing_else(web: Client, path: str) -> None:
    refusal(web.get(path), 404)


def test_fault_of_ours_tells_nothing(monkeypatch: Any, drawing: dict[str, Any]) -> None:
    from tautband.clinic import services

    def fail(*_: object) -> None:
        raise RuntimeError("the patient said: burning")

    monkeypatch.setattr(services, "locate", fail)
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    response = client.post("/api/locate", {"drawing": drawing}, content_type="application/json")
    assert "burning" not in str(refusal(response, 500))
