"""A page as text for a test to look into, however its template is laid out."""

import re
from typing import Any


def page_of(answer: Any) -> str:
    """The page of an answer with each run of white space as one space."""
    return re.sub(r"\s+", " ", answer.content.decode())
