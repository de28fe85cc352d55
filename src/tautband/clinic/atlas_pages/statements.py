"""A record's statements as a page shows them: text, how sure it is, numbers of its sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tautband.atlas.reviews import Review, Verdict, field_hash
from tautband.base.sources import Confidence, Fact, Seen, bibliography

# How sure a statement is, as a name for marks, styles and texts.
MARKS: Mapping[str, str] = {
    Confidence.MEASURED: "measured",
    Confidence.PUBLISHED_TEACHING: "teaching",
    Confidence.UNREVIEWED: "unreviewed",
}
UNKNOWN = "unknown"
LEGEND = (*MARKS.values(), UNKNOWN)


@dataclass(frozen=True)
class Judged:
    """An expert's verdict on a statement, and whether the statement still says what was read."""

    review: Review
    verdict: Verdict
    current: bool


@dataclass(frozen=True)
class Statement:
    """One fact of a record.

    ``label`` and ``tag`` are messages of the catalogue, or empty; ``name`` is data that the fact is
    about, such as a structure.  ``field`` is where it stands in the record and ``hash`` what it
    says there, both for reviews.
    """

    field: str
    text: str
    mark: str
    cites: tuple[int, ...]
    label: str = ""
    name: str = ""
    tag: str = ""
    hash: str = ""
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class Cite:
    """A source as it is listed under a record: how far it was read is part of it."""

    number: int
    citation: str
    url: str
    seen: Seen


@dataclass
class Citing:
    """Numbers the sources of a page in the order in which they are first used."""

    verdicts: Sequence[tuple[Review, Verdict]] = ()
    _numbers: dict[str, int] = field(default_factory=dict)

    def statement(
        self,
        where: str,
        fact: Fact,
        *,
        label: str = "",
        name: str = "",
        tag: str = "",
        text: str = "",
    ) -> Statement:
        """A fact with its mark and its numbers; ``text`` is told in place of its own."""
        mark = MARKS[fact.confidence] if fact.stated and fact.confidence else UNKNOWN
        cites = tuple(self._number(key) for key in fact.sources) if fact.stated else ()
        said = field_hash(fact)
        judged = tuple(
            Judged(review, verdict, verdict.text_hash == said)
            for review, verdict in self.verdicts
            if verdict.field == where
        )
        return Statement(where, text or fact.text, mark, cites, label, name, tag, said, judged)

    def statements(
        self, where: str, facts: Iterable[Fact], label: str = ""
    ) -> tuple[Statement, ...]:
        """The entries of a list of facts that have nothing but a text."""
        return tuple(
            self.statement(f"{where}[{number}]", fact, label=label)
            for number, fact in enumerate(facts)
        )

    def cites(self) -> tuple[Cite, ...]:
        """The sources, numbered."""
        known = bibliography()
        return tuple(
            Cite(number, known[key].citation, known[key].url, known[key].seen)
            for key, number in self._numbers.items()
        )

    def _number(self, key: str) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)
