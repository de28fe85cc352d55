"""What stands on the paper of a record comes from the catalogue, and all of it is used."""

import re
from pathlib import Path

from tautband.clinic import catalogue
from tautband.clinic.record import export

FOLDER = Path(export.__file__).parent
ASKED = re.compile(r'page\.t\(\s*f?"([a-z0-9-]+)|page\.head\(([^)]*)\)')


def test_every_text_of_the_paper_is_asked_for() -> None:
    asked: set[str] = set()
    for file in FOLDER.glob("*.py"):
        for one, heads in ASKED.findall(file.read_text("utf-8")):
            asked |= {one} if one else set(re.findall(r'"([a-z0-9-]+)"', heads))
    known = set(re.findall(r"^record-pdf-([a-z0-9-]+) =", catalogue.catalogue_source(), re.M))
    # A stem that ends in a hyphen takes one of several endings.
    stems = tuple(one for one in asked if one.endswith("-"))
    assert {one for one in known if not one.startswith(stems)} == asked - set(stems)
