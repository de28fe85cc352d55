"""How sure the rule must be that the needling adds something, chosen on courses of their own.

    python -m benchmarks.course_threshold [courses per world and seed]

Prints, for each threshold, the largest share of false "working" in the worlds without a benefit and
the share found where there is one.  The seeds are not that of ``benchmarks.course``, which
then checks the chosen threshold on fresh courses.
"""

import sys
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from tautband.response.forecast import Forecast
from tautband.response.verdict import Rule, load_rule
from tautband.synthetic.course_checks import ever_working, forecasts, verdicts
from tautband.synthetic.courses import BENEFIT, NO_BENEFIT, CourseWorld, Design

SEEDS = (11, 12, 2026)
WEEKS = (3, 6, 12)
DESIGNS = (Design(baseline=14), Design(baseline=0))
THRESHOLDS = tuple(round(float(x), 2) for x in np.arange(0.84, 0.98, 0.01))
Looks = Mapping[int, Sequence[Forecast]]


def main() -> None:
    """Make the courses once, and judge them by each threshold."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    none = _made(NO_BENEFIT, count)
    some = _made(BENEFIT, max(20, count // 3))
    print(f"{count} courses per world, design and seed, a third with a benefit; seeds {SEEDS}.")
    print()
    print("| threshold | false at a look | at any look | where | found by week 12, 14 d | 0 d |")
    print("|---|---|---|---|---|---|")
    for threshold in THRESHOLDS:
        print(_line(threshold, none, some), flush=True)


def _made(worlds: Sequence[CourseWorld], count: int) -> dict[tuple[str, int], Looks]:
    found: dict[tuple[str, int], Looks] = {}
    for world in worlds:
        for design in DESIGNS:
            made = [forecasts(world, WEEKS, count, seed, design) for seed in SEEDS]
            found[world.name, design.baseline] = {
                week: [one for part in made for one in part[week]] for week in WEEKS
            }
            print(world.name, design.baseline, file=sys.stderr, flush=True)
    return found


def _line(
    threshold: float, none: Mapping[tuple[str, int], Looks], some: Mapping[tuple[str, int], Looks]
) -> str:
    rule = _with(threshold)
    once = {
        key: max(verdicts(at, rule).get("working", 0.0) for at in looks.values())
        for key, looks in none.items()
    }
    ever = {key: ever_working(looks, rule) for key, looks in none.items()}
    worst = max(ever, key=lambda key: ever[key])
    found = {
        baseline: " / ".join(
            f"{100 * verdicts(looks[12], rule).get('working', 0.0):.0f} %"
            for (_, days), looks in some.items()
            if days == baseline
        )
        for baseline in (14, 0)
    }
    return (
        f"| {threshold:.2f} | {100 * max(once.values()):.1f} % | {100 * ever[worst]:.1f} % | "
        f"{worst[0]}, {worst[1]} d | {found[14]} | {found[0]} |"
    )


def _with(threshold: float) -> Rule:
    """The shipped rule with another threshold."""
    return msgspec.structs.replace(load_rule(), sure_of_benefit=threshold)


if __name__ == "__main__":
    main()
