"""``tautband score``: score an instrument, and weigh a change."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.measures.change import Change
    from tautband.measures.instruments import Instrument
    from tautband.measures.score import Score

LARGEST_FILE = 200_000  # bytes


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "score",
        help="score an outcome measure, and weigh a change",
        description="Answers in the order of the items; '-' for one that was not answered. "
        "Items that have names may be told by them, such as worst=7. "
        "Without an instrument, all are listed.",
    )
    parser.add_argument("instrument", nargs="?", help="its id or name, such as peg")
    parser.add_argument("answers", nargs="*", help="the answers, such as 4 5 6")
    parser.add_argument("--before", metavar="SCORE", help="an earlier score to compare with")
    parser.add_argument("--region", default="", help="where the complaint is, such as neck")
    parser.add_argument(
        "--repeats",
        nargs="+",
        default=[],
        metavar="SCORE",
        help="this patient's scores on days without treatment",
    )
    parser.add_argument("--file", type=Path, metavar="FILE.toml", help="an instrument of your own")
    parser.add_argument("--json", action="store_true", help="print schema tautband.score/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Score and print."""
    from tautband.care.score_wire import about_json, score_json
    from tautband.measures.change import change
    from tautband.measures.instruments import find_instrument, load_instruments
    from tautband.measures.score import score

    extra = _own(chosen.file)
    if chosen.instrument is None:
        every = {**load_instruments(), **extra}
        told = [about_json(one) for one in every.values()]
        print(json.dumps(told, indent=2, ensure_ascii=False) if chosen.json else _list(every))
        return 0
    instrument = find_instrument(chosen.instrument, extra)
    if not chosen.answers:
        print(json.dumps(about_json(instrument), indent=2) if chosen.json else about(instrument))
        return 0
    found = score(instrument, _answers(instrument, chosen.answers))
    weighed = None
    if chosen.before is not None and found.value is not None:
        weighed = change(
            instrument,
            _number("before", chosen.before),
            found.value,
            region=chosen.region.strip().lower(),
            repeats=[_number("repeats", text) for text in chosen.repeats],
        )
    if chosen.json:
        print(json.dumps(score_json(instrument, found, weighed), indent=2, ensure_ascii=False))
    else:
        print(report(instrument, found, weighed))
    return 0


def _own(path: Path | None) -> "dict[str, Instrument]":
    if path is None:
        return {}
    from tautband.base.sources import bibliography
    from tautband.measures.instruments import parse_instrument

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("file", f"'{path.name}' is too large", "an instrument of a few kB")
        one = parse_instrument(path.read_text("utf-8"), path.name, bibliography())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("file", f"'{path}' cannot be read", "an instrument as TOML") from error
    return {one.id: one}


def _answers(instrument: "Instrument", told: Sequence[str]) -> list[float | None]:
    """Answers in order, or by the names that the items have."""
    names = instrument.items.names
    if not names or not any("=" in text for text in told):
        return [_answer(instrument, text) for text in told]
    found: dict[str, float | None] = {}
    for text in told:
        name, _, value = text.partition("=")
        if name not in names or name in found:
            problem = (
                f"'{text[:30]}' is given twice" if name in found else f"'{text[:30]}' is unknown"
            )
            right = "each once: " + ", ".join(f"{one}=..." for one in names)
            raise InputError(instrument.short, problem, right)
        found[name] = _answer(instrument, value)
    return [found.get(name) for name in names]


def _answer(instrument: "Instrument", text: str) -> float | None:
    return None if text in ("-", "?", "") else _number(instrument.short, text)


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InputError(name, f"'{text[:30]}' is not a number", "a number, or '-'") from None
    if not abs(value) < 1e6:
        raise InputError(name, f"is {text[:30]}", "a number of the scale")
    return value


def report(instrument: "Instrument", found: "Score", weighed: "Change | None") -> str:
    """A score as text."""
    if found.value is None:
        return paragraph(f"{instrument.short}: no score. {found.why}.")
    digits = instrument.digits
    low, high = instrument.range
    lines = [
        f"{instrument.short} {found.value:.{digits}f} {instrument.unit} ({low:g} to {high:g}, "
        f"{instrument.better} is better)"
    ]
    if len(instrument.items.names) == len(found.items):
        told = zip(instrument.items.names, found.items, strict=True)
        lines.append(", ".join(f"{name} {value:g}" for name, value in told if value is not None))
    elif found.missing:
        lines.append(f"{found.missing} not answered: {instrument.missing.text}")
    if weighed:
        lines += _weighed(instrument, weighed)
    if instrument.caution:
        lines.append(paragraph(instrument.caution))
    return "\n".join(lines)


_WORDS = {"yes": "reached", "between": "between the published figures", "no": "not reached"}


def _weighed(instrument: "Instrument", weighed: "Change") -> Sequence[str]:
    size = abs(weighed.points)
    way = "better" if weighed.points > 0 else "worse" if weighed.points < 0 else "no change"
    percent = f", {abs(weighed.percent):.0f} % of the baseline" if weighed.percent else ""
    lines = ["", f"Change: {size:.{max(1, instrument.digits)}f} {instrument.unit} {way}{percent}"]
    lines.append("Important? (published populations; > marks the nearest)")
    for one in weighed.important:
        low, high = one.points
        ends = f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"
        kind = "important" if one.threshold.kind == "important" else "measurement error"
        mark = ">" if one.nearest else " "
        lines.append(
            paragraph(
                f"{mark} {kind} from {ends}: {_WORDS[one.reached]} ({one.threshold.population}; "
                f"{one.threshold.confidence})",
                hang="    ",
            )
        )
    lines.append(paragraph("Real? " + weighed.real.text))
    if weighed.real.stands_out is not None:
        lines.append("  It stands out." if weighed.real.stands_out else "  It does not stand out.")
    return lines


def about(instrument: "Instrument") -> str:
    """An instrument as text."""
    parts = [
        heading(f"{instrument.name} ({instrument.short})"),
        paragraph(instrument.about),
        paragraph(f"Missing: {instrument.missing.text}"),
        paragraph(f"Licence: {instrument.licence.kind}. {instrument.licence.text}"),
    ]
    parts += [
        paragraph(
            f"- {t.kind}: {t.low:g} to {t.high:g}{' %' if t.relative else ''}, {t.population} "
            f"({t.confidence}; {', '.join(t.sources)})",
            hang="  ",
        )
        for t in instrument.thresholds
    ]
    parts += [f"{c.system} {c.code} ({c.sure}): {c.text}" for c in instrument.codes]
    if instrument.caution:
        parts.append(paragraph(instrument.caution))
    return "\n".join(parts)


def _list(every: "dict[str, Instrument]") -> str:
    return "\n".join(f"{one.id:<12}{one.name:<52}{one.licence.kind}" for one in every.values())
