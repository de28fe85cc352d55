"""``tautband evidence``: what trials show, and a pool of any table."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.evidence.pool import Pool
    from tautband.evidence.sheets import Sheet
    from tautband.evidence.table import Row

LARGEST_FILE = 5_000_000  # bytes
AXES = {"generic": "effect", "md": "mean difference", "smd": "Hedges' g"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    evidence = commands.add_parser("evidence", help="what trials show, and how sure that is")
    inner = evidence.add_subparsers(title="evidence commands", metavar="COMMAND", required=True)
    listed = inner.add_parser("list", help="list sheets, claims, trials and reviews")
    listed.add_argument("--json", action="store_true", help="print them as JSON")
    listed.set_defaults(run=run_list)
    sheet = inner.add_parser("sheet", help="what may be told for one condition")
    sheet.add_argument("condition", help="its id, such as neck_pain; 'list' shows them")
    sheet.add_argument("--patient", action="store_true", help="in plain words, for a patient")
    _add_plots(sheet)
    sheet.add_argument("--question", type=int, default=1, metavar="N", help="which one is drawn")
    sheet.add_argument("--json", action="store_true", help="print schema tautband.sheet/1")
    sheet.set_defaults(run=run_sheet)
    claim = inner.add_parser("claim", help="look a claim up")
    claim.add_argument("text", nargs="*", help="its id or some of its words; none lists all")
    claim.add_argument("--json", action="store_true", help="print it as JSON")
    claim.set_defaults(run=run_claim)
    checked = inner.add_parser("check", help="check all data, and list what is kept out of pools")
    checked.add_argument("--json", action="store_true", help="print the findings as JSON")
    checked.set_defaults(run=run_check)
    moderators = inner.add_parser("moderators", help="what goes with the effect on pain")
    moderators.add_argument("--json", action="store_true", help="print tautband.moderators/1")
    moderators.set_defaults(run=run_moderators)
    _add_pool(inner)


def _add_pool(inner: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    pooled = inner.add_parser(
        "pool",
        help="pool a table of studies",
        description="Pool a CSV table with the columns study,yi,vi (generic) or "
        "study,n1,mean1,sd1,n2,mean2,sd2 (md, smd; first arm minus second).",
    )
    pooled.add_argument("--input", type=Path, required=True, metavar="FILE.csv", help="the table")
    pooled.add_argument("--measure", choices=("generic", "md", "smd"), default="generic")
    pooled.add_argument("--method", choices=("reml", "dl", "pm"), default="reml")
    pooled.add_argument("--test", choices=("hksj", "z"), default="hksj")
    pooled.add_argument("--leave-one-out", action="store_true", help="also without each study")
    pooled.add_argument(
        "--forest", type=Path, metavar="FILE", help="draw a forest plot, SVG or PNG"
    )
    pooled.add_argument(
        "--funnel", type=Path, metavar="FILE", help="draw a funnel plot, SVG or PNG"
    )
    pooled.add_argument("--json", action="store_true", help="print schema tautband.pool/1")
    pooled.set_defaults(run=run_pool)


def _add_plots(parser: argparse.ArgumentParser) -> None:
    for kind in ("forest", "funnel"):
        told = f"draw a {kind} plot, SVG or PNG"
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=told)


def run_list(chosen: argparse.Namespace) -> int:
    """List what there is."""
    from tautband.commands.evidence_text import list_json, list_text

    print(json.dumps(list_json(), indent=2, ensure_ascii=False) if chosen.json else list_text())
    return 0


def run_sheet(chosen: argparse.Namespace) -> int:
    """Print a sheet, and draw it if asked."""
    from tautband.care.evidence import find_sheet, sheet_json
    from tautband.commands.evidence_text import patient_text, sheet_text

    sheet = find_sheet(chosen.condition)
    for kind in ("forest", "funnel"):
        path = getattr(chosen, kind)
        if path:
            _draw_sheet(sheet, kind, path, chosen.question)
    if chosen.json:
        print(json.dumps(sheet_json(sheet), indent=2, ensure_ascii=False))
    else:
        print(patient_text(sheet) if chosen.patient else sheet_text(sheet))
    return 0


def _draw_sheet(sheet: "Sheet", kind: str, path: Path, number: int) -> None:
    if not sheet.answered:
        raise InputError("condition", f"'{sheet.condition}' has no trials to draw", "another sheet")
    if not 1 <= number <= len(sheet.answered):
        raise InputError("question", f"is {number}", f"1 to {len(sheet.answered)}")
    answer = sheet.answered[number - 1].answer
    if answer.pool is None:
        raise InputError("question", f"{number} has no row that could be pooled", "another one")
    from tautband.care.evidence import AXES as SHEET_AXES
    from tautband.evidence.table import Row

    rows = tuple(Row(u.trial.name, u.effect) for u in answer.used)
    _draw(kind, path, rows, answer.pool, SHEET_AXES[answer.question.measure])


def _draw(kind: str, path: Path, rows: "tuple[Row, ...]", found: "Pool", axis: str) -> None:
    """Write a plot as SVG or PNG, by the ending of the file's name."""
    from tautband.evidence.plots import forest_spec, funnel_spec, to_png, to_svg
    from tautband.evidence.regression import FEW_FOR_SMALL_STUDY, small_study_effects

    if path.suffix.lower() not in (".svg", ".png"):
        raise InputError(kind, f"'{path.name}' ends in neither .svg nor .png", "one of these")
    if kind == "forest":
        spec = forest_spec(rows, found, axis)
    else:
        y, v = [r.effect.estimate for r in rows], [r.effect.variance for r in rows]
        egger = small_study_effects(y, v) if len(rows) >= FEW_FOR_SMALL_STUDY else None
        spec = funnel_spec(rows, found, egger, axis)
    try:
        if path.suffix.lower() == ".svg":
            path.write_text(to_svg(spec), "utf-8")
        else:
            path.write_bytes(to_png(spec))
    except OSError as error:
        reason = error.strerror or "error"
        raise InputError(kind, f"'{path}' cannot be written ({reason})", "another file") from error


