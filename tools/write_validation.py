"""Run the whole validation, and write its figures into ``docs/validation.md`` with the pictures.

    python -m tools.write_validation [--short] [--patients N] [--page PAGE]

The page keeps its own words; only what stands between the markers is replaced.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tautband.reasoning.knowledge import load_knowledge
from tautband.validation.simulated import WorldResult
from tautband.validation.tables import Table, calibration_tables, case_tables, group_tables, stamp
from tautband.validation.telling import Told
from tautband.validation.whole import (
    FULL_PATIENTS,
    FULL_RESAMPLES,
    SHORT_PATIENTS,
    SHORT_RESAMPLES,
    Plan,
    Results,
    validate,
)
from tools.marked import filled
from tools.reliability_picture import picture

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
PICTURES = {
    Told.PAINTED: "reliability-painted.svg",
    Told.EXACT: "reliability-exact-words.svg",
    Told.COARSE: "reliability-coarse-words.svg",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--patients", type=int)
    parser.add_argument("--page", type=Path, default=PAGE)
    chosen = parser.parse_args(arguments)
    usual = SHORT_PATIENTS if chosen.short else FULL_PATIENTS
    plan = Plan(
        patients=chosen.patients or usual,
        resamples=SHORT_RESAMPLES if chosen.short else FULL_RESAMPLES,
        put_aside=not chosen.short,
    )
    results = validate(load_knowledge(), plan, lambda done: print(done, file=sys.stderr))
    write(results, chosen.page, _when())


def write(results: Results, page: Path, when: str) -> None:
    """Replace what stands between the page's markers, and write the pictures beside it."""
    assert results.worlds is not None
    assert results.groups is not None
    assert results.cases is not None
    folder = page.parent / "pictures" / "validation"
    folder.mkdir(parents=True, exist_ok=True)
    for told, name in PICTURES.items():
        title = f"Reliability on made-up patients, {told}"
        folder.joinpath(name).write_text(picture(_told(results.worlds, told), title), "utf-8")
    run = f"Run on {when}: {stamp(results)}"
    if results.cases.not_run:
        run += f" {results.cases.not_run} cases that are put aside were not run."
    parts = {
        "run": run,
        "calibration": markdown(calibration_tables(results.worlds)),
        "groups": markdown(group_tables(results.groups)),
        "cases": markdown(case_tables(results.cases)),
    }
    page.write_text(filled(page.read_text("utf-8"), parts), "utf-8")


def markdown(tables: Sequence[Table]) -> str:
    """Tables as Markdown, each under its title."""
    return "\n\n".join(_table(table) for table in tables if table.rows)


def _table(table: Table) -> str:
    lines = [f"**{table.title}**", "", _row(table.head), "|---" * len(table.head) + "|"]
    return "\n".join([*lines, *(_row(row) for row in table.rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _told(worlds: Sequence[WorldResult], told: Told) -> list[WorldResult]:
    return [w for w in worlds if w.told is told]


def _when() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return f"{datetime.now(UTC).date().isoformat()} at commit {commit or 'unknown'}"


if __name__ == "__main__":
    main()
