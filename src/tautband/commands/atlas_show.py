"""``tautband atlas show``: a record as text or JSON."""

from typing import TYPE_CHECKING, Any

from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.atlas.records import Muscle, Needling
    from tautband.atlas.targets import Target
    from tautband.base.sources import Fact


def find_record(name: str) -> "Muscle | Target":
    """The muscle or other target of a name; raises InputError with close names."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.names import find_muscle
    from tautband.atlas.targets import find_target, read_targets

    return find_target(name, read_targets()) or find_muscle(name, load_atlas().muscles)


def as_json(record: "Muscle | Target", trained: bool) -> dict[str, Any]:
    """The record as plain data with its reviews, without the recipe unless ``trained``."""
    import msgspec

    from tautband.atlas.trained import redacted

    data: dict[str, Any] = msgspec.to_builtins(record if trained else redacted(record))
    return data | {"reviews": [row for row, _ in _reviews(record)]}


def describe(record: "Muscle | Target", trained: bool) -> str:
    """A record as text; the confidence and the sources stand behind each statement."""
    from tautband.atlas.records import Muscle
    from tautband.atlas.trained import redacted

    marks = _Marks()
    shown = record if trained else redacted(record)
    lines = _muscle(shown, marks) if isinstance(shown, Muscle) else _target(shown, marks)
    lines += [_row("Reviewed", told) for _, told in _reviews(record)]
    return "\n".join([*lines, "", *marks.list()])


def _muscle(muscle: "Muscle", marks: "_Marks") -> list[str]:
    lines = [heading(f"{muscle.name} ({muscle.latin})")]
    if muscle.synonyms:
        lines.append(paragraph("Also: " + ", ".join(muscle.synonyms)))
    single = (
        ("Origin", muscle.origin),
        ("Insertion", muscle.insertion),
        ("Innervation", muscle.innervation),
        ("Action", muscle.action),
        ("Limited when taut", muscle.limited),
        ("Weak when taut", muscle.weak),
        ("Palpation", muscle.palpation),
        ("Reliability", muscle.reliability),
    )
    lines += [_row(label, marks.told(fact)) for label, fact in single]
    lines += [_row(f"Overload: {o.kind}", marks.told(o)) for o in muscle.overload]
    for point in muscle.trigger_points:
        place = f" [{point.segment} t={point.t:g}, {point.angle:g}°]" if point.stated else ""
        lines.append(_row(f"Trigger point {point.id}", marks.told(point) + place))
    lines += [_row(f"Referral, {z.zone}", marks.told(z)) for z in muscle.referral]
    lines += _needling(muscle.needling, marks)
    lines += [_row("At risk", f"{r.structure}. {marks.told(r)}") for r in muscle.at_risk]
    lines += [_row("Measured depth", marks.told(d)) for d in muscle.depths]
    lines += [_row(_advice_label(a.kind, a.causes), marks.told(a)) for a in muscle.advice]
    return lines


def _target(target: "Target", marks: "_Marks") -> list[str]:
    lines = [heading(f"{target.name} ({target.kind})")]
    if target.synonyms:
        lines.append(paragraph("Also: " + ", ".join(target.synonyms)))
    lines.append(_row("What", marks.told(target.what)))
    lines += _needling(target.needling, marks)
    lines += [_row("Evidence", marks.told(fact)) for fact in target.evidence]
    lines += [_row("Limits", marks.told(fact)) for fact in target.limits]
    lines += [_row("At risk", f"{r.structure}. {marks.told(r)}") for r in target.at_risk]
    lines += [_row(_advice_label(a.kind, a.causes), marks.told(a)) for a in target.advice]
    if target.muscles:
        lines.append(_row("Muscles with it", ", ".join(target.muscles)))
    return lines


def _advice_label(kind: str, causes: tuple[str, ...]) -> str:
    return f"Advice: {kind}" + (f" ({', '.join(causes)})" if causes else "")


def _reviews(record: "Muscle | Target") -> list[tuple[dict[str, object], str]]:
    """Each kept verdict on a record, as data and as a sentence, stale ones marked."""
    from tautband.atlas.review_files import read_reviews, verdicts_on
    from tautband.atlas.reviews import is_current
    from tautband.commands.atlas_review import known

    found: list[tuple[dict[str, object], str]] = []
    for review, verdict in verdicts_on(record.id, read_reviews()):
        current = is_current(verdict, known())
        row: dict[str, object] = {
            "field": verdict.field,
            "verdict": verdict.verdict,
            "note": verdict.note,
            "reviewer": review.reviewer,
            "qualification": review.qualification,
            "date": review.date,
            "current": current,
        }
        stale = "" if current else "; stale: the words have changed since"
        told = " ".join(filter(None, (f"{verdict.field}: {verdict.verdict}.", verdict.note)))
        found.append((row, f"{told} ({review.reviewer}, {review.date}{stale})"))
    return found


def _needling(needling: "Needling", marks: "_Marks") -> list[str]:
    from tautband.atlas.trained import WITHHELD

    if needling.withheld:
        how = (
            f"{needling.status}. The recipe and measured depths are {WITHHELD}: add --i-am-trained."
        )
        lines = [_row("Needling", how)]
        if needling.ultrasound_advised:
            lines.append(_row("  imaging", "ultrasound guidance advised"))
        return lines
    lines = [_row("Needling", f"{needling.status}. {marks.told(needling)}")]
    if needling.status == "not needled" or not needling.stated:
        return lines
    lines[0] = _row(
        "Needling", f"{needling.status}; for trained, licensed hands only. {marks.told(needling)}"
    )
    for label, text in (
        ("  position", needling.position),
        ("  approach", needling.approach),
        ("  direction", needling.direction),
        ("  technique", needling.technique),
    ):
        lines.append(_row(label, text))
    for label, span in (
        ("  needle length", needling.length_mm),
        ("  needle gauge", needling.gauge_mm),
    ):
        lines.append(_row(label, f"{span[0]:g} to {span[1]:g} mm" if span else "not established"))
    if needling.ultrasound_advised:
        lines.append(_row("  imaging", "ultrasound guidance advised"))
    return lines


def _row(label: str, text: str) -> str:
    return paragraph(f"{label:<20}{text}", "", " " * 20)


class _Marks:
    """Numbers the sources in the order in which they are first used."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def told(self, fact: "Fact") -> str:
        """The statement with its confidence and source numbers."""
        if not fact.stated:
            return "not established"
        numbers = [self.number.setdefault(key, len(self.number) + 1) for key in fact.sources]
        cited = "".join(f" [{number}]" for number in numbers)
        return f"{fact.text} ({fact.confidence}{cited})"

    def list(self) -> list[str]:
        """The sources, numbered, with how far each was read."""
        from tautband.base.sources import bibliography

        known = bibliography()
        return [
            paragraph(
                f"[{number}] {known[key].citation} {known[key].url} (read: {known[key].seen})",
                "",
                "    ",
            )
            for key, number in self.number.items()
        ]
