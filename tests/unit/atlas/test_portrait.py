"""Pictures of records: from the side that shows them, with their zones, on no ground."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tautband.atlas.atlas import Atlas, load_atlas
from tautband.atlas.portrait import (
    best_views,
    portrait,
    portrait_webp,
    shown_muscle,
    shown_regions,
)
from tautband.base.side import Side
from tautband.body.picture import FRONT
from tautband.body.raster import patch, raster


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def views(atlas: Atlas, key: str, most: int = 2) -> list[str]:
    shown = shown_muscle(atlas, atlas.unit[key])
    return [v.name for v in best_views(atlas.table.surface, shown, most)]


def drawn(atlas: Atlas, key: str, height: int, most: int = 2) -> Image.Image:
    return portrait(atlas.table.surface, shown_muscle(atlas, atlas.unit[key]), height, most)


@pytest.mark.parametrize(
    ("key", "sides"),
    [
        ("gluteus_minimus_posterior:right", ["back"]),
        ("masseter_superficial:right", ["right"]),
        ("masseter_superficial:left", ["left"]),
        ("rectus_femoris:right", ["front"]),
        ("flexor_hallucis_brevis:right", ["below"]),
    ],
)
def test_first_side_is_the_one_that_shows_it(atlas: Atlas, key: str, sides: list[str]) -> None:
    assert views(atlas, key, most=1) == sides


def test_second_side_adds_what_the_first_hides(atlas: Atlas) -> None:
    """Infraspinatus: its trigger points behind, the arm where it is felt in front."""
    assert set(views(atlas, "infraspinatus:right")) == {"front", "back"}


def test_picture_has_zone_skin_and_no_ground(atlas: Atlas) -> None:
    picture = np.asarray(drawn(atlas, "infraspinatus:right", 200))
    alpha, blue = picture[..., 3], picture[..., 2].astype(int) - picture[..., 0]
    assert picture.shape[0] == 200
    assert (alpha == 0).mean() > 0.05
    assert ((alpha == 255) & (blue > 60)).sum() > 300  # the zone
    assert ((alpha == 255) & (blue < 0)).mean() > 0.2  # the skin


def test_left_is_the_mirror_of_right(atlas: Atlas) -> None:
    right, left = (
        drawn(atlas, f"rectus_femoris:{side}", 120, most=1) for side in ("right", "left")
    )
    mirrored = np.asarray(right).astype(int)[:, ::-1]
    wide = min(left.width, right.width)
    off = np.abs(mirrored[:, -wide:, 3] - np.asarray(left).astype(int)[:, :wide, 3])
    assert abs(left.width - right.width) <= 1
    assert (off > 128).mean() < 0.02


def test_file_is_small_webp(atlas: Atlas) -> None:
    shown = shown_muscle(atlas, atlas.unit["soleus:right"])
    data = portrait_webp(atlas.table.surface, shown, 88, most=1)
    assert Image.open(BytesIO(data)).format == "WEBP"
    assert len(data) < 6_000


def test_pixels_know_where_on_the_body_they_are(atlas: Atlas) -> None:
    """Positions spread over the pixels come back as the places of these pixels."""
    surface = atlas.table.surface
    whole = raster(surface, FRONT)
    x, y = surface.positions[:, 0].mean(), surface.positions[:, 1].mean()
    part = patch(whole, surface, (x - 0.2, y - 0.2, x + 0.2, y + 0.2), 100)
    rows, columns = np.nonzero(part.skin)
    drawn = np.stack([columns, rows], axis=1) * part.step + (part.left, part.top)
    # A pixel on the rim of a triangle may lie a little outside it.
    off = np.abs(part.smooth(whole.flat) - drawn).max(axis=1)
    assert part.skin.shape[0] >= 100
    assert np.quantile(off, 0.99) < 2
    assert part.weights.sum(axis=1) == pytest.approx(1)


def test_box_beside_the_body_is_empty(atlas: Atlas) -> None:
    surface = atlas.table.surface
    assert not patch(raster(surface, FRONT), surface, (5, 5, 6, 6), 100).skin.any()


def test_regions_are_shown_on_their_side(atlas: Atlas) -> None:
    surface = atlas.table.surface
    shown = shown_regions(atlas.table, ["elbow_lateral"], Side.RIGHT)
    assert shown.main.any()
    assert (surface.half[shown.main] <= 0).all()
    assert best_views(surface, shown, 1)[0].name in ("right", "front")
