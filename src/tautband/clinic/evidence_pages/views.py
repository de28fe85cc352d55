"""The addresses under /evidence/."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tautband.base.errors import InputError
from tautband.care.evidence import AXES, claim_json, find_sheet, mechanism_json, sheet_json
from tautband.evidence.claims import load_claims
from tautband.evidence.mechanism import load_mechanism
from tautband.evidence.plots import forest_spec, funnel_spec, to_svg
from tautband.evidence.regression import FEW_FOR_SMALL_STUDY, small_study_effects
from tautband.evidence.sheets import Sheet, load_sheets
from tautband.evidence.table import Row

PEOPLE, A_ROW = 100, 20
_A_DAY_S = 86_400


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All sheets, and the ways to claims and mechanism."""
    claims = load_claims().values()
    content = {
        "page": "evidence",
        "sheets": [
            {"sheet": sheet, "pooled": sum(bool(a.answer.pool) for a in sheet.answered)}
            for sheet in load_sheets().values()
        ],
        "claims": len(claims),
        "unsupported": sum(c.verdict != "supported" for c in claims),
    }
    return render(request, "evidence/index.html", content)


@require_safe
def sheet(request: HttpRequest, condition: str) -> HttpResponse:
    """A sheet for clinicians."""
    found = _sheet(condition)
    told = sheet_json(found)
    for number, question in enumerate(told["questions"], start=1):
        question["number"] = number
        question["outcome_text"] = f"evidence-outcome-{_slug(question['outcome'])}"
        question["level_text"] = f"evidence-level-{_slug(question['certainty']['level'])}"
    return render(request, "evidence/sheet.html", {"page": "evidence", "it": told})


@require_safe
def patient(request: HttpRequest, condition: str) -> HttpResponse:
    """The same in plain words, with an icon array."""
    found = _sheet(condition)
    told = sheet_json(found)
    content = {"page": "evidence", "it": told, "icons": _icons(found)}
    return render(request, "evidence/patient.html", content)


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """All claims with their verdicts."""
    told = [claim_json(claim) for claim in load_claims().values()]
    for claim in told:
        claim["verdict_text"] = f"claims-verdict-{_slug(claim['verdict'])}"
    return render(request, "evidence/claims.html", {"page": "evidence", "claims": told})


@require_safe
def mechanism(request: HttpRequest) -> HttpResponse:
    """How needling may work, drawn, and how it differs from acupuncture."""
    told = mechanism_json(load_mechanism())
    for step in told["steps"]:
        step["picture"] = f"evidence/{step['id']}.svg"
        step["sureness_text"] = f"mechanism-sureness-{step['sureness']}"
        step["kind_text"] = f"mechanism-kind-{_slug(step['kind'])}"
    return render(request, "evidence/mechanism.html", {"page": "evidence", "it": told})


@require_safe
def plot(request: HttpRequest, condition: str, number: int, kind: str) -> HttpResponse:
    """A forest or funnel plot of one question of a sheet, as SVG."""
    found = _sheet(condition)
    if kind not in ("forest", "funnel") or not 1 <= number <= len(found.answered):
        raise Http404
    if found.answered[number - 1].answer.pool is None:
        raise Http404
    response = HttpResponse(_plot(found.version, condition, number, kind), "image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={_A_DAY_S}"
    return response


@lru_cache(maxsize=200)
def _plot(version: str, condition: str, number: int, kind: str) -> str:
    """The picture; ``version`` keeps a changed sheet from showing an old one."""
    answer = load_sheets()[condition].answered[number - 1].answer
    assert answer.pool is not None
    rows = tuple(Row(u.trial.name, u.effect) for u in answer.used)
    axis = AXES[answer.question.measure]
    if kind == "forest":
        return to_svg(forest_spec(rows, answer.pool, axis))
    y, v = [r.effect.estimate for r in rows], [r.effect.variance for r in rows]
    egger = small_study_effects(y, v) if len(rows) >= FEW_FOR_SMALL_STUDY else None
    return to_svg(funnel_spec(rows, answer.pool, egger, axis))


def _slug(words: str) -> str:
    return words.replace(" ", "-")


def _sheet(condition: str) -> Sheet:
    try:
        found = find_sheet(condition)
    except InputError as error:
        raise Http404 from error
    if found.condition != condition:
        raise Http404
    return found


def _icons(sheet: Sheet) -> list[dict[str, Any]]:
    """One person a dot, in rows: better anyway, better with the needle (or worse), not better."""
    if sheet.of_100 is None:
        return []
    without, needled = sheet.of_100.without, sheet.of_100.needled
    first, second = min(without, needled), max(without, needled)
    extra = "gain" if needled >= without else "loss"
    return [
        {
            "x": 8 + 16 * (i % A_ROW),
            "y": 8 + 16 * (i // A_ROW),
            "kind": "anyway" if i < first else extra if i < second else "not",
        }
        for i in range(PEOPLE)
    ]
