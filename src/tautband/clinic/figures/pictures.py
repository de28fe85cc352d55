"""The charts of the page, drawn on the server."""

import json
from datetime import date
from functools import lru_cache

from tautband.atlas.presentations import read_presentations
from tautband.clinic import catalogue
from tautband.clinic.figures.outcomes import WORTHS, by_presentation
from tautband.clinic.figures.safety import months
from tautband.clinic.figures.snapshot import Snapshot
from tautband.evidence.plots import draw_svg
from tautband.figures.plots import Spec, control_spec, outcomes_spec

CHARTS = ("control", "outcomes")
MAIN = "nprs"


def svg(of: Snapshot, name: str, since: date | None, locale: str) -> str:
    """One of `CHARTS` as SVG."""
    spec = _control(of, since, locale) if name == "control" else _outcomes(of, since, locale)
    return _kept(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=64)
def _kept(spec: str) -> str:
    """A picture that is looked at again, as it mostly is, is not drawn again."""
    return draw_svg(json.loads(spec))


def _control(of: Snapshot, since: date | None, locale: str) -> Spec:
    said = {
        name: catalogue.text(f"figures-control-{name}", locale)
        for name in ("seen", "before", "limit")
    }
    return control_spec(months(of, since), catalogue.text("figures-control-axis", locale), said)


def _outcomes(of: Snapshot, since: date | None, locale: str) -> Spec:
    known = read_presentations()
    rows = [
        (known[one.name].name if one.name in known else one.name, one.counts)
        for one in by_presentation(of, since, MAIN)
    ]
    names = [catalogue.text(f"figures-worth-{worth}", locale) for worth in WORTHS]
    return outcomes_spec(rows, names, catalogue.text("figures-outcomes-axis", locale))
