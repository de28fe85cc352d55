"""A course as a Vega-Lite spec: scores, fitted course, band, forecast with and without sessions."""

from typing import Any

from tautband.care.course import Judged
from tautband.care.course_words import TITLES
from tautband.response.forecast import Curve

INK, QUIET, GO, STOP = "#22303c", "#8a97a3", "#0b6e7f", "#b5541c"
WIDTH, HEIGHT = 620, 280
Spec = dict[str, Any]


def course_spec(judged: Judged) -> Spec:
    """The picture; drawn by ``evidence.plots``."""
    main, f = judged.course.outcomes[0], judged.forecast
    on, off = "if sessions go on", "if they stop"
    fitted = "fitted, soreness included"
    across = {"field": "day", "type": "quantitative", "title": "day", "scale": {"nice": False}}
    up = {
        "field": "middle",
        "type": "quantitative",
        "title": f"{main.name}, {main.low:g} to {main.high:g} ({main.better} is better)",
        "scale": {"domain": [main.low, main.high]},
    }
    names = [fitted, on, off]
    colour = {
        "field": "kind",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "range": [INK, GO, STOP]},
        "legend": {"title": None, "orient": "bottom", "symbolType": "stroke", "labelLimit": 300},
    }
    curves = _rows(f.fitted, fitted) + _rows(f.continued, on) + _rows(f.stopped, off)
    made_up = ", synthetic" if judged.course.synthetic else ""
    layers: list[Spec] = [
        {
            "data": {"values": curves},
            "mark": {"type": "area", "opacity": 0.14},
            "encoding": {
                "x": across,
                "y": {**up, "field": "low"},
                "y2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "data": {"values": curves},
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {
                "x": across,
                "y": up,
                "color": colour,
                "strokeDash": {
                    "field": "kind",
                    "type": "nominal",
                    "sort": names,
                    "scale": {"domain": names, "range": [[1, 0], [1, 0], [6, 4]]},
                    "legend": None,
                },
            },
        },
        {
            "data": {"values": [{"day": s.day, "middle": s.value} for s in main.scores]},
            "mark": {"type": "circle", "size": 34, "color": INK, "opacity": 0.6},
            "encoding": {"x": across, "y": up},
        },
        {
            "data": {"values": [{"day": s.day} for s in judged.course.sessions]},
            "mark": {"type": "tick", "orient": "vertical", "size": 14, "thickness": 2, "color": GO},
            "encoding": {"x": across, "y": {"value": HEIGHT - 7}},
        },
        {
            "data": {"values": [{"day": f.now, "text": "today"}]},
            "layer": [
                {
                    "mark": {"type": "rule", "color": QUIET, "strokeDash": [3, 3]},
                    "encoding": {"x": across},
                },
                {
                    "mark": {"type": "text", "color": QUIET, "align": "left", "dx": 4, "dy": 6},
                    "encoding": {
                        "x": across,
                        "y": {"value": 4},
                        "text": {"field": "text"},
                    },
                },
            ],
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": 12,
        "width": WIDTH,
        "height": HEIGHT,
        "title": {
            "text": TITLES[judged.verdict.answer],
            "subtitle": f"Points are scores, ticks below are sessions, bands hold 90 %{made_up}",
            "anchor": "start",
            "color": INK,
            "subtitleColor": QUIET,
        },
        "layer": layers,
        "config": {
            "font": "Liberation Sans, Helvetica, Arial, sans-serif",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "grid": False,
            },
            "legend": {"labelFontSize": 12, "symbolOpacity": 1, "symbolStrokeWidth": 2},
        },
    }


def _rows(curve: Curve, kind: str) -> list[dict[str, Any]]:
    low, middle, high = curve.levels
    return [
        {"day": float(d), "low": float(a), "middle": float(m), "high": float(b), "kind": kind}
        for d, a, m, b in zip(curve.days, low, middle, high, strict=True)
    ]
