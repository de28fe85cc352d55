"""Random drawings for property tests."""

import numpy as np
from hypothesis import strategies as st

from tautband.body.drawing import QUALITIES, Drawing, Mark, from_regions
from tautband.body.regions import load_regions
from tautband.body.surface import load_surface

TABLE = load_regions()
SURFACE = load_surface()


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Blobs and specks of any strength and kind; the rest is free, unknown, or both in turn."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    intensity = np.zeros(SURFACE.size, np.uint8)
    quality = np.zeros(SURFACE.size, np.uint8)
    for _ in range(draw(st.integers(0, 4))):
        centre = SURFACE.positions[rng.integers(SURFACE.size)]
        here = np.linalg.norm(SURFACE.positions - centre, axis=1) < rng.uniform(0.01, 0.4)
        here &= rng.random(SURFACE.size) < draw(st.sampled_from([1.0, 0.5]))
        intensity[here] = rng.integers(1, 11)
        quality[here] = rng.integers(len(QUALITIES))
    felt = intensity > 0
    asked = felt | (rng.random(SURFACE.size) < draw(st.sampled_from([0.0, 0.3, 1.0])))
    loose = None
    if draw(st.booleans()) and felt.any():
        loose = (rng.integers(0, 3, 1 + SURFACE.size // 500).repeat(500)[: SURFACE.size]) * felt
    return Drawing(
        SURFACE.version, intensity, quality, asked, None if loose is None else loose.astype("i2")
    )


region_marks = st.lists(
    st.builds(
        Mark,
        region=st.sampled_from(sorted(TABLE)),
        intensity=st.integers(1, 10),
        quality=st.sampled_from(QUALITIES),
        coverage=st.sampled_from([1.0, 1.0, 0.6, 0.35]),
        place=st.integers(0, 2),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda mark: mark.region,
)


def painted_regions(*keys: str, intensity: int = 5) -> Drawing:
    """A painted body with pain on whole regions."""
    return from_regions(TABLE, [Mark(key, intensity) for key in keys], answered=True)


def mirrored(drawing: Drawing) -> Drawing:
    """The drawing in a mirror."""
    mirror = SURFACE.mirror
    return Drawing(
        drawing.body,
        drawing.intensity[mirror],
        drawing.quality[mirror],
        drawing.asked[mirror],
        None if drawing.loose is None else drawing.loose[mirror],
    )
