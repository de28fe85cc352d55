"""Locate: the documented answer, and refusals that say what to mend."""

import json

import numpy as np
import pytest

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.body.drawing import Drawing, Mark, Quality, from_json, from_regions, painted
from tautband.body.regions import load_regions
from tautband.care.locate import CASE_BOUND, LIVE_BOUND, locate, read_sentence
from tautband.care.wire import location_json, muscle_json, sentence_json
from tests.unit.body.drawings import painted_regions
from tests.unit.care.shape import as_documented

TABLE = load_regions()
SURFACE = TABLE.surface
ATLAS = load_atlas()
SENTENCE = "deep ache in the front of the right shoulder running down the outside of the arm"
DRAWINGS = {
    "a sentence": read_sentence(SENTENCE).drawing,
    "a painted shoulder": painted_regions("shoulder_anterior:right", "arm_lateral_upper:right"),
    "a red flag": painted_regions("sternum_upper:left", "jaw:left", intensity=8),
    "both sides": painted_regions("sacrum:left", "sacrum:right", "temple:left"),
    "numb": from_regions(TABLE, [Mark("thumb_dorsal:left", 4, Quality.NUMB)], answered=True),
    "a whole hand": painted(
        SURFACE, np.where(SURFACE.in_segment("hand") & (SURFACE.half > 0), 5, 0)
    ),
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=list(DRAWINGS))
def test_the_answer_has_the_documented_shape(drawing: Drawing) -> None:
    data = location_json(locate(drawing, findings=["infraspinatus left: no taut band"]))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    answer = as_documented(data)
    for ranked in (answer.candidates, answer.other_causes):
        probabilities = [c.probability for c in ranked]
        assert probabilities == sorted(probabilities, reverse=True)
    assert {c.muscle for c in answer.candidates} <= set(ATLAS.muscles)
    assert {o.id for o in answer.other_causes} <= set(ATLAS.causes)
    keys = [(c.muscle, c.side) for c in answer.candidates]
    assert len(keys) == len(set(keys))
    assert len(answer.candidates) <= 15
    assert len(answer.other_causes) <= 8
    for place in [e for c in answer.candidates for e in c.explains] + answer.unexplained:
        assert f"{place.region}:{place.side}" in TABLE
    for against in [a for c in answer.candidates for a in c.against]:
        places = {against.region is None, against.side is None, against.name is None}
        assert len(places) == 1


def test_a_sentence_goes_through_with_what_was_understood() -> None:
    sentence = read_sentence(SENTENCE + " since the blorf")
    answer = as_documented(location_json(locate(sentence.drawing, sentence=sentence)))
    assert [r.text for r in answer.understood]
    assert any("blorf" in phrase for phrase in answer.not_understood)
    assert "infraspinatus" in [c.muscle for c in answer.candidates[:3]]
    assert answer.candidates[0].side == "right"


def test_without_a_sentence_nothing_was_understood() -> None:
    answer = as_documented(location_json(locate(DRAWINGS["a painted shoulder"])))
    assert (answer.understood, answer.not_understood) == ([], [])


def test_versions_name_what_made_the_answer() -> None:
    versions = as_documented(location_json(locate(DRAWINGS["a sentence"]))).versions
    assert versions.body == SURFACE.version
    assert versions.atlas == ATLAS.version
    assert versions.model.startswith("model-")
    assert versions.tautband[0].isdigit()


def test_red_flags_come_with_what_to_do_and_why() -> None:
    (flag,) = (f for f in locate(DRAWINGS["a red flag"]).red_flags if "arm_or_jaw" in f.id)
    answer = as_documented(location_json(locate(DRAWINGS["a red flag"])))
    (told,) = (f for f in answer.red_flags if f.id == flag.id)
    assert (told.say, told.why) == (flag.say, flag.text)


def test_what_shows_no_use_is_left_out_but_what_was_examined_is_told() -> None:
    drawing = DRAWINGS["a painted shoulder"]
    plain = locate(drawing)
    for candidate in (*plain.candidates, *plain.other_causes):
        assert candidate.probability >= 0.01
        assert candidate.explains
    assert "soleus" not in [c.unit.id for c in plain.candidates]
    examined = locate(drawing, findings=["soleus left: no taut band"])
    assert ("soleus", "left") in [(c.unit.id, c.unit.side) for c in examined.candidates]


