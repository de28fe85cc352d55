"""Numbers about drawings against plain sums, and the laws that they must keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.body.drawing import Drawing, painted
from tautband.body.overlap import area_percent, dice, frequency, region_coverage, resized
from tautband.body.regions import load_regions
from tautband.body.surface import load_surface
from tests.unit.body.drawings import drawings, mirrored, painted_regions

SURFACE = load_surface()
TABLE = load_regions()
SOME = painted_regions("temple:left", "thigh_anterior_middle:left")
NONE = painted(SURFACE, np.zeros(SURFACE.size))
quick = settings(max_examples=25, deadline=None)


@quick
@given(drawings(), drawings())
def test_dice_lies_between_none_and_all_and_has_no_order(one: Drawing, two: Drawing) -> None:
    both = dice(one, two, SURFACE)
    assert 0 <= both <= 1
    assert both == dice(two, one, SURFACE)
    assert dice(one, one, SURFACE) == pytest.approx(1)
    assert both == pytest.approx(dice(mirrored(one), mirrored(two), SURFACE))


@settings(max_examples=8, deadline=None)
@given(drawings(), drawings())
def test_dice_is_twice_the_shared_area_over_the_sum(one: Drawing, two: Drawing) -> None:
    shared = first = second = 0.0
    for area, a, b in zip(SURFACE.area.tolist(), one.intensity, two.intensity, strict=True):
        first += area * (a > 0)
        second += area * (b > 0)
        shared += area * (a > 0 and b > 0)
    expected = 1.0 if first + second == 0 else 2 * shared / (first + second)
    assert dice(one, two, SURFACE) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "two", "agreement"),
    [
        (NONE, NONE, 1.0),
        (SOME, NONE, 0.0),
        (SOME, mirrored(SOME), 0.0),
        (SOME, painted(SURFACE, SOME.intensity * 2), 1.0),
    ],
)
def test_dice_at_its_ends(one: Drawing, two: Drawing, agreement: float) -> None:
    assert dice(one, two, SURFACE) == pytest.approx(agreement)


def test_area_percent() -> None:
    assert area_percent(NONE, SURFACE) == 0
    assert area_percent(painted(SURFACE, NONE.intensity + 1), SURFACE) == pytest.approx(100)
    half = area_percent(painted(SURFACE, SURFACE.half > 0), SURFACE)
    assert half == pytest.approx(50, abs=1.5)
    assert half == pytest.approx(area_percent(painted(SURFACE, SURFACE.half < 0), SURFACE))


@quick
@given(drawings())
def test_coverage_is_the_painful_share_of_each_region(drawing: Drawing) -> None:
    share = region_coverage(drawing.painful, TABLE)
    for region in TABLE.regions[::7]:
        inside = TABLE.vertices(region.key)
        weight = SURFACE.area[inside] * np.where(SURFACE.half[inside] == 0, 0.5, 1)
        felt = weight[drawing.painful[inside]].sum() / weight.sum()
        assert share[region.index] == pytest.approx(felt, abs=1e-9)
    assert (share @ TABLE.areas) / TABLE.areas.sum() * 100 == pytest.approx(
        area_percent(drawing, SURFACE)
    )


@quick
@given(drawings())
def test_mirrored_drawings_have_exactly_mirrored_coverage(drawing: Drawing) -> None:
    share = region_coverage(drawing.painful, TABLE)
    other = region_coverage(mirrored(drawing).painful, TABLE)
    half = len(TABLE) // 2
    np.testing.assert_allclose(other, np.concatenate([share[half:], share[:half]]), atol=1e-12)


def test_coverage_of_a_whole_region_is_one_there_and_zero_elsewhere() -> None:
    share = region_coverage(painted_regions("temple:left").painful, TABLE)
    assert share[TABLE["temple:left"].index] == pytest.approx(1)
    assert np.flatnonzero(share).tolist() == [TABLE["temple:left"].index]


@settings(max_examples=10, deadline=None)
@given(st.lists(drawings(), min_size=1, max_size=5))
def test_frequency_is_the_share_of_those_asked(many: list[Drawing]) -> None:
    share, asked = frequency(iter(many))
    for vertex in range(0, SURFACE.size, 301):
        answers = [int(d.intensity[vertex]) for d in many if d.asked[vertex]]
        assert asked[vertex] == len(answers)
        if answers:
            assert share[vertex] == sum(a > 0 for a in answers) / len(answers)
        else:
            assert np.isnan(share[vertex])


def test_no_drawings_have_no_map() -> None:
    with pytest.raises(InputError, match="at least one drawing"):
        frequency([])


def test_drawings_on_two_bodies_are_not_compared() -> None:
    other = Drawing("body-0", SOME.intensity, SOME.quality, SOME.asked)
    for compare in (lambda: dice(SOME, other, SURFACE), lambda: frequency([SOME, other])):
        with pytest.raises(InputError) as caught:
            compare()
        assert caught.value.field == "drawing.body"


@pytest.mark.parametrize("factor", [0.3, 0.7, 1.3, 2.0])
def test_a_drawing_resized_has_so_much_area(factor: float) -> None:
    drawing = painted_regions("thigh_anterior_upper:left", "shoulder_anterior:right")
    before = SURFACE.area[drawing.painful].sum()
    after = resized(drawing, SURFACE, factor)
    assert SURFACE.area[after.painful].sum() == pytest.approx(factor * before, rel=0.05)
    inner, outer = (after, drawing) if factor < 1 else (drawing, after)
    assert not (inner.painful & ~outer.painful).any()


def test_new_paint_is_as_the_nearest_old_paint() -> None:
    intensity = np.zeros(SURFACE.size, np.uint8)
    intensity[TABLE.vertices("heel_plantar:left")] = 3
    intensity[TABLE.vertices("temple:right")] = 8
    after = resized(painted(SURFACE, intensity), SURFACE, 1.5)
    added = after.painful & (intensity == 0)
    head = SURFACE.positions[:, 1] > SURFACE.positions[:, 1].mean()
    assert set(after.intensity[added & head]) == {8}
    assert set(after.intensity[added & ~head]) == {3}


def test_what_cannot_be_resized_stays_or_is_refused() -> None:
    none = painted(SURFACE, np.zeros(SURFACE.size, np.uint8))
    assert resized(none, SURFACE, 1.3) == none
    one = painted_regions("temple:right")
    assert resized(one, SURFACE, 1) is one
    assert resized(one, SURFACE, 1e-6).painful.sum() == 1
    with pytest.raises(InputError, match="factor"):
        resized(one, SURFACE, 0)
