"""Draw all regions and write their table into the documentation.

python -m tools.draw_regions
"""

import colorsys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from tautband.body.picture import View, beside, draw, turned
from tautband.body.regions import RegionTable, load_regions

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "pictures"

Mask = npt.NDArray[np.bool_]

WHOLE = (View("front", 0), View("back", 180))
SIDES = (View("patient's right side", -90), View("patient's left side", 90))
HEAD = (
    View("head, front", 0, box=(-0.13, 0.53, 0.13, 0.83)),
    View("head, right side", -90, box=(-0.12, 0.53, 0.18, 0.83)),
    View("head, back", 180, box=(-0.13, 0.53, 0.13, 0.83)),
)
HAND = (View("left hand, palm", -75, -40), View("left hand, back", 75, 50))
FOOT = (
    View("left foot, top", 0, 75),
    View("left foot, sole", 0, -90),
    View("left foot, outer side", 90),
    View("left foot, inner side", -90),
)
FINGERS = ("thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")
HAND_PARTS = ("forearm", "hand", *FINGERS)
FOOT_PARTS = ("leg", "foot", "big_toe", "toes")


def main() -> None:
    """Write the pictures and ``docs/regions.md``."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    table = load_regions()
    sheet(table, WHOLE, 1500).save(PICTURES / "regions-front-back.png")
    sheet(table, SIDES, 1500).save(PICTURES / "regions-sides.png")
    sheet(table, HEAD, 620).save(PICTURES / "regions-head.png")
    hand = tuple(_around(table, HAND_PARTS[1:], view) for view in HAND)
    sheet(table, hand, 620, _left(table, HAND_PARTS)).save(PICTURES / "regions-hand.png")
    foot = tuple(_around(table, FOOT_PARTS[1:], view) for view in FOOT)
    sheet(table, foot, 420, _left(table, FOOT_PARTS)).save(PICTURES / "regions-foot.png")
    (DOCS / "regions.md").write_text(page(table), "utf-8")


def sheet(
    table: RegionTable, views: tuple[View, ...], height: int, only: Mask | None = None
) -> Image.Image:
    """Views beside each other, each region with its number."""
    return beside([_labelled(table, view, height, only) for view in views])


def _labelled(table: RegionTable, view: View, height: int, only: Mask | None) -> Image.Image:
    surface = table.surface
    colours = _palette(len(table.ids))[surface.region]
    image = draw(surface, colours, view, height, only=only)
    pen = ImageDraw.Draw(image)
    points, facing = turned(surface.positions, view), turned(surface.normals, view)[:, 2]
    low, high = _frame(points, view)
    scale = image.height / (high[1] - low[1])
    font = ImageFont.load_default(11)
    for region in table.regions:
        inside = table.vertices(region.key)
        seen = inside[facing[inside] > 0.3]
        if only is not None:
            seen = seen[only[seen]]
        if len(seen) < 0.3 * len(inside):
            continue
        x, y = points[seen, :2].mean(axis=0)
        spot = ((x - low[0]) * scale, (high[1] - y) * scale)
        if 0 < spot[0] < image.width and 0 < spot[1] < image.height:
            number = str(region.index % len(table.ids) + 1)
            pen.text(spot, number, fill=(20, 20, 20), font=font, anchor="mm")
    pen.text((8, 6), view.name, fill=(60, 60, 60), font=ImageFont.load_default(15))
    return image


def _frame(points: np.ndarray, view: View) -> tuple[np.ndarray, np.ndarray]:
    if view.box:
        return np.array(view.box[:2]), np.array(view.box[2:])
    return points[:, :2].min(axis=0) - 0.06, points[:, :2].max(axis=0) + 0.06


def _left(table: RegionTable, parts: tuple[str, ...]) -> Mask:
    """Vertices of some segments of the left half."""
    surface = table.surface
    return np.isin(np.asarray(surface.segments)[surface.segment], parts) & (surface.half > 0)


def _around(table: RegionTable, parts: tuple[str, ...], view: View) -> View:
    """The view with its frame fitted to some segments of the left half."""
    flat = turned(table.surface.positions[_left(table, parts)], view)[:, :2]
    low, high = flat.min(axis=0) - 0.012, flat.max(axis=0) + 0.012
    return View(view.name, view.yaw, view.pitch, (low[0], low[1], high[0], high[1]))


def _palette(count: int) -> np.ndarray:
    """Light colours that differ between neighbours in the table, (count, 3)."""
    rows = [
        colorsys.hls_to_rgb((i * 0.381966) % 1, 0.74 + 0.07 * ((i * 7) % 3 - 1), 0.55)
        for i in range(count)
    ]
    return (np.array(rows) * 255).astype(np.uint8)


def page(table: RegionTable) -> str:
    """The table of regions as Markdown."""
    lines = [
        "# Regions of the body",
        "",
        f"{len(table)} regions: {len(table.ids)} on the left and the same on the right. They cover",
        "the skin without gap or overlap; a vertex of the midline counts half for each side. This",
        "page and its pictures are written by `python -m tools.draw_regions` from `regions.toml`",
        f"and the body `{table.surface.version}`; the numbers are those of the table.",
        "",
    ]
    for name in ("front-back", "sides", "head", "hand", "foot"):
        lines += [f"![Regions, {name.replace('-', ' and ')}](pictures/regions-{name}.png)", ""]
    lines += [
        "| | id | clinicians | patients | other words | seen from | cm² |",
        "|---|---|---|---|---|---|---|",
    ]
    for region in table.regions[: len(table.ids)]:
        row = (
            str(region.index + 1),
            f"`{region.id}`",
            region.name,
            region.plain,
            ", ".join(region.synonyms),
            ", ".join(region.views),
            f"{region.area:.0f}",
        )
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
