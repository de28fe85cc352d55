"""A sentence of the note, with the ids of the recorded items that it stands on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tautband.care.note.recorded import Examined, Item
from tautband.care.note.words import day, listed, sentence, word

Section = Literal["subjective", "objective", "assessment", "procedure", "plan"]
SECTIONS: tuple[Section, ...] = ("subjective", "objective", "assessment", "procedure", "plan")


@dataclass(frozen=True)
class Sentence:
    """What is said, in which section, about what (``topic``), and on which items it stands."""

    section: Section
    topic: str
    text: str
    items: tuple[str, ...]

    @property
    def id(self) -> str:
        """The same for the same topic and items, whatever they say now."""
        told = "|".join((self.topic, *self.items))
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def as_dict(self) -> dict[str, Any]:
        """As it is stored with the note."""
        return {
            "id": self.id,
            "section": self.section,
            "topic": self.topic,
            "text": self.text,
            "items": list(self.items),
        }


def say(section: Section, topic: str, items: Iterable[Item], **values: str) -> Sentence:
    """A sentence of the topic's words, standing on these items.

    What was examined on another day than that of the session begins with its day.
    """
    items = tuple(items)
    ids = tuple(dict.fromkeys(item.id for item in items))
    text = sentence(topic, **values)
    days = {item.on for item in items if isinstance(item, Examined) and item.on is not None}
    if days:
        text = word("examined", days=listed(day(one) for one in sorted(days)), text=text)
    return Sentence(section, topic, text, ids)
