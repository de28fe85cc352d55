"""A record as blocks for the page: parts, facts, tables, pictures, signatures; all plain text."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tautband.clinic.record.export.care import episode, person
from tautband.clinic.record.export.page import (
    Block,
    Page,
    Row,
    facts,
    heading,
    listing,
    made_by,
    paragraph,
    part,
    remark,
    words,
)


def document(record: dict[str, Any], shown: Iterable[str]) -> dict[str, Any]:
    """Everything that the template sets."""
    page = Page(record, shown)
    patient, clinic = record["patient"], record["clinic"]
    name = " ".join(part for part in (patient["given_name"], patient["family_name"]) if part)
    synthetic = "made up, no real person" if record["synthetic"] else ""
    banner = "This record is synthetic: the person and everything in it are made up."
    return {
        "title": name,
        "subtitle": f"The whole record kept by {clinic['name']}, as of "
        f"{page.when(record['exported_at'])}",
        "running": f"{name}, {clinic['name']}",
        "synthetic": synthetic,
        "banner": banner if record["synthetic"] else "",
        "foot": f"Tautband {record['versions']['tautband']}, record {patient['id']}",
        "blocks": [
            *person(page),
            *(block for row in page.rows["episode"] for block in episode(page, row)),
            *_consents(page),
            *_events(page),
            *_notes(page),
            *_shown(page),
            *_corrections(page),
            *_access(page),
        ],
    }


def _consents(page: Page) -> list[Block]:
    if not page.rows["consent"]:
        return []
    blocks: list[Block] = [part("Consent")]
    ended = {w["consent"]: w for w in page.rows["withdrawal"]}
    for c in page.rows["consent"]:
        card = c["needler_card"] or {}
        end = ended.get(c["id"])
        training = card.get("training_hours")
        told = [
            card.get("name"),
            card.get("profession"),
            training and f"{training} hours of training",
        ]
        blocks += [
            heading(f"Consent to {c['kind']}, {page.when(c['signed_at'])}"),
            facts(
                ("Explained", "; ".join(str(x) for x in c["explained"] or [])),
                ("Sheet", f"{words(c['sheet'])} {c['sheet_version']}".strip()),
                ("Who needles", ", ".join(str(x) for x in told if x)),
                ("Signed by", c["signed_by"]),
                ("Copy", c["copy_given"]),
                ("Withdrawn", page.when(end["at"]) if end else ""),
            ),
            paragraph(c["words"]),
            {"kind": "signature", "strokes": c["strokes"], "text": "Signature as drawn"},
        ]
    return blocks


def _events(page: Page) -> list[Block]:
    if not page.rows["adverseevent"]:
        return []
    return [
        part("Adverse events"),
        *listing(
            "",
            ("Began", "What", "Grade", "Told", "Done", "Over"),
            (
                (page.when(e["began_at"]), words(e["kind"]), e["grade"], e["told"], e["done"],
                 page.when(e["resolved_at"]))
                for e in page.rows["adverseevent"]
            ),
        ),
    ]  # fmt: skip


def _notes(page: Page) -> list[Block]:
    if not page.rows["note"]:
        return []
    blocks: list[Block] = [part("Notes")]
    for n in page.rows["note"]:
        blocks.append(heading(f"Note ({n['kind']}), {page.when(n['written_at'])}, {n['state']}"))
        sections = n["sections"] or {}
        blocks.append(facts(*((words(k).capitalize(), v) for k, v in sections.items())))
        for signature in page.of("signature", note=n["id"]):
            if signature["amendment"] is None:
                blocks.append(_signed(page, signature))
        for a in sorted(page.of("amendment", note=n["id"]), key=lambda a: int(a["number"])):
            blocks.append(facts((f"Amendment {a['number']}", a["text"]), ("Why", a["why"])))
            blocks += [_signed(page, s) for s in page.of("signature", amendment=a["id"])]
    return blocks


def _signed(page: Page, s: Row) -> Block:
    whole = "unchanged since" if s["is_whole"] else "DOES NOT AGREE with what stands here"
    return remark(
        f"Signed as {s['role']} by {page.who(s['signer'])}, {page.when(s['written_at'])}; {whole}; "
        f"SHA-256 {s['sha256']}"
    )


def _shown(page: Page) -> list[Block]:
    if not page.rows["shown"]:
        return []
    return [
        part("What the program showed"),
        remark("Each answer is kept whole; the JSON of this record holds them.", sticky=True),
        *listing(
            "",
            ("When", "What", "To", "Made by"),
            (
                (page.when(s["shown_at"]), s["kind"], page.who(s["shown_to"]),
                 made_by(s["versions"]))
                for s in page.rows["shown"]
            ),
        ),
    ]  # fmt: skip


def _corrections(page: Page) -> list[Block]:
    before: dict[str, Row] = {}
    rows = []
    for one in sorted(page.record["states"], key=lambda one: int(one["number"])):
        earlier = before.get(one["row"], {})
        before[one["row"]] = one["content"]
        if one["number"] == 1:
            continue
        changed = [k for k, v in one["content"].items() if earlier.get(k) != v]
        what = f"{one['kind']}: {', '.join(map(words, changed))}"
        rows.append((page.when(one["written_at"]), page.who(one["written_by"]), what, one["why"]))
    rows.sort()
    return (
        []
        if not rows
        else [
            part("Corrections"),
            remark(
                "Nothing is overwritten; the JSON of this record holds each earlier state.",
                sticky=True,
            ),
            *listing("", ("When", "Who", "What", "Why"), rows),
        ]
    )


def _access(page: Page) -> list[Block]:
    counts = Counter(
        (page.when(one["at"])[:10], page.who(one["by"]), one["action"])
        for one in page.record["access"]
    )
    rows = [(day, who, action, str(n)) for (day, who, action), n in sorted(counts.items())]
    return [
        part("Who did what with this record"),
        *listing("", ("Day", "Who", "What", "How often"), rows),
    ]
