"""Pictures of a clinic's figures as Vega-Lite specs; ``evidence.plots`` draws such specs."""

from collections.abc import Mapping, Sequence
from typing import Any

from tautband.figures.control import FALSE_ALARMS, Judged

INK, QUIET, GO, STOP = "#22303c", "#8a97a3", "#0b6e7f", "#b5541c"
WIDTH, HEIGHT, ROW = 620, 240, 30
Spec = dict[str, Any]


def control_spec(months: Sequence[Judged], title: str, said: Mapping[str, str]) -> Spec:
    """Shares of treatments with an event by month, with the counts that would signal.

    ``said`` names what the reader sees: ``seen``, ``limit``, ``before``, ``more``, ``fewer``.
    """
    values = [_month(one) for one in months]
    across = {"field": "month", "type": "ordinal", "title": None, "axis": {"labelAngle": -40}}
    up = {"field": "share", "type": "quantitative", "title": title, "scale": {"domainMin": 0}}
    shape = {
        "field": "signal",
        "type": "nominal",
        "scale": {
            "domain": ["", "more", "fewer"],
            "range": ["circle", "triangle-up", "triangle-down"],
        },
        "legend": None,
    }
    layers: list[Spec] = [
        _layer({"type": "line", "color": QUIET, "strokeDash": [5, 3]}, across, up, "before"),
        _layer(_limit(), across, up, "upper"),
        _layer(_limit(), across, up, "lower"),
        _layer({"type": "line", "color": GO, "strokeWidth": 2}, across, up, "share"),
        {
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
            "encoding": {
                "x": across,
                "y": up,
                "shape": shape,
                "color": {"condition": {"test": "datum.signal != ''", "value": STOP}, "value": GO},
            },
        },
    ]
    told = f"{said['seen']}; {said['before']}; {said['limit']}"
    return _spec(values, HEIGHT, layers, told)


def _month(one: Judged) -> dict[str, Any]:
    of = one.period.of

    def share(count: int | None) -> float | None:
        return None if count is None else 100 * count / of

    return {
        "month": one.period.name,
        "share": share(one.period.count),
        "upper": share(one.upper),
        "lower": share(one.lower),
        "before": None if one.before is None else 100 * one.before.share,
        "signal": one.signal,
    }


def _limit() -> Spec:
    return {"type": "tick", "color": STOP, "thickness": 2, "size": 18}


def _layer(mark: Spec, across: Spec, up: Spec, field: str) -> Spec:
    return {
        "transform": [{"filter": f"isValid(datum.{field})"}],
        "mark": mark,
        "encoding": {"x": across, "y": {**up, "field": field}},
    }


def outcomes_spec(
    rows: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], title: str
) -> Spec:
    """Stacked shares of episodes by how they changed; ``names`` are those of the parts in order."""
    values = [
        {"group": group, "part": part, "place": place, "count": count}
        for group, counts in rows
        for place, (part, count) in enumerate(zip(names, counts, strict=True))
    ]
    colour = {
        "field": "part",
        "type": "nominal",
        "sort": list(names),
        "scale": {"domain": list(names), "range": [GO, "#7fb5bf", "#d5dbe0", STOP]},
        "legend": {"title": None, "orient": "bottom", "labelLimit": 260},
    }
    return _spec(
        values,
        {"step": ROW},
        [
            {
                "mark": {"type": "bar", "height": 18},
                "encoding": {
                    "y": {
                        "field": "group",
                        "type": "nominal",
                        "sort": [group for group, _ in rows],
                        "title": None,
                        "axis": {"labelLimit": 220, "domain": False, "ticks": False},
                    },
                    "x": {
                        "field": "count",
                        "type": "quantitative",
                        "stack": "normalize",
                        "title": title,
                        "axis": {"format": ".0%"},
                    },
                    "color": colour,
                    "order": {"field": "place"},
                },
            }
        ],
        "",
    )


def alarm_words() -> str:
    """The stated rate of false alarms as ``1 in 200``."""
    return f"1 in {round(1 / FALSE_ALARMS)}"


def _spec(values: list[dict[str, Any]], height: Any, layers: list[Spec], title: str) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": 12,
        "width": WIDTH,
        "height": height,
        "data": {"values": values},
        **({"title": title} if title else {}),
        "layer": layers,
        "config": {
            "font": "Liberation Sans, Helvetica, Arial, sans-serif",
            "view": {"stroke": None},
            "title": {"color": INK, "fontSize": 12, "fontWeight": "normal", "anchor": "start"},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "grid": False,
            },
            "legend": {"labelFontSize": 12},
        },
    }
