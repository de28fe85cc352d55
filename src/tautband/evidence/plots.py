"""Forest and funnel plots as Vega-Lite specs, drawn to SVG or PNG without a script on the page."""

import json
from functools import cache
from typing import Any

from scipy.stats import norm

from tautband.evidence.pool import Pool
from tautband.evidence.regression import SmallStudy
from tautband.evidence.table import Row

INK, QUIET, ACCENT = "#22303c", "#8a97a3", "#0b6e7f"
WIDTH = 360
ROW = 24
SCALE = 2.0  # of a PNG: sharp on a phone
Z = float(norm.ppf(0.975))
Spec = dict[str, Any]


def forest_spec(rows: tuple[Row, ...], found: Pool, axis: str) -> Spec:
    """Studies with 95 % intervals and weights, the pool, and its prediction interval below."""
    values = [
        {
            "name": row.study,
            "y": row.effect.estimate,
            "low": row.effect.estimate - Z * row.effect.se,
            "high": row.effect.estimate + Z * row.effect.se,
            "weight": weight,
            "kind": "study",
        }
        for row, weight in zip(rows, found.weights, strict=True)
    ]
    values.append(_summary("Pooled", found.estimate, found.ci.low, found.ci.high, "pool"))
    if found.prediction:
        ends = found.prediction
        values.append(_summary("A further study", found.estimate, ends.low, ends.high, "next"))
    for value in values:
        ends_told = f"{value['low']:.2f} to {value['high']:.2f}"
        value["text"] = ends_told if value["kind"] == "next" else f"{value['y']:.2f} ({ends_told})"
    order = {"sort": [value["name"] for value in values], "title": None}
    where = {"field": "name", "type": "nominal", "axis": _names(), **order}
    colour = {"condition": {"test": "datum.kind == 'study'", "value": INK}, "value": ACCENT}
    across = {"field": "low", "type": "quantitative", "title": axis}
    return _spec(
        values,
        {"step": ROW},
        [
            {
                "mark": {"type": "rule", "color": QUIET, "strokeDash": [3, 3]},
                "encoding": {"x": {"datum": 0}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 1.6},
                "encoding": {"y": where, "x": across, "x2": {"field": "high"}, "color": colour},
            },
            {
                "transform": [{"filter": "datum.kind == 'study'"}],
                "mark": {"type": "square", "opacity": 1},
                "encoding": {
                    "y": where,
                    "x": {"field": "y", "type": "quantitative"},
                    "size": {
                        "field": "weight",
                        "type": "quantitative",
                        "scale": {"domain": [0, 100], "range": [20, 220]},
                        "legend": None,
                    },
                    "color": {"value": INK},
                },
            },
            {
                "transform": [{"filter": "datum.kind == 'pool'"}],
                "mark": {
                    "type": "point",
                    "shape": "diamond",
                    "filled": True,
                    "size": 190,
                    "opacity": 1,
                },
                "encoding": {
                    "y": where,
                    "x": {"field": "y", "type": "quantitative"},
                    "color": {"value": ACCENT},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": WIDTH + 10, "color": INK},
                "encoding": {"y": where, "x": {"value": 0}, "text": {"field": "text"}},
            },
        ],
    )


def _summary(name: str, y: float, low: float, high: float, kind: str) -> dict[str, Any]:
    return {"name": name, "y": y, "low": low, "high": high, "weight": 0.0, "kind": kind}


def funnel_spec(rows: tuple[Row, ...], found: Pool, egger: SmallStudy | None, axis: str) -> Spec:
    """Estimates against their standard errors, the 95 % funnel, and Egger's line where fitted."""
    most = max(row.effect.se for row in rows) * 1.1
    values = [{"study": row.study, "y": row.effect.estimate, "se": row.effect.se} for row in rows]
    edge = [
        {"edge": side, "y": found.estimate + sign * Z * se, "se": se}
        for side, sign in (("low", -1), ("high", 1))
        for se in (0.0, most)
    ]
    down = {
        "field": "se",
        "type": "quantitative",
        "title": "standard error",
        "scale": {"reverse": True, "domain": [0, most]},
    }
    across = {"field": "y", "type": "quantitative", "title": axis, "scale": {"zero": False}}
    layers: list[Spec] = [
        {
            "data": {"values": edge},
            "mark": {"type": "line", "color": QUIET, "strokeDash": [4, 3]},
            "encoding": {
                "x": across,
                "y": down,
                "detail": {"field": "edge"},
                "order": {"field": "se"},
            },
        },
        {
            "mark": {"type": "rule", "color": ACCENT},
            "encoding": {"x": {"datum": found.estimate}},
        },
        {
            "mark": {"type": "circle", "size": 70, "color": INK, "opacity": 0.85},
            "encoding": {"x": across, "y": down},
        },
    ]
    if egger:
        line = [
            {"y": egger.limit.estimate + egger.slope.estimate * se, "se": se} for se in (0.0, most)
        ]
        layers.insert(
            0,
            {
                "data": {"values": line},
                "mark": {"type": "line", "color": "#b5541c"},
                "encoding": {"x": across, "y": down, "order": {"field": "se"}},
            },
        )
    return _spec(values, 260, layers)


def _names() -> dict[str, Any]:
    return {
        "labelLimit": 260,
        "domain": False,
        "ticks": False,
        "labelColor": INK,
        "labelPadding": 8,
    }


def _spec(values: list[dict[str, Any]], height: Any, layers: list[Spec]) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": 12,
        "width": WIDTH,
        "height": height,
        "data": {"values": values},
        "layer": layers,
        "config": {
            "font": "Liberation Sans, Helvetica, Arial, sans-serif",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "tickCount": 6,
                "grid": False,
            },
            "text": {"fontSize": 12},
        },
    }


def _converter() -> Any:
    """The library, which runs threads of its own: loaded only after a server has forked."""
    import vl_convert

    return vl_convert


@cache
def _drawn(text: str) -> str:
    return draw_svg(json.loads(text))


def to_svg(spec: Spec) -> str:
    """The picture as SVG text, kept for ever: for pictures of which there are only so many."""
    return _drawn(json.dumps(spec, sort_keys=True))


def draw_svg(spec: Spec) -> str:
    """The picture as SVG text, drawn each time."""
    return str(_converter().vegalite_to_svg(json.dumps(spec)))


def to_png(spec: Spec) -> bytes:
    """The picture as PNG."""
    return bytes(_converter().vegalite_to_png(json.dumps(spec), scale=SCALE))
