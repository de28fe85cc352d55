"""What is told beside the drawing, what to examine next, and presentations, over the API."""

from typing import Any

import pytest
from django.test import Client

from tests.web.test_api import refusal

INFRASPINATUS = "infraspinatus right"


def told(drawing: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"drawing": drawing, **more}


def own(location: dict[str, Any]) -> dict[str, Any]:
    (found,) = (
        c for c in location["candidates"] if (c["muscle"], c["side"]) == ("infraspinatus", "right")
    )
    return dict(found)


def test_locate_says_what_it_was_told(post: Any, drawing: dict[str, Any]) -> None:
    more = {
        "presentation": "impingement",
        "sex": "male",
        "age": 44,
        "treated": [f"{INFRASPINATUS}: same"],
        "findings": [f"{INFRASPINATUS}: familiar pain", "hawkins right: negative"],
    }
    location = post("/api/locate", told(drawing, **more)).json()
    assert location["setting"] == {
        "presentation": {
            "id": "shoulder_impingement",
            "name": "Shoulder impingement (subacromial pain)",
        },
        "sex": "male",
        "age": 44,
        "treated": [{"muscle": "infraspinatus", "side": "right", "response": "same"}],
        "assumed_findings": True,
    }
    candidate = own(location)
    assert candidate["probability"] > candidate["from_drawing"]
    factors = [reason["factor"] for reason in candidate["prior"]["why"]]
    assert factors[0] is None
    assert any(f is not None and f > 1 for f in factors)
    assert any(f is not None and f < 1 for f in factors)


def test_without_assumed_findings_the_drawing_stands_alone(
    post: Any, drawing: dict[str, Any]
) -> None:
    bare = own(post("/api/locate", told(drawing)).json())
    assert bare["from_drawing"] is None
    findings = [f"{INFRASPINATUS}: familiar pain"]
    without = told(drawing, findings=findings, without_assumed_findings=True)
    assert own(post("/api/locate", without).json())["probability"] == bare["probability"]


def test_examine_proposes_and_says_the_plan(post: Any, drawing: dict[str, Any]) -> None:
    answer = post("/api/examine", told(drawing, presentation="shoulder pain", sex="female"))
    assert answer.status_code == 200
    steps = answer.json()
    assert steps["schema"] == "tautband.examine/2"
    assert steps["next"]
    assert steps["stop"] is None
    assert steps["plan"]
    for step in steps["next"]:
        assert step["if_absent"] < step["if_present"]
        assert step["how"]


@pytest.mark.parametrize("address", ["/api/locate", "/api/examine"])
@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"presentation": "tenis elbow"}, "presentation", "lateral_epicondylalgia"),
        ({"presentation": ""}, "presentation", "at least 1"),
        ({"presentation": "x" * 121}, "presentation", "at most 120"),
        ({"presentation": 5}, "presentation", "cannot be used"),
        ({"sex": "other"}, "sex", "female or male"),
        ({"age": 121}, "age", "120"),
        ({"treated": ["infraspinatus: same"]}, "treated", "muscle side"),
        ({"treated": ["infraspinatus right: magic"]}, "treated", "no response"),
        ({"treated": ["soleus left: same"] * 51}, "treated", "at most 50"),
        ({"findings": ["phalen right: maybe"]}, "finding", "no result"),
        ({"findings": [f"{INFRASPINATUS}: referred pain to mars"]}, "finding", "place"),
        (
            {
                "findings": [
                    f"{INFRASPINATUS}: tender spot in band",
                    f"{INFRASPINATUS}: no taut band",
                ]
            },
            "finding",
            "cannot all be true",
        ),
        (
            {"findings": [f"{INFRASPINATUS}: weak", f"{INFRASPINATUS}: not weak"]},
            "finding",
            "absent",
        ),
        ({"without_assumed_findings": "perhaps"}, "without_assumed_findings", "cannot be used"),
        ({"assumed": True}, "assumed", "not a field"),
    ],
)
def test_what_cannot_be_used_is_refused(
    post: Any, drawing: dict[str, Any], address: str, more: dict[str, Any], field: str, said: str
) -> None:
    error = refusal(post(address, told(drawing, **more)), 422)
    assert error["field"].split(".")[0] == field
    assert said in error["message"]


def test_examine_needs_pain(post: Any, drawing: dict[str, Any]) -> None:
    assert refusal(post("/api/examine", told({**drawing, "marks": []})), 422)["field"] == "drawing"
    assert refusal(post("/api/examine", {}), 422)["field"] == "drawing"


def test_findings_tell_their_weight_and_basis(web: Client) -> None:
    answer = web.get("/api/findings").json()
    assert [d["sign"] for d in answer["details"]] == answer["signs"]
    assert {"tender spot in band", "referred pain"} <= set(answer["signs"])
    for detail in answer["details"]:
        assert detail["ratio_present"] > 0 < detail["ratio_absent"]
        assert detail["basis"] in ("from agreement", "assumed")
    names = {test["id"]: test for test in answer["tests"]}
    assert names["straight_leg_raise"]["sensitivity"] == 0.92
    assert names["hip_flexion_adduction_rotation"]["sensitivity"] is None


def test_presentations_are_listed_and_shown(web: Client) -> None:
    listed = web.get("/api/presentations").json()["presentations"]
    assert [p["name"] for p in listed] == sorted(p["name"] for p in listed)
    for presentation in listed:
        answer = web.get(f"/api/presentations/{presentation['id']}")
        assert answer.status_code == 200
        record = answer.json()
        assert record["not_to_miss"]
        assert record["unknown"]
        assert record["summary"]["source"]
    assert web.get("/api/presentations/tennis elbow").json()["id"] == "lateral_epicondylalgia"


def test_an_unknown_presentation_is_not_found(web: Client) -> None:
    error = refusal(web.get("/api/presentations/tenis_elbow"), 404)
    assert error["field"] == "presentation"
    assert "lateral_epicondylalgia" in error["suggestions"]


@pytest.mark.parametrize("address", ["/api/presentations", "/api/presentations/whiplash"])
def test_presentations_are_only_read(post: Any, address: str) -> None:
    assert post(address, {}).status_code == 405


def test_examine_is_only_asked_by_post(web: Client) -> None:
    assert web.get("/api/examine").status_code == 405
