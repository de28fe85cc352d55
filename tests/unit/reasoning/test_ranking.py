"""The whole way from a drawing to the ranking, and the laws that it must keep."""

from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.atlas import Atlas
from tautband.atlas.causes import read_causes
from tautband.base.side import Side
from tautband.body.drawing import Drawing, Mark, Quality, from_json, from_regions, to_json
from tautband.body.regions import load_regions
from tautband.reasoning.knowledge import Knowledge, build_knowledge, load_knowledge
from tautband.reasoning.model import load_model
from tautband.reasoning.ranking import Ranking, rank
from tests.unit.atlas.parts import atlas_of, atlas_with
from tests.unit.body.drawings import mirrored, painted_regions, region_marks

TABLE = load_regions()
SURFACE = TABLE.surface
KNOWN = load_knowledge()
EXACT = 1e-9
some = settings(max_examples=20, deadline=None)

SHOULDER = (
    Mark("shoulder_anterior:right", 6, Quality.ACHE),
    Mark("arm_lateral_upper:right", 5, Quality.ACHE),
    Mark("arm_lateral_lower:right", 4, Quality.ACHE),
)


def knowledge_of(atlas: Atlas) -> Knowledge:
    return build_knowledge(atlas, load_model())


@cache
def with_two_sides() -> Knowledge:
    """Without heart, gall bladder and the like, which no mirror can move to the other side."""
    fixed = {c.id for c in read_causes().values() if c.only in (Side.LEFT, Side.RIGHT)}
    return knowledge_of(atlas_of(lambda name: name not in fixed))


@cache
def backwards() -> Knowledge:
    return knowledge_of(atlas_of(lambda _: True, backwards=True))


@cache
def small() -> Knowledge:
    """A few neighbours in the shoulder and the hip, so that some regions have one cause only."""
    return knowledge_of(
        atlas_with("infraspinatus", "scalenes", "supraspinatus", "root_c6", "piriformis", "root_s1")
    )


def chances(ranking: Ranking) -> dict[str, float]:
    return {c.unit.key: c.probability for c in ranking.candidates}


def chance(ranking: Ranking, key: str) -> float:
    return chances(ranking)[key]


def drawn(marks: Any, *, answered: bool = True) -> Drawing:
    return from_regions(TABLE, marks, answered=answered)


@some
@given(region_marks, st.booleans())
def test_a_mirrored_drawing_has_the_mirrored_answer(marks: list[Mark], answered: bool) -> None:
    drawing = drawn(marks, answered=answered)
    one = rank(drawing, with_two_sides())
    two = rank(mirrored(drawing), with_two_sides())
    assert one.bound == two.bound
    turned = {f"{c.unit.id}:{c.unit.side.mirrored}": c.probability for c in two.candidates}
    for key, probability in chances(one).items():
        assert turned[key] == pytest.approx(probability, abs=EXACT), key
    left = {(e.region.id, e.region.side.mirrored): e.share for e in two.unexplained}
    assert left == {
        (e.region.id, e.region.side): pytest.approx(e.share, abs=EXACT) for e in one.unexplained
    }


@some
@given(region_marks)
def test_the_order_of_units_does_not_matter(marks: list[Mark]) -> None:
    drawing = drawn(marks)
    one, two = (chances(rank(drawing, known)) for known in (KNOWN, backwards()))
    assert set(one) == set(two)
    for key, probability in one.items():
        assert two[key] == pytest.approx(probability, abs=EXACT), key


def test_the_order_of_marks_does_not_matter() -> None:
    data = to_json(drawn(SHOULDER))
    answers = []
    for order in permutations(data["marks"]):
        answers.append(chances(rank(from_json(data | {"marks": list(order)}, SURFACE), KNOWN)))
    answers += [chances(rank(drawn(order), KNOWN)) for order in permutations(SHOULDER)]
    assert len(answers) == 12
    assert all(answer == answers[0] for answer in answers)


