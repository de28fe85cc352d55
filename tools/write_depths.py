"""Write the tables of measured depths and of limits into docs/depth.md."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tautband.base.sources import bibliography
from tautband.safety.planning.depth import FIGURES, nearest_mm
from tautband.safety.planning.limits import Limit, load_limits
from tautband.safety.planning.studies import Measurement, load_studies

PAGE = Path(__file__).parents[1] / "docs/depth.md"
STUDIES_START, STUDIES_END = "<!-- studies -->", "<!-- end of studies -->"
LIMITS_START, LIMITS_END = "<!-- limits -->", "<!-- end of limits -->"


def studies_table(studies: Iterable[Measurement]) -> str:
    """Every measurement, one row each."""
    head = [
        "measurement",
        "muscles",
        "structure, endpoint",
        "way, posture",
        "n, who",
        "mm",
        "nearest",
        "as published",
        "source (read)",
    ]
    rows = [
        [
            f"`{m.id}`",
            ", ".join(m.muscles),
            f"{m.structure} ({m.role}): {m.endpoint}; {m.site}",
            f"{m.approach}; {m.posture}; {m.method}",
            _who(m),
            _numbers(m),
            _nearest(m),
            m.text,
            _sources(m.sources),
        ]
        for m in studies
    ]
    return _table(head, rows)


def limits_table(limits: Iterable[Limit]) -> str:
    """Every limit, one row each."""
    head = ["limit", "concerns", "when", "decides", "says", "source (read)"]
    rows = [
        [
            f"`{x.id}`",
            _concerns(x),
            " and ".join(f"{c.fact} {c.op} {_value(c.value)}" for c in x.when)
            or _cap(x)
            or "always",
            _decides(x),
            x.text + (f" **Weaker than other facts suggest:** {x.weaker}" if x.weaker else ""),
            _sources((*x.sources, *x.weaker_sources)) + f"; {x.confidence}",
        ]
        for x in limits
    ]
    return _table(head, rows)


def page(text: str) -> str:
    """A page with both tables brought up to date."""
    text = _between(text, STUDIES_START, STUDIES_END, studies_table(load_studies().values()))
    return _between(text, LIMITS_START, LIMITS_END, limits_table(load_limits()))


def _between(text: str, start: str, end: str, table: str) -> str:
    before, _, rest = text.partition(start)
    _, _, after = rest.partition(end)
    return f"{before}{start}\n\n{table}\n{end}{after}"


def _who(m: Measurement) -> str:
    told = [str(m.n) if m.n else "n not stated", m.sample.kind]
    if m.sample.sex != "not stated":
        told.append(m.sample.sex)
    if m.role in FIGURES and not m.quoted:
        low, high = m.sample.bmi_range
        young, old = m.sample.age_range
        told.append(f"figures for BMI {low:.3g} to {high:.3g}, {young:.3g} to {old:.3g} years")
    return ", ".join(told)


def _numbers(m: Measurement) -> str:
    told = []
    if m.mean_mm is not None:
        told.append(f"mean {m.mean_mm:g}" + (f" (SD {m.sd_mm:g})" if m.sd_mm else ""))
    if m.min_mm is not None or m.max_mm is not None:
        ends = [f"{end:g}" if end is not None else "?" for end in (m.min_mm, m.max_mm)]
        told.append(" to ".join(ends))
    told += [f"{c.needle_mm:g} mm needle: {c.reached} of {c.of}" for c in m.counts]
    if m.explained:
        told.append(m.explained)
    return "; ".join(told) or "–"


def _nearest(m: Measurement) -> str:
    mm, basis = nearest_mm(m)
    if m.role != "hazard" or mm is None:
        return "–"
    return f"{mm:.1f} ({'quoted, never a guard' if m.quoted else basis})"


def _concerns(limit: Limit) -> str:
    return "every muscle" if limit.every else ", ".join((*limit.muscles, *limit.risks))


def _cap(limit: Limit) -> str:
    if limit.cap is None:
        return ""
    return f"{limit.cap.of} {'from' if limit.cap.below else 'over'} {limit.cap.mm:g} mm"


def _decides(limit: Limit) -> str:
    cap = _cap(limit)
    verdict = limit.decision.replace("_", " ")
    told = f"{verdict} ({cap})" if cap and limit.when else verdict
    unknown = limit.if_unknown.replace("_", " ")
    return told + (f"; not known: {unknown}" if limit.when else "")


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _sources(keys: Sequence[str]) -> str:
    known = bibliography()
    return ", ".join(f"{key} ({known[key].seen})" for key in dict.fromkeys(keys))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(c.replace('|', '/') for c in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
