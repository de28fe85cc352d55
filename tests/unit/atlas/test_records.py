"""Every record keeps the rules; a record that breaks one is named with its field."""

from typing import Any

import pytest

from tautband.atlas.causes import check_causes, read_causes, read_red_flags
from tautband.atlas.load import check_muscle, facts, parse_muscle, read_muscles
from tautband.atlas.names import find_muscle
from tautband.atlas.zones import zone_mask
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import bibliography
from tautband.body.regions import load_regions
from tests.unit.atlas.parts import Broken, as_muscle, record

TABLE = load_regions()
KNOWN = bibliography()
MUSCLES = read_muscles()


def broken_by(change: Broken, muscle: str = "infraspinatus") -> InputError:
    with pytest.raises(InputError) as caught:
        check_muscle(as_muscle(record(muscle, change)), TABLE, KNOWN)
    return caught.value


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_every_record_keeps_the_rules(muscle: str) -> None:
    check_muscle(MUSCLES[muscle], TABLE, KNOWN)


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_every_statement_says_something(muscle: str) -> None:
    for field, fact in facts(MUSCLES[muscle]):
        if fact.stated and field != "needling":
            assert len(fact.text) > 3, field
        assert not fact.text.startswith(" "), field


def test_the_first_atlas_serves_the_pains_it_should() -> None:
    assert len(MUSCLES) >= 45
    areas = {m.area for m in MUSCLES.values()}
    assert {"head and jaw", "neck", "shoulder girdle", "back", "pelvis and hip"} <= areas


def set_to(path: str, value: Any) -> Broken:
    """A change that sets a field, as ``origin.sources`` or ``trigger_points.0.t``."""

    def change(data: dict[str, Any]) -> None:
        *steps, last = path.split(".")
        inner: Any = data
        for step in steps:
            inner = inner[int(step)] if step.isdigit() else inner[step]
        inner[last] = value

    return change


REGION_ZONE = 1  # the place of a zone among infraspinatus' referral that names regions
PATCH_ZONE = 0
NOT_NEEDLED = {"status": "not needled", "text": "Too near.", "confidence": "unreviewed"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (set_to("origin.sources", []), "infraspinatus.origin.sources"),
        (set_to("origin.sources", ["nobody1999"]), "infraspinatus.origin.sources"),
        (set_to("origin.sources", ["general_anatomy"]), "infraspinatus.origin.sources"),
        (set_to("origin.confidence", None), "infraspinatus.origin.confidence"),
        (set_to("action.state", "guessed"), "infraspinatus.action.state"),
        (set_to("innervation.sources", []), "infraspinatus.innervation.sources"),
        (set_to("needling.sources", []), "infraspinatus.needling.sources"),
        (set_to("referral.0.sources", []), "infraspinatus.referral[0].sources"),
        (set_to("at_risk.0.confidence", None), "infraspinatus.at_risk[0].confidence"),
        (set_to("trigger_points.1.sources", []), "infraspinatus.trigger_points[1].sources"),
        *[
            (set_to(field, []), f"infraspinatus.{field}")
            for field in ("overload", "trigger_points", "referral", "at_risk", "depths", "advice")
        ],
        (set_to("needling.approach", ""), "infraspinatus.needling"),
        (set_to("needling.status", "not needled"), "infraspinatus.needling"),
        (set_to("needling", NOT_NEEDLED | {"length_mm": [10, 20]}), "infraspinatus.needling"),
        (set_to("needling", NOT_NEEDLED | {"text": ""}), "infraspinatus.needling"),
        (set_to("needling.length_mm", [40, 25]), "infraspinatus.needling.length_mm"),
        (set_to("needling.length_mm", [0, 25]), "infraspinatus.needling.length_mm"),
        (set_to("needling.gauge_mm", [0.3, 0.2]), "infraspinatus.needling.gauge_mm"),
        (set_to("trigger_points.0.t", 1.9), "infraspinatus: trigger point 1"),
        (set_to("trigger_points.0.angle", 300), "infraspinatus: trigger point 1"),
        (set_to("trigger_points.0.segment", "tail"), "infraspinatus: segment"),
        (set_to(f"referral.{REGION_ZONE}.regions", ["shoulder_blad"]), "infraspinatus: region"),
        (set_to(f"referral.{PATCH_ZONE}.patches.0.segment", "tail"), "infraspinatus: segment"),
        (set_to(f"referral.{PATCH_ZONE}.patches.0.t", [0.5, 0.5]), "infraspinatus: patch"),
        (set_to(f"referral.{PATCH_ZONE}.patches.0.t", [0.7, 0.2]), "infraspinatus: patch"),
        (set_to("referral.0.points", ["9"]), "infraspinatus.referral.points"),
        (
            lambda data: [z.update(zone="spill") for z in data["referral"]],
            "infraspinatus.referral",
        ),
    ],
)
def test_a_broken_record_names_itself_and_the_field(change: Broken, field: str) -> None:
    error = broken_by(change)
    assert error.field == field
    assert error.problem