@some
@given(region_marks)
def test_probabilities_are_ranked_and_bounded(marks: list[Mark]) -> None:
    ranking = rank(drawn(marks), KNOWN)
    found = [c.probability for c in ranking.candidates]
    assert len(found) == len(KNOWN.units)
    assert all(0 <= p <= 1 for p in found)
    assert np.all(np.diff(found) <= 1e-11)
    assert 0 <= ranking.bound <= 1e-3
    painted = {m.region for m in marks}
    for candidate in ranking.candidates:
        for place in candidate.explains:
            assert place.region.key in painted
            assert 0.25 <= place.share <= 1
    for rest in ranking.unexplained:
        assert 0.5 <= rest.share <= 1


def only_causes() -> list[tuple[str, str]]:
    """Regions that one unit of the small world alone can paint, with the unit."""
    known = small()
    reached = known.links.max(axis=1) > 0
    return [
        (region.key, known.units[int(np.flatnonzero(reached[:, region.index])[0])].key)
        for region in TABLE.regions
        if reached[:, region.index].sum() == 1
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(only_causes()),
    st.lists(st.sampled_from(sorted(TABLE)), max_size=4, unique=True),
    st.booleans(),
)
def test_more_paint_on_a_region_with_one_cause_never_lowers_it(
    only: tuple[str, str], others: list[str], answered: bool
) -> None:
    region, cause = only
    marks = [Mark(other, 5) for other in others if other != region]
    before = -1.0
    for coverage in (0, 0.02, 0.05, 0.08, 0.115, 0.13, 0.2, 0.3, 0.5, 0.8, 1.0):
        own = Mark(region, 5, coverage=coverage) if coverage else Mark(region, 0)
        # First, so that where a neighbour shares the midline, its own mark stays as it was.
        now = chance(rank(drawn([own, *marks], answered=answered), small()), cause)
        assert now >= before - EXACT, coverage
        before = now


def test_the_small_world_has_regions_with_one_cause_on_every_level() -> None:
    causes = {cause.partition(":")[0] for _, cause in only_causes()}
    assert {"infraspinatus", "piriformis", "root_s1"} <= causes


def test_a_place_that_no_unit_reaches_stays_unexplained() -> None:
    known = knowledge_of(atlas_with("infraspinatus"))
    marks = [*SHOULDER[:1], Mark("heel_plantar:left", 6, Quality.ACHE)]
    ranking = rank(drawn(marks), known)
    (rest,) = (e for e in ranking.unexplained if e.region.key == "heel_plantar:left")
    assert rest.share == pytest.approx(1)
    alone = rank(drawn(marks[1:]), known)
    assert all(not c.explains for c in alone.candidates)


@pytest.mark.parametrize(("region", "cause"), only_causes()[::6])
def test_what_the_only_cause_does_not_explain_is_unexplained(region: str, cause: str) -> None:
    ranking = rank(painted_regions(region), small())
    (own,) = (c for c in ranking.candidates if c.unit.key == cause)
    explained = sum(e.share * own.probability for e in own.explains)
    for rest in ranking.unexplained:
        assert rest.region.key == region
        assert rest.share == pytest.approx(
            1 - explained, abs=0.01
        )  # less likely causes are not told
    assert bool(ranking.unexplained) == (explained <= 0.5)


def test_the_edge_of_a_neighbours_paint_needs_no_cause_of_its_own() -> None:
    known = knowledge_of(atlas_with("infraspinatus"))
    for coverage, listed in ((0.2, False), (0.5, True)):
        marks = [SHOULDER[0], Mark("heel_plantar:left", 6, coverage=coverage)]
        rest = [e.region.key for e in rank(drawn(marks), known).unexplained]
        assert ("heel_plantar:left" in rest) is listed


def test_an_explained_place_is_not_listed_as_unexplained() -> None:
    zone = ("shoulder_anterior:right", "arm_lateral_upper:right", "arm_lateral_lower:right")
    assert rank(painted_regions(*zone), KNOWN).unexplained == ()


