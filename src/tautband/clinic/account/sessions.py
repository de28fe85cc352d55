"""Sessions in the database, of which a locked one stays locked (`SESSION_ENGINE`).

Two requests of one browser each hold a copy of the session.  One that began before the lock would
otherwise save its copy over it, and the screen would be open again without a password.  So whoever
saves looks at what is stored first; only `unlock` takes the lock away.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import router, transaction

LOCK = "locked"


class SessionStore(db.SessionStore):
    """A session whose lock outlives every copy that was made before it."""

    _is_unlocking = False

    def lock(self) -> None:
        """Answer nothing more until unlocked."""
        self[LOCK] = True
        self._is_unlocking = False

    def unlock(self) -> None:
        """Go on where the session stood; whoever calls it has checked who asks."""
        self.pop(LOCK, None)
        self._is_unlocking = True

    def save(self, must_create: bool = False) -> None:
        """Store the session, locked if what is stored is locked."""
        with transaction.atomic(using=router.db_for_write(self.model)):
            self._heed()
            super().save(must_create)

    def cycle_key(self) -> None:
        """Go on under a new key, locked if the old one was locked meanwhile."""
        with transaction.atomic(using=router.db_for_write(self.model)):
            self._heed()
            super().cycle_key()

    def _heed(self) -> None:
        """Take a stored lock over; the row is held until the transaction ends."""
        if self._is_unlocking or self.session_key is None:
            return
        rows: Any = self.model.objects.select_for_update()
        stored = rows.filter(session_key=self.session_key).first()
        if stored is not None and self.decode(stored.session_data).get(LOCK):
            self[LOCK] = True
