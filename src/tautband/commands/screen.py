"""``tautband screen``: may this person be needled, at these places, today."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.care.screen import Screened
    from tautband.safety.screening.policy import Policy
    from tautband.safety.screening.screening import Reason

LARGEST_FILE = 200_000  # bytes; a full set of answers has about 5,000
MOST_ASKED = 12


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("screen", help="say whether a plan may be needled today, and why")
    parser.add_argument("answers", nargs="?", type=Path, help="a file of answers (see --template)")
    parser.add_argument(
        "--plan", metavar="MUSCLES", help="such as 'rhomboid major right, upper trapezius right'"
    )
    parser.add_argument(
        "--technique",
        action="append",
        default=[],
        metavar="NAME",
        help="planned besides plain needling: 'electrical stimulation', 'deep needling'",
    )
    parser.add_argument("--policy", type=Path, metavar="FILE.toml", help="the clinic's policy")
    parser.add_argument(
        "--return-of", type=Path, metavar="FILE", help="the answers of the last visit"
    )
    parser.add_argument("--questions", action="store_true", help="print the questionnaire")
    parser.add_argument(
        "--return-form", action="store_true", help="with --questions or --template: the short form"
    )
    parser.add_argument("--template", action="store_true", help="print an empty file of answers")
    parser.add_argument("--rule", metavar="ID", help="print one rule with its sources")
    parser.add_argument("--json", action="store_true", help="print schema tautband.screen/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Screen and print, or print what a screening stands on."""
    if chosen.questions:
        return _print_questions(chosen)
    if chosen.template:
        return _print_template(chosen)
    if chosen.rule is not None:
        return _print_rule(chosen)
    if chosen.answers is None:
        raise InputError("screen", "needs a file of answers", "answers.json, or --template")
    if not (chosen.plan or "").strip():
        raise InputError(
            "--plan", "is missing or empty", "muscles with sides, such as 'infraspinatus right'"
        )
    from tautband.care.screen import screen_plan
    from tautband.care.screen_wire import screening_json

    data = read_json("answers", chosen.answers)
    previous = read_json("--return-of", chosen.return_of) if chosen.return_of else None
    screened = screen_plan(
        data,
        chosen.plan,
        previous=previous,
        policy=_policy(chosen.policy),
        techniques=[t.strip().lower() for t in chosen.technique],
    )
    if chosen.json:
        print(json.dumps(screening_json(screened), indent=2, ensure_ascii=False))
    else:
        print(report(screened))
    return 0