def test_structures_at_risk_stand_with_each_candidate() -> None:
    answer = as_documented(location_json(locate(DRAWINGS["a sentence"])))
    (own,) = (c for c in answer.candidates if c.muscle == "infraspinatus" and c.side == "right")
    assert any("Pleura" in r.structure for r in own.at_risk)


def test_the_bound_that_is_asked_for_is_kept() -> None:
    for bound in (LIVE_BOUND, CASE_BOUND):
        assert locate(DRAWINGS["both sides"], bound=bound).bound <= bound


EMPTY = painted(SURFACE, np.zeros(SURFACE.size))
ONLY_FREE = from_regions(TABLE, [Mark("temple:left", 0)])
SOME = DRAWINGS["a sentence"]
ELSEWHERE = Drawing("body-000000000000", SOME.intensity, SOME.quality, SOME.asked)


@pytest.mark.parametrize(
    ("drawing", "findings", "field", "said"),
    [
        (EMPTY, [], "drawing", "at least one painful place"),
        (ONLY_FREE, [], "drawing", "at least one painful place"),
        (ELSEWHERE, [], "drawing.body", SURFACE.version),
        (SOME, ["infraspinatus"], "finding", "for example"),
        (SOME, ["infraspinatus right: purple"], "finding", "familiar pain"),
        (SOME, ["infraspinatis right: taut band"], "muscle", "infraspinatus"),
        (
            SOME,
            ["infraspinatus right: taut band", "infraspinatus right: no taut band"],
            "finding",
            "one of the two",
        ),
    ],
)
def test_what_cannot_be_used_is_named(
    drawing: Drawing, findings: list[str], field: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        locate(drawing, findings=findings)
    assert caught.value.field == field
    assert said in str(caught.value)


def test_a_sentence_becomes_a_drawing_that_comes_back_from_json() -> None:
    sentence = read_sentence("burning 7/10 in the right elbow, no pain in the left heel")
    data = sentence_json(sentence)
    assert set(data) == {"drawing", "understood", "not_understood"}
    drawing = from_json(json.loads(json.dumps(data["drawing"])), SURFACE)
    assert drawing == sentence.drawing
    assert drawing.intensity.max() == 7
    assert drawing.asked.mean() < 0.2
    assert len(data["understood"]) >= 2


@pytest.mark.parametrize("text", ["", "   ", "?!", "qwfp zxcv brst pain", "good morning to you"])
def test_a_sentence_that_says_too_little_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_sentence(text)
    assert caught.value.expected


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_muscle_is_told_with_its_points_and_zones(side: str) -> None:
    told = muscle_json(ATLAS, "infraspinatus", side)
    assert set(told) == {"id", "name", "side", "synonyms", "trigger_points", "zones", "summary"}
    assert (told["id"], told["side"]) == ("infraspinatus", side)
    unit = ATLAS.unit[f"infraspinatus:{side}"]
    assert [p["vertex"] for p in told["trigger_points"]] == ATLAS.points(unit)
    for kind in ("main", "spill"):
        assert sum(told["zones"][kind][1::2]) == ATLAS.zone(unit, kind).sum()
    assert set(told["summary"]) == {"referral", "needling", "source"}
    assert all(told["summary"].values())


@pytest.mark.parametrize(
    ("muscle", "side", "field"),
    [
        ("infraspinatis", "left", "muscle"),
        ("root_c6", "left", "muscle"),
        ("infraspinatus", "midline", "side"),
        ("infraspinatus", "up", "side"),
    ],
)
def test_an_unknown_muscle_or_side_is_named(muscle: str, side: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        muscle_json(ATLAS, muscle, side)
    assert caught.value.field == field


def test_every_examined_muscle_is_listed_however_unlikely() -> None:
    drawing = from_regions(load_regions(), [Mark("shoulder_anterior:right", 6)])
    absent = ["soleus left: no familiar pain", "infraspinatus right: familiar pain"]
    found = locate(drawing, findings=absent).candidates
    keys = [c.unit.key for c in found]
    assert {"soleus:left", "infraspinatus:right"} <= set(keys)
    chances = [c.probability for c in found]
    assert chances == sorted(chances, reverse=True)
