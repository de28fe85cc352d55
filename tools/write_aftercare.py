"""Write the generated tables of docs/aftercare.md; ``--measure`` also runs the large random test.

The tables stand between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; a test checks that they
are what this writes.  The figures are only written when measured.
"""

import argparse
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from tautband.atlas.load import read_muscles
from tautband.base.sources import Fact, bibliography
from tautband.safety.events.closing import load_actions
from tautband.safety.events.signs import Combination, Sign, load_signs
from tautband.safety.events.taxonomy import GRADES, Rate, load_taxonomy
from tautband.safety.events.triage import triage
from tautband.safety.events.urgency import Urgency
from tautband.safety.events.words import load_numbers
from tautband.safety.practitioners import load_rules
from tautband.synthetic.complaints import complaints

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs" / "aftercare.md"
SENTENCES = ROOT / "tests" / "unit" / "safety" / "events" / "sentences.toml"
SEED = 20261125


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += [
        "| " + " | ".join(cell.replace("|", "/") or "-" for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines)


def cited(fact: Fact) -> list[str]:
    """Sources with how far each was read, and the confidence."""
    known = bibliography()
    keys = ", ".join(f"{key} ({known[key].seen.value})" for key in fact.sources)
    return [keys, fact.confidence.value if fact.confidence else "not established"]


def signs() -> str:
    """Signs of ``ask`` and above, strictest first."""
    read = load_signs()
    told = [s for s in read.sign.values() if Urgency.of(s.level) > Urgency.SELF_CARE]
    told.sort(key=lambda sign: -Urgency.of(sign.level))
    head = (
        "sign",
        "advice",
        "stricter where needled",
        "asked of",
        "hours",
        "why",
        "source",
        "confidence",
    )
    return table(head, ([s.name, *_level(s), *_asked(s), s.text, *cited(s)] for s in told))


def _level(sign: Sign) -> list[str]:
    worse = [f"{Urgency.of(w.level).words}: {', '.join(w.zones)}" for w in sign.worse]
    return [Urgency.of(sign.level).words, "; ".join(worse)]


def _asked(sign: Sign) -> list[str]:
    if not sign.asked:
        return ["only when told", ""]
    return [", ".join(sign.asked), f"{sign.from_hours:g} to {sign.until_hours:g}"]


def usual() -> str:
    """What usually passes by itself, and for how long that is so."""
    told = [s for s in load_signs().sign.values() if s.level == "self_care" and s.id != "fine"]
    head = ("complaint", "self-care up to (hours)", "why", "source", "confidence")
    return table(head, ([s.name, f"{s.lasts_hours:g}", s.text, *cited(s)] for s in told))


def combinations() -> str:
    """What several signs mean together."""
    names = load_signs().sign
    head = ("together", "advice", "where", "why", "source", "confidence")

    def row(c: Combination) -> list[str]:
        parts = " and ".join(
            "(" + " or ".join(names[i].name for i in choice) + ")" for choice in c.all
        )
        return [parts, Urgency.of(c.level).words, ", ".join(c.zones), c.text, *cited(c)]

    return table(head, (row(c) for c in load_signs().combinations))


def incidents() -> str:
    """What is done for each reason code."""
    head = ("code", "first", "then", "source", "confidence")
    actions = load_actions().values()
    return table(head, ([a.code.value, a.first, " ".join(a.steps), *cited(a)] for a in actions))


def events() -> str:
    """The taxonomy of adverse events."""
    head = (
        "event",
        "usual grade (assumed)",
        "onset, hours",
        "rate and denominator",
        "note",
        "source",
        "confidence",
    )
    rows = (
        [k.name, k.usual, f"{k.onset_hours[0]:g} to {k.onset_hours[1]:g}", _rates(k.rate), k.text,
         *cited(k)]
        for k in load_taxonomy().kinds.values()
    )  # fmt: skip
    return table(head, rows)


def _rates(rates: Iterable[Rate]) -> str:
    return "; ".join(f"{rate.words} ({rate.source})" for rate in rates) or "not established"


def overall() -> str:
    """Rates over all kinds."""
    rows = ([o.name, o.words, o.per, o.source] for o in load_taxonomy().overall)
    return table(("what", "rate", "per", "source"), rows)


def schemes() -> str:
    """The published scales side by side."""
    head = ("scale", *GRADES, "what it says", "source", "confidence")
    rows = (
        [s.name, *(s.grades[name] for name in GRADES), s.text, *cited(s)]
        for s in load_taxonomy().schemes
    )
    return table(head, rows)


def practitioners() -> str:
    """Who may needle, as far as read."""
    head = (
        "place", "profession", "permission", "hours", "assistant", "student",
        "to be confirmed", "text read", "date of the law", "source", "confidence",
    )  # fmt: skip
    rows = (
        [
            rule.jurisdiction, rule.profession, rule.permission,
            f"{rule.training_hours:g}" if rule.training_hours else "not established",
            rule.assistant or "not established", rule.student or "not established",
            "; ".join(rule.conditions), rule.seen.isoformat(),
            rule.law_date or "not established", *cited(rule),
        ]
        for rule in load_rules()
    )  # fmt: skip
    return table(head, rows)


def numbers() -> str:
    """Emergency numbers, and which of them are told."""
    rows = (
        [entry.number, ", ".join(entry.countries),
         "no: nobody has checked it" if entry.confidence == "unreviewed" else "yes", *cited(entry)]
        for entry in load_numbers().number
    )  # fmt: skip
    return table(("number", "countries", "told to patients", "source", "confidence"), rows)


def sentences() -> str:
    """How many sentences of the table lead to which decision."""
    rows = tomllib.loads(SENTENCES.read_text("utf-8"))["sentence"]
    count = Counter((row["expect"], row["written"]) for row in rows)
    sets = ("before", "after", "third", "regression")
    head = ("decision", "written before the lexicon", "written after", "third", "regression")
    return table(
        head,
        (
            [u.words, *(str(count[u.key, written]) for written in sets)]
            for u in sorted(Urgency, reverse=True)
        ),
    )


TABLES: dict[str, Callable[[], str]] = {
    "signs": signs,
    "usual": usual,
    "combinations": combinations,
    "incidents": incidents,
    "events": events,
    "overall": overall,
    "schemes": schemes,
    "practitioners": practitioners,
    "numbers": numbers,
    "sentences": sentences,
}


def measured(count: int) -> str:
    """Run triage over made-up messages and tell what came of it."""
    random = Random(SEED)
    muscles = list(read_muscles().values())
    began = time.perf_counter()
    below = 0
    for message in complaints(SEED, count, emergency=True):
        needled = random.sample(muscles, random.randint(0, 2))
        hours = random.choice((None, 1.0, 12.0, 30.0, 80.0, 300.0))
        answers = dict.fromkeys(random.sample(sorted(load_signs().sign), 5), False)
        decision = triage(message.text, answers, needled, hours).decision
        below += decision is not Urgency.EMERGENCY
    harmless: Counter[Urgency] = Counter()
    for message in complaints(SEED + 1, count, emergency=False):
        harmless[triage(message.text, {}, [random.choice(muscles)], 12.0).decision] += 1
    each = (time.perf_counter() - began) / (2 * count) * 1000
    spread = ", ".join(f"{harmless[u]:,} {u.words}" for u in sorted(Urgency, reverse=True))
    return (
        f"Seed {SEED}. Of {count:,} made-up messages with an emergency sign between denials, "
        "harmless complaints and noise, with random muscles, times and five signs answered no: "
        f"{below} below emergency. Of {count:,} without one: {spread}. "
        f"About {each:.1f} ms a message on one core."
    )


def with_blocks(text: str, blocks: dict[str, str]) -> str:
    """The document with its generated blocks replaced."""
    for name, body in blocks.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.S)
        if not pattern.search(text):
            raise SystemExit(f"{DOC.name} has no block '{name}'")
        replacement = f"{begin}\n{body}\n{end}"
        text = pattern.sub(replacement.replace("\\", r"\\"), text)
    return text


def tables() -> dict[str, str]:
    """Every generated table by name."""
    return {name: make() for name, make in TABLES.items()}


def main() -> None:
    """Write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", type=int, default=0, metavar="N", help="messages of each sort")
    chosen = parser.parse_args()
    blocks = tables()
    if chosen.measure:
        blocks["figures"] = measured(chosen.measure)
    DOC.write_text(with_blocks(DOC.read_text("utf-8"), blocks), "utf-8")


if __name__ == "__main__":
    main()