def test_a_muscle_that_is_not_needled_needs_only_the_reason() -> None:
    data = record(change=set_to("needling", NOT_NEEDLED))
    check_muscle(as_muscle(data), TABLE, KNOWN)


def test_a_field_may_say_that_it_is_not_established() -> None:
    data = record(change=set_to("origin", {"state": "not established"}))
    check_muscle(as_muscle(data), TABLE, KNOWN)


TEXT = """
id = "x"
name = "X"
latin = "Musculus x"
synonyms = []
area = "neck"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, "origin"),
        (TEXT + 'colour = "red"\n', "colour"),
        (TEXT.replace('"neck"', '"tail"'), "tail"),
        (TEXT.replace("[]", "[1]"), "synonyms"),
        (TEXT + "id = 3", "overwrite"),
        (TEXT + "origin = {", "key"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_muscle(text, "x.toml")
    assert caught.value.field == "x.toml"
    assert said in caught.value.problem


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_a_muscle_is_found_by_every_name_it_has(muscle: str) -> None:
    wanted = MUSCLES[muscle]
    for name in (wanted.id, wanted.id.replace("_", " "), wanted.name.upper(), *wanted.synonyms):
        assert find_muscle(f" {name} ", MUSCLES) is wanted, name


def test_a_name_that_several_share_is_not_taken_for_the_first() -> None:
    with pytest.raises(InputError, match="stands here in 2 parts") as caught:
        find_muscle("Musculus gluteus minimus", MUSCLES)
    parts = ("gluteus_minimus_anterior", "gluteus_minimus_posterior")
    assert caught.value.suggestions == parts


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("infraspinatis", "infraspinatus"),
        ("levater scapulae", "levator_scapulae"),
        ("gluteus medus", "gluteus_medius"),
        ("pirifromis", "piriformis"),
        ("trapezus", "trapezius_upper"),
        ("gluteus minimis", "gluteus_minimus_posterior"),
    ],
)
def test_a_slip_is_met_with_the_name_that_was_meant(slip: str, meant: str) -> None:
    with pytest.raises(InputError, match="is not in the atlas") as caught:
        find_muscle(slip, MUSCLES)
    assert caught.value.field == "muscle"
    assert meant in caught.value.suggestions


def test_what_is_like_nothing_gets_no_suggestion() -> None:
    with pytest.raises(InputError) as caught:
        find_muscle("qqqq", MUSCLES)
    assert caught.value.suggestions == ()


def test_other_causes_and_red_flags_keep_the_rules() -> None:
    check_causes(TABLE, KNOWN)
    ids = [*read_causes(), *(flag.id for flag in read_red_flags())]
    assert len(ids) == len(set(ids))
    assert not set(read_causes()) & set(MUSCLES)


def test_the_main_competing_causes_are_there() -> None:
    roots = [root for c in read_causes().values() for root in c.roots]
    levels = {"C": range(2, 9), "T": range(1, 13), "L": range(1, 6), "S": range(1, 5)}
    assert sorted(roots) == sorted(f"{part}{n}" for part, ns in levels.items() for n in ns)
    kinds = {c.kind for c in read_causes().values()}
    assert kinds == {"nerve root", "peripheral nerve", "facet joint", "joint", "visceral"}


def test_a_cause_of_one_side_has_one_unit() -> None:
    for cause in read_causes().values():
        assert len(cause.sides) == (1 if cause.only else 2)
        side = cause.sides[0]
        assert any(zone_mask(TABLE, z, side).any() for z in cause.zones)
    assert read_causes()["gall_bladder"].sides == (Side.RIGHT,)
