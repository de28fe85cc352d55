"""Measured distances, the needle's reach and the limits on one scale: as text or a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from tautband.base.errors import InputError
from tautband.commands.layout import paragraph

if TYPE_CHECKING:
    from tautband.safety.planning.assess import NeedleAnswer
    from tautband.safety.planning.depth import Judged

Colour = tuple[int, int, int]
INK, FAINT = (40, 40, 40), (205, 205, 205)
HAZARD, OTHER, NEEDLE, LIMIT = (170, 40, 40), (70, 110, 160), (20, 20, 20), (200, 120, 0)
_LEGEND = (
    "Dot: mean. Bar: one SD, or the range seen. Tick: nearest that the number of people supports.",
    "Red: must not be reached. Pale: not like this patient, or only quoted. mm from the skin.",
)
WIDE, LEFT, RIGHT, TOP, STEP = 900, 30, 30, 56, 46
_TICKS = (2, 5, 10, 20, 25, 50)


@dataclass(frozen=True)
class Row:
    """One measurement on the scale, in mm; ``low`` and ``high`` are one SD, or the range seen."""

    label: str
    figure: str
    hazard: bool
    fits: bool
    mean: float | None
    low: float | None
    high: float | None
    nearest: float | None

    @property
    def far(self) -> float:
        """The largest value on the row."""
        return max(v for v in (self.mean, self.low, self.high, self.nearest, 0.0) if v is not None)


@dataclass(frozen=True)
class Chart:
    """What is drawn: the needle's reach, limits by name, and the rows."""

    title: str
    reach: float | None
    limits: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]

    @property
    def span(self) -> float:
        """The end of the scale in mm."""
        ends = [self.reach or 0.0, *(mm for _, mm in self.limits), *(r.far for r in self.rows)]
        return max(10.0, max(ends) * 1.08)


def chart_of(name: str, answer: "NeedleAnswer") -> Chart:
    """The chart of an answer; what has no distance from the skin is left out."""
    depth = answer.depth
    rows = [_row(j) for j in depth.judged if j.measurement.role in _SHOWN and _has_distance(j)]
    limits = []
    if answer.depth_cap is not None:
        limits.append(("stop before" if answer.depth_cap.below else "stop at", answer.depth_cap.mm))
    return Chart(name, depth.reach_mm, tuple(limits), tuple(rows))


_SHOWN = {"hazard", "backstop", "target"}


def _has_distance(judged: "Judged") -> bool:
    m = judged.measurement
    return any(v is not None for v in (m.mean_mm, m.min_mm, judged.guard_mm))


def _row(judged: "Judged") -> Row:
    m = judged.measurement
    about = [f"n = {m.n}" if m.n else "", f"{m.sample.sex}" if m.sample.sex != "not stated" else ""]
    extra = ", ".join(part for part in about if part)
    low, high = m.min_mm, m.max_mm
    if m.mean_mm is not None and m.sd_mm is not None:
        low, high = m.mean_mm - m.sd_mm, m.mean_mm + m.sd_mm
    figure = judged.share.words if judged.share else judged.no_figure
    return Row(
        label=f"{m.structure}: {m.site}" + (f" ({extra})" if extra else ""),
        figure=figure,
        hazard=m.role == "hazard",
        fits=not judged.outside and not m.quoted,
        mean=m.mean_mm,
        low=low,
        high=high,
        nearest=judged.guard_mm,
    )


