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
from tautband.clinic.record.export.typesetting import paper_of


def document(record: dict[str, Any], shown: Iterable[str], locale: str) -> dict[str, Any]:
    """Everything that the template sets."""
    page = Page(record, shown, locale)
    patient, clinic = record["patient"], record["clinic"]
    name = " ".join(part for part in (patient["given_name"], patient["family_name"]) if part)
    synthetic = page.t("made-up") if record["synthetic"] else ""
    banner = page.t("banner")
    return {
        "title": name,
        "subtitle": page.t(
            "subtitle", clinic=clinic["name"], when=page.when(record["exported_at"])
        ),
        "running": f"{name}, {clinic['name']}",
        "synthetic": synthetic,
        "banner": banner if record["synthetic"] else "",
        "foot": page.t("foot", version=record["versions"]["tautband"], record=patient["id"]),
        "none": page.t("none-recorded"),
        "paper": paper_of(clinic["jurisdiction"]),
        "page": page.t("page", page="{page}", pages="{pages}"),
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
    blocks: list[Block] = [part(page.t("consent"))]
    ended = {w["consent"]: w for w in page.rows["withdrawal"]}
    for c in page.rows["consent"]:
        card = c["needler_card"] or {}
        end = ended.get(c["id"])
        training = card.get("training_hours")
        told = [
            card.get("name"),
            card.get("profession"),
            training and page.t("training", hours=training),
        ]
        blocks += [
            heading(page.t("consent-to", kind=c["kind"], when=page.when(c["signed_at"]))),
            facts(
                (page.t("explained"), _explained(c)),
                (page.t("sheet"), _sheet(c)),
                (page.t("who-needles"), ", ".join(str(x) for x in told if x)),
                (page.t("signed-by"), c["signed_by"]),
                (page.t("copy"), c["copy_given"]),
                (page.t("withdrawn"), page.when(end["at"]) if end else ""),
            ),
            paragraph(c["words"]),
            {"kind": "signature", "strokes": c["strokes"], "text": page.t("signature")},
        ]
    return blocks


def _explained(c: Row) -> str:
    """What was ticked as explained; what the signed words say again is named by its heading."""
    points = [str(one) for one in c["explained"] or []]
    return "; ".join(p.partition(":")[0] if p in c["words"] else p for p in points)


def _sheet(c: Row) -> str:
    """The evidence sheet and its version, which begins with the sheet's own name."""
    version = str(c["sheet_version"]).removeprefix(f"{c['sheet']}-")
    return f"{words(c['sheet'])} {version}".strip()


def _events(page: Page) -> list[Block]:
    if not page.rows["adverseevent"]:
        return []
    return [
        part(page.t("adverse-events")),
        *listing(
            "",
            page.head("began", "what", "grade", "told", "done", "over"),
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
    blocks: list[Block] = [part(page.t("notes"))]
    for n in page.rows["note"]:
        blocks.append(
            heading(
                page.t("note", kind=n["kind"], when=page.when(n["written_at"]), state=n["state"])
            )
        )
        sections = n["sections"] or {}
        blocks.append(facts(*((words(k).capitalize(), v) for k, v in sections.items())))
        for signature in page.of("signature", note=n["id"]):
            if signature["amendment"] is None:
                blocks.append(_signed(page, signature))
        for a in sorted(page.of("amendment", note=n["id"]), key=lambda a: int(a["number"])):
            blocks.append(
                facts(
                    (page.t("amendment", number=str(a["number"])), a["text"]),
                    (page.t("why"), a["why"]),
                )
            )
            blocks += [_signed(page, s) for s in page.of("signature", amendment=a["id"])]
    return blocks


def _signed(page: Page, s: Row) -> Block:
    signed = {
        "role": s["role"],
        "who": page.who(s["signer"]),
        "when": page.when(s["written_at"]),
        "sha256": s["sha256"],
    }
    return remark(page.t(f"seal-{'whole' if s['is_whole'] else 'broken'}", **signed))


def _shown(page: Page) -> list[Block]:
    if not page.rows["shown"]:
        return []
    return [
        part(page.t("what-the-program-showed")),
        remark(page.t("shown-note"), sticky=True),
        *listing(
            "",
            page.head("when", "what", "to", "made-by"),
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
        if one["number"] == 1 or not one["why"]:  # drafts, closing and signing need no reason
            continue
        changed = [k for k, v in one["content"].items() if earlier.get(k) != v]
        what = f"{one['kind']}: {', '.join(map(words, changed))}"
        rows.append((page.when(one["written_at"]), page.who(one["written_by"]), what, one["why"]))
    rows.sort()
    return (
        []
        if not rows
        else [
            part(page.t("corrections")),
            remark(page.t("corrections-note"), sticky=True),
            *listing("", page.head("when", "who", "what", "why"), rows),
        ]
    )


def _access(page: Page) -> list[Block]:
    counts = Counter(
        (page.when(one["at"])[:10], page.who(one["by"]), one["action"])
        for one in page.record["access"]
    )
    rows = [(day, who, action, str(n)) for (day, who, action), n in sorted(counts.items())]
    return [
        part(page.t("who-did-what-with-this-record")),
        *listing("", page.head("day", "who", "what", "how-often"), rows),
    ]