def run_claim(chosen: argparse.Namespace) -> int:
    """Print a claim with its verdict, or list all."""
    from tautband.care.evidence import claim_json
    from tautband.commands.evidence_text import claim_text, claims_text
    from tautband.evidence.claims import find_claim, load_claims

    if not chosen.text:
        told = [claim_json(claim) for claim in load_claims().values()]
        print(json.dumps(told, indent=2, ensure_ascii=False) if chosen.json else claims_text())
        return 0
    claim = find_claim(" ".join(chosen.text))
    if chosen.json:
        print(json.dumps(claim_json(claim), indent=2, ensure_ascii=False))
    else:
        print(claim_text(claim))
    return 0


def run_check(chosen: argparse.Namespace) -> int:
    """Check all data; what cannot be read ends with a sentence and exit code 2."""
    from tautband.care.evidence import check_json
    from tautband.commands.evidence_text import check_text

    print(json.dumps(check_json(), indent=2, ensure_ascii=False) if chosen.json else check_text())
    return 0


def run_moderators(chosen: argparse.Namespace) -> int:
    """Print pools by comparator, slopes, and Egger's test where the trials allow it."""
    from tautband.care.evidence import moderators_json
    from tautband.commands.evidence_text import moderators_text
    from tautband.evidence.moderators import moderators
    from tautband.evidence.trials import load_trials

    told = moderators_json(moderators(load_trials().values()))
    text = json.dumps(told, indent=2, ensure_ascii=False) if chosen.json else moderators_text(told)
    print(text)
    return 0


def run_pool(chosen: argparse.Namespace) -> int:
    """Pool a table and print it."""
    from tautband.evidence.effects import Measure
    from tautband.evidence.heterogeneity import Method
    from tautband.evidence.pool import Test, pool
    from tautband.evidence.table import read_table

    rows = read_table(read_csv(chosen.input), Measure(chosen.measure))
    y, v = [r.effect.estimate for r in rows], [r.effect.variance for r in rows]
    method, test = Method(chosen.method), Test(chosen.test)
    found = pool(y, v, method, test)
    left = _left_out(rows, y, v, method, test) if chosen.leave_one_out else None
    for kind in ("forest", "funnel"):
        if path := getattr(chosen, kind):
            _draw(kind, path, rows, found, AXES[chosen.measure])
    if chosen.json:
        told = pool_json(found, rows, chosen.measure)
        if left is not None:
            told["leave_one_out"] = left
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        print(report(found, rows, chosen.measure, left))
    return 0


