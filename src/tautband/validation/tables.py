"""The results as tables of text; the command line and the documentation lay them out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from tautband.validation.intervals import Estimate
from tautband.validation.methods import BASELINES, MODEL
from tautband.validation.published import Comparison, Outcome
from tautband.validation.ranks import NOT_FOUND, TOPS
from tautband.validation.reliability import BINS, Bin
from tautband.validation.reliability import TOPS as SIMULATED_TOPS
from tautband.validation.simulated import WorldResult
from tautband.validation.telling import Told
from tautband.validation.whole import CaseResults, GroupResults, Results


@dataclass(frozen=True)
class Table:
    """A title, column heads, and rows of as many cells."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def stamp(results: Results) -> str:
    """What was run, in one line."""
    plan = results.plan
    return (
        f"{results.atlas}, {results.model}, {results.body}; {plan.patients} made-up patients a "
        f"world, seed {plan.seed}, {plan.resamples} resamples, 95 % intervals."
    )


def calibration_tables(worlds: Sequence[WorldResult]) -> tuple[Table, ...]:
    """Calibration, scores and ranks by world, then reliability by bin."""
    return (
        _calibration(worlds),
        _brier(worlds),
        _found(worlds),
        *(_reliability([w for w in worlds if w.told is told], told) for told in Told),
    )


def group_tables(groups: GroupResults) -> tuple[Table, ...]:
    """Summary, differences, every pattern, and what was left out."""
    rows = tuple(
        (
            g.row.id,
            g.outcome.text.removeprefix("right side: "),
            g.row.method,
            "not read" if g.row.n is None else str(g.row.n),
            *_ranks(g.outcome),
            "circular" if g.outcome.circular else "",
        )
        for g in groups.outcomes
    )
    left = tuple((r.what, r.why) for r in groups.data.left_out)
    return (
        _summary("Group studies: how often the stimulated muscle is found", groups.comparisons),
        _differences(groups.comparisons),
        Table(
            "Every pattern, rank of the stimulated muscle",
            ("pattern", "areas", "method", "n", MODEL, *BASELINES, "note"),
            rows,
        ),
        Table("Studies left out", ("study", "why"), left),
    )


def case_tables(cases: CaseResults) -> tuple[Table, ...]:
    """Summary, differences, every case, every miss with its reasons, and what was left out."""
    rows = tuple(
        (
            c.case.id,
            c.case.half,
            str(c.case.collection),
            c.case.grade,
            c.outcome.text,
            ", ".join(c.case.treated),
            *_ranks(c.outcome),
            f"{c.outcome.probability:.2f}",
            _notes(c.outcome),
        )
        for c in cases.outcomes
    )
    misses = [c for c in cases.outcomes if c.outcome.missed]
    kinds = Counter(r.kind for c in misses for r in c.outcome.reasons)
    left = tuple((r.what, r.why) for r in cases.data.left_out)
    return (
        _summary("Published cases: how often a treated muscle is found", cases.comparisons),
        _differences(cases.comparisons),
        Table(
            "Every case, rank of the treated muscle",
            (
                *("case", "half", "collection", "grade", "words", "treated"),
                *(MODEL, *BASELINES, "probability", "note"),
            ),
            rows,
        ),
        Table(
            "Every miss (not among the first 5) with its reasons",
            ("case", "rank", "reasons"),
            tuple(
                (
                    c.case.id,
                    _rank(c.outcome.rank[MODEL]),
                    "; ".join(f"{r.kind}: {r.text}" for r in c.outcome.reasons),
                )
                for c in misses
            ),
        ),
        Table(
            "Reasons of the misses",
            ("reason", "misses"),
            tuple((kind, str(count)) for kind, count in kinds.most_common()),
        ),
        Table("Cases left out", ("case", "why"), left),
    )


def _calibration(worlds: Sequence[WorldResult]) -> Table:
    rows = tuple(
        (
            w.world.name,
            str(w.told),
            interval(w.calibration.error, 3),
            f"{w.calibration.error_by_chance:.3f}",
            f"{w.wide * 100:.1f} %",
        )
        for w in worlds
    )
    return Table(
        "Made-up patients: calibration",
        ("world", "told", "calibration error", "by chance alone", "bound above 0.001"),
        rows,
    )


