"""From a drawing to evidence: painted, free, unknown, and all between."""

import numpy as np
import pytest
from hypothesis import given, settings

from tautband.body.drawing import QUALITIES, Drawing, Mark, Quality, from_regions
from tautband.body.regions import load_regions
from tautband.reasoning.model import load_model
from tautband.reasoning.observation import Observation, observe, region_likelihoods
from tests.unit.body.drawings import drawings, mirrored

TABLE = load_regions()
SURFACE = TABLE.surface
MODEL = load_model()
TEMPLE = TABLE["temple:left"].index
HEEL = TABLE["heel_plantar:right"].index


def told(drawing: Drawing, region: int) -> tuple[float, float]:
    """Likelihoods of a region if it hurts and if it does not."""
    on, off = region_likelihoods(observe(drawing, TABLE), MODEL)
    return float(on[region]), float(off[region])


@pytest.mark.parametrize(
    ("marks", "answered", "state"),
    [
        ([Mark("temple:left", 5)], True, "painted"),
        ([Mark("temple:left", 5)], False, "painted"),
        ([Mark("heel_plantar:right", 5)], True, "free"),
        ([Mark("heel_plantar:right", 5)], False, "unknown"),
        ([Mark("heel_plantar:right", 5), Mark("temple:left", 0)], False, "free"),
        ([Mark("temple:left", 5, coverage=0.001)], True, "free"),
        ([Mark("temple:left", 5, coverage=0.3)], True, "graded"),
    ],
)
def test_a_region_is_painted_free_unknown_or_between(
    marks: list[Mark], answered: bool, state: str
) -> None:
    on, off = told(from_regions(TABLE, marks, answered=answered), TEMPLE)
    if state == "painted":
        assert on == 1
        assert 0 < off < 0.05
    elif state == "graded":
        assert 0 < off < on < 1
    else:
        assert (on, off) == {"free": (0, 1), "unknown": (1, 1)}[state]


def seen(
    share: float, asked: float = 1.0, intensity: float = 5.0, top: float = 5.0, area: float = 0.0
) -> float:
    """How far a region with so much paint speaks for pain: on over off."""
    count = len(TABLE)
    shares, levels = np.zeros(count), np.zeros(count)
    shares[TEMPLE], levels[TEMPLE] = share, intensity if share else 0
    shares[HEEL], levels[HEEL] = 1.0, top
    observation = Observation(
        shares, np.full(count, asked), levels, np.zeros((count, 6)), np.full(count, area)
    )
    on, off = region_likelihoods(observation, MODEL)
    return float(on[TEMPLE] / off[TEMPLE])


@pytest.mark.parametrize("intensity", [1, 5, 10])
@pytest.mark.parametrize("asked", [0.0, 1.0])
def test_more_paint_never_speaks_less_for_pain(asked: float, intensity: float) -> None:
    ratios = [seen(share, asked, intensity, top=10) for share in np.linspace(0, 1, 201)]
    assert (np.diff(ratios) >= -1e-12).all()
    assert ratios[0] == (0 if asked else 1)
    assert ratios[-1] > 2


def test_a_slip_of_the_brush_says_nothing() -> None:
    between = (MODEL.drawing.free + MODEL.drawing.slip) / 2
    assert seen(between) == 1


def test_much_paint_counts_though_the_region_is_large() -> None:
    """A small zone in a large region is no slip: area counts as well as share."""
    assert seen(0.1, area=0.1 * MODEL.drawing.enough_cm2) == 1
    assert seen(0.1, area=MODEL.drawing.enough_cm2) == seen(1.0)


def test_who_paints_much_says_little_at_the_borders() -> None:
    count, drawn = len(TABLE), MODEL.drawing
    shares = np.zeros(count)
    shares[: drawn.many] = 1.0
    shares[drawn.many : drawn.many + 3] = [0.5, 0.4, 0.3]
    observation = Observation(shares, np.ones(count), shares, np.zeros((count, 6)), np.zeros(count))
    assert observation.told(drawn).sum() == drawn.many + 1


def test_a_weak_mark_beside_a_strong_one_speaks_less_for_pain() -> None:
    ratios = [seen(1.0, intensity=level, top=10) for level in range(1, 11)]
    assert (np.diff(ratios) > 0).all()
    assert seen(1.0, intensity=3, top=3) == seen(1.0, intensity=9, top=9)


@settings(max_examples=20, deadline=None)
@given(drawings())
def test_an_observation_tells_share_strength_and_quality_of_each_region(drawing: Drawing) -> None:
    found = observe(drawing, TABLE)
    for region in TABLE.regions[::5]:
        inside = TABLE.vertices(region.key)
        area = SURFACE.area[inside] * np.where(SURFACE.half[inside] == 0, 0.5, 1)
        felt = area * drawing.painful[inside]
        assert found.share[region.index] == pytest.approx(felt.sum() / area.sum(), abs=1e-9)
        asked = (area * drawing.asked[inside]).sum() / area.sum()
        assert found.asked[region.index] == pytest.approx(asked, abs=1e-9)
        assert found.intensity[region.index] == drawing.intensity[inside].max()
        for number in range(len(QUALITIES)):
            kind = (felt * (drawing.quality[inside] == number)).sum()
            expected = kind / felt.sum() if felt.any() else 0
            assert found.quality[region.index, number] == pytest.approx(expected, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(drawings())
def test_a_mirrored_drawing_is_observed_mirrored(drawing: Drawing) -> None:
    one, two = observe(drawing, TABLE), observe(mirrored(drawing), TABLE)
    half = len(TABLE) // 2
    for name in ("share", "asked", "intensity", "quality", "area"):
        np.testing.assert_allclose(
            getattr(two, name), np.roll(getattr(one, name), half, axis=0), atol=1e-12
        )


def test_quality_is_counted_by_area() -> None:
    both = from_regions(
        TABLE,
        [
            Mark("thigh_anterior_middle:left", 5, Quality.NUMB),
            Mark("thigh_anterior_middle:left", 5, Quality.ACHE, coverage=0.5),
        ],
    )
    kinds = observe(both, TABLE).quality[TABLE["thigh_anterior_middle:left"].index]
    assert kinds[QUALITIES.index(Quality.ACHE)] == pytest.approx(0.5, abs=0.02)
    assert kinds.sum() == pytest.approx(1)
