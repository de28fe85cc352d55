"""``tautband plan``: how a muscle may be needled in this patient, and what goes with it."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph
from tautband.commands.patient import (
    YES_NO,
    add_clinician,
    add_needle,
    add_patient,
    number,
    read_clinician,
    read_needle,
    read_patient,
    yes_no,
)
from tautband.commands.sources import Marks, mild_lines, reason_lines

if TYPE_CHECKING:
    from tautband.care.plan import Plan, PlannedTarget
    from tautband.safety.planning.assess import NeedleAnswer
    from tautband.safety.planning.recipe import Recipe
    from tautband.safety.planning.session import Context
    from tautband.safety.screening.answers import Answers

MOST_INSERTIONS = 200


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "plan", help="plan a session: position, needle, limits, and what goes with it"
    )
    parser.add_argument("targets", help="'infraspinatus right, upper trapezius left'")
    add_patient(parser)
    parser.add_argument("--pregnant", choices=YES_NO, default="unknown")
    parser.add_argument("--implant", action="append", default=[], metavar="NAME", help="or 'none'")
    add_clinician(parser)
    add_needle(parser)
    _add_session(parser)
    parser.add_argument(
        "--answers", type=Path, metavar="FILE.json", help="screen these answers (tautband screen)"
    )
    parser.add_argument("--patient-sheet", action="store_true", help="print the home plan alone")
    parser.add_argument("--all", action="store_true", help="print every precaution and source")
    parser.add_argument("--json", action="store_true", help="print schema tautband.plan/1")
    parser.set_defaults(run=run)


def _add_session(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("this session")
    group.add_argument(
        "--cause",
        default="unknown",
        choices=("overuse", "trauma", "posture", "stress", "unknown"),
        help="what overloaded the muscle",
    )
    group.add_argument("--first-session", choices=YES_NO, nargs="?", const="yes", default="unknown")
    group.add_argument("--days-since-last", metavar="DAYS", help="since these muscles were needled")
    group.add_argument("--still-sore", choices=YES_NO, default="unknown")
    group.add_argument("--needles", metavar="N", help="needles planned for each muscle")
    group.add_argument("--insertions", metavar="N", help="insertions planned for each muscle")
    group.add_argument(
        "--thorax-today",
        choices=("none", "left", "right", "both", "unknown"),
        default="unknown",
        help="sides of the thorax needled today already",
    )
    group.add_argument("--competition-in-days", metavar="DAYS", help="or heavy training")
    group.add_argument("--athlete", choices=YES_NO, default="unknown")
    group.add_argument("--electrical", action="store_true", help="stimulation through the needle")
    group.add_argument("--implanted-device", choices=YES_NO, default="unknown")
    group.add_argument("--uncontrolled-epilepsy", choices=YES_NO, default="unknown")
    group.add_argument("--anticoagulant", choices=YES_NO, default="unknown")
    group.add_argument(
        "--both-sides-reason", default="", help="the clinic's written reason for both lungs' sides"
    )


def run(chosen: argparse.Namespace) -> int:
    """Plan and print."""
    from dataclasses import replace

    from tautband.atlas.atlas import load_atlas
    from tautband.care.loop import Visit, plan_visit
    from tautband.care.plan import parse_targets
    from tautband.care.plan_wire import plan_json
    from tautband.safety.planning.session import SessionPolicy

    atlas = load_atlas()
    targets = [
        replace(
            target,
            needles=_count("--needles", chosen.needles),
            insertions=_count("--insertions", chosen.insertions),
        )
        for target in parse_targets(chosen.targets, atlas.muscles)
    ]
    visit = Visit(
        patient=read_patient(chosen),
        clinician=read_clinician(chosen),
        answers=_answers(chosen.answers),
        technique=read_needle(chosen),
        context=_context(chosen, [target.key for target in targets]),
        cause=chosen.cause,
        athlete=yes_no(chosen.athlete),
    )
    policy = SessionPolicy(bilateral_thorax_reason=chosen.both_sides_reason)
    plan = plan_visit(visit, targets, atlas, policy)
    if chosen.json:
        print(json.dumps(plan_json(plan), indent=2, ensure_ascii=False))
    elif chosen.patient_sheet:
        print(sheet(plan))
    else:
        print(report(plan, whole=chosen.all))
    return 0


def _answers(path: Path | None) -> "Answers | None":
    if path is None:
        return None
    from tautband.care.screen import read_answers
    from tautband.commands.screen import read_json

    return read_answers(read_json("--answers", path))


def _context(chosen: argparse.Namespace, keys: list[str]) -> "Context":
    from tautband.base.side import Side
    from tautband.safety.planning.session import Context

    told = chosen.thorax_today
    both = frozenset({Side.LEFT, Side.RIGHT})
    sides = {"none": frozenset[Side](), "unknown": None, "both": both}
    days = _days("--days-since-last", chosen.days_since_last)
    sore = yes_no(chosen.still_sore)
    return Context(
        first_session=yes_no(chosen.first_session),
        thorax_today=sides[told] if told in sides else frozenset({Side(told)}),
        last_days={} if days is None else dict.fromkeys(keys, days),
        still_sore={} if sore is None else dict.fromkeys(keys, sore),
        electrical=chosen.electrical,
        implanted_device=yes_no(chosen.implanted_device),
        epilepsy_uncontrolled=yes_no(chosen.uncontrolled_epilepsy),
        anticoagulant=yes_no(chosen.anticoagulant),
        competition_in_days=_days("--competition-in-days", chosen.competition_in_days),
    )


def _count(name: str, told: str | None) -> int | None:
    if told is None:
        return None
    if not told.isascii() or not told.isdigit() or not 0 < int(told[:6]) <= MOST_INSERTIONS:
        raise InputError(name, f"is '{told[:20]}'", f"a whole number from 1 to {MOST_INSERTIONS}")
    return int(told)


def _days(name: str, told: str | None) -> float | None:
    if told is None:
        return None
    days = number(name, told)
    if not days >= 0:
        raise InputError(name, f"is {told}", "0 days or more")
    return days


def report(plan: "Plan", *, whole: bool = True) -> str:
    """The plan as text for the clinician; not ``whole``: without sources, precautions in short."""
    from tautband.care.plan import READER

    marks = Marks(brief=not whole)
    parts = [paragraph(READER), f"Strictest decision in this plan: {plan.decision.words.upper()}"]
    if plan.asks:
        parts.append("\n".join(["Ask:", *(paragraph(f"- {ask}", "  ", "  ") for ask in plan.asks)]))
    if plan.session.general:
        parts.append("\n".join(["The session", *reason_lines(plan.session.general, marks)]))
    parts += [_target(planned, marks) for planned in plan.targets]
    parts.append(f"{heading('Home plan, for the patient')}\n{_wrapped(plan.home.text)}")
    return "\n\n".join([*parts, "\n".join(marks.list())])


def sheet(plan: "Plan") -> str:
    """The home plan alone."""
    return _wrapped(plan.home.text)


def _wrapped(text: str) -> str:
    return "\n".join(
        paragraph(line, "", "  " if line.startswith("- ") else "") for line in text.split("\n")
    )


def _target(planned: "PlannedTarget", marks: Marks) -> str:
    from tautband.safety.decision import Decision

    muscle = planned.target.muscle
    lines = [heading(f"{muscle.name}, {planned.target.side}: {planned.decision.words.upper()}")]
    if planned.recipe is None:
        lines.append(_row("No recipe", planned.no_recipe))
    else:
        lines += _recipe(planned.recipe, marks)
    if planned.needle is not None:
        lines += _limits(planned.needle)
    for risk in muscle.at_risk:
        if risk.stated:
            lines.append(
                _row("At risk", f"{risk.structure}. {risk.text}{marks.cite(risk.sources)}")
            )
    strict = [r for r in planned.reasons if r.decision > Decision.PRECAUTION]
    mild = [r for r in planned.reasons if r.decision is Decision.PRECAUTION]
    if strict:
        lines += ["Before a needle", *reason_lines(strict, marks)]
    if mild and planned.recipe is not None:
        lines += ["Keep in mind", *mild_lines(mild, marks)]
    return "\n".join(lines)


def _recipe(recipe: "Recipe", marks: Marks) -> list[str]:
    from tautband.safety.planning.recipe import millimetres

    length = millimetres(recipe.length_mm) if recipe.length_mm else "not established"
    gauge = millimetres(recipe.gauge_mm)
    if recipe.gauge_is_general:
        gauge += " (usual for any muscle; none is published for this one)"
    rows = [
        _row("Position", recipe.position),
        _row("Palpation", _palpation(recipe)),
        _row("Entry", recipe.entry),
        _row("Direction", recipe.direction),
        _row("Technique", recipe.technique),
        _row("Needle length", length),
        _row("Needle gauge", gauge),
        _row("As taught", f"{recipe.note} ({recipe.confidence}{marks.cite(recipe.sources)})"),
    ]
    if recipe.ultrasound_advised:
        rows.append(_row("Imaging", "ultrasound advised"))
    if recipe.restricted:
        rows.append(_row("Training", "only with further training"))
    return rows


def _palpation(recipe: "Recipe") -> str:
    if recipe.palpation.lower().startswith(recipe.grip):
        return recipe.palpation
    return f"{recipe.grip.capitalize()}. {recipe.palpation}"


def _limits(needle: "NeedleAnswer") -> list[str]:
    rows = []
    cap = needle.length_cap
    if cap is not None:
        sold = needle.longest_standard_mm
        word = "under" if cap.below else "at most"
        bought = f"; longest needle sold within that {sold} mm" if sold else ""
        rows.append(_row("Length cap", f"{word} {round(cap.mm, 1):g} mm{bought}"))
    deep = needle.depth_cap
    if deep is not None:
        word = "under" if deep.below else "at most"
        told = f"{word} {round(deep.mm, 1):g} mm below the skin. {deep.why}"
        rows.append(_row("Depth cap", told))
    measured = [j for j in needle.depth.judged if j.measurement.role == "hazard"]
    count = f"{len(measured)} measurement{'s' if len(measured) > 1 else ''}"
    told = f"{count}; see tautband depth" if measured else "no distance was found"
    rows.append(_row("Measured", told))
    return rows


def _row(label: str, text: str) -> str:
    return paragraph(f"{label:<16}{text}", "", " " * 16)
