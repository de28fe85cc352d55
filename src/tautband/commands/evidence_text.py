"""Evidence as plain text for a terminal."""

from typing import TYPE_CHECKING, Any

from tautband.care.evidence import check_json, claim_json, of_100_sentence, trial_json
from tautband.commands.layout import heading, paragraph
from tautband.evidence.claims import load_claims
from tautband.evidence.reviews import load_reviews
from tautband.evidence.sheets import load_sheets
from tautband.evidence.trials import load_trials

if TYPE_CHECKING:
    from tautband.evidence.claims import Claim
    from tautband.evidence.sheets import Answered, Of100, Sheet

PEOPLE = 100
A_ROW = 20


def list_json() -> dict[str, Any]:
    """Ids and titles of everything."""
    return {
        "sheets": [
            {"condition": s.condition, "title": s.title, "version": s.version}
            for s in load_sheets().values()
        ],
        "claims": [
            {"id": c.id, "claim": c.claim, "verdict": c.verdict} for c in load_claims().values()
        ],
        "trials": [trial_json(t) for t in load_trials().values()],
        "reviews": [
            {"id": r.id, "name": r.name, "people": r.people, "pools": len(r.pools)}
            for r in load_reviews().values()
        ],
    }


def list_text() -> str:
    """The same as a list to read."""
    parts = [heading("Evidence sheets")]
    parts.append("\n".join(f"  {s.condition:<28}{s.title}" for s in load_sheets().values()))
    parts.append(heading("Claims that were checked"))
    parts.append("\n".join(f"  {c.id:<28}{c.verdict}" for c in load_claims().values()))
    parts.append(heading("Trials"))
    parts.append(
        "\n".join(f"  {t.id:<28}{t.people[:44]:<46}{t.comparator}" for t in load_trials().values())
    )
    parts.append(heading("Reviews"))
    parts.append("\n".join(f"  {r.id:<30}{r.people}" for r in load_reviews().values()))
    return "\n\n".join(parts)


def patient_text(sheet: "Sheet") -> str:
    """A sheet for a patient."""
    parts = [heading(sheet.title), *(paragraph(line) for line in sheet.patient)]
    if sheet.of_100 and sheet.frequencies:
        parts.append(_icons(sheet, sheet.of_100))
        parts.append(
            paragraph(
                "This is worked out from figures of groups, with assumptions. Your clinician can "
                "show you which."
            )
        )
    parts.append(paragraph("What is not known: " + sheet.patient_unknown))
    parts.append(paragraph(f"Version of this sheet: {sheet.version}"))
    return "\n\n".join(parts)


def _icons(sheet: "Sheet", of_100: "Of100") -> str:
    """An icon array: who improves in both groups, who besides, who does not."""
    first, last = sorted((of_100.without, of_100.needled))
    icons = "●" * first + "◉" * (last - first) + "○" * (PEOPLE - last)
    rows = [" ".join(icons[i : i + A_ROW]) for i in range(0, PEOPLE, A_ROW)]
    key = "● better in both groups   ◉ the difference   ○ not better by that much"
    return "\n".join([*rows, "", key, "", paragraph(of_100_sentence(sheet))])


def sheet_text(sheet: "Sheet") -> str:
    """A sheet for a clinician."""
    parts = [heading(sheet.title), *(paragraph(line) for line in sheet.clinician)]
    parts += [_question(number, one) for number, one in enumerate(sheet.answered, start=1)]
    if sheet.quoted:
        parts += [heading("Published pools, as printed"), _quoted(sheet)]
    if sheet.frequencies:
        parts += [heading("What the picture for patients rests on")]
        parts += [paragraph(sheet.frequencies.text)]
    parts.append(heading("Not known"))
    parts.append("\n".join(paragraph("- " + line, hang="  ") for line in sheet.unknown))
    parts.append(paragraph(f"Version {sheet.version}. In plain words: add --patient."))
    return "\n\n".join(parts)


AGAINST = {
    "inert": "against sham or no treatment",
    "active": "against other treatment",
    "added": "added to other treatment",
    "any": "against anything",
}