def text_plot(chart: Chart, columns: int) -> str:
    """The chart in characters: ``●`` mean, ``├─┤`` SD or range, ``▏`` nearest, ``━`` needle."""
    cells = max(30, min(columns, 88) - 2)

    def at(mm: float) -> int:
        return min(cells - 1, round(mm / chart.span * (cells - 1)))

    tick = _tick(chart.span)
    numbers, marks = [" "] * (cells + 4), ["─"] * cells
    for step in range(int(chart.span // tick) + 1):
        place = at(step * tick)
        marks[place] = "┬"
        for offset, sign in enumerate(f"{step * tick:g}"):
            numbers[place + offset] = sign
    lines = ["".join(numbers).rstrip() + "  mm", "".join(marks)]
    if chart.reach is not None:
        line = "━" * at(chart.reach) + "▶"
        lines += [line, f"the tip, {chart.reach:.1f} mm below the skin"]
    for name, mm in chart.limits:
        lines += [" " * at(mm) + "╎", f"{name} {mm:.1f} mm"]
    for row in chart.rows:
        lines += [_drawn(row, cells, at), paragraph(f"{row.label}: {row.figure}", "", "  ")]
    lines.append(paragraph("● mean, ├─┤ one SD or the range, ▏ nearest that n supports"))
    return "\n".join(lines)


def _drawn(row: Row, cells: int, at: "_Place") -> str:
    line = [" "] * cells
    if row.low is not None and row.high is not None:
        for cell in range(at(row.low), at(row.high) + 1):
            line[cell] = "─"
        line[at(row.low)], line[at(row.high)] = "├", "┤"
    elif row.low is not None:
        line[at(row.low)] = "├"
    if row.nearest is not None:
        line[at(row.nearest)] = "▏"
    if row.mean is not None:
        line[at(row.mean)] = "●"
    return "".join(line).rstrip()


def _tick(span: float) -> int:
    return next((tick for tick in _TICKS if span / tick <= 10), _TICKS[-1])


@dataclass(frozen=True)
class _Line:
    x1: float
    y1: float
    x2: float
    y2: float
    colour: Colour
    width: int = 1


@dataclass(frozen=True)
class _Dot:
    x: float
    y: float
    r: float
    colour: Colour


@dataclass(frozen=True)
class _Words:
    x: float
    y: float
    text: str
    colour: Colour
    size: int = 13
    anchor: str = "start"


_Shape = _Line | _Dot | _Words


def save_chart(chart: Chart, path: Path) -> None:
    """Write the chart as .svg or .png; raises InputError."""
    if path.suffix.lower() not in {".svg", ".png"}:
        raise InputError(
            "--picture", f"'{path.name}' is neither", "a name that ends in .svg or .png"
        )
    if not path.absolute().parent.is_dir():
        raise InputError("--picture", f"{path.parent} does not exist", "a folder that exists")
    shapes, height = _shapes(chart)
    try:
        if path.suffix.lower() == ".svg":
            path.write_text(_svg(shapes, height, chart.title), "utf-8")
        else:
            _png(shapes, height).save(path)
    except OSError as error:
        raise InputError("--picture", f"{path} cannot be written", "a free place") from error


def _shapes(chart: Chart) -> tuple[Sequence[_Shape], int]:
    height = TOP + STEP * (len(chart.rows) + 1) + 70
    bottom = height - 62

    def at(mm: float) -> float:
        return LEFT + mm / chart.span * (WIDE - LEFT - RIGHT)

    shapes: list[_Shape] = [_Words(LEFT, 22, chart.title, INK, 16)]
    tick = _tick(chart.span)
    for step in range(int(chart.span // tick) + 1):
        x = at(step * tick)
        shapes.append(_Line(x, TOP - 8, x, bottom, FAINT))
        shapes.append(_Words(x, TOP - 14, f"{step * tick:g}", INK, 12, "middle"))
    if chart.reach is not None:
        y = TOP + 8
        shapes += [
            _Line(at(0), y, at(chart.reach), y, NEEDLE, 4),
            _Line(at(chart.reach), TOP - 6, at(chart.reach), bottom, NEEDLE, 1),
            _Words(at(0), y + 18, f"tip {chart.reach:.1f} mm below the skin", NEEDLE),
        ]
    for name, mm in chart.limits:
        shapes.append(_Line(at(mm), TOP - 6, at(mm), bottom, LIMIT, 2))
        anchor = "end" if at(mm) > WIDE / 2 else "start"
        shapes.append(_Words(at(mm), bottom + 16, f" {name} {mm:.1f} mm ", LIMIT, 13, anchor))
    for number, row in enumerate(chart.rows):
        shapes += _row_shapes(row, TOP + STEP * (number + 1) + 4, at)
    for offset, line in zip((28, 12), _LEGEND, strict=True):
        shapes.append(_Words(LEFT, height - offset, line, INK, 12))
    return shapes, height


def _row_shapes(row: Row, y: float, at: "_Spot") -> list[_Shape]:
    colour = HAZARD if row.hazard else OTHER
    if not row.fits:
        colour = (colour[0] // 2 + 105, colour[1] // 2 + 105, colour[2] // 2 + 105)
    shapes: list[_Shape] = []
    if row.low is not None and row.high is not None:
        shapes.append(_Line(at(row.low), y, at(row.high), y, colour, 3))
    if row.nearest is not None:
        shapes.append(_Line(at(row.nearest), y - 8, at(row.nearest), y + 8, colour, 2))
    if row.mean is not None:
        shapes.append(_Dot(at(row.mean), y, 5, colour))
    shapes.append(_Words(LEFT, y + 20, row.label, INK if row.fits else (120, 120, 120), 12))
    return shapes


def _svg(shapes: Sequence[_Shape], height: int, title: str) -> str:
    drawn = "\n".join(_svg_shape(shape) for shape in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height}" '
        f'width="{WIDE}" height="{height}" font-family="sans-serif" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{WIDE}" height="{height}" fill="white"/>\n{drawn}\n</svg>\n'
    )


def _svg_shape(shape: _Shape) -> str:
    colour = f"rgb{shape.colour}".replace(" ", "")
    if isinstance(shape, _Line):
        return (
            f'<line x1="{shape.x1:.1f}" y1="{shape.y1:.1f}" x2="{shape.x2:.1f}" '
            f'y2="{shape.y2:.1f}" stroke="{colour}" stroke-width="{shape.width}"/>'
        )
    if isinstance(shape, _Dot):
        return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.r}" fill="{colour}"/>'
    around = 'paint-order="stroke" stroke="white" stroke-width="3"'
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" fill="{colour}" font-size="{shape.size}" '
        f'text-anchor="{shape.anchor}" {around}>{escape(shape.text)}</text>'
    )


def _png(shapes: Sequence[_Shape], height: int) -> Image.Image:
    picture = Image.new("RGB", (WIDE, height), "white")
    pen = ImageDraw.Draw(picture)
    anchors = {"start": "ls", "middle": "ms", "end": "rs"}
    for shape in shapes:
        if isinstance(shape, _Line):
            pen.line((shape.x1, shape.y1, shape.x2, shape.y2), shape.colour, shape.width)
        elif isinstance(shape, _Dot):
            r = shape.r
            pen.ellipse((shape.x - r, shape.y - r, shape.x + r, shape.y + r), shape.colour)
        else:
            font = ImageFont.load_default(shape.size)
            pen.text(
                (shape.x, shape.y),
                shape.text,
                shape.colour,
                font,
                anchor=anchors[shape.anchor],
                stroke_width=2,
                stroke_fill="white",
            )
    return picture


if TYPE_CHECKING:
    from collections.abc import Callable

    _Place = Callable[[float], int]
    _Spot = Callable[[float], float]
