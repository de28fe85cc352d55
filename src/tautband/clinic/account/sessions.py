"""Sessions in the database, of which a locked or handed-over one stays so (`SESSION_ENGINE`).

Two requests of one browser each hold a copy of the session.  One that began before the lock would
otherwise save its copy over it, and the screen would be open again without a password.  So whoever
saves looks at what is stored first; only `unlock` takes the lock away.  The same holds for a tablet
in a patient's hands: only `hand_over` and `take_back` change whose hands it is in.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import router, transaction

LOCK = "locked"
HANDED = "handed_over"


class SessionStore(db.SessionStore):
    """A session whose lock and hand-over outlive every copy that was made before them."""

    _is_unlocking = False
    _is_changing_hands = False

    def lock(self) -> None:
        """Answer nothing more until unlocked."""
        self[LOCK] = True
        self._is_unlocking = False

    def unlock(self) -> None:
        """Go on where the session stood; whoever calls it has checked who asks."""
        self.pop(LOCK, None)
        self._is_unlocking = True

    def hand_over(self, path: str) -> None:
        """From now on it opens `path` and what lies below it alone."""
        self[HANDED] = path
        self._is_changing_hands = True

    def take_back(self) -> str | None:
        """End the hand-over; answers the path, or None when nobody had it."""
        self._is_changing_hands = True
        path: str | None = self.pop(HANDED, None)
        return path

    def save(self, must_create: bool = False) -> None:
        """Store the session; locked, and in the hands in which it is stored."""
        with transaction.atomic(using=router.db_for_write(self.model)):
            self._heed()
            super().save(must_create)

    def cycle_key(self) -> None:
        """Go on under a new key, with the lock and the hands of the old one."""
        with transaction.atomic(using=router.db_for_write(self.model)):
            self._heed()
            super().cycle_key()

    def _heed(self) -> None:
        """Take over what is stored; the row is held until the transaction ends."""
        if self.session_key is None:
            return
        rows: Any = self.model.objects.select_for_update()
        row = rows.filter(session_key=self.session_key).first()
        if row is None:
            return
        stored = self.decode(row.session_data)
        if stored.get(LOCK) and not self._is_unlocking:
            self[LOCK] = True
        if self._is_changing_hands:
            return
        if HANDED in stored:
            self[HANDED] = stored[HANDED]
        else:
            self.pop(HANDED, None)
