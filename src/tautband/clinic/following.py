"""Columns that follow others: they are worked out when their row is saved, never set by hand.

`save(update_fields=...)` that names a source but not its follower would leave the follower behind,
so it is refused.
"""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models


def follow(model: type[models.Model], follower: str, sources: tuple[str, ...]) -> None:
    """Refuse to save a source of the model without the follower."""

    def check(sender: Any, update_fields: frozenset[str] | None, **_: Any) -> None:
        if update_fields is None or follower in update_fields:
            return
        alone = update_fields.intersection(sources)
        if alone:
            raise FieldError(f"save {follower} together with {', '.join(sorted(alone))}")

    if not model._meta.abstract:
        name = f"follow {model._meta.label} {follower}"
        models.signals.pre_save.connect(check, sender=model, weak=False, dispatch_uid=name)