def _question(number: int, one: "Answered") -> str:
    asked, answer = one.asked, one.answer
    title = f"{number}. {asked.outcome}, {asked.window} term, {AGAINST[asked.against]}"
    lines = [heading(title)]
    lines += [paragraph(note) for note in answer.notes]
    if answer.pool:
        from tautband.commands.forest import forest
        from tautband.evidence.table import Row

        lines.append(forest(answer.pool, tuple(Row(u.trial.name, u.effect) for u in answer.used)))
        if answer.pool.prediction:
            ends = answer.pool.prediction
            lines.append(f"A further study: {ends.low:.2f} to {ends.high:.2f} (95 % prediction).")
    certainty = asked.certainty
    lines.append(f"Certainty: {certainty.level} ({certainty.by}, {certainty.date})")
    for d in certainty.domains:
        down = f"-{d.down}" if d.down else "no change"
        lines.append(paragraph(f"- {d.domain}: {down}. {d.why}", "  ", "  "))
    if answer.left_out:
        lines.append("Not pooled:")
        lines.append(
            "\n".join(
                paragraph(f"- {o.trial.name}, {o.result.measure}: {o.why}", "  ", "  ")
                for o in answer.left_out
            )
        )
    return "\n".join(line for line in lines if line)


def _quoted(sheet: "Sheet") -> str:
    lines = []
    for review, pool in sheet.quoted:
        figure = "no estimate" if pool.estimate is None else f"{pool.estimate:g}"
        ends = f" ({pool.ci[0]:g} to {pool.ci[1]:g})" if pool.ci else ""
        wrong = f"; NOT USABLE: {pool.wrong}" if pool.wrong else ""
        lines.append(
            paragraph(
                f"- {review.name}: {pool.measure}, {pool.when}, against {pool.against}: "
                f"{pool.metric.upper()} {figure}{ends}{wrong}",
                hang="  ",
            )
        )
    return "\n".join(lines)


def claims_text() -> str:
    """All claims with their verdicts."""
    return "\n\n".join(
        paragraph(f"{c.id} [{c.verdict}]: {c.claim}", hang="  ") for c in load_claims().values()
    )


def claim_text(claim: "Claim") -> str:
    """One claim with what was found."""
    told = claim_json(claim)
    parts = [heading(f"{claim.id}: {claim.verdict}"), paragraph(f'"{claim.claim}"')]
    parts.append(paragraph(claim.why))
    parts.append(
        "\n".join(
            paragraph(f"- {f['speaks']}: {f['text']} ({f['source']})", hang="  ")
            for f in told["found"]
        )
    )
    if claim.searched:
        parts.append(paragraph(claim.searched))
    parts.append(paragraph("May be said: " + claim.instead))
    return "\n\n".join(parts)


def check_text() -> str:
    """What the checks found."""
    told = check_json()
    parts = [
        f"{told['trials']} trials with {told['rows']} rows, {told['reviews']} reviews, "
        f"{told['sheets']} sheets: all can be read, every row has its source.",
        heading(f"Findings in printed figures ({len(told['findings'])})"),
        "\n".join(
            paragraph(
                f"- {f['trial']}, {f['measure']} {f['when']}: {f['kind']}: {f['text']}", hang="  "
            )
            for f in told["findings"]
        ),
        heading(f"Kept out by hand ({len(told['held'])})"),
        "\n".join(
            paragraph(f"- {h['trial']}, {h['measure']}: {h['why']}", hang="  ")
            for h in told["held"]
        ),
        heading(f"Published pools that cannot be used ({len(told['published'])})"),
        "\n".join(
            paragraph(f"- {p['review']}, {p['measure']} {p['when']}: {p['text']}", hang="  ")
            for p in told["published"]
        ),
    ]
    return "\n\n".join(parts)


def moderators_text(told: dict[str, Any]) -> str:
    """What goes with the effect on pain, from ``tautband.moderators/1``."""
    parts = [heading("Pain, 0 to 10, by comparator"), paragraph(told["note"])]
    parts.append("\n".join(_class_line(one) for one in told["classes"]))
    for slope in told["slopes"]:
        parts.append(heading(f"By {slope['feature']}"))
        parts += [paragraph(note) for note in slope["notes"]]
        if slope["why_not"]:
            parts.append(paragraph("Not worked out: " + slope["why_not"]))
        lines = [
            f"  {c['name']:<28}{c['estimate']:6.2f}  ({c['ci'][0]:.2f} to {c['ci'][1]:.2f})"
            for c in slope["coefficients"]
        ]
        if lines:
            parts.append("\n".join(lines))
    egger = told["small_study"]
    parts.append(heading("Small studies"))
    if egger["why_not"]:
        parts.append(paragraph("Egger's test was not done: " + egger["why_not"]))
    else:
        parts.append(
            f"Egger: effect per unit of standard error {egger['slope']:.2f} (p {egger['p']:.3g})."
        )
    return "\n\n".join(parts)


def _class_line(one: dict[str, Any]) -> str:
    pool, name = one["pool"], one["class"]
    if pool is None:
        return f"  {name:<28}no trial with figures"
    ends = f"({pool['ci'][0]:.2f} to {pool['ci'][1]:.2f})"
    return f"  {name:<28}{pool['estimate']:6.2f}  {ends}, {pool['k']} in all"
