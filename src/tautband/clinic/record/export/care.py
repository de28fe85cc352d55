"""Person, episodes, assessments, screenings, plans and sessions as blocks."""

from tautband.clinic.record.export.page import (
    Block,
    Page,
    Row,
    amount,
    answer,
    facts,
    heading,
    listing,
    made_by,
    needle_size,
    pain,
    part,
    remark,
    twitches,
    words,
)
from tautband.clinic.record.export.picture import name_of
from tautband.measures.instruments import find_instrument


def person(page: Page) -> list[Block]:
    """Who it is, and what lasts from one episode to the next."""
    p = page.record["patient"]
    guardians = [
        f"{g['name']} ({g['relation']}), {g['phone']} {g['email']}" for g in page.rows["guardian"]
    ]
    return [
        part("The person"),
        facts(
            ("Born", p["birth_date"]),
            ("Sex", p["sex"] or "unstated"),
            ("National id", p["national_id"]),
            ("Number here", p["clinic_number"]),
            ("E-mail", p["email"]),
            ("Telephone", p["phone"]),
            ("Address", p["address"]),
            ("Contact", p["contact_notes"]),
            ("Occupation", p["occupation"]),
            ("Guardian", "; ".join(guardians)),
        ),
        *listing(
            "Body measures",
            ("Day", "What", "Value"),
            (
                (m["measured_on"], words(m["kind"]), f"{m['value']:g} {m['unit']}")
                for m in page.rows["bodymeasure"]
            ),
        ),
        *listing(
            "Medication",
            ("Told", "Dose", "Since", "Until"),
            ((m["told"], m["dose"], m["since"], m["until"]) for m in page.rows["medication"]),
        ),
        *listing(
            "History",
            ("Kind", "Told", "Since", "Until"),
            ((h["kind"], h["told"], h["since"], h["until"]) for h in page.rows["historyitem"]),
        ),
    ]


def episode(page: Page, e: Row) -> list[Block]:
    """One episode with everything in it."""
    goals = [
        g["words"] + (f" (reached {g['reached_on']})" if g["reached_on"] else "")
        for g in page.of("goal", episode=e["id"])
    ]
    activities = sorted(page.of("activity", episode=e["id"]), key=lambda a: int(a["place"]))
    blocks = [
        part(f"Episode: {e['title'] or words(e['presentation'])}"),
        facts(
            ("Began", e["began_on"]),
            ("Side", e["side"]),
            ("Onset", " ".join(str(x) for x in (e["onset_on"], e["onset_told"]) if x)),
            ("Cause", f"{e['cause']} {e['cause_told']}".strip()),
            ("Goals", "; ".join(goals)),
            ("Activities", "; ".join(f"{a['place']}. {a['words']}" for a in activities)),
            ("Sport", e["sport"]),
            ("Next competition", " ".join(x for x in (e["competes_on"], e["competition"]) if x)),
            ("Ended", " ".join(x for x in (e["ended_on"], e["ended_because"]) if x)),
        ),
    ]
    for assessment in page.of("assessment", episode=e["id"]):
        blocks += _assessment(page, assessment)
    blocks += listing(
        "Measures",
        ("When", "Instrument", "Score", "Told by"),
        (
            (
                page.when(m["taken_at"]),
                find_instrument(m["instrument"]).short,
                amount(m["value"], m["unit"]),
                m["told_by"],
            )
            for m in page.of("measure", episode=e["id"])
        ),
    )
    for screening in page.of("screening", episode=e["id"]):
        blocks += _screening(page, screening)
    for plan in page.of("plan", episode=e["id"]):
        blocks += _plan(page, plan)
    for session in page.of("session", episode=e["id"]):
        blocks += _session(page, session)
    return blocks