def read_json(field: str, path: Path) -> Any:
    """A file of JSON; raises InputError that says what is wrong with it."""
    text = _read(field, path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(field, f"{path.name} is not JSON", "a file of answers as JSON") from error


def report(screened: "Screened") -> str:
    """A screening as text, the strictest first."""
    screening = screened.screening
    title = f"{screening.decision.words.upper()} (the strictest of this plan)"
    parts = [heading(title), _table(screened)]
    counted = [r for r in screening.counted if not r.quiet]
    known = [r for r in counted if r.truth.name == "YES"]
    stops = [r for r in known if r.interrupts]
    parts += _block("Stops", [_told(r, screened) for r in stops])
    parts += _block("Not known, so it asks", _asked(screened))
    parts += _block("Precautions", _precautions([r for r in known if not r.interrupts]))
    quiet = [r for r in screening.counted if r.quiet and r.truth.name == "YES"]
    parts += _block("Quiet notes", [paragraph(f"{r.do} ({r.id})", "  ", "  ") for r in quiet])
    other = [r for r in screening.reasons if r not in screening.counted and r.interrupts]
    parts += _block("If it were planned", [_brief(r) for r in other if r.truth.name == "YES"])
    if screened.answers.carried:
        carried = ", ".join(screened.answers.carried)
        parts.append(paragraph(f"Taken over from the last visit: {carried}."))
    parts += _block("Policy of this clinic", [paragraph(c, "  ", "  ") for c in screening.changes])
    made_up = " The answers are made up." if screened.answers.synthetic else ""
    parts.append(
        paragraph(
            "The whole of a rule, with its sources: tautband screen --rule ID. "
            "Advice to a trained professional, not a decision." + made_up
        )
    )
    return "\n\n".join(parts)


def _table(screened: "Screened") -> str:
    screening = screened.screening
    rows = [("This patient", screening.patient.decision.words)]
    rows += [(f"Region: {r.name}", r.decision.words) for r in screening.regions]
    rows += [(f"{m.name}, {m.target.side}", m.decision.words) for m in screening.muscles]
    for technique in screening.techniques:
        planned = "" if technique.key in screening.planned else " (not planned)"
        at = max(
            (m.techniques[technique.key] for m in screening.muscles), default=technique.decision
        )
        rows.append((f"Technique: {technique.name}{planned}", max(at, technique.decision).words))
    wide = max(len(name) for name, _ in rows) + 2
    return "\n".join(f"  {name:<{wide}}{words}" for name, words in rows)


def _told(reason: "Reason", screened: "Screened") -> str:
    where = f", {_place(reason, screened)}" if reason.where else ""
    head = f"{reason.decision.words} ({reason.id}{where}): {reason.why}"
    about = f" {reason.about}." if reason.about else ""
    said = "; ".join(
        f"{screened.known.guidelines[key].name}: {word}"
        if key in screened.known.guidelines
        else f"{key}: {word}"
        for key, (word, _) in reason.classes.items()
    )
    policy = f" Policy: {reason.policy}." if reason.policy else ""
    lines = [
        paragraph(head + about, "  ", "  "),
        paragraph(f"Do: {reason.do}{policy}", "    "),
    ]
    if said:
        lines.append(paragraph(f"Said by: {said} [{reason.confidence}]", "    "))
    return "\n".join(lines)


def _place(reason: "Reason", screened: "Screened") -> str:
    names = {m.key: f"{m.name} {m.target.side}" for m in screened.screening.muscles}
    names |= {r.key: r.name for r in screened.screening.regions}
    return names.get(reason.where, reason.where)


def _asked(screened: "Screened") -> list[str]:
    """Each open question once, with the strictest rule that waits for it."""
    from tautband.care.screen import to_ask

    waiting = to_ask(screened)
    questions = screened.known.questions
    hard = [(key, reason) for key, reason in waiting.items() if reason.interrupts]
    lines = [
        paragraph(f"{questions[key].clinician} ({key}; {reason.id})", "  ", "  ")
        for key, reason in hard[:MOST_ASKED]
    ]
    if len(hard) > MOST_ASKED:
        lines.append(f"  and {len(hard) - MOST_ASKED} more; --json lists all")
    soft = [key for key, reason in waiting.items() if not reason.interrupts]
    if soft:
        lines.append(paragraph("Also open, for precautions only: " + ", ".join(soft), "  ", "  "))
    return lines


def _precautions(reasons: "list[Reason]") -> list[str]:
    by_rule: dict[str, Reason] = {}
    for reason in reasons:
        by_rule.setdefault(reason.id, reason)
    return [_brief(reason) for reason in by_rule.values()]


def _brief(reason: "Reason") -> str:
    softened = " (softened by a known safeguard)" if reason.softened else ""
    words = "" if not reason.interrupts else f"{reason.decision.words}: "
    return paragraph(f"{words}{reason.do} ({reason.id}){softened}", "  ", "  ")


def _block(title: str, lines: list[str]) -> list[str]:
    return ["\n".join([title, *lines])] if lines else []


def _policy(path: Path | None) -> "Policy | None":
    from tautband.care.screen import read_policy

    return read_policy(_read("--policy", path)) if path else None


def _read(field: str, path: Path) -> str:
    try:
        size = path.stat().st_size
        text = path.read_text("utf-8") if size <= LARGEST_FILE else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(field, f"{path} cannot be read", "a file of text") from error
    if size > LARGEST_FILE:
        raise InputError(field, f"{path.name} is larger than 200 kB", "a smaller file")
    return text


def _print_questions(chosen: argparse.Namespace) -> int:
    from tautband.care.screen_wire import questions_json
    from tautband.safety.screening.rules import load_knowledge

    told = questions_json(load_knowledge(), chosen.return_form)
    if chosen.json:
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    section = ""
    for question in told["questions"]:
        if question["section"] != section:
            section = question["section"]
            print(f"\n{heading(section)}")
        print(paragraph(f"{question['key']}: {question['patient']}", "  ", "    "))
        print(paragraph(f"For the clinician: {question['clinician']} {_right(question)}", "      "))
    return 0


def _right(question: dict[str, Any]) -> str:
    match question["kind"]:
        case "choice":
            right = ", ".join(question["choices"])
        case "number" | "days":
            right = f"{question['low']:g} to {question['high']:g} {question['unit']}"
        case "medicines" | "places":
            right = f"list of {question['kind']}"
        case kind:
            right = kind.replace("_", "/")
    return f"[{right}]"


def _print_template(chosen: argparse.Namespace) -> int:
    from tautband.safety.screening.answers import template
    from tautband.safety.screening.rules import load_knowledge

    questions = load_knowledge().questions
    if chosen.return_form:
        questions = {key: q for key, q in questions.items() if q.again}
    print(json.dumps(template(questions), indent=2))
    return 0


def _print_rule(chosen: argparse.Namespace) -> int:
    from tautband.care.screen_wire import rule_json
    from tautband.safety.screening.rules import load_knowledge, load_rules
    from tautband.text.near import close_names

    rules = load_rules()
    if chosen.rule not in rules:
        raise InputError(
            "--rule",
            f"'{chosen.rule[:60]}' is not a rule",
            "an id that a screening shows",
            close_names(chosen.rule, rules),
        )
    told = rule_json(rules[chosen.rule], load_knowledge())
    if chosen.json:
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    print(heading(f"{told['id']} ({told['scope']})"))
    print(paragraph(told["why"]))
    print(paragraph(f"Do: {told['do']}"))
    print(paragraph(f"Fires when: {told['when']}"))
    if told["unless"]:
        print(paragraph(f"Softened to {told['mitigated']} when known: {told['unless']}"))
    for said in told["guidelines"]:
        print(f"  {said['name']} ({said['kind']}): {said['said']} -> {said['decision']}")
    for source in told["sources"]:
        print(
            paragraph(
                f"[{source['key']}] {source['citation']} {source['url']} (read: {source['read']})",
                "  ",
                "    ",
            )
        )
    print(f"Confidence: {told['confidence']}")
    return 0
