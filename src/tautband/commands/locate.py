"""``tautband locate``: which trigger points would explain a sentence or a drawing."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.commands.layout import bar, exactness, heading, paragraph, percent
from tautband.commands.pain import add_pain, read_pain, told

if TYPE_CHECKING:
    from tautband.care.locate import Location
    from tautband.reasoning.ranking import Candidate, Explained

FEW = 5


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("locate", help="rank the trigger points that would explain a pain")
    add_pain(parser)
    parser.add_argument(
        "--why", action="store_true", help="say where the prior of each candidate comes from"
    )
    parser.add_argument("--json", action="store_true", help="print schema tautband.locate/1")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="draw it, front and back")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Rank, print, and draw if asked."""
    from tautband.care.locate import CASE_BOUND, locate
    from tautband.care.wire import location_json

    if chosen.picture:
        from tautband.commands.picture import check_png

        check_png(chosen.picture)
    drawing, sentence = read_pain(chosen)
    answer = locate(drawing, sentence=sentence, bound=CASE_BOUND, **told(chosen))
    # The picture first: when it cannot be written, nothing else is.
    if chosen.picture:
        from tautband.commands.picture import save_location

        save_location(answer, drawing, chosen.sex, chosen.picture)
    if chosen.json:
        print(json.dumps(location_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer, chosen.why))
    return 0


def report(answer: "Location", why: bool = False) -> str:
    """The answer as text: warnings, what was understood, the ranking, the rest.

    ``why``: also where each prior comes from.
    """
    parts = [
        _warnings(answer),
        _understood(answer),
        _told(answer),
        _everywhere(answer, why) or _muscles(answer, why),
        _others(answer, why),
        _questions(answer),
        _rest(answer),
    ]
    return "\n\n".join(part for part in parts if part)


def _warnings(answer: "Location") -> str:
    return "\n\n".join(
        f"‼ {flag.title.upper()}\n{paragraph(flag.say, '  ')}\n{paragraph(flag.do, '  ')}"
        for flag in answer.red_flags
    )


def _understood(answer: "Location") -> str:
    if not answer.understood:
        return ""
    lines = [heading("Understood")]
    lines += [paragraph(f"“{r.text}”: {r.meaning}", "  ", "  ") for r in answer.understood]
    if answer.not_understood:
        lines.append(paragraph("Not understood: " + ", ".join(answer.not_understood), "  ", "  "))
    return "\n".join(lines)


def _told(answer: "Location") -> str:
    """What the answer was told beside the pain, and whether findings were weighed."""
    setting = answer.setting
    patient = setting.patient
    lines = []
    if patient.presentation:
        lines.append(f"Presentation: {patient.presentation.name}.")
    if patient.sex:
        lines.append(f"Sex: {patient.sex}.")
    lines += [f"Treated before: {t.muscle} {t.side}, then {t.response}." for t in patient.treated]
    if not setting.assumed:
        lines.append("Findings whose weight nobody measured are not weighed.")
    return "\n".join(paragraph(line) for line in lines)


def _everywhere(answer: "Location", why: bool) -> str:
    found = answer.widespread
    if found is None:
        return ""
    lines = [heading("Widespread pain"), paragraph(found.criterion.say, "  ")]
    counted = f"Drawn in {found.regions} of 5 regions and {found.areas} of 19 areas."
    lines += ["", paragraph(f"{counted} {found.criterion.why}", "  ")]
    if answer.candidates:
        lines += ["", heading("Muscles that were examined")]
        lines += [_entry(candidate, why) for candidate in answer.candidates]
    return "\n".join(lines)


def _muscles(answer: "Location", why: bool) -> str:
    lines = [heading("Trigger points that would explain it")]
    if not answer.candidates:
        lines.append("  None in this atlas.")
    lines += [_entry(c, why) for c in answer.candidates]
    return "\n".join(lines)


def _entry(candidate: "Candidate", why: bool) -> str:
    record = candidate.unit.muscle
    assert record is not None
    title = f"{record.name}, {candidate.unit.side}"
    lines = [f"  {bar(candidate.probability)} {percent(candidate.probability):>6}  {title}"]
    if candidate.probability >= 0.05:
        lines.append(_line("explains", _places(candidate.explains)))
        if candidate.against:
            said = [a.why if a.region is None else a.region.plain for a in candidate.against]
            prefix = "" if candidate.against[0].region is None else "nothing drawn at: "
            lines.append(_line("against", prefix + ", ".join(said)))
        risks = "; ".join(r.structure for r in record.at_risk if r.stated)
        lines.append(_line("at risk", risks or "not established"))
    lines += _findings(candidate) + (_prior(candidate) if why else [])
    return "\n".join(lines)


def _findings(candidate: "Candidate") -> list[str]:
    """What the drawing alone says, where findings moved it."""
    alone = candidate.from_drawing
    if alone is None or percent(alone) == percent(candidate.probability):
        return []
    return [_line("findings", f"from the drawing alone {percent(alone)}")]


def _prior(candidate: "Candidate") -> list[str]:
    from tautband.base.sources import bibliography

    known = bibliography()
    lines = [_line("prior", f"{candidate.prior.value:.1%} before drawing and findings")]
    for reason in candidate.prior.reasons:
        factor = "" if reason.factor is None else f" (odds x {reason.factor:.2g})"
        cited = "; ".join(known[key].citation for key in reason.sources)
        basis = f"{reason.confidence}: {cited}" if cited else "an assumption"
        lines.append(_line("", f"{reason.text}{factor} [{basis}]"))
    return lines


def _line(label: str, text: str) -> str:
    lead = f"{label}:" if label else ""
    return paragraph(f"{lead:<10}{text}", " " * 31, " " * 10)


def _places(explained: "tuple[Explained, ...]") -> str:
    shown = [e.region.plain for e in explained[:FEW]]
    more = len(explained) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _others(answer: "Location", why: bool) -> str:
    if not answer.other_causes:
        return ""
    lines = [heading("Other explanations to weigh")]
    for candidate in answer.other_causes:
        cause = candidate.unit.cause
        assert cause is not None
        title = f"{cause.name}, {candidate.unit.side} ({cause.kind})"
        lines.append(f"  {bar(candidate.probability)} {percent(candidate.probability):>6}  {title}")
        lines += _findings(candidate) + (_prior(candidate) if why else [])
    return "\n".join(lines)


def _questions(answer: "Location") -> str:
    if not answer.questions:
        return ""
    lines = [heading("Ask before needling here")]
    lines += [paragraph(f"{q.title}: {' '.join(q.ask)}", "  ", "  ") for q in answer.questions]
    return "\n".join(lines)


def _rest(answer: "Location") -> str:
    left = ", ".join(f"{e.region.plain} ({e.region.side})" for e in answer.unexplained)
    exact = exactness(answer.bound)
    versions = answer.versions
    return "\n".join(
        [
            paragraph("Not explained by anything here: " + (left or "nothing"), "", "  "),
            paragraph(
                f"Probabilities are the model's and {exact}; {versions.atlas}, {versions.model}, "
                f"{versions.body}. Advice to a trained professional, not a decision.",
            ),
        ]
    )
