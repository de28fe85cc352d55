"""Reliability diagrams as SVG: what was said against what came true, one small panel a world."""

from collections.abc import Sequence
from html import escape

from tautband.validation.reliability import Bin
from tautband.validation.simulated import WorldResult

ACROSS = 5
SIDE, GAP_X, GAP_Y, LEFT, TOP = 150, 40, 66, 58, 64
INK, FAINT, POINT = "#222222", "#8f8f8f", "#0b5fa5"
TICKS = (0, 25, 50, 75, 100)


def picture(results: Sequence[WorldResult], title: str) -> str:
    """One SVG with a panel for each result, points with exact 95 % intervals, and the diagonal."""
    down = -(-len(results) // ACROSS)
    across = min(len(results), ACROSS)
    width = LEFT + across * SIDE + (across - 1) * GAP_X + 16
    height = TOP + down * (SIDE + GAP_Y)
    panels = [
        _panel(
            result,
            LEFT + (number % ACROSS) * (SIDE + GAP_X),
            TOP + (number // ACROSS) * (SIDE + GAP_Y),
            first=number % ACROSS == 0,
        )
        for number, result in enumerate(results)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" '
            f'font-family="system-ui, sans-serif" font-size="11">',
            f"<title>{escape(title)}</title>",
            "<desc>Each panel is one world of made-up patients. A point below the diagonal means "
            "that fewer muscles were active than was said, above it more.</desc>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            _text(LEFT, 20, title, size=14, weight="600"),
            *panels,
            "</svg>",
            "",
        ]
    )


def _panel(result: WorldResult, x: int, y: int, *, first: bool) -> str:
    found = result.calibration
    parts = [
        _text(x, y - 20, result.world.name, weight="600"),
        _text(x, y - 6, f"calibration error {found.error.value:.3f}"),
        f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{FAINT}"/>',
        f'<path d="M{x} {y + SIDE}L{x + SIDE} {y}" stroke="{FAINT}" stroke-dasharray="4 3"/>',
    ]
    for tick in TICKS:
        along = SIDE * tick / 100
        parts.append(_text(x + along, y + SIDE + 13, str(tick), anchor="middle"))
        if first:
            parts.append(_text(x - 5, y + SIDE - along + 4, str(tick), anchor="end"))
    parts.append(_text(x + SIDE / 2, y + SIDE + 27, "said, %", anchor="middle"))
    if first:
        up = y + SIDE / 2
        parts.append(
            f'<text x="{x - 34}" y="{up:g}" fill="{INK}" text-anchor="middle" '
            f'transform="rotate(-90 {x - 34} {up:g})">active, %</text>'
        )
    parts += [_point(b, x, y) for b in found.bins]
    return "\n".join(parts)


def _point(found: Bin, x: int, y: int) -> str:
    across = x + SIDE * found.predicted
    seen = found.observed
    high, middle, low = (y + SIDE * (1 - v) for v in (seen.high, seen.value, seen.low))
    return (
        f'<path d="M{across:.1f} {low:.1f}V{high:.1f}" stroke="{POINT}"/>'
        f'<circle cx="{across:.1f}" cy="{middle:.1f}" r="3.2" fill="{POINT}">'
        f"<title>said {found.predicted * 100:.0f} %, active {seen.value * 100:.0f} % "
        f"of {found.count}</title></circle>"
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 11, weight: str = "400"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{INK}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )
