"""The course of an episode on paper: each measure as a chart over days, and as a table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tautband.clinic.papers.paper import Words, table
from tautband.clinic.record.export.page import Block, heading
from tautband.clinic.record.models import Activity, Measure, Session
from tautband.clinic.record_pages import chart
from tautband.measures.instruments import Instrument, load_instruments

PSFS = "psfs"
MOST_CHARTS = 3  # a letter is read in a minute: the rest stands in the table


@dataclass(frozen=True)
class Course:
    """One instrument over days, asked in one way (``about``)."""

    instrument: Instrument
    about: str
    scores: tuple[tuple[date, float], ...]

    @property
    def name(self) -> str:
        """The short name, with what it was about."""
        return f"{self.instrument.short}, {self.about}" if self.about else self.instrument.short

    @property
    def first(self) -> float:
        """Where it began."""
        return self.scores[0][1]

    @property
    def last(self) -> float:
        """Where it stands."""
        return self.scores[-1][1]


def courses(words: Words, until: datetime) -> list[Course]:
    """The scored measures of the episode up to a moment; those asked most often come first."""
    known, found = load_instruments(), defaultdict(list)
    rows = Measure.objects.filter(episode=words.at.episode, taken_at__lte=until)
    for row in rows.order_by("taken_at"):
        if row.value is not None and row.instrument in known:
            found[row.instrument, row.about].append((_local(words, row.taken_at), row.value))
    drawn = [Course(known[name], about, tuple(scores)) for (name, about), scores in found.items()]
    return sorted(drawn, key=lambda one: (-len(one.scores), one.name))


def visits(words: Words, until: datetime) -> list[date]:
    """The days of the episode's sessions up to a moment."""
    rows = Session.objects.filter(episode=words.at.episode, began_at__lte=until)
    times = rows.order_by("began_at").values_list("began_at", flat=True)
    return [_local(words, at) for at in times]


def in_pictures(words: Words, found: Sequence[Course], days: Sequence[date]) -> list[Block]:
    """A chart for each of the first courses that has at least two scores."""
    blocks: list[Block] = []
    for one in [one for one in found if len(one.scores) > 1][:MOST_CHARTS]:
        blocks += [heading(one.name), _chart(words, one, days)]
    return blocks


def in_figures(words: Words, found: Sequence[Course]) -> list[Block]:
    """The first and the latest score of each measure, with the change between them."""
    head = [words.t(one) for one in ("measure", "first", "latest", "change", "better")]
    return table(head, [_row(words, one) for one in found])


def activities(words: Words, until: datetime) -> list[Block]:
    """The patient's own activities with their first and latest score (0 to 10)."""
    named = list(Activity.objects.filter(episode=words.at.episode).order_by("place"))
    rows = Measure.objects.filter(episode=words.at.episode, instrument=PSFS, taken_at__lte=until)
    scored = [row.items for row in rows.order_by("taken_at") if row.items]
    told = []
    for position, one in enumerate(named):
        values = [items[position] for items in scored if position < len(items)]
        said = [f"{value:g}" for value in values if value is not None]
        told.append((str(one.words), said[0] if said else "", said[-1] if len(said) > 1 else ""))
    return table([words.t(one) for one in ("activity", "first", "latest")], told)


def _row(words: Words, one: Course) -> tuple[str, ...]:
    (begun, first), (ended, last) = one.scores[0], one.scores[-1]
    alone = len(one.scores) == 1
    return (
        one.name,
        f"{first:.3g} ({begun})",
        "" if alone else f"{last:.3g} ({ended})",
        "" if alone else _change(last - first, one.instrument.unit),
        words.t(f"better-{one.instrument.better}"),
    )


def _change(by: float, unit: str) -> str:
    """A difference with its sign; none is plainly 0."""
    return f"{round(by, 2):+g} {unit}" if round(by, 2) else f"0 {unit}"


def _chart(words: Words, one: Course, days: Sequence[date]) -> Block:
    """The picture that the episode's page shows, in shares of its field."""
    unit, better, limits = one.instrument.unit, one.instrument.better, one.instrument.range
    drawn = chart.draw(one.name, unit, better, limits, one.scores, days)
    wide = chart.WIDTH - chart.LEFT - chart.RIGHT
    high = chart.HEIGHT - chart.TOP - chart.BOTTOM
    return {
        "kind": "chart",
        "points": [[(p.x - chart.LEFT) / wide, (p.y - chart.TOP) / high] for p in drawn.points],
        "levels": [[(tick.at - chart.TOP) / high, tick.text] for tick in drawn.levels],
        "days": [[(tick.at - chart.LEFT) / wide, tick.text] for tick in drawn.days],
        "sessions": [(x - chart.LEFT) / wide for x in drawn.sessions],
        "text": words.t("chart", unit=unit, better=words.t(f"better-{better}")),
    }


def _local(words: Words, at: datetime) -> date:
    return at.astimezone(ZoneInfo(words.at.seat.clinic.time_zone)).date()
