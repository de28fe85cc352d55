"""``tautband depth``: what was measured below a muscle, and how far a needle would reach."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph, width
from tautband.commands.patient import add_needle, add_patient, read_needle, read_patient
from tautband.commands.sources import Marks, mild_lines, reason_lines

if TYPE_CHECKING:
    from tautband.safety.people import Patient
    from tautband.safety.planning.assess import LengthCap, NeedleAnswer
    from tautband.safety.planning.reasons import Reason
    from tautband.safety.planning.technique import Technique


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("depth", help="show what was measured below a muscle")
    parser.add_argument("muscle", help="its id, name or synonym, without a side")
    add_needle(parser)
    add_patient(parser)
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw it (.svg or .png)")
    parser.add_argument("--all", action="store_true", help="print every study and source")
    parser.add_argument("--json", action="store_true", help="print schema tautband.depth/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Judge, print, and draw if asked."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.names import find_muscle, split_side
    from tautband.care.plan_wire import depth_json
    from tautband.commands.depthplot import chart_of, save_chart
    from tautband.safety.planning.assess import assess_needle
    from tautband.safety.planning.recipe import recipe_of, why_not

    technique, patient = read_needle(chosen), read_patient(chosen)
    name, sides = split_side(chosen.muscle)
    if sides:
        raise InputError("muscle", f"'{chosen.muscle[:60]}' names a side", f"it without: '{name}'")
    muscle = find_muscle(name, load_atlas().muscles)
    if technique.needle_mm is None and technique.depth_mm is None:
        raise InputError("--needle", "is missing", "the needle's length in mm, such as --needle 40")
    answer = assess_needle(muscle, technique, patient)
    not_needled = "" if recipe_of(muscle) else why_not(muscle)
    if not_needled:
        answer = _refused(answer, not_needled, muscle.needling.sources)
    if chosen.picture:
        save_chart(chart_of(_title(muscle.name, technique, patient), answer), chosen.picture)
    if chosen.json:
        told = depth_json(muscle.name, technique, patient, answer)
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        print(report(muscle.name, technique, patient, answer, whole=chosen.all))
    return 0


def _refused(answer: "NeedleAnswer", why: str, sources: tuple[str, ...]) -> "NeedleAnswer":
    from dataclasses import replace

    from tautband.safety.decision import Decision
    from tautband.safety.planning.reasons import Reason

    reason = Reason("not_needled", Decision.DO_NOT_NEEDLE, why, sources)
    return replace(answer, decision=reason.decision, reasons=(reason, *answer.reasons))


def _title(name: str, technique: "Technique", patient: "Patient") -> str:
    told = [f"{technique.inserted_mm:g} mm in"]
    if technique.angle_deg is not None:
        told.append(f"{technique.angle_deg:g}° to the skin")
    if patient.sex:
        told.append(str(patient.sex))
    if patient.bmi:
        told.append(f"BMI {patient.bmi:.1f}")
    if patient.age_years is not None:
        told.append(f"{patient.age_years:g} years")
    return f"{name}: {', '.join(told)}"


def report(
    name: str,
    technique: "Technique",
    patient: "Patient",
    answer: "NeedleAnswer",
    *,
    whole: bool = True,
) -> str:
    """The answer as text: the decision, the picture, what was measured, the rules, the sources.

    Not ``whole``: without the studies one by one and without sources, precautions in short.
    """
    from tautband.care.plan import READER
    from tautband.commands.depthplot import chart_of, text_plot
    from tautband.safety.decision import Decision

    marks = Marks(brief=not whole)
    title = _title(name, technique, patient)
    parts = [paragraph(READER), heading(title)]
    verdict = [f"Decision: {answer.decision.words.upper()}"]
    verdict += [paragraph(line, "  ", "  ") for line in _summary(answer)]
    parts.append("\n".join(verdict))
    chart = chart_of(title, answer)
    if chart.rows:
        parts.append(text_plot(chart, width()))
    parts.append("\n".join(["Why", *reason_lines(_strict(answer), marks)]))
    if whole:
        parts.append(_studies(answer, marks))
    mild = [r for r in answer.reasons if r.decision is Decision.PRECAUTION]
    parts.append("\n".join(["Keep in mind", *mild_lines(mild, marks)]))
    return "\n\n".join([*parts, "\n".join(marks.list())])


def _summary(answer: "NeedleAnswer") -> list[str]:
    depth = answer.depth
    lines = []
    if depth.reach_mm is not None:
        lines.append(f"The tip would lie {depth.reach_mm:.1f} mm below the skin.")
    if depth.guard_mm is not None:
        lines.append(
            f"Smallest published value on this way: {depth.guard_mm:.1f} mm ({depth.guard_from})."
        )
    if depth.worst is not None:
        lines.append(
            "In people like those measured such a needle would reach what must not be reached in "
            f"{depth.worst.words}."
        )
    elif depth.guard_mm is not None:
        lines.append(
            "No overall figure: the study with the smallest value gives none for this patient, and "
            "the others alone would look milder."
        )
    lines += [
        line
        for line in (
            _cap("Needle", answer.length_cap),
            _cap("Depth", answer.depth_cap),
        )
        if line
    ]
    if answer.length_cap is not None:
        sold = answer.longest_standard_mm
        lines.append(f"Longest needle sold within that: {f'{sold} mm' if sold else 'none'}.")
    return lines


def _cap(label: str, cap: "LengthCap | None") -> str:
    if cap is None:
        return f"{label}: no published limit."
    word = "under" if cap.below else "at most"
    return f"{label}: {word} {round(cap.mm, 1):g} mm. {cap.why}"


def _strict(answer: "NeedleAnswer") -> "list[Reason]":
    from tautband.safety.decision import Decision

    return [r for r in answer.reasons if r.decision > Decision.PRECAUTION]


def _studies(answer: "NeedleAnswer", marks: Marks) -> str:
    """Every study with its words; contradictions are named, joined figures come last."""
    lines = ["What was measured"]
    for judged in answer.depth.judged:
        m = judged.measurement
        against = f" Disagrees with {', '.join(m.contradicts)}." if m.contradicts else ""
        basis = f"{m.confidence}{marks.cite(m.sources)}"
        lines.append(paragraph(f"{m.id} ({m.method}): {m.text}{against} ({basis})", "  ", "  "))
    for joined in answer.depth.joined:
        told = (
            f"{' and '.join(joined.studies)} together, for a person of a further study: "
            f"{joined.share.words}; between studies SD {joined.between_sd_mm:.1f} mm."
        )
        lines.append(paragraph(told, "  ", "  "))
    if len(lines) == 1:
        lines.append("  No measured distance was found for this muscle.")
    return "\n".join(lines)
