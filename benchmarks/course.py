"""Check the model of one course, and write the figures into ``docs/validation.md``.

    python -m benchmarks.course [courses per world] [replicates]

Only what stands between the markers is replaced.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
from tools.marked import filled

from benchmarks.course_rivals import RIVALS, compare, groups
from tautband.response.fit import fit
from tautband.response.forecast import forecast
from tautband.response.model import Model
from tautband.response.numbers import numbers_version
from tautband.response.verdict import judge, load_rule
from tautband.synthetic.course_checks import (
    AS_BELIEVED,
    CHECKED,
    ever_working,
    forecasts,
    simulation_based_calibration,
    verdicts,
)
from tautband.synthetic.courses import BENEFIT, HARDER, NO_BENEFIT, CourseWorld, Design, courses

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
SEED = 3000
WEEKS = (3, 6, 12)
DESIGNS = (Design(baseline=14), Design(baseline=0))
BINS = 20


def main() -> None:
    """Run all checks and write the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    replicates = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    parts: list[Callable[[], str]] = [
        lambda: _stamp(count, replicates),
        _time,
        lambda: _ranks(replicates),
        _groups,
        lambda: _operating(count),
        lambda: _scores(max(10, count // 2)),
    ]
    told = []
    for part in parts:
        told.append(part())
        print(told[-1], file=sys.stderr, flush=True)
        _write("\n\n".join(told))  # a run that is cut short leaves what it has found


def _stamp(count: int, replicates: int) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    day = datetime.now(UTC).date().isoformat()
    return (
        f"Run on {day} at commit {commit or 'unknown'}, tautband {version('tautband')}, "
        f"{numbers_version()}, {load_rule().version}, {count} made-up courses per world and "
        f"design, {replicates} replicates, seed {SEED}."
    )


def _operating(count: int) -> str:
    lines = [
        "**How often a course is called working.** Six weekly sessions, three scores in five days; "
        "*baseline* is the number of days scored before the first session. *At any look* counts a "
        "course that was called working in week 3, 6 or 12. The threshold was chosen on other "
        "courses (`benchmarks/course_threshold.py`).",
        "",
        "| world | baseline | week 3 | week 6 | week 12 | at any look | week 6: too early "
        "| cannot be separated | not working |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    once, ever = [], []
    for world in (*BENEFIT, *NO_BENEFIT, *HARDER):
        for design in DESIGNS:
            row, working, at_any = _cell(world, design, count)
            lines.append(row)
            if world in NO_BENEFIT:
                once.append(working)
                ever.append(at_any)
    lines += [
        "",
        f"Largest share of false *working* in the worlds without a benefit (those marked *harder* "
        f"aside): {100 * max(once):.1f} % at one look, {100 * max(ever):.1f} % at any look.",
    ]
    return "\n".join(lines)


def _cell(world: CourseWorld, design: Design, count: int) -> tuple[str, float, float]:
    """A row of the table, and the share called working at the worst look and at any."""
    found = forecasts(world, WEEKS, count, SEED, design)
    looks = {week: verdicts(at) for week, at in found.items()}
    working = [looks[week].get("working", 0.0) for week in WEEKS]
    at_any = ever_working(found)
    others = ("too_early", "cannot_be_separated", "not_working")
    cells = [*working, at_any, *(looks[6].get(answer, 0.0) for answer in others)]
    told = " | ".join(f"{100 * cell:.1f} %" for cell in cells)
    return f"| {world.name} | {design.baseline} d | {told} |", max(working), at_any


def _ranks(replicates: int) -> str:
    ranks = simulation_based_calibration(replicates, SEED)
    lines = [
        f"**Simulation-based calibration.** Ranks of the truth, {BINS} equal bins, "
        f"{replicates} replicates; flat is right. *inside 90 %* should be 90 %.",
        "",
        "| quantity | counts | chi-square p | inside 90 % |",
        "|---|---|---|---|",
    ]
    for name in CHECKED:
        counts = " ".join(map(str, ranks.histogram(name, BINS)))
        u = ranks.by_name[name]
        inside = float(np.mean((u >= 0.05) & (u <= 0.95)))
        shown = name.replace("_", " ")
        lines.append(
            f"| {shown} | {counts} | {ranks.p_value(name, BINS):.2f} | {100 * inside:.1f} % |"
        )
    return "\n".join(lines)


def _scores(count: int) -> str:
    names = list(RIVALS)
    lines = [
        f"**Forecasts of scores one to six weeks ahead**, CRPS / log score, smaller is better; the "
        f"best of a row in bold. {count} made-up courses a row, all with baseline scores.",
        "",
        "| world | known until | " + " | ".join(names) + " |",
        "|---" * (len(names) + 2) + "|",
    ]
    lost = []
    for world in (AS_BELIEVED, *NO_BENEFIT, *BENEFIT):
        for week in (3, 6):
            found = compare(world, week, count, SEED, Design())
            told = {n: [f"{found.mean(n, k):.2f}" for k in (0, 1)] for n in names}
            best = [min(told[n][k] for n in names) for k in (0, 1)]
            cells = [
                " / ".join(f"**{t}**" if t == b else t for t, b in zip(told[n], best, strict=True))
                for n in names
            ]
            lines.append(f"| {world.name} | week {week} | " + " | ".join(cells) + " |")
            lost += [
                f"{world.name}, week {week}: {n} by {gain:.2f} {what}"
                for n in names[1:]
                for k, what in enumerate(("CRPS", "of log score"))
                for gain, error in [found.ahead(n, k)]
                if gain > 2 * error
            ]
    said = "; ".join(lost) + "." if lost else "nowhere."
    lines += ["", f"Where a rival is better by more than two standard errors: {said}"]
    return "\n".join(lines)


def _groups() -> str:
    names = list(RIVALS)
    lines = [
        "**Published group courses**: the last mean foretold from the earlier ones (0-10); "
        "the nearest in bold.",
        "",
        "| group | day | printed | " + " | ".join(names) + " | source |",
        "|---" * (len(names) + 4) + "|",
    ]
    told = groups()
    for one in told:
        near = min(abs(one[n] - one["value"]) for n in names)
        cells = [
            f"**{one[n]:.1f}**" if abs(one[n] - one["value"]) <= near + 0.05 else f"{one[n]:.1f}"
            for n in names
        ]
        lines.append(
            f"| {one['name']} | {one['day']} | {one['value']:.1f} | "
            + " | ".join(cells)
            + f" | {one['source']} |"
        )
    errors = [np.mean([abs(one[n] - one["value"]) for one in told]) for n in names]
    lines.append("| mean error | | | " + " | ".join(f"{e:.2f}" for e in errors) + " | |")
    return "\n".join(lines)


def _time() -> str:
    taken = []
    for made in courses(AS_BELIEVED, 40, SEED, Design(answered=1.0)):
        runs = []
        for _ in range(3):
            begin = time.process_time()
            judge(forecast(fit(Model(made.course))))
            runs.append(1000 * (time.process_time() - begin))
        taken.append(min(runs))
    middle, most = np.median(taken[2:]), np.max(taken[2:])
    return (
        f"**Time** of fit, forecast with curves and verdict for 14 weeks of daily scores, "
        f"processor time of one core, the quickest of three runs as the machine was shared: median "
        f"{middle:.0f} ms, slowest of {len(taken) - 2} {most:.0f} ms."
    )


def _write(figures: str) -> None:
    PAGE.write_text(filled(PAGE.read_text("utf-8"), {"course": figures}), "utf-8")


if __name__ == "__main__":
    main()
