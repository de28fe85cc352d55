"""What people call a muscle, and how they write its side."""

import pytest

from tautband.atlas.load import read_muscles
from tautband.atlas.names import (
    check_names,
    everyday_names,
    find_muscle,
    find_parts,
    split_entries,
    split_side,
)
from tautband.base.errors import InputError
from tautband.base.side import Side

MUSCLES = read_muscles()
L, R = Side.LEFT, Side.RIGHT


@pytest.mark.parametrize(
    ("text", "name", "sides"),
    [
        ("infraspinatus right", "infraspinatus", (R,)),
        ("infraspinatus RIGHT", "infraspinatus", (R,)),
        ("right infraspinatus", "infraspinatus", (R,)),
        ("R infraspinatus", "infraspinatus", (R,)),
        ("infraspinatus r", "infraspinatus", (R,)),
        ("infraspinatus (L)", "infraspinatus", (L,)),
        ("infraspinatus(L)", "infraspinatus", (L,)),
        ("infraspinatus, left side", "infraspinatus", (L,)),
        ("infraspinatus on the left", "infraspinatus", (L,)),
        ("Lt. infraspinatus", "infraspinatus", (L,)),
        ("infraspinatus rt", "infraspinatus", (R,)),
        ("infraspinatus both sides", "infraspinatus", (L, R)),
        ("bilateral infraspinatus", "infraspinatus", (L, R)),
        ("  upper   trapezius  left ", "upper trapezius", (L,)),
        ("LT right", "LT", (R,)),
        ("infraspinatus", "infraspinatus", ()),
        ("infraspinatusr", "infraspinatusr", ()),
        ("levator", "levator", ()),
        ("right", "", (R,)),
        ("", "", ()),
    ],
)
def test_the_side_is_told_from_the_muscle(text: str, name: str, sides: tuple[Side, ...]) -> None:
    assert split_side(text) == (name, sides)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("UT", "trapezius_upper"),
        ("Upper Trap", "trapezius_upper"),
        ("QL", "quadratus_lumborum"),
        ("ECRB", "extensor_carpi_radialis_brevis"),
        ("glute med", "gluteus_medius"),
        ("TFL", "tensor_fasciae_latae"),
        ("rhomboids", "rhomboids"),
        ("lev scap", "levator_scapulae"),
        ("scalene", "scalenes"),
        ("piriformis muscle", "piriformis"),
        ("infraspinatus muscles", "infraspinatus"),
    ],
)
def test_short_forms_and_plurals_find_the_record(said: str, meant: str) -> None:
    assert find_muscle(said, MUSCLES).id == meant
    assert meant in {muscle.id for muscle in find_parts(said, MUSCLES)}


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("gastrocnemius", {"gastrocnemius_medial", "gastrocnemius_lateral"}),
        ("Trapezius", {"trapezius_upper", "trapezius_middle", "trapezius_lower"}),
        ("traps", {"trapezius_upper", "trapezius_middle", "trapezius_lower"}),
        ("multifidus", {"multifidus_cervical", "multifidus_thoracic", "multifidus_lumbar"}),
        ("deltoids", {"deltoid_anterior", "deltoid_middle", "deltoid_posterior"}),
        ("hamstrings", {"biceps_femoris", "semitendinosus_semimembranosus"}),
        ("rotator cuff", {"supraspinatus", "infraspinatus", "teres_minor", "subscapularis"}),
    ],
)
def test_a_whole_muscle_is_refused_with_exactly_its_parts_or_taken_as_all(
    whole: str, parts: set[str]
) -> None:
    with pytest.raises(InputError, match=f"stands here in {len(parts)} parts") as caught:
        find_muscle(whole, MUSCLES)
    assert set(caught.value.suggestions) == parts
    assert {muscle.id for muscle in find_parts(whole, MUSCLES)} == parts


def test_a_name_that_a_record_carries_still_counts_as_the_whole_where_that_is_strict() -> None:
    assert {muscle.id for muscle in find_parts("SCM", MUSCLES)} == {
        "sternocleidomastoid_sternal",
        "sternocleidomastoid_clavicular",
    }


def test_a_slip_in_a_whole_name_is_met_with_its_parts() -> None:
    with pytest.raises(InputError) as caught:
        find_muscle("gastrocnemus", MUSCLES)
    assert set(caught.value.suggestions) == {"gastrocnemius_medial", "gastrocnemius_lateral"}


@pytest.mark.parametrize(
    "nonsense", ["nosuchmuscle", "calfish", "xx", "\U0001f9b5", "", "DROP TABLE"]
)
def test_what_is_like_no_muscle_gets_no_suggestion(nonsense: str) -> None:
    for find in (find_muscle, find_parts):
        with pytest.raises(InputError, match="is not in the atlas") as caught:
            find(nonsense, MUSCLES)
        assert caught.value.suggestions == ()


def test_every_everyday_name_leads_to_records_and_hides_none() -> None:
    check_names(MUSCLES)
    for name, ids in everyday_names().items():
        assert set(ids) <= {muscle.id for muscle in find_parts(name, MUSCLES)}
        assert not any(name == muscle.id.replace("_", " ") for muscle in MUSCLES.values())


def test_every_muscle_can_be_listed_by_its_name() -> None:
    muscles = MUSCLES
    names = [one.name for one in muscles.values()]
    listed = split_entries(", ".join(f"{name} left" for name in names), muscles)
    assert listed == [f"{name} left" for name in names]
    found = [find_muscle(split_side(entry)[0], muscles) for entry in listed]
    assert [one.name for one in found] == names
    assert split_entries("R infraspinatus;\n left trapezius, upper part,", muscles) == [
        "R infraspinatus", "left Trapezius, upper part",
    ]  # fmt: skip