def _assessment(page: Page, a: Row) -> list[Block]:
    key = {"assessment": a["id"]}
    blocks = [
        heading(f"Assessment, {page.when(a['held_at'])}"),
        facts(("Told", a["told"]), ("Impression", a["impression"])),
    ]
    if a["drawing"] is not None:
        if name_of(a) in page.shown:
            text = "Pain drawing, the darker the stronger: front (the patient's right is on the "
            text += "left), then back."
            blocks.append({"kind": "picture", "name": name_of(a), "text": text})
        else:
            blocks.append(remark("The pain drawing is of another version of the body: see JSON."))
    blocks += listing(
        "",
        ("Muscle", "Side", "Sign", "Found"),
        (
            (words(f["muscle"]), f["side"], f["sign"], f["answer"])
            for f in page.of("finding", **key)
        ),
    )
    measured = [
        *(
            (f"{words(m['joint'])}, {words(m['movement'])}", m["side"],
             amount(m["amount"], m["unit"]), pain(m["pain"]))
            for m in page.of("movement", **key)
        ),
        *(
            (f"strength, {words(s['what'])}", s["side"],
             amount(s["grade"], "of 5") if s["newtons"] is None else amount(s["newtons"], "N"),
             pain(s["pain"]))
            for s in page.of("strength", **key)
        ),
        *(
            (f"pressure pain threshold, {words(t['where'])}", t["side"], f"{t['kpa']:g} kPa", "")
            for t in page.of("pressurethreshold", **key)
        ),
        *(
            (f"{c['movement']} ({c['when']})", "", amount(c["degrees"], "degrees"),
             pain(c["pain"]))
            for c in page.of("comparablesign", **key)
        ),
    ]  # fmt: skip
    return [*blocks, *listing("", ("Measured", "Side", "Value", "Pain 0-10"), measured)]


def _screening(page: Page, s: Row) -> list[Block]:
    answers = s["answers"].get("answers", {})
    return [
        heading(f"Screening ({s['form']}), {page.when(s['answered_at'])}"),
        facts(
            ("Decision", words(s["decision"])),
            ("Policy", s["policy"]),
            ("Rules of", made_by(s["versions"])),
        ),
        *listing("", ("Question", "Answer"), ((words(k), answer(v)) for k, v in answers.items())),
    ]


def _plan(page: Page, p: Row) -> list[Block]:
    return [
        heading(f"Plan, {page.when(p['written_at'])}"),
        facts(
            ("Decision", words(p["decision"])),
            ("Reasoning", p["why"]),
            ("Sessions", p["sessions_planned"]),
            ("Review", p["review_on"]),
            ("Besides needling", "; ".join(p["complementary"] or [])),
            ("At home", p["home_plan"]),
        ),
        *listing(
            "",
            ("Muscle", "Side", "Safety", ""),
            (
                (words(t["muscle"]), t["side"], words(t["decision"]), "left out" * t["dropped"])
                for t in page.of("plantarget", plan=p["id"])
            ),
        ),
    ]


def _session(page: Page, s: Row) -> list[Block]:
    needles = {n["id"]: n for n in page.of("needle", session=s["id"])}
    entries = sorted(page.of("ledgerentry", session=s["id"]), key=lambda e: str(e["at"]))
    places = {e["id"]: e for e in entries}
    counts = (
        f"{s['needles']} needles in, {s['needles_out']} out, {s['insertions']} insertions"
        if s["state"] == "closed"
        else "not closed"
    )
    blocks = [
        heading(f"Session, {page.when(s['began_at'])}"),
        facts(
            ("Needled by", page.who(s["needler"])),
            ("Supervised by", page.who(s["supervisor"]) if s["supervisor"] else ""),
            ("Told before", s["told_before"]),
            ("Count", counts),
            ("Local twitch responses", twitches(s["twitches"]) if s["state"] == "closed" else ""),
            ("Reasons", ", ".join(s["reasons"])),
            ("Remarks", s["remarks"]),
        ),
    ]
    blocks += listing(
        "",
        ("When", "What", "Where", "Needle", "Twitches"),
        (
            (
                page.when(e["at"]),
                e["kind"] + (f": {e['code']}" if e["code"] else ""),
                _place(e, places) or e["told"],
                needle_size(needles.get(e["needle"])),
                twitches(e["twitches"]) if e["kind"] in ("insertion", "twitches") else "",
            )
            for e in entries
        ),
    )
    return blocks + listing(
        "Reactions",
        ("What", "How strong", "Told"),
        (
            (words(r["kind"]), pain(r["severity"]), r["told"])
            for r in page.of("reaction", session=s["id"])
        ),
    )


def _place(entry: Row, entries: dict[str, Row]) -> str:
    """Where it was: a removal happened where its needle went in."""
    at = entry if entry["muscle"] else entries.get(entry["about"] or "", entry)
    return f"{words(at['muscle'])} {at['side']}".strip()
