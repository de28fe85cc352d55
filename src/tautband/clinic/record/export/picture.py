"""The drawings of a record as pictures of the body, front and back."""

import base64
import io
from typing import Any

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.body.drawing import MAX_INTENSITY, Drawing, from_json
from tautband.body.picture import BACK, FRONT, beside, blank, draw, tint

_MILD, _STRONG = (240, 176, 130), (178, 42, 42)
_HEIGHT = 620


def pictures(record: dict[str, Any]) -> dict[str, bytes]:
    """An SVG by name for each drawing that is of this version of the body."""
    drawn = (
        (name_of(row), picture_of(row["drawing"], record["patient"]["sex"]))
        for row in record["rows"]["assessment"]
    )
    return {name: picture for name, picture in drawn if picture is not None}


def picture_of(drawing: dict[str, Any] | None, sex: str) -> bytes | None:
    """A drawing on the body, front and back, as SVG; None without one of this body's version."""
    if drawing is None:
        return None
    try:
        return _picture(from_json(drawing, load_atlas().table.surface), sex)
    except InputError:
        return None  # an older body: the JSON keeps the drawing, and the page says so


def name_of(assessment: dict[str, Any]) -> str:
    """The picture's file name."""
    return f"drawing-{assessment['id']}.svg"


def _picture(drawing: Drawing, sex: str) -> bytes:
    surface = load_atlas().table.surface
    colours = blank(surface)
    for level in range(1, MAX_INTENSITY + 1):
        share = (level - 1) / (MAX_INTENSITY - 1)
        colour = tuple(round(a + (b - a) * share) for a, b in zip(_MILD, _STRONG, strict=True))
        tint(colours, drawing.intensity == level, colour, 0.9)  # type: ignore[arg-type]
    both = beside([draw(surface, colours, v, _HEIGHT, sex or "neutral") for v in (FRONT, BACK)])
    written = io.BytesIO()
    both.save(written, "PNG")
    # The typesetter takes files in memory as text alone, so the picture travels inside an SVG.
    inside = base64.b64encode(written.getvalue()).decode()
    size = f'width="{both.width}" height="{both.height}"'
    link = f'xlink:href="data:image/png;base64,{inside}"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {size}><image {size} {link}/></svg>".encode()
