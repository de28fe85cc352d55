"""What only a trained professional is shown: the needling recipe.

Every face (command line, API, pages) shows a record as ``redacted`` until its reader has said that
they are trained; then as it is.  Structures at risk are always shown: a warning is for everybody.
"""

from typing import TypeVar

import msgspec

from tautband.atlas.records import Muscle, Needling
from tautband.atlas.targets import Target

Needled = TypeVar("Needled", bound=Muscle | Target)

ACKNOWLEDGEMENT = (
    "I am a licensed professional, trained in dry needling, and permitted to needle where I work."
)
WITHHELD = "shown only to trained professionals"


def redacted(record: Needled) -> Needled:
    """The record without needle, route, technique and measured depths.

    Whether it is needled at all, whether imaging is advised, and why a muscle is not needled stay.
    Redacting twice changes nothing.
    """
    needling = record.needling
    if needling.status == "not needled" or not needling.stated:
        bare = needling
    else:
        bare = Needling(
            status=needling.status,
            ultrasound_advised=needling.ultrasound_advised,
            sources=needling.sources,
            confidence=needling.confidence,
            withheld=True,
        )
    if isinstance(record, Muscle):
        return msgspec.structs.replace(record, needling=bare, depths=())
    return msgspec.structs.replace(record, needling=bare)
