"""The sealed columns of the record: words and whole answers, readable with the patient's key alone.

What is sealed and what is not: identifiers, everything in words, and everything that is stored as
a whole (drawings, answers, plans, signatures) is sealed; what lists, timelines and counts must ask
the database for (dates, muscle, side, decision, counts) is coded and stands open, under an id that
says nothing of who it is.
"""

from typing import Any, TypeAlias

from tautband.clinic.sealed_fields import SealedDateField, SealedJSONField, SealedTextField

OWNER = "patient"  # the foreign key through which a row reaches its patient's key
TextField: TypeAlias = "SealedTextField[str, str]"
DateField: TypeAlias = "SealedDateField[Any, Any]"
JSONField: TypeAlias = "SealedJSONField[Any, Any]"


def sealed_text(key_of: str = OWNER, **options: Any) -> TextField:
    """Words, empty when nothing was said."""
    return SealedTextField(key_of=key_of, editable=True, blank=True, default="", **options)


def sealed_date(key_of: str = OWNER, **options: Any) -> DateField:
    """A day, None when it is not known."""
    return SealedDateField(
        key_of=key_of, editable=True, null=True, blank=True, default=None, **options
    )


def sealed_json(key_of: str = OWNER, **options: Any) -> JSONField:
    """Plain data kept whole, None when there is none."""
    return SealedJSONField(
        key_of=key_of, editable=True, null=True, blank=True, default=None, **options
    )
