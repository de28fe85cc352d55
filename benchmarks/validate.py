"""Check the model on made-up patients, and write the figures into ``docs/validation.md``.

    python -m benchmarks.validate [patients per world]

The page keeps its own words; only what stands between the two markers is replaced.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tautband.body.drawing import Mark, from_regions
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.reasoning.ranking import rank
from tautband.synthetic.calibration import Calibration, calibration
from tautband.synthetic.patients import WORLDS, Generator, SyntheticPatient

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SEED = 2026
MOST_NAMED = 6


def main() -> None:
    """Run every world, painted and in words, and write the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    knowledge = load_knowledge()
    muscles = np.array([unit.muscle is not None for unit in knowledge.units])
    parts = [_stamp(knowledge, count)]
    rows = []
    for words in (False, True):
        for world in WORLDS:
            patients = list(Generator(knowledge, world, SEED).patients(count))
            rows.append((world.name, words, *_judge(knowledge, patients, muscles, words)))
            print(world.name, "words" if words else "painted", file=sys.stderr, flush=True)
    parts += [_summary(rows), _reliability(rows)]
    _write("\n\n".join(parts))


def _judge(
    knowledge: Knowledge, patients: list[SyntheticPatient], muscles: np.ndarray, words: bool
) -> tuple[Calibration, float]:
    chances, truths, bounds = [], [], []
    for patient in patients:
        drawing = _named(knowledge, patient) if words else patient.drawing
        ranking = rank(drawing, knowledge)
        chances.append(ranking.posterior.probability[muscles])
        truths.append(patient.truth[muscles])
        bounds.append(ranking.bound)
    return calibration(chances, truths), float(np.mean(np.array(bounds) > 1e-3))


def _named(knowledge: Knowledge, patient: SyntheticPatient):  # type: ignore[no-untyped-def]
    """The drawing as a sentence would tell it: the few regions with most paint, no more."""
    from tautband.body.overlap import region_coverage

    table = knowledge.atlas.table
    share = region_coverage(patient.drawing.painful, table)
    most = [int(r) for r in np.argsort(-share)[:MOST_NAMED] if share[r] >= 0.25] or [
        int(share.argmax())
    ]
    return from_regions(table, [Mark(table.regions[r].key, 6) for r in most])


def _stamp(knowledge: Knowledge, count: int) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    day = datetime.now(UTC).date().isoformat()
    return (
        f"Run on {day} at commit {commit or 'unknown'}, {knowledge.atlas.version}, "
        f"model-{knowledge.model.version}, {count} synthetic patients per world, seed {SEED}."
    )


def _summary(rows: list[tuple[str, bool, Calibration, float]]) -> str:
    lines = [
        "| world | told by | calibration error | Brier score | active muscle ranked 1st "
        "| in first 3 | in first 5 | bound above 0.001 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for world, words, found, wide in rows:
        top = " | ".join(f"{found.top[k] * 100:.0f} %" for k in (1, 3, 5))
        told = "words" if words else "painting"
        lines.append(
            f"| {world} | {told} | {found.error:.3f} | {found.brier:.4f} | {top} "
            f"| {wide * 100:.1f} % |"
        )
    return "\n".join(lines)


def _reliability(rows: list[tuple[str, bool, Calibration, float]]) -> str:
    painted = [(world, found) for world, words, found, _ in rows if not words]
    head = "| predicted | " + " | ".join(world for world, _ in painted) + " |"
    lines = [
        "Of the muscles given a probability in the range, the share that was active:",
        "",
        head,
    ]
    lines.append("|---" * (len(painted) + 1) + "|")
    for low, high in [(b.low, b.high) for b in painted[0][1].bins]:
        cells = []
        for _, found in painted:
            same = [b for b in found.bins if b.low == low]
            cells.append(f"{same[0].observed * 100:.0f} % of {same[0].count}" if same else "none")
        lines.append(f"| {low * 100:.0f} to {high * 100:.0f} % | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _write(figures: str) -> None:
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
