"""A record is found by its names, by a place in anybody's words, by a condition, by a symptom."""

import pytest

from tautband.atlas.atlas import load_atlas
from tautband.atlas.search import MOST_HITS, Found, search
from tautband.atlas.targets import read_targets
from tautband.base.errors import InputError
from tautband.body.words.lexicon import load_lexicon

ATLAS, TARGETS = load_atlas(), read_targets()
LEXICON = load_lexicon(ATLAS.table.regions)


def found(asked: str) -> Found:
    return search(asked, ATLAS, TARGETS, LEXICON)


def ids(asked: str, first: int = 8) -> list[str]:
    return [hit.id for hit in found(asked).hits[:first]]


@pytest.mark.parametrize("muscle", sorted(ATLAS.muscles))
def test_every_name_of_a_muscle_finds_it(muscle: str) -> None:
    record = ATLAS.muscles[muscle]
    for name in (record.id, record.name, *record.synonyms):
        named = [hit.id for hit in found(name).hits if hit.by == "name"]
        assert muscle in named, name


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_name_of_a_target_finds_it_first_or_beside_a_muscle(target: str) -> None:
    for name in (TARGETS[target].name, *TARGETS[target].synonyms):
        assert target in ids(name, MOST_HITS), name


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("outer elbow", ["extensor_carpi_radialis_longus", "supinator", "common_extensor_origin"]),
        ("tennis elbow", ["common_extensor_origin", "extensor_carpi_radialis_brevis"]),
        ("trapezius", ["trapezius_upper", "trapezius_middle", "trapezius_lower"]),
        ("front of the shoulder", ["infraspinatus", "deltoid_anterior"]),
        ("pain in the temple", ["temporalis", "trapezius_upper"]),
        ("headache", ["semispinalis_capitis", "occipitofrontalis_occipital"]),
        ("behind the knee", ["popliteus", "biceps_femoris"]),
        ("dizziness", ["sternocleidomastoid_clavicular"]),
        ("ringing", ["masseter_deep"]),
        ("stitch in the side", ["serratus_anterior", "diaphragm"]),
        ("Achilles", ["achilles_tendon"]),
    ],
)
def test_what_a_clinician_would_look_for_is_there(asked: str, expected: list[str]) -> None:
    assert set(expected) <= set(ids(asked))


def test_the_name_itself_comes_before_what_only_holds_it() -> None:
    assert ids("scar")[0] == "scar_surgical"
    assert ids("supraspinatus")[0] == "supraspinatus"


def test_the_places_that_were_understood_are_told() -> None:
    assert found("outer elbow").places == ("outer side of the elbow",)
    assert found("dizziness").places == ()


def test_a_record_is_listed_once_with_the_reason_and_only_the_best() -> None:
    hits = found("headache").hits
    assert len({hit.id for hit in hits}) == len(hits) <= MOST_HITS
    assert all(hit.why and 0 < hit.score <= 1 for hit in hits)


@pytest.mark.parametrize(
    ("asked", "near"),
    [("infraspinatis", "infraspinatus"), ("subscapularus", "subscapularis")],
)
def test_a_slip_is_met_with_close_names(asked: str, near: str) -> None:
    with pytest.raises(InputError, match="was not found") as caught:
        found(asked)
    assert near in caught.value.suggestions


def test_close_names_are_told_beside_what_the_place_finds() -> None:
    told = found("plantar fascitis")
    assert "plantar_fascia" in told.close
    assert found("plantar fasciitis").close == ()


@pytest.mark.parametrize("asked", ["", "   ", "x" * 301, "qzxv"])
def test_what_means_nothing_is_refused(asked: str) -> None:
    with pytest.raises(InputError) as caught:
        found(asked)
    assert caught.value.field == "search"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("UT", {"trapezius_upper"}),
        ("hamstrings", {"biceps_femoris", "semitendinosus_semimembranosus"}),
        ("calf muscles", {"gastrocnemius_medial", "gastrocnemius_lateral", "soleus"}),
    ],
)
def test_an_everyday_name_finds_its_parts(asked: str, expected: set[str]) -> None:
    assert expected <= set(ids(asked))
