"""The plan of care: goals, where the patient stands, what is needled and how far, risks, review."""

from collections.abc import Mapping
from typing import Any

from tautband.atlas.atlas import load_atlas
from tautband.clinic import catalogue
from tautband.clinic.papers import course, findings
from tautband.clinic.papers.paper import Paper, Words, bullets, particulars, signing, table
from tautband.clinic.record.export.page import Block, facts, heading, paragraph, remark
from tautband.clinic.record.models import Goal, Plan, PlanTarget
from tautband.clinic.record.services.cards import card_of
from tautband.clinic.visit_pages.explaining import lung_point
from tautband.safety.planning.aftercare import texts_for

CARE = ("comfort", "one_part")  # paragraphs of the home plan that name no risk


def plan(words: Words, row: Plan) -> Paper:
    """A plan as it was kept, with where the patient stood on its day."""
    targets = list(PlanTarget.objects.filter(plan=row).order_by("place"))
    assessed = findings.assessments(words, row.written_at)
    author = words.by(card_of(row.written_by, words.at.seat.clinic), str(row.written_by))
    return Paper(
        title=words.t("plan"),
        subtitle=words.t("plan-of", when=words.when(row.written_at), who=author),
        blocks=[
            particulars(
                *words.of_patient(),
                (words.t("complaint"), words.at.episode.title),
                (words.t("began"), words.day(words.at.episode.began_on)),
            ),
            *_goals(words, row),
            *_standing(words, row),
            *(findings.tables(words, assessed[-1]) if assessed else []),
            *_targets(words, row, targets),
            *_dose(words, row),
            *_beside(words, row),
            *_risks(words, [one for one in targets if not one.dropped]),
            heading(words.t("agreement")),
            paragraph(words.t("agreement-text")),
            signing(
                words,
                words.t("sign-clinician", who=author),
                words.t("sign-patient", who=words.at.patient.name),
                words.t("sign-physician"),
            ),
        ],
        versions=(row.advised or {}).get("versions", {}),
    )


def _goals(words: Words, row: Plan) -> list[Block]:
    goals = Goal.objects.filter(episode=row.episode, written_at__lte=row.written_at)
    told = [
        words.t("goal-by", goal=str(one.words), day=words.day(one.by)) if one.by else str(one.words)
        for one in goals.order_by("written_at")
    ]
    blocks = [*bullets(told), *course.activities(words, row.written_at)]
    return [heading(words.t("goals")), *(blocks or [paragraph(words.t("none"))])]


def _standing(words: Words, row: Plan) -> list[Block]:
    figures = course.in_figures(words, course.courses(words, row.written_at))
    return [heading(words.t("measures")), *figures] if figures else []


def _targets(words: Words, row: Plan, targets: list[PlanTarget]) -> list[Block]:
    needled = [one for one in targets if not one.dropped]
    left = [one for one in targets if one.dropped]
    head = [words.t(name) for name in ("muscle", "side", "safety", "longest", "deepest")]
    return [
        heading(words.t("needling")),
        facts((words.t("verdict"), _decision(words, row.decision)), (words.t("why"), row.why)),
        *table(head, [_target(words, one) for one in needled]),
        *([] if needled else [paragraph(words.t("nothing-needled"))]),
        *([remark(words.t("limits"))] if needled else []),
        *bullets([words.t("left-out", target=_name(words, one)) for one in left]),
    ]


def _target(words: Words, one: PlanTarget) -> tuple[str, ...]:
    needle = _needle(one)
    return (
        words.muscle(one.muscle),
        words.side(one.side),
        _decision(words, one.decision),
        _cap(words, needle.get("length_cap")),
        _cap(words, needle.get("depth_cap")),
    )


def _needle(one: PlanTarget) -> Mapping[str, Any]:
    """The limits that were shown; an older row keeps its reasons only."""
    safety = one.safety if isinstance(one.safety, dict) else {}
    return safety.get("needle") or {}


def _cap(words: Words, cap: Mapping[str, Any] | None) -> str:
    """A limit in millimetres; where none was measured or published, that is said."""
    if cap is None or cap["mm"] is None:
        return words.t("no-limit")
    return words.t("below" if cap["below"] else "at-most", mm=f"{cap['mm']:g}")


def _name(words: Words, one: PlanTarget) -> str:
    return f"{words.muscle(one.muscle)}, {words.side(one.side)}"


def _decision(words: Words, code: str) -> str:
    return catalogue.text(f"visit-decision-{code}", words.locale)


def _dose(words: Words, row: Plan) -> list[Block]:
    return [
        heading(words.t("dose")),
        facts(
            (words.t("sessions"), row.sessions_planned or words.t("not-set")),
            (words.t("review"), words.day(row.review_on) or words.t("not-set")),
        ),
    ]


def _beside(words: Words, row: Plan) -> list[Block]:
    told = list(dict.fromkeys(str(one) for one in row.complementary or []))
    return [heading(words.t("beside")), *bullets(told)] if told else []


def _risks(words: Words, needled: list[PlanTarget]) -> list[Block]:
    """What is explained of these muscles: the same paragraphs as for the consent."""
    known = load_atlas().muscles
    muscles = [known[one.muscle] for one in needled if one.muscle in known]
    if not muscles:
        return []
    told = [f"{one.title}: {one.text}" for one in texts_for(muscles) if one.id not in CARE]
    lung = lung_point(muscles, words.locale)
    return [heading(words.t("risks")), *bullets([*told, *([lung.line] if lung else [])])]