def test_infraspinatus_leads_in_its_taught_zone_and_says_what_for() -> None:
    known = KNOWN.atlas
    zone = known.zone(known.unit["infraspinatus:right"], "main")
    drawing = Drawing(
        SURFACE.version,
        np.where(zone, 6, 0).astype(np.uint8),
        np.zeros(SURFACE.size, np.uint8),
        np.ones(SURFACE.size, dtype=bool),
    )
    ranking = rank(drawing, KNOWN)
    best = ranking.candidates[0]
    assert best.unit.key == "infraspinatus:right"
    assert "shoulder_anterior:right" in [e.region.key for e in best.explains]
    assert chance(ranking, "infraspinatus:left") < 0.05


def test_named_places_leave_all_others_unknown() -> None:
    words, painting = (rank(drawn(SHOULDER, answered=a), KNOWN) for a in (False, True))
    assert all(a.region is None for c in words.candidates for a in c.against)
    assert any(a.region for c in painting.candidates for a in c.against)
    # What usually reaches further is less likely once the rest is known to be free.
    assert chance(words, "root_c6:right") > chance(painting, "root_c6:right")


def test_saying_that_a_place_is_free_counts_against_what_is_usually_felt_there() -> None:
    index = KNOWN.typical[KNOWN.cause("root_c6:right")].argmax()
    usual = TABLE.regions[int(index)]
    marks = [Mark("arm_lateral_lower:right", 6)]
    silent = rank(drawn(marks, answered=False), KNOWN)
    denied = rank(drawn([*marks, Mark(usual.key, 0)], answered=False), KNOWN)
    assert chance(denied, "root_c6:right") < chance(silent, "root_c6:right")


def share_of(ranking: Ranking, kinds: set[str]) -> float:
    """Sum of chances of muscles, or of other causes of some kinds."""
    return sum(
        c.probability
        for c in ranking.candidates
        if (c.unit.cause.kind if c.unit.cause else "muscle") in kinds
    )


@pytest.mark.parametrize(
    ("regions"),
    [
        ("shoulder_lateral:right", "arm_lateral_upper:right", "arm_lateral_lower:right"),
        ("thumb_dorsal:left", "index_dorsal:left", "forearm_radial_lower:left"),
        ("thigh_posterior_middle:right", "calf_lateral:right"),
    ],
)
def test_numbness_raises_nerves_against_muscle_and_ache_the_reverse(
    regions: tuple[str, ...],
) -> None:
    odds = {}
    for word in (Quality.NUMB, Quality.UNSPECIFIED, Quality.ACHE):
        ranking = rank(drawn([Mark(r, 6, word) for r in regions]), KNOWN)
        nerves = share_of(ranking, {"nerve root", "peripheral nerve"})
        odds[word] = nerves / share_of(ranking, {"muscle"})
    assert odds[Quality.NUMB] > odds[Quality.UNSPECIFIED] > odds[Quality.ACHE]


def test_a_word_that_does_not_fit_is_told_against_a_muscle() -> None:
    zone = ("shoulder_anterior:right", "arm_lateral_upper:right", "arm_lateral_lower:right")
    numb = rank(drawn([Mark(r, 6, Quality.NUMB) for r in zone]), KNOWN)
    (own,) = (c for c in numb.candidates if c.unit.key == "infraspinatus:right")
    assert [a.why for a in own.against if a.region is None] == ["the pain is called numb"]
    unsaid = rank(drawn([Mark(r, 6) for r in zone]), KNOWN)
    assert not any(a.region is None for c in unsaid.candidates for a in c.against)


def test_pain_of_the_midline_is_as_likely_from_either_side() -> None:
    found = chances(rank(painted_regions("sacrum:left", "sacrum:right"), with_two_sides()))
    for key, probability in found.items():
        name, _, side = key.partition(":")
        other = f"{name}:{Side(side).mirrored}"
        assert found[other] == pytest.approx(probability, abs=EXACT)
