"""Write the table of all screening rules into ``docs/safety.md``; ``--check`` only compares.

python tools/write_safety.py [--check]
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from tautband.base.sources import bibliography
from tautband.care.screen import default_policy
from tautband.safety.screening.guidelines import Guideline
from tautband.safety.screening.rules import (
    Compiled,
    load_knowledge,
    load_rules,
    with_guidelines,
)

PAGE = Path(__file__).parents[1] / "docs" / "safety.md"
RULES = ("<!-- rules: begin -->", "<!-- rules: end -->")
GUIDELINES = ("<!-- guidelines: begin -->", "<!-- guidelines: end -->")
QUIET = ("<!-- quiet: begin -->", "<!-- quiet: end -->")
SCOPES = {
    "patient": "Rules on the patient",
    "place": "Rules on a region or limb",
    "muscle": "Rules on a muscle",
    "technique": "Rules on a technique",
}


def main() -> None:
    """Write, or with ``--check`` fail when the page is not current."""
    now = PAGE.read_text("utf-8")
    right = rendered(now)
    if "--check" in sys.argv:
        if now != right:
            sys.exit("docs/safety.md is not current: run python tools/write_safety.py")
        return
    PAGE.write_text(right, "utf-8")


def rendered(page: str) -> str:
    """The page with its generated parts as they should be."""
    known, rules = load_knowledge(), load_rules()
    page = _between(page, GUIDELINES, _guidelines(known.guidelines))
    page = _between(page, QUIET, _quiet(rules))
    return _between(page, RULES, _rules(rules, known.guidelines))


def _between(page: str, markers: tuple[str, str], text: str) -> str:
    head, begin, rest = page.partition(markers[0])
    _, end, tail = rest.partition(markers[1])
    if not begin or not end:
        sys.exit(f"docs/safety.md lacks the marker {markers[0] if not begin else markers[1]}")
    return f"{head}{begin}\n{text}\n{end}{tail}"


def _guidelines(guidelines: Mapping[str, Guideline]) -> str:
    books = bibliography()
    rows = ["| key | who | weight | source | read |", "|---|---|---|---|---|"]
    for key, guideline in guidelines.items():
        weight = f"{guideline.kind}, binds" if guideline.binds else f"{guideline.kind}, adds only"
        seen = books[guideline.source].seen
        rows.append(f"| `{key}` | {guideline.name} | {weight} | `{guideline.source}` | {seen} |")
    return "\n".join(rows)


def _quiet(rules: Mapping[str, Compiled]) -> str:
    quiet = [c.rule for c in rules.values() if c.rule.quiet]
    return "\n".join(
        f"- `{rule.id}` (would be {default_policy().rules[rule.id].decision.words}): {rule.quiet}"
        for rule in quiet
    )


def _rules(rules: Mapping[str, Compiled], guidelines: Mapping[str, Guideline]) -> str:
    parts = []
    for scope, title in SCOPES.items():
        rows = [
            f"### {title}",
            "",
            "| rule | fires when | decision | said by | sources | confidence |",
            "|---|---|---|---|---|---|",
        ]
        for key, compiled in rules.items():
            if compiled.rule.scope == scope:
                rows.append(_row(key, compiled, guidelines))
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def _row(key: str, compiled: Compiled, guidelines: Mapping[str, Guideline]) -> str:
    rule, applied = compiled.rule, default_policy().rules[key]
    fact = with_guidelines(rule, guidelines)
    decision = applied.decision.words
    if rule.can_kill:
        decision += " (can kill)"
    if rule.unless:
        decision += f"; {rule.mitigated.replace('_', ' ')} when known: `{rule.unless}`"
    if rule.quiet:
        decision += "; quiet note"
    technique = f" ({rule.technique})" if rule.technique else ""
    said = "; ".join(
        f"`{g}`: {c.said} → {c.decision.replace('_', ' ')}" for g, c in rule.classes.items()
    )
    sources = ", ".join(f"`{s}`" for s in fact.sources)
    return (
        f"| `{key}`{technique} | `{rule.when}` | {decision} | {said} | {sources} "
        f"| {fact.confidence} |"
    )


if __name__ == "__main__":
    main()
