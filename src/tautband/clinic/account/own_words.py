"""Passwords made of what everybody here would think of: the product's and the trade's words.

`WORDS` is the documented list (docs/security.md).  They and all digits and signs are taken out of
the password; what is left has to be long enough to be guessed at for itself.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError

WORDS = (
    "tautband", "dryneedling", "needling", "needles", "needle", "dry", "trigger", "points",
    "point", "myofascial", "muscle", "acupuncture", "physiotherapy", "physiotherapist", "physio",
    "physical", "therapist", "therapy", "clinician", "clinic", "practice", "patient", "owner",
    "reception", "student", "doctor", "admin", "administrator", "password", "passwort", "secret",
    "welcome", "letmein", "changeme", "qwerty", "login",
)  # fmt: skip
LEAST_REST = 6
_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


class OwnWordsValidator:
    """Refuses a password in which little stands beside the listed words."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with the code `password_own_words`."""
        rest = _WORD.sub("", password.casefold())
        if sum(letter.isalpha() for letter in rest) < LEAST_REST:
            raise ValidationError("made of words of the trade", code="password_own_words")

    def get_help_text(self) -> str:
        """Said by the catalogue where it is shown."""
        return ""
