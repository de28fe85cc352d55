"""How long made-up patients take, and what they look like in figures.

    OMP_NUM_THREADS=1 python -m benchmarks.bench_synthetic [patients]

Prints Markdown.  Processor time of one core, so that a busy machine changes it little; the wall
time of the same run stands beside it.  Patients are made whole, drawing and sessions included.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tautband.safety.events.taxonomy import load_taxonomy
from tautband.synthetic.cases.make import made_up_cases
from tautband.synthetic.cases.treatment import event_rates
from tautband.synthetic.cases.values import Case, Stage

PATIENTS = 10_000
MOST_SECONDS = 60
SEED = 2026


@dataclass
class Tally:
    """What was made."""

    patients: int = 0
    seconds: float = 0.0
    wall: float = 0.0
    sessions: int = 0
    stopped: int = 0
    stages: Counter[Stage] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)


def measure(patients: int, seed: int = SEED) -> Tally:
    """Make so many; what is read once (atlas, rules, model) is read before."""
    list(made_up_cases(3, seed))
    started, wall = time.process_time(), time.perf_counter()
    tally = count(made_up_cases(patients, seed))
    tally.seconds = time.process_time() - started
    tally.wall = time.perf_counter() - wall
    return tally


def count(cases: Iterable[Case]) -> Tally:
    """Go through patients one by one."""
    tally = Tally()
    for case in cases:
        tally.patients += 1
        tally.sessions += len(case.visits)
        tally.stopped += bool(case.targets) and not case.visits
        tally.stages[case.stage] += 1
        tally.events.update(event.kind for visit in case.visits for event in visit.events)
    return tally


def report(patients: int = PATIENTS) -> None:
    """Print the tables."""
    tally = measure(patients)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    most = MOST_SECONDS * patients / PATIENTS
    print("| made-up patients | figure |\n| --- | --- |")
    print(f"| patients made whole | {tally.patients:,} |")
    print(
        f"| processor time of one core | {tally.seconds:.1f} s, "
        f"{1000 * tally.seconds / tally.patients:.2f} ms each (at most {most:g} s) |"
    )
    print(f"| wall time of the same run | {tally.wall:.1f} s |")
    print(f"| peak memory of the process | {peak:.0f} MB |")
    print(f"| sessions | {tally.sessions:,} |")
    print(f"| all targets stopped by screening | {tally.stopped / tally.patients:.1%} |")
    for stage in Stage:
        print(f"| stage: {stage} | {tally.stages[stage] / tally.patients:.1%} |")
    kinds = load_taxonomy().kinds
    print("\n| event | made | of sessions | published |\n| --- | --- | --- | --- |")
    for kind, rate in event_rates().items():
        made = tally.events[kind]
        print(f"| {kinds[kind].name} | {made:,} | {made / tally.sessions:.2%} | {rate:.2%} |")


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS)
