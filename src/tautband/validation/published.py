"""Published cases and group studies, run from their words as a clinician would type them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import bibliography
from tautband.care.locate import CASE_BOUND, locate, read_sentence
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.ranking import rank
from tautband.validation.intervals import resamples
from tautband.validation.methods import (
    BASELINES,
    LOOK_UP,
    MODEL,
    PREVALENCE,
    WORDS,
    Baselines,
    Scores,
    model_scores,
)
from tautband.validation.misses import MISS_BEYOND, NOT_READ, Reason, reasons
from tautband.validation.ranks import (
    NOT_FOUND,
    Chance,
    Difference,
    Ranks,
    best_rank,
    chance,
    difference,
    summary,
)
from tautband.validation.records import (
    Case,
    Cases,
    GroupRow,
    GroupStudies,
    check_cases,
    check_group_studies,
    is_circular,
)


@dataclass(frozen=True)
class Outcome:
    """One text with the muscles that were right, and where each method ranks the best of them.

    ``shown``: the muscle stands in the list that a clinician sees.  ``probability`` is the model's.
    ``source`` is the cluster: texts of one publication are not independent.  ``missing`` are
    published names that no record stands for.
    """

    id: str
    text: str
    right: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
    circular: bool
    rank: dict[str, float]
    probability: float
    shown: bool
    reasons: tuple[Reason, ...]

    @property
    def missed(self) -> bool:
        """The model does not have it among the first five."""
        return self.rank[MODEL] > MISS_BEYOND


@dataclass(frozen=True)
class CaseOutcome:
    """A published case with its outcome."""

    case: Case
    outcome: Outcome


@dataclass(frozen=True)
class GroupOutcome:
    """A pattern of a group study with its outcome."""

    row: GroupRow
    outcome: Outcome


@dataclass(frozen=True)
class Comparison:
    """Methods on the same texts: each one's ranks, chance, and the model against each baseline."""

    name: str
    count: int
    sources: int
    ranks: dict[str, Ranks]
    chance: Chance
    against: dict[str, Difference]


def run_cases(cases: Cases, knowledge: Knowledge, halves: Sequence[str]) -> tuple[CaseOutcome, ...]:
    """Rank every case of the given halves; raises InputError when the data do not fit the atlas."""
    check_cases(cases, knowledge.atlas.muscles, bibliography())
    baselines = Baselines(knowledge)
    found = []
    for case in cases.case:
        if case.half in halves:
            ids, missing = cases.records(case)
            outcome = _run(case.id, case.sentence, ids, case.sources, baselines, missing)
            found.append(CaseOutcome(case, outcome))
    return tuple(found)


def run_groups(studies: GroupStudies, knowledge: Knowledge) -> tuple[GroupOutcome, ...]:
    """Rank every pattern; raises InputError when the data do not fit the atlas."""
    check_group_studies(studies, knowledge.atlas.muscles, bibliography())
    baselines = Baselines(knowledge)
    return tuple(
        GroupOutcome(row, _run(row.id, row.sentence, row.muscles, row.sources, baselines))
        for row in studies.row
    )


def compare(
    name: str, outcomes: Sequence[Outcome], muscles: int, *, times: int = 2000, seed: int = 0
) -> Comparison:
    """Summarise outcomes; whole publications are drawn again for the intervals."""
    weights = resamples([o.source for o in outcomes], times, seed)
    ranks = {m: [o.rank[m] for o in outcomes] for m in (MODEL, *BASELINES)}
    sources = len({o.source for o in outcomes})
    return Comparison(
        name,
        len(outcomes),
        sources,
        {m: summary(ranks[m], weights, sources) for m in ranks},
        chance(muscles, [len(o.right) for o in outcomes]),
        {m: difference(ranks[MODEL], ranks[m], weights, sources) for m in BASELINES},
    )


def _run(
    name: str,
    text: str,
    records: Sequence[str],
    sources: Sequence[str],
    baselines: Baselines,
    missing: Sequence[str] = (),
) -> Outcome:
    knowledge = baselines.knowledge
    atlas = knowledge.atlas
    # Records whose referral is taught as one are ranked as one.
    right = tuple(dict.fromkeys(atlas.ranked(r, Side.LEFT).id for r in records))
    circular = is_circular(sources, [atlas.muscles[r] for r in {*records, *right}])
    try:
        sentence = read_sentence(text)
    except InputError as error:
        scores = {PREVALENCE: baselines.prevalence, WORDS: baselines.words(text)}
        place = {m: best_rank(s, right) for m, s in scores.items()}
        unread = {MODEL: NOT_FOUND, LOOK_UP: NOT_FOUND}
        why = (Reason(NOT_READ, str(error)),)
        return Outcome(
            name, text, right, tuple(missing), sources[0], circular, unread | place, 0, False, why
        )
    drawing = sentence.drawing
    answer = locate(drawing, sentence=sentence, bound=CASE_BOUND, knowledge=knowledge)
    # The answer shows the likeliest; the ranking behind it has every muscle.
    chances = model_scores(rank(drawing, knowledge, bound=CASE_BOUND).candidates)
    methods: dict[str, Scores] = {
        MODEL: chances,
        LOOK_UP: baselines.look_up(drawing),
        PREVALENCE: baselines.prevalence,
        WORDS: baselines.words(text),
    }
    place = {m: best_rank(scores, right) for m, scores in methods.items()}
    missed = place[MODEL] > MISS_BEYOND
    return Outcome(
        id=name,
        text=text,
        right=right,
        missing=tuple(missing),
        source=sources[0],
        circular=circular,
        rank=place,
        probability=max(chances[r] for r in right),
        shown=any(c.unit.id in right for c in answer.candidates),
        reasons=reasons(drawing, right, chances, baselines) if missed else (),
    )
