"""What was recorded about one treatment, as plain frozen items; each has the id of its row.

None and empty mean that nothing was recorded.  Times are those of the clinic.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar


@dataclass(frozen=True)
class Item:
    """One recorded thing."""

    id: str


@dataclass(frozen=True)
class Examined(Item):
    """What belongs to an assessment; ``on`` is its day where that is not the day of the session."""

    on: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Person(Item):
    """The patient, without name."""

    age: int | None = None
    sex: str = ""


@dataclass(frozen=True)
class Complaint(Item):
    """What the patient came with; ``cause`` is empty where none is known."""

    title: str = ""
    onset_on: date | None = None
    onset_told: str = ""
    cause: str = ""
    cause_told: str = ""


@dataclass(frozen=True)
class Goal(Item):
    """A goal in the patient's words."""

    words: str


@dataclass(frozen=True)
class Told(Examined):
    """The patient's own words; ``since_last`` when they are about the time since the last visit."""

    words: str
    since_last: bool = False


@dataclass(frozen=True)
class Score(Item):
    """A scored instrument on a day; ``most`` is the end of its scale."""

    name: str
    value: float
    most: float
    on: date
    about: str = ""


@dataclass(frozen=True)
class Found(Examined):
    """One sign at one muscle: ``present``, ``absent`` or ``not examined``."""

    muscle: str
    side: str
    sign: str
    answer: str


@dataclass(frozen=True)
class Moved(Examined):
    """A range of motion; ``pain`` 0 to 10."""

    what: str
    side: str = ""
    passive: bool = False
    amount: float | None = None
    unit: str = ""
    pain: float | None = None


@dataclass(frozen=True)
class Strong(Examined):
    """Strength: a grade 0 to 5, or newtons; ``pain`` 0 to 10."""

    what: str
    side: str = ""
    grade: float | None = None
    newtons: float | None = None
    pain: float | None = None


@dataclass(frozen=True)
class Pressed(Examined):
    """A pressure pain threshold in kilopascals."""

    where: str
    side: str
    kpa: float


@dataclass(frozen=True)
class Compared(Examined):
    """The comparable sign, ``before`` or ``after`` the needles; degrees, pain 0 to 10."""

    movement: str
    when: str
    degrees: float | None = None
    pain: float | None = None


@dataclass(frozen=True)
class Impression(Examined):
    """The clinician's impression, in their words."""

    words: str


@dataclass(frozen=True)
class Screened(Item):
    """A screening for contraindications and the decision made from it."""

    decision: str
    on: date
    again: bool = False


@dataclass(frozen=True)
class Agreed(Item):
    """A signed consent to the treatment, with the headings of what was explained.

    ``copy`` is how the patient got theirs: paper, e-mail, portal or declined.
    """

    on: date
    by: str
    copy: str
    explained: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned(Item):
    """The plan: what the rules decided, why the clinician went on, and what goes with it."""

    on: date
    decision: str = ""
    why: str = ""
    complementary: tuple[str, ...] = ()
    has_home_plan: bool = False
    sessions: int | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Needler(Item):
    """Who needled, or (``supervises``) under whom, with their card of that day."""

    name: str
    profession: str = ""
    licence: str = ""
    place: str = ""
    supervises: bool = False


@dataclass(frozen=True)
class Held(Item):
    """The session itself; ``ended_at`` is None while it is open."""

    began_at: datetime
    ended_at: datetime | None = None
    number: int | None = None
    remarks: str = ""


@dataclass(frozen=True)
class Aimed(Item):
    """A muscle that was needled although the rules asked or stopped, and why."""

    muscle: str
    side: str
    decision: str
    reason: str
    is_override: bool = False


@dataclass(frozen=True)
class Needle(Item):
    """One needle: millimetres, maker, lot."""

    length_mm: float | None = None
    gauge_mm: float | None = None
    maker: str = ""
    lot: str = ""


@dataclass(frozen=True)
class Inserted(Item):
    """One needle through the skin, once; ``twitches`` None is "not assessed", which is not 0.

    ``familiar_pain`` is ``yes``, ``no``, or empty where it was not asked.
    """

    needle: str
    muscle: str
    side: str
    at: datetime | None = None
    point: str = ""
    retained: bool = False
    twitches: int | None = None
    detected_by: str = ""
    familiar_pain: str = ""
    depth_mm: float | None = None


@dataclass(frozen=True)
class Removed(Item):
    """A retained needle taken out, by the id of its insertion."""

    insertion: str
    at: datetime | None = None
    bent: bool = False


@dataclass(frozen=True)
class Redirected(Item):
    """Changes of direction within one insertion."""

    insertion: str
    times: int


@dataclass(frozen=True)
class Twitched(Item):
    """Local twitch responses counted for a whole muscle; None is "not assessed".

    ``familiar_pain`` of the muscle is ``yes``, ``no``, or empty where it was not asked.
    """

    muscle: str
    side: str
    count: int | None
    detected_by: str = ""
    familiar_pain: str = ""


@dataclass(frozen=True)
class Happened(Item):
    """An incident with a needle."""

    code: str
    words: str = ""


@dataclass(frozen=True)
class Reacted(Item):
    """A reaction; ``kind`` is ``none`` where it was asked for and there was none."""

    kind: str
    name: str
    severity: float | None = None
    hours: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Harmed(Item):
    """An adverse event: its grade, what was told, and what was done."""

    name: str
    grade: str
    words: str = ""
    done: str = ""
    resolved_on: date | None = None


@dataclass(frozen=True)
class Counted(Item):
    """The counts at which the session was closed, and the codes that account for a difference."""

    needles_in: int
    needles_out: int
    insertions: int
    reasons: tuple[str, ...] = ()


Kind = TypeVar("Kind", bound=Item)


@dataclass(frozen=True)
class Treatment:
    """Everything recorded about one treatment, in the order in which it was recorded."""

    items: tuple[Item, ...]

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The items of a kind."""
        return [item for item in self.items if isinstance(item, kind)]

    def without(self, ids: Iterable[str]) -> "Treatment":
        """The same without some of the items."""
        left = set(ids)
        return Treatment(tuple(item for item in self.items if item.id not in left))