def _brier(worlds: Sequence[WorldResult]) -> Table:
    rows = []
    for w in worlds:
        found = w.calibration
        parts = found.parts
        cells = (parts.reliability, parts.resolution, parts.uncertainty)
        rows.append(
            (
                w.world.name,
                str(w.told),
                interval(found.brier, 4),
                interval(found.skill, 2),
                *(f"{x:.4f}" for x in cells),
            )
        )
    return Table(
        "Made-up patients: Brier score, its skill over the base rate, and its parts",
        ("world", "told", "Brier score", "skill", "reliability", "resolution", "uncertainty"),
        tuple(rows),
    )


def _found(worlds: Sequence[WorldResult]) -> Table:
    rows = tuple(
        (
            w.world.name,
            str(w.told),
            *(share(w.calibration.top[k]) for k in SIMULATED_TOPS),
            interval(w.calibration.mrr, 2),
        )
        for w in worlds
    )
    return Table(
        "Made-up patients: active muscles among the first",
        ("world", "told", *(f"first {k}" for k in SIMULATED_TOPS), "mean reciprocal rank"),
        rows,
    )


def _reliability(worlds: Sequence[WorldResult], told: Told) -> Table:
    rows = []
    for low, high in pairwise(BINS):
        cells = [f"{low * 100:.0f} to {high * 100:.0f} %"]
        for w in worlds:
            same = [b for b in w.calibration.bins if b.low == low]
            cells.append(_of(same[0]) if same else "none")
        rows.append(tuple(cells))
    return Table(
        f"Reliability, {told}: of the muscles given a probability in the range, the share active",
        ("predicted", *(w.world.name for w in worlds)),
        tuple(rows),
    )


def _of(found: Bin) -> str:
    return f"{found.observed.value * 100:.0f} % of {found.count}"


def _summary(title: str, comparisons: Sequence[Comparison]) -> Table:
    rows = []
    for c in comparisons:
        for method in (MODEL, *BASELINES):
            found = c.ranks[method]
            rows.append(
                (
                    _counted(c),
                    method,
                    *(share(found.top[k]) for k in TOPS),
                    interval(found.mrr, 2),
                )
            )
        alone = (*(f"{c.chance.top[k] * 100:.0f} %" for k in TOPS), f"{c.chance.mrr:.2f}")
        rows.append((_counted(c), "chance", *alone))
    return Table(
        title,
        ("which", "method", *(f"first {k}" for k in TOPS), "mean reciprocal rank"),
        tuple(rows),
    )


def _counted(comparison: Comparison) -> str:
    sources = "1 source" if comparison.sources == 1 else f"{comparison.sources} sources"
    return f"{comparison.name}: {comparison.count} from {sources}"


def _differences(comparisons: Sequence[Comparison]) -> Table:
    rows = tuple(
        (
            c.name,
            f"model minus {method}",
            *(points(c.against[method].top[k]) for k in TOPS),
            interval(c.against[method].mrr, 2, signed=True),
        )
        for c in comparisons
        for method in BASELINES
    )
    return Table(
        "The model against each baseline, text by text (percentage points)",
        ("which", "difference", *(f"first {k}" for k in TOPS), "mean reciprocal rank"),
        rows,
    )


def _ranks(outcome: Outcome) -> tuple[str, ...]:
    return tuple(_rank(outcome.rank[m]) for m in (MODEL, *BASELINES))


def _rank(rank: float) -> str:
    return "none" if rank == NOT_FOUND else f"{rank:.0f}"


def _notes(outcome: Outcome) -> str:
    notes = []
    if outcome.circular:
        notes.append("circular")
    if not outcome.shown:
        notes.append("not in the list shown")
    if outcome.missing:
        notes.append("no record: " + ", ".join(outcome.missing))
    return "; ".join(notes)


def share(found: Estimate) -> str:
    """``38 % (17 to 58)``."""
    if not found.stated:
        return "none"
    return f"{found.value * 100:.0f} %" + _between(found, lambda x: f"{x * 100:.0f}")


def points(found: Estimate) -> str:
    """A difference of shares: ``-8 (-27 to +12)``."""
    return f"{found.value * 100:+.0f}" + _between(found, lambda x: f"{x * 100:+.0f}")


def interval(found: Estimate, digits: int, *, signed: bool = False) -> str:
    """``0.051 (0.032 to 0.066)``."""
    if not found.stated:
        return "none"
    form = f"{'+' if signed else ''}.{digits}f"
    return f"{found.value:{form}}" + _between(found, lambda x: f"{x:{form}}")


def _between(found: Estimate, say: Callable[[float], str]) -> str:
    """The interval in brackets; nothing where too few sources give none."""
    if not isfinite(found.low):
        return ""
    return f" ({say(found.low)} to {say(found.high)})"
