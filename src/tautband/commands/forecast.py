"""``tautband forecast``: is it working for this patient, and what comes next."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tautband.base.errors import InputError
from tautband.commands.layout import bar, heading, paragraph

if TYPE_CHECKING:
    from tautband.care.course import Judged

LARGEST_FILE = 500_000  # bytes


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "forecast",
        help="judge one patient's course: is it working, and what comes next",
        description="Reads a course (docs/course-format.md): scores by day and sessions.",
    )
    parser.add_argument("file", metavar="COURSE.json", help="the course, or '-' for standard input")
    parser.add_argument("--json", action="store_true", help="print schema tautband.forecast/1")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw it: .svg or .png")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Judge, print, and draw if asked."""
    from tautband.care.course import course_json, judge_file

    if chosen.picture:
        _check_picture(chosen.picture)
    judged = judge_file(_read(chosen.file))
    if chosen.json:
        print(json.dumps(course_json(judged), indent=2, ensure_ascii=False))
    else:
        print(report(judged))
    if chosen.picture:
        _save(judged, chosen.picture)
    return 0


def _read(name: str) -> Any:
    try:
        if name == "-":
            text = sys.stdin.read(LARGEST_FILE + 1)
        else:
            with Path(name).open(encoding="utf-8") as file:
                text = file.read(LARGEST_FILE + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("file", f"'{name}' cannot be read", "a course as JSON") from error
    if len(text) > LARGEST_FILE:
        raise InputError("file", f"'{name}' is too large", "one course, a few kB")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError("file", f"'{name}' is not JSON ({where})", "a course as JSON") from error
    except RecursionError:
        raise InputError("file", f"'{name}' is nested too deeply", "a course as JSON") from None


def _no_constant(name: str) -> Any:
    raise InputError("file", f"holds {name}", "numbers")


def _check_picture(path: Path) -> None:
    if path.suffix.lower() not in (".svg", ".png"):
        raise InputError("--picture", f"'{path.name}' is no picture", "a name in .svg or .png")
    if not path.absolute().parent.is_dir():
        raise InputError("--picture", f"{path.parent} does not exist", "a folder that exists")


def _save(judged: "Judged", path: Path) -> None:
    from tautband.care.course_picture import course_spec
    from tautband.evidence.plots import to_png, to_svg

    spec = course_spec(judged)
    drawn = to_svg(spec).encode() if path.suffix.lower() == ".svg" else to_png(spec)
    try:
        path.write_bytes(drawn)
    except OSError as error:
        raise InputError("--picture", f"{path} cannot be written", "a free place") from error


def report(judged: "Judged") -> str:
    """The answer as text: the verdict, a plot, the chances, and sentences for both readers."""
    from tautband.care.course_words import TITLES
    from tautband.commands.course_plot import plot

    title = TITLES[judged.verdict.answer]
    made_up = " (synthetic)" if judged.course.synthetic else ""
    parts = [
        heading(f"{title}: {judged.course.outcomes[0].name}, day {judged.forecast.now:g}{made_up}"),
        plot(judged),
        _chances(judged),
        heading("For the clinician") + "\n" + _sentences(judged.clinician),
        heading("For the patient") + "\n" + _sentences(judged.patient),
        _made_by(),
    ]
    return "\n\n".join(part for part in parts if part)


def _chances(judged: "Judged") -> str:
    from tautband.care.course_words import in_ten

    f = judged.forecast
    if not f.if_continued:
        return ""
    lines = [heading("Chance of an important change, by weeks since the first session")]
    lines.append(f"  {'week':<6}{'if sessions go on':<34}{'if they stop':<34}".rstrip())
    for go, stop in zip(f.if_continued, f.if_stopped, strict=True):
        left = f"{bar(go.chance, 10)} {in_ten(go.chance)}"
        right = f"{bar(stop.chance, 10)} {in_ten(stop.chance)}"
        lines.append(f"  {go.week:<6}{left:<34}{right}".rstrip())
    return "\n".join(lines)


def _sentences(said: tuple[str, ...]) -> str:
    return "\n".join(paragraph(f"- {one}", "  ", "  ") for one in said)


def _made_by() -> str:
    from tautband.care.course import versions

    return "Made by " + ", ".join(f"{name} {value}" for name, value in versions().items()) + "."
