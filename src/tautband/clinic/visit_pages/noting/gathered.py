"""What was gathered for a note, and where each item of it stands in the record."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from tautband.care.note.recorded import Item, Treatment
from tautband.clinic.record.models import Kept, Session
from tautband.clinic.visit_pages.door import Visit


@dataclass(frozen=True, slots=True)
class Stand:
    """The row that an item was read from: its kind, who wrote it and when, and where to read it.

    ``page`` is a kind of the timeline with its row; None for what stands on the patient's page.
    """

    kind: str
    by: str
    at: datetime
    page: tuple[str, UUID] | None


@dataclass(slots=True)
class Gathering:
    """Items of one session's note as they are read, one by one."""

    visit: Visit
    session: Session
    items: list[Item] = field(default_factory=list)
    stands: dict[str, Stand] = field(default_factory=dict)

    @property
    def until(self) -> datetime:
        """The end of the session, or of its day where it was closed on a later one.

        What came later is not of it.
        """
        closed = self.session.closed_at or timezone.now()
        if self.day(closed) == self.today:
            return closed
        midnight = datetime.combine(self.today, time.max)
        return midnight.replace(tzinfo=ZoneInfo(self.visit.seat.clinic.time_zone))

    @property
    def today(self) -> date:
        """The day of the session at the clinic."""
        return self.day(self.session.began_at)

    @property
    def treatment(self) -> Treatment:
        """What has been read so far."""
        return Treatment(tuple(self.items))

    def local(self, moment: datetime) -> datetime:
        """A time as the clinic's clock shows it."""
        return moment.astimezone(ZoneInfo(self.visit.seat.clinic.time_zone))

    def day(self, moment: datetime) -> date:
        """The day of a time at the clinic."""
        return self.local(moment).date()

    def add(self, row: Kept, item: Item, page: tuple[str, UUID] | None = None) -> None:
        """Take an item that was read from a row; `page` is where the row can be read."""
        self.items.append(item)
        kind = str(row._meta.model_name)
        self.stands[item.id] = Stand(kind, str(row.written_by), row.written_at, page)


def key(row: Kept) -> str:
    """The id of a row's item: its kind and its own id."""
    return f"{row._meta.model_name}:{row.pk}"
