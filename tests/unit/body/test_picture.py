"""Pictures of the body."""

import numpy as np
import pytest
from PIL import Image

from tautband.body.picture import (
    BACK,
    FRONT,
    LEFT,
    PAPER,
    RIGHT,
    View,
    beside,
    blank,
    draw,
    in_sight,
    tint,
    turned,
)
from tautband.body.regions import load_regions

TABLE = load_regions()
SURFACE = TABLE.surface
RED = (255, 0, 0)
HEIGHT = 120
BARE = {v.name: draw(SURFACE, blank(SURFACE), v, HEIGHT) for v in (FRONT, BACK, LEFT, RIGHT)}


def with_red(key: str, view: View) -> Image.Image:
    mask = np.zeros(SURFACE.size, dtype=bool)
    mask[TABLE.vertices(key)] = True
    colours = blank(SURFACE)
    tint(colours, mask, RED, 1.0)
    return draw(SURFACE, colours, view, HEIGHT)


def changed(key: str, view: View) -> bool:
    return bool((np.asarray(with_red(key, view)) != np.asarray(BARE[view.name])).any())


@pytest.mark.parametrize(
    ("key", "seen", "hidden"),
    [
        ("sternum_upper:left", FRONT, BACK),
        ("sacrum:left", BACK, FRONT),
        ("ear:left", LEFT, RIGHT),
        ("ear:right", RIGHT, LEFT),
    ],
)
def test_a_painted_region_shows_from_its_own_side_only(key: str, seen: View, hidden: View) -> None:
    assert changed(key, seen)
    assert not changed(key, hidden)


def test_the_patients_left_is_on_the_right_of_the_front_view() -> None:
    bare, painted = np.asarray(BARE["front"]), np.asarray(with_red("chest_upper:left", FRONT))
    columns = np.flatnonzero((bare != painted).any(axis=(0, 2)))
    assert columns.min() > bare.shape[1] * 0.45


@pytest.mark.parametrize("height", [80, 150])
@pytest.mark.parametrize("shape", ["neutral", "female", "male_heavy"])
def test_a_picture_has_the_height_asked_for(height: int, shape: str) -> None:
    picture = draw(SURFACE, blank(SURFACE), FRONT, height, shape)
    assert picture.height == height
    assert picture.width < height
    assert picture.getpixel((0, 0)) == PAPER


def test_a_dot_shows_only_from_the_side_that_it_is_on() -> None:
    vertex = TABLE["sternum_upper:left"].anchor
    for view, shows in ((FRONT, True), (BACK, False)):
        dotted = draw(SURFACE, blank(SURFACE), view, HEIGHT, dots=[(vertex, RED)])
        assert (np.asarray(dotted) != np.asarray(BARE[view.name])).any() == shows


def test_a_box_fills_the_picture() -> None:
    head = View("head", 0, box=(-0.12, 0.55, 0.12, 0.85))
    picture = draw(SURFACE, blank(SURFACE), head, HEIGHT)
    assert picture.height == HEIGHT
    assert picture.width == pytest.approx(HEIGHT * 0.24 / 0.30, abs=1)
    paper = (np.asarray(picture) == PAPER).all(axis=2).mean()
    assert paper < 0.7


def test_turning_brings_the_side_before_the_eye() -> None:
    left, back = np.array([[1.0, 0, 0]]), np.array([[0, 0, -1.0]])
    np.testing.assert_allclose(turned(left, LEFT), [[0, 0, 1]], atol=1e-12)
    np.testing.assert_allclose(turned(-left, RIGHT), [[0, 0, 1]], atol=1e-12)
    np.testing.assert_allclose(turned(back, BACK), [[0, 0, 1]], atol=1e-12)


def test_tint_mixes_inside_the_mask_only() -> None:
    colours = blank(SURFACE)
    mask = SURFACE.half > 0
    tint(colours, mask, RED, 0.5)
    assert (colours[~mask] == blank(SURFACE)[~mask]).all()
    assert (colours[mask] == ((blank(SURFACE)[mask] + np.array(RED)) / 2).astype(np.uint8)).all()


def test_pictures_stand_beside_each_other() -> None:
    one, two = Image.new("RGB", (30, 20), RED), Image.new("RGB", (10, 40), RED)
    sheet = beside([one, two])
    assert sheet.size == (40, 40)
    assert sheet.getpixel((29, 19)) == RED
    assert sheet.getpixel((5, 30)) == PAPER
    assert sheet.getpixel((39, 39)) == RED


def test_a_dot_that_another_limb_hides_is_left_out() -> None:
    """The inner side of the right thigh, from the left: the left thigh stands in front."""
    vertex = TABLE["thigh_medial_middle:right"].anchor
    right = SURFACE.half < 0
    assert in_sight(SURFACE, LEFT, [vertex]) == [False]
    assert in_sight(SURFACE, LEFT, [vertex], only=right) == [True]
    assert in_sight(SURFACE, LEFT, [vertex], only=~right) == [False]
    for only, shows in ((None, False), (right, True)):
        bare = draw(SURFACE, blank(SURFACE), LEFT, HEIGHT, only=only)
        dotted = draw(SURFACE, blank(SURFACE), LEFT, HEIGHT, only=only, dots=[(vertex, RED)])
        assert (np.asarray(bare) != np.asarray(dotted)).any() == shows


def test_of_the_whole_skin_about_half_is_in_sight_and_all_from_some_side() -> None:
    some = list(range(0, SURFACE.size, 97))
    seen = np.array([in_sight(SURFACE, view, some) for view in (FRONT, BACK, LEFT, RIGHT)])
    assert (seen.mean(axis=1) > 0.2).all()
    assert (seen.mean(axis=1) < 0.65).all()
    assert seen.any(axis=0).mean() > 0.85


def test_nothing_asked_is_nothing_seen() -> None:
    assert in_sight(SURFACE, FRONT, []) == []
