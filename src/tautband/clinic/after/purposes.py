"""What each kind of link is for: how long it is good, how late it may go out, who may have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Purpose:
    """One kind of link.

    ``late`` is how long after its time a message is still worth sending; what is later (the server
    was off) is left out.  ``needs_consent`` is False only for what comes before any treatment.
    ``mail`` names the texts of the message.
    """

    good_for: timedelta
    late: timedelta
    mail: str
    needs_consent: bool = True


PURPOSES: Mapping[str, Purpose] = {
    "check-in": Purpose(timedelta(days=7), timedelta(hours=12), "after-mail"),
    "intake": Purpose(
        timedelta(days=14), timedelta(days=2), "after-intake-mail", needs_consent=False
    ),
    "measure": Purpose(timedelta(days=6), timedelta(days=1), "after-measure-mail"),
    "before": Purpose(timedelta(days=2), timedelta(hours=12), "after-before-mail"),
    "care": Purpose(timedelta(days=30), timedelta(days=2), "after-care-mail"),
}
