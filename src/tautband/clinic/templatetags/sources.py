"""The sources that a rule or a limit names by their keys, as a reader knows them."""

from collections.abc import Iterable

from django import template

from tautband.base.sources import Seen, Source, bibliography

register = template.Library()


@register.simple_tag
def cited(keys: Iterable[str]) -> list[Source]:
    """The bibliography's entries for stored keys, in their order and each once.

    A key that the bibliography no longer has, in advice stored by an earlier version, is shown as
    it is and counts as not read.
    """
    known = bibliography()
    return [known.get(key) or Source(key, key, Seen.NONE) for key in dict.fromkeys(keys)]
