"""``tautband validate``: how well the model does, on what is made up and on what was published."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.validation.tables import Table
    from tautband.validation.whole import Plan, Results

WIDEST_CELL = 34
CAUTION = (
    "The cases and group studies are few, were published because they worked, and name coarse "
    "places; no strong claim can rest on them. Made-up patients follow the model's own prior: they "
    "show how it bears known errors, not that it is right about people."
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("validate", help="check the model, and say how well it does")
    parser.add_argument(
        "--short", action="store_true", help="few patients, and not the cases put aside"
    )
    parser.add_argument("--patients", type=int, metavar="N", help="made-up patients a world")
    parser.add_argument("--seed", type=int, metavar="S", help="of patients and intervals")
    parser.add_argument("--json", action="store_true", help="print schema tautband.validate/1")
    parser.add_argument("--only", choices=("calibration", "groups", "cases"), help="one part")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run and print; progress goes to the error stream."""
    from tautband.reasoning.knowledge import load_knowledge
    from tautband.validation.whole import validate
    from tautband.validation.wire import results_json

    plan = _plan(chosen)
    results = validate(load_knowledge(), plan, _progress)
    if chosen.json:
        print(json.dumps(results_json(results), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(report(results))
    return 0


def _plan(chosen: argparse.Namespace) -> "Plan":
    from tautband.base.errors import InputError
    from tautband.validation.whole import (
        FULL_PATIENTS,
        FULL_RESAMPLES,
        PARTS,
        SEED,
        SHORT_PATIENTS,
        SHORT_RESAMPLES,
        Plan,
    )

    patients = chosen.patients
    if patients is None:
        patients = SHORT_PATIENTS if chosen.short else FULL_PATIENTS
    if patients < 1:
        raise InputError("patients", f"is {patients}", "1 or more")
    seed = SEED if chosen.seed is None else chosen.seed
    if seed < 0:
        raise InputError("seed", f"is {seed}", "0 or more")
    return Plan(
        patients=patients,
        resamples=SHORT_RESAMPLES if chosen.short else FULL_RESAMPLES,
        seed=seed,
        put_aside=not chosen.short,
        parts=(chosen.only,) if chosen.only else PARTS,
    )


def _progress(done: str) -> None:
    print(f"done: {done}", file=sys.stderr, flush=True)


def report(results: "Results") -> str:
    """All tables as text, and how far they may be trusted."""
    from tautband.validation.tables import calibration_tables, case_tables, group_tables, stamp

    parts = [paragraph(stamp(results))]
    if results.worlds:
        parts += [_laid_out(table) for table in calibration_tables(results.worlds)]
    if results.groups:
        parts += [_laid_out(table) for table in group_tables(results.groups)]
    if results.cases:
        parts += [_laid_out(table) for table in case_tables(results.cases)]
        if results.cases.not_run:
            aside = f"{results.cases.not_run} cases are put aside and were not run."
            parts.append(paragraph(aside + " The full form runs them."))
    return "\n\n".join([*parts, paragraph(CAUTION)])


def _laid_out(table: "Table") -> str:
    """A table in columns; long cells go on below."""
    rows = [table.head, *table.rows]
    widths = [min(max(len(r[c]) for r in rows), WIDEST_CELL) for c in range(len(table.head))]
    lines = [line for row in rows for line in _row(row, widths)]
    return "\n".join([heading(table.title), *lines])


def _row(cells: tuple[str, ...], widths: list[int]) -> list[str]:
    import textwrap

    wrapped = [textwrap.wrap(c, w) or [""] for c, w in zip(cells, widths, strict=True)]
    tall = max(len(w) for w in wrapped)
    return [
        "  ".join(
            (w[i] if i < len(w) else "").ljust(width)
            for w, width in zip(wrapped, widths, strict=True)
        ).rstrip()
        for i in range(tall)
    ]