def read_csv(path: Path) -> str:
    """The text of a table; raises InputError for what cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("input", f"'{path.name}' is too large", "at most 5 MB of CSV")
        return path.read_text("utf-8")
    except OSError as error:
        reason = error.strerror or "error"
        raise InputError("input", f"'{path}' cannot be read ({reason})", "a CSV file") from error
    except UnicodeDecodeError as error:
        raise InputError("input", f"'{path.name}' is not text in UTF-8", "a CSV file") from error


def pool_json(found: "Pool", rows: "tuple[Row, ...]", measure: str) -> dict[str, Any]:
    """A pool by schema ``tautband.pool/1``."""
    prediction = found.prediction
    return {
        "schema": "tautband.pool/1",
        "measure": measure,
        "method": str(found.method),
        "test": str(found.test),
        "k": found.k,
        "estimate": found.estimate,
        "se": found.se,
        "ci": [found.ci.low, found.ci.high],
        "p": found.p,
        "prediction_interval": [prediction.low, prediction.high] if prediction else None,
        "tau2": found.tau2,
        "tau2_ci": [found.tau2_ci.low, found.tau2_ci.high] if found.tau2_ci else None,
        "i2": found.i2,
        "h2": found.h2,
        "q": found.q,
        "q_p": found.q_p,
        "studies": [
            {
                "study": row.study,
                "yi": row.effect.estimate,
                "vi": row.effect.variance,
                "weight": weight,
            }
            for row, weight in zip(rows, found.weights, strict=True)
        ],
        "notes": list(found.notes),
    }


def _left_out(
    rows: "tuple[Row, ...]", y: list[float], v: list[float], method: Any, test: Any
) -> list[dict[str, Any]]:
    from tautband.evidence.pool import leave_one_out

    found = leave_one_out(y, v, method, test)
    return [
        {
            "without": row.study,
            "estimate": float(found.estimate[i]),
            "ci": [float(found.low[i]), float(found.high[i])],
            "tau2": float(found.tau2[i]),
        }
        for i, row in enumerate(rows)
    ]


def report(
    found: "Pool", rows: "tuple[Row, ...]", measure: str, left: list[dict[str, Any]] | None
) -> str:
    """The pool as text: what must be known first, then the figures, then the studies."""
    from tautband.commands.forest import forest

    parts = [paragraph(note) for note in found.notes]
    parts.append(heading(f"Pool of {found.k} {'study' if found.k == 1 else 'studies'}"))
    lines = [
        f"{AXES[measure]:<22}{found.estimate:.3f}  (95 % interval {found.ci.low:.3f} to "
        f"{found.ci.high:.3f}; SE {found.se:.3f})",
    ]
    if found.prediction:
        lines.append(
            f"{'a further study':<22}{found.prediction.low:.3f} to {found.prediction.high:.3f}  "
            "(95 % prediction interval)"
        )
    if found.tau2_ci:
        lines.append(
            f"{'between studies':<22}tau2 {found.tau2:.4f} ({found.tau2_ci.low:.4f} to "
            f"{found.tau2_ci.high:.4f}), I2 {found.i2:.0f} %, Q {found.q:.2f} (p {found.q_p:.3g})"
        )
    lines.append(f"{'made with':<22}{found.method}, {found.test}")
    parts += ["\n".join(lines), forest(found, rows)]
    if left:
        listed = [
            f"  {one['without'][:30]:<32}{one['estimate']:.3f}  "
            f"({one['ci'][0]:.3f} to {one['ci'][1]:.3f})"
            for one in left
        ]
        parts.append("Without each study in turn\n" + "\n".join(listed))
    return "\n\n".join(parts)
