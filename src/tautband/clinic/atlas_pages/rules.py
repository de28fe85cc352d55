"""What is not needled while an injury is fresh, as a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from tautband.atlas.targets import NotNow, not_now_facts
from tautband.clinic.atlas_pages.statements import Cite, Citing, Statement


@dataclass(frozen=True)
class RulePart:
    """One rule with its reason, its signs, its end, and what to do meanwhile."""

    id: str
    title: str
    statements: tuple[Statement, ...]


def rules_page(rules: Iterable[NotNow]) -> tuple[tuple[RulePart, ...], tuple[Cite, ...]]:
    """All rules, and their sources."""
    citing = Citing()
    parts = tuple(
        RulePart(
            rule.id,
            rule.title,
            tuple(
                citing.statement(field, fact, label=f"atlas-rule-{field}")
                for field, fact in not_now_facts(rule)
            ),
        )
        for rule in rules
    )
    return parts, citing.cites()
