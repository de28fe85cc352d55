"""A record as a page: which statements stand where.  What is held back never comes here."""

from collections.abc import Sequence
from dataclasses import dataclass

from tautband.atlas.advice import Advised, advice_for
from tautband.atlas.atlas import Atlas, Unit
from tautband.atlas.likeness import Alike, easily_mistaken
from tautband.atlas.records import Advice, Depth, Muscle, Needling, OverloadKind, Risk
from tautband.atlas.review_files import read_reviews, verdicts_on
from tautband.atlas.reviews import Review, Verdict
from tautband.atlas.targets import Target
from tautband.atlas.trained import redacted
from tautband.base.side import Side
from tautband.clinic.atlas_pages.statements import Cite, Citing, Statement

_EXAMINATION = ("palpation", "reliability", "limited", "weak")
_ANATOMY = ("origin", "insertion", "innervation", "action")


@dataclass(frozen=True)
class Recipe:
    """How something is needled; ``rows`` are labels of the catalogue with their text.

    ``status`` is always told.  ``withheld`` says that there is a recipe which only a trained
    professional is shown.
    """

    status: str
    withheld: bool
    statement: Statement | None
    rows: tuple[tuple[str, str], ...]
    ultrasound: bool
    depths: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class ByCause:
    """What goes with needling when one kind of overload is behind it."""

    cause: OverloadKind
    advice: tuple[Statement, ...]


@dataclass(frozen=True)
class RecordPage:
    """Everything that the page of one muscle on one side shows."""

    unit: Unit
    muscle: Muscle
    points: tuple[Statement, ...]
    zones: tuple[Statement, ...]
    risks: tuple[Statement, ...]
    examination: tuple[Statement, ...]
    recipe: Recipe
    causes: tuple[Statement, ...]
    advice: tuple[ByCause, ...]
    anatomy: tuple[Statement, ...]
    alike: tuple[Alike, ...]
    group: Muscle | None
    parts: tuple[Muscle, ...]
    cites: tuple[Cite, ...]
    verdicts: tuple[tuple[Review, Verdict], ...]


@dataclass(frozen=True)
class TargetPage:
    """Everything that the page of a target which is not a muscle shows."""

    target: Target
    what: Statement
    evidence: tuple[Statement, ...]
    limits: tuple[Statement, ...]
    risks: tuple[Statement, ...]
    recipe: Recipe
    advice: tuple[Statement, ...]
    muscles: tuple[Muscle, ...]
    cites: tuple[Cite, ...]
    verdicts: tuple[tuple[Review, Verdict], ...]


def record_page(atlas: Atlas, muscle: Muscle, side: Side, trained: bool) -> RecordPage:
    """The page of a muscle; without ``trained`` it holds no needling parameter at all."""
    shown = muscle if trained else redacted(muscle)
    verdicts = verdicts_on(muscle.id, read_reviews())
    citing = Citing(verdicts)
    unit = atlas.unit[f"{muscle.id}:{side}"]
    # In the order of the page, so that the sources are numbered as one reads.
    risks = _risks(citing, shown.at_risk)
    zones = tuple(
        citing.statement(f"referral[{number}]", zone, tag=f"atlas-zone-{zone.zone}")
        for number, zone in enumerate(shown.referral)
    )
    points = tuple(
        citing.statement(f"trigger_points[{number}]", point, name=point.id)
        for number, point in enumerate(shown.trigger_points)
    )
    examination = _singles(citing, shown, _EXAMINATION)
    recipe = _recipe(citing, shown.needling, shown.depths)
    causes = tuple(
        citing.statement(f"overload[{number}]", cause, tag=f"atlas-overload-{cause.kind}")
        for number, cause in enumerate(shown.overload)
    )
    advice = tuple(_by_cause(citing, shown))
    anatomy = _singles(citing, shown, _ANATOMY)
    return RecordPage(
        unit=unit,
        muscle=shown,
        points=points,
        zones=zones,
        risks=risks,
        examination=examination,
        recipe=recipe,
        causes=causes,
        advice=advice,
        anatomy=anatomy,
        alike=easily_mistaken(atlas, unit),
        group=atlas.muscles.get(muscle.ranked_as),
        parts=tuple(m for m in atlas.muscles.values() if m.ranked_as == muscle.id),
        cites=citing.cites(),
        verdicts=tuple(verdicts),
    )


def target_page(atlas: Atlas, target: Target, trained: bool) -> TargetPage:
    """The page of a target; without ``trained`` it holds no needling parameter at all."""
    shown = target if trained else redacted(target)
    verdicts = verdicts_on(target.id, read_reviews())
    citing = Citing(verdicts)
    return TargetPage(
        target=shown,
        what=citing.statement("what", shown.what),
        risks=_risks(citing, shown.at_risk),
        limits=citing.statements("limits", shown.limits),
        evidence=citing.statements("evidence", shown.evidence),
        recipe=_recipe(citing, shown.needling, ()),
        advice=tuple(
            _advised(citing, f"advice[{number}]", Advised(one))
            for number, one in enumerate(shown.advice)
        ),
        muscles=tuple(atlas.muscles[one] for one in shown.muscles),
        cites=citing.cites(),
        verdicts=tuple(verdicts),
    )


def _risks(citing: Citing, risks: Sequence[Risk]) -> tuple[Statement, ...]:
    return tuple(
        citing.statement(f"at_risk[{number}]", risk, name=risk.structure)
        for number, risk in enumerate(risks)
    )


def _singles(citing: Citing, muscle: Muscle, fields: tuple[str, ...]) -> tuple[Statement, ...]:
    return tuple(
        citing.statement(name, getattr(muscle, name), label=f"atlas-field-{name}")
        for name in fields
    )


def _by_cause(citing: Citing, muscle: Muscle) -> list[ByCause]:
    """Advice for each cause that the record names, the cause named first first."""
    causes = dict.fromkeys(one.kind for one in muscle.overload if one.stated)
    return [
        ByCause(
            cause,
            tuple(
                _advised(citing, _place(muscle.advice, one.advice), one)
                for one in advice_for(muscle, cause)
            ),
        )
        for cause in tuple(causes) or ("other",)
    ]


def _place(advice: Sequence[Advice], one: Advice) -> str:
    """Where advice stands in its record; nothing for what holds for every muscle."""
    return f"advice[{advice.index(one)}]" if one in advice else ""


def _advised(citing: Citing, where: str, one: Advised) -> Statement:
    kind = one.advice.kind.split()[0]
    return citing.statement(where, one.advice, tag=f"atlas-advice-{kind}", text=one.text)


def _recipe(citing: Citing, needling: Needling, depths: Sequence[Depth]) -> Recipe:
    return Recipe(
        status=needling.status,
        withheld=needling.withheld,
        statement=None if needling.withheld else citing.statement("needling", needling),
        rows=tuple(_rows(needling)),
        ultrasound=needling.ultrasound_advised,
        depths=citing.statements("depths", depths),
    )


def _rows(needling: Needling) -> list[tuple[str, str]]:
    if needling.withheld or needling.status == "not needled" or not needling.stated:
        return []
    told = [
        ("position", needling.position),
        ("approach", needling.approach),
        ("direction", needling.direction),
        ("technique", needling.technique),
        ("length", _span(needling.length_mm)),
        ("gauge", _span(needling.gauge_mm)),
    ]
    return [(f"atlas-needling-{name}", text) for name, text in told]


def _span(millimetres: tuple[float, float] | None) -> str:
    """A range, or nothing where the record has none."""
    if millimetres is None:
        return ""
    low, high = millimetres
    return f"{low:g} mm" if low == high else f"{low:g} – {high:g} mm"
