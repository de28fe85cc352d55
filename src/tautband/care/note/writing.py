"""The note from what was recorded."""

from tautband.care.note.done import plan, procedure
from tautband.care.note.heard import assessment, objective, subjective
from tautband.care.note.recorded import Treatment
from tautband.care.note.sentences import Sentence


def write(told: Treatment) -> tuple[Sentence, ...]:
    """Every sentence of the note, in order; each carries the items that it stands on.

    What is not in the items is not said.  Without an item, the sentences that carried it are gone
    or say less, and no other sentence is different.
    """
    sections = (subjective, objective, assessment, procedure, plan)
    return tuple(sentence for section in sections for sentence in section(told))
