"""Made-up patients: marked as such, the same for the same seed, other in other worlds."""

import numpy as np
import pytest

from tautband.base.errors import InputError
from tautband.body.drawing import QUALITIES, Quality
from tautband.reasoning.knowledge import load_knowledge, prior_odds
from tautband.synthetic.patients import WORLDS, Generator, SyntheticPatient, World

KNOWN = load_knowledge()
SURFACE = KNOWN.atlas.table.surface


def some(world: World, seed: int = 3, count: int = 6) -> list[SyntheticPatient]:
    return list(Generator(KNOWN, world, seed).patients(count))


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_they_are_marked_and_have_pain_with_a_cause(world: World) -> None:
    for patient in some(world):
        assert patient.synthetic
        assert patient.world == world.name
        assert patient.drawing.painful.any()
        assert patient.drawing.asked.all()
        assert patient.drawing.body == SURFACE.version
        assert patient.truth.any()
        assert len(patient.truth) == len(KNOWN.units)


def test_the_same_seed_gives_the_same_patients() -> None:
    for one, two in zip(some(WORLDS[4]), some(WORLDS[4]), strict=True):
        assert one.drawing == two.drawing
        np.testing.assert_array_equal(one.truth, two.truth)


def test_drawing_leaves_the_zones_as_they_are() -> None:
    drawer = Generator(KNOWN, World("plain", elsewhere=0, spill=0), seed=3)
    drawer.drawing(range(40))
    for cause in range(40):
        unit = KNOWN.units[cause]
        np.testing.assert_array_equal(
            drawer.zones[unit.key, "main"], KNOWN.atlas.zone(unit, "main")
        )


def test_another_seed_gives_others() -> None:
    one, two = some(WORLDS[0], seed=3), some(WORLDS[0], seed=4)
    assert any(a.drawing != b.drawing for a, b in zip(one, two, strict=True))


def area(world: World) -> float:
    return sum(float(SURFACE.area[p.drawing.painful].sum()) for p in some(world, seed=11, count=25))


def test_worlds_differ_as_they_say() -> None:
    assert len({w.name for w in WORLDS}) == len(WORLDS) >= 3
    plain = World("plain", elsewhere=0, spill=0)
    assert area(World("larger", steps=(2, 3), elsewhere=0, spill=0)) > 1.1 * area(plain)
    assert area(World("smaller", steps=(-2, -1), elsewhere=0, spill=0)) < 0.9 * area(plain)


def test_a_taught_world_without_extras_draws_the_taught_zones() -> None:
    for patient in some(World("plain", elsewhere=0, spill=0)):
        zones = np.zeros(SURFACE.size, dtype=bool)
        for cause in np.flatnonzero(patient.truth).tolist():
            zones |= KNOWN.atlas.zone(KNOWN.units[cause], "main")
        np.testing.assert_array_equal(patient.drawing.painful, zones)


def test_a_shifted_world_draws_near_them_but_not_on_them() -> None:
    shifted = some(World("shifted", shift_cm=(2, 3), elsewhere=0, spill=0))
    agreed = []
    for patient in shifted:
        zones = np.zeros(SURFACE.size, dtype=bool)
        for cause in np.flatnonzero(patient.truth).tolist():
            zones |= KNOWN.atlas.zone(KNOWN.units[cause], "main")
        felt = patient.drawing.painful
        agreed.append(2 * (felt & zones).sum() / (felt.sum() + zones.sum()))
    assert max(agreed) < 1
    assert np.mean(agreed) > 0.3


def test_words_follow_the_model() -> None:
    words = [
        QUALITIES[int(np.bincount(p.drawing.quality[p.drawing.painful]).argmax())]
        for p in some(WORLDS[0], seed=5, count=60)
    ]
    assert words.count(Quality.ACHE) > len(words) / 2
    assert Quality.UNSPECIFIED not in words


def test_causes_are_on_as_often_as_the_model_believes() -> None:
    generator = Generator(KNOWN, WORLDS[0], 1)
    on = np.mean([generator._truth() for _ in range(4000)], axis=0)
    odds = prior_odds(KNOWN.atlas, KNOWN.model)
    units = on[: len(odds)]
    # Ties between causes leave the chance of each as it is; what roots add is little.
    assert units.sum() == pytest.approx((odds / (1 + odds)).sum(), rel=0.1)
    drivers = np.unique(KNOWN.network.driver)
    assert on[drivers].sum() == pytest.approx(generator.chance[drivers].sum(), rel=0.25)


def test_a_record_is_wrong_in_the_same_way_for_every_patient() -> None:
    shifted = Generator(KNOWN, World("shifted", shift_cm=(2, 3), spill=0), 5)
    unit = next(u for u in KNOWN.units if u.id == "infraspinatus")
    np.testing.assert_array_equal(shifted._felt(unit), shifted._felt(unit))
    other = Generator(KNOWN, World("shifted", shift_cm=(2, 3), spill=0), 6)
    assert (shifted._felt(unit) != other._felt(unit)).any()


def test_priors_are_off_up_and_down_for_muscles_alone() -> None:
    every = Generator(KNOWN, World("priors", prior_factor=3.0), 5).odds / KNOWN.network.odds
    off = every[: len(KNOWN.units)]
    np.testing.assert_allclose(every[len(off) :], 1)  # hidden ties
    muscle = np.array([u.muscle is not None for u in KNOWN.units])
    np.testing.assert_allclose(off[~muscle], 1)
    assert set(np.round(off[muscle], 6)) == {3.0, round(1 / 3, 6)}
    assert 0.3 < (off[muscle] > 1).mean() < 0.7
    by_record: dict[str, set[float]] = {}
    for unit, factor in zip(KNOWN.units, np.round(off, 6).tolist(), strict=True):
        by_record.setdefault(unit.id, set()).add(factor)
    assert all(len(found) == 1 for found in by_record.values())


@pytest.mark.parametrize("extent", [0.7, 1.3])
def test_people_paint_so_much_too_much_or_too_little(extent: float) -> None:
    plain = area(World("plain", elsewhere=0, spill=0))
    painted_so = area(World("so", elsewhere=0, spill=0, extent=extent))
    assert painted_so == pytest.approx(extent * plain, rel=0.04)


@pytest.mark.parametrize(
    ("field", "value"),
    [("shift_cm", (3, 2)), ("steps", (2, 1)), ("prior_factor", 0.0), ("extent", -1.0)],
)
def test_a_world_that_cannot_be_is_refused(field: str, value: object) -> None:
    with pytest.raises(InputError, match=field):
        World("odd", **{field: value})  # type: ignore[arg-type]
