"""Check the properties of screening on random answer sets, and write the figures into the docs.

    python -m benchmarks.safety [answer sets] [compared with the engine] [made-up people]

For each answer set one answer is changed for the worse; no scope may become milder.  Part of the
sets is also screened by the engine itself, which must decide the same.  On made-up people with
plausible answers a screening may interrupt at most one in ten.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.answer_sets import Judge, World, answers_of, draw, make_world, worsen
from tautband.atlas.atlas import load_atlas
from tautband.care.screen import default_policy
from tautband.safety.decision import Decision
from tautband.safety.screening.engine import screen
from tautband.safety.screening.rules import TECHNIQUES, load_knowledge, load_rules
from tautband.synthetic.health import AlertBudget, alert_budget

PAGE = Path(__file__).parents[1] / "docs" / "safety.md"
PROPERTIES = ("<!-- properties: begin -->", "<!-- properties: end -->")
BUDGET = ("<!-- budget: begin -->", "<!-- budget: end -->")
SEED = 2026
PEOPLE = 10_000
MOST_INTERRUPTED = 0.1
MOST_LISTED = 12
CHUNK = 50_000


@dataclass
class Tally:
    """What was tried and what was found."""

    sets: int = 0
    changed: int = 0
    stricter: int = 0
    rules_moved: int = 0
    violations: int = 0
    compared: int = 0
    disagreements: int = 0
    seconds: float = 0.0


def load_world() -> World:
    """All that ships."""
    return make_world(load_knowledge(), load_rules(), default_policy(), load_atlas())


def check(world: World, sets: int, compared: int, seed: int = SEED) -> Tally:
    """Try so many answer sets, and compare so many of them with the engine."""
    rng = np.random.default_rng(seed)
    tally, start = Tally(), time.perf_counter()
    while tally.sets < sets:
        rows = min(CHUNK, sets - tally.sets)
        before = draw(world, rows, rng)
        after = worsen(world, before, rng)
        was, now = Judge(world, before), Judge(world, after)
        first, second = was.decisions(), now.decisions()
        milder = np.zeros(rows, bool)
        stricter = np.zeros(rows, bool)
        for key in first:
            milder |= second[key] < first[key]
            stricter |= second[key] > first[key]
        # No single rule may become milder either, also where a stricter one hides it.
        for key, reached in now.by_rule().items():
            milder |= reached < was.by_rule()[key]
            tally.rules_moved += int((reached > was.by_rule()[key]).sum())
        tally.sets += rows
        tally.violations += int(milder.sum())
        tally.stricter += int(stricter.sum())
        share = min(rows, max(0, compared - tally.compared))
        for row in range(share):
            tally.disagreements += not _agrees(world, after, second, row)
        tally.compared += share
    tally.seconds = time.perf_counter() - start
    return tally


def _agrees(world: World, columns, decisions, row: int) -> bool:  # type: ignore[no-untyped-def]
    answers, target = answers_of(world, columns, row)
    judged = screen(answers, [target], world.policy, world.rules, world.known)
    muscle = judged.muscles[0]
    return (
        judged.patient.decision == Decision(int(decisions["patient"][row]))
        and muscle.decision == Decision(int(decisions["muscle"][row]))
        and all(muscle.techniques[t] == Decision(int(decisions[t][row])) for t in TECHNIQUES)
    )


def main() -> None:
    """Run and write the figures."""
    given = [int(word) for word in sys.argv[1:]]
    sets, compared, people = (*given, *(1_000_000, 5_000, PEOPLE)[len(given) :])
    tally = check(load_world(), sets, compared)
    properties = (
        f"| what | figure |\n|---|---|\n"
        f"| random answer sets, each with one answer changed for the worse | {tally.sets:,} |\n"
        f"| of these, sets in which at least one scope became stricter | {tally.stricter:,} |\n"
        f"| single rules that became stricter in them | {tally.rules_moved:,} |\n"
        f"| sets in which any scope or rule became milder (violations) | {tally.violations:,} |\n"
        f"| sets that the engine itself screened as well | {tally.compared:,} |\n"
        f"| of these, decided otherwise (disagreements) | {tally.disagreements:,} |\n"
        f"| time on one shared core | {tally.seconds:.0f} s |"
    )
    budget = alert_budget(people, SEED)
    print(properties, budget_table(budget), sep="\n\n")
    if sets >= 1_000_000 and people >= PEOPLE:
        page = write_between(PAGE.read_text("utf-8"), PROPERTIES, properties)
        PAGE.write_text(write_between(page, BUDGET, budget_table(budget)), "utf-8")
    if tally.violations or tally.disagreements or budget.share > MOST_INTERRUPTED:
        sys.exit(1)


def budget_table(budget: AlertBudget) -> str:
    """The share with its interval, and the rules that interrupt most."""
    share, people = budget.share, budget.people
    half = 1.96 * (share * (1 - share) / people) ** 0.5
    rows = [
        f"Of {people:,} made-up people (seed {SEED}), {budget.interrupted:,} met at least one "
        f"interrupting stop: {share:.1%} (95 % interval {share - half:.1%} to {share + half:.1%}).",
        "",
        "| rule that interrupts | people | of all |",
        "|---|---|---|",
    ]
    listed = list(budget.by_rule.items())[:MOST_LISTED]
    rows += [f"| `{rule}` | {count} | {count / people:.2%} |" for rule, count in listed]
    rows.append(f"| {len(budget.by_rule) - len(listed)} others, each fewer | | |")
    rows += ["", "| rule put down to a quiet note | people | of all |", "|---|---|---|"]
    rows += [f"| `{rule}` | {n} | {n / people:.2%} |" for rule, n in budget.quieted.items()]
    return "\n".join(rows)


def write_between(page: str, markers: tuple[str, str], text: str) -> str:
    """A page with new text between two markers."""
    head, _, rest = page.partition(markers[0])
    _, _, tail = rest.partition(markers[1])
    return f"{head}{markers[0]}\n{text}\n{markers[1]}{tail}"


if __name__ == "__main__":
    main()
