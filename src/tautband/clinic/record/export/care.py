"""Person, episodes, assessments, screenings, plans and sessions as blocks."""

from tautband.clinic.record.export.page import (
    Block,
    Page,
    Row,
    facts,
    heading,
    listing,
    made_by,
    needle_size,
    pain,
    part,
    remark,
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
        part(page.t("the-person")),
        facts(
            (page.t("born"), p["birth_date"]),
            (page.t("sex"), p["sex"] or page.t("unstated")),
            (page.t("national-id"), p["national_id"]),
            (page.t("number-here"), p["clinic_number"]),
            (page.t("e-mail"), p["email"]),
            (page.t("telephone"), p["phone"]),
            (page.t("address"), p["address"]),
            (page.t("contact"), p["contact_notes"]),
            (page.t("occupation"), p["occupation"]),
            (page.t("guardian"), "; ".join(guardians)),
        ),
        *listing(
            page.t("body-measures"),
            page.head("day", "what", "value"),
            (
                (m["measured_on"], words(m["kind"]), f"{m['value']:g} {m['unit']}")
                for m in page.rows["bodymeasure"]
            ),
        ),
        *listing(
            page.t("medication"),
            page.head("told", "dose", "since", "until"),
            ((m["told"], m["dose"], m["since"], m["until"]) for m in page.rows["medication"]),
        ),
        *listing(
            page.t("history"),
            page.head("kind", "told", "since", "until"),
            ((h["kind"], h["told"], h["since"], h["until"]) for h in page.rows["historyitem"]),
        ),
    ]


def episode(page: Page, e: Row) -> list[Block]:
    """One episode with everything in it."""
    goals = [
        page.t("goal-reached", goal=g["words"], day=g["reached_on"])
        if g["reached_on"]
        else g["words"]
        for g in page.of("goal", episode=e["id"])
    ]
    activities = sorted(page.of("activity", episode=e["id"]), key=lambda a: int(a["place"]))
    blocks = [
        part(page.t("episode", title=e["title"] or words(e["presentation"]))),
        facts(
            (page.t("began"), e["began_on"]),
            (page.t("side"), e["side"]),
            (page.t("onset"), " ".join(str(x) for x in (e["onset_on"], e["onset_told"]) if x)),
            (page.t("cause"), f"{e['cause']} {e['cause_told']}".strip()),
            (page.t("goals"), "; ".join(goals)),
            (page.t("activities"), "; ".join(f"{a['place']}. {a['words']}" for a in activities)),
            (page.t("sport"), e["sport"]),
            (
                page.t("next-competition"),
                " ".join(x for x in (e["competes_on"], e["competition"]) if x),
            ),
            (page.t("ended"), " ".join(x for x in (e["ended_on"], e["ended_because"]) if x)),
        ),
    ]
    for assessment in page.of("assessment", episode=e["id"]):
        blocks += _assessment(page, assessment)
    blocks += listing(
        page.t("measures"),
        page.head("when", "instrument", "score", "told-by"),
        (
            (
                page.when(m["taken_at"]),
                find_instrument(m["instrument"]).short,
                page.amount(m["value"], m["unit"]),
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
        heading(page.t("assessment", when=page.when(a["held_at"]))),
        facts((page.t("told"), a["told"]), (page.t("impression"), a["impression"])),
    ]
    if a["drawing"] is not None:
        if name_of(a) in page.shown:
            text = page.t("picture")
            blocks.append({"kind": "picture", "name": name_of(a), "text": text})
        else:
            blocks.append(remark(page.t("other-body")))
    blocks += listing(
        "",
        page.head("muscle", "side", "sign", "found"),
        (
            (words(f["muscle"]), f["side"], f["sign"], f["answer"])
            for f in page.of("finding", **key)
        ),
    )
    measured = [
        *(
            (f"{words(m['joint'])}, {words(m['movement'])}", m["side"],
             page.amount(m["amount"], m["unit"]), pain(m["pain"]))
            for m in page.of("movement", **key)
        ),
        *(
            (page.t("strength-of", what=words(s["what"])), s["side"], _strength(page, s),
             pain(s["pain"]))
            for s in page.of("strength", **key)
        ),
        *(
            (page.t("threshold-at", place=words(t["where"])), t["side"], f"{t['kpa']:g} kPa", "")
            for t in page.of("pressurethreshold", **key)
        ),
        *(
            (f"{c['movement']} ({c['when']})", "", page.amount(c["degrees"], page.t("degrees")),
             pain(c["pain"]))
            for c in page.of("comparablesign", **key)
        ),
    ]  # fmt: skip
    return [*blocks, *listing("", page.head("measured", "side", "value", "pain-0-10"), measured)]


def _strength(page: Page, s: Row) -> str:
    if s["newtons"] is None:
        return page.amount(s["grade"], page.t("of-5"))
    return page.amount(s["newtons"], "N")


def _screening(page: Page, s: Row) -> list[Block]:
    answers = s["answers"].get("answers", {})
    return [
        heading(page.t("screening", form=s["form"], when=page.when(s["answered_at"]))),
        facts(
            (page.t("decision"), words(s["decision"])),
            (page.t("policy"), s["policy"]),
            (page.t("rules-of"), made_by(s["versions"])),
        ),
        *listing(
            "",
            page.head("question", "answer"),
            ((words(k), page.answer(v)) for k, v in answers.items()),
        ),
    ]


def _plan(page: Page, p: Row) -> list[Block]:
    return [
        heading(page.t("plan", when=page.when(p["written_at"]))),
        facts(
            (page.t("decision"), words(p["decision"])),
            (page.t("reasoning"), p["why"]),
            (page.t("sessions"), p["sessions_planned"]),
            (page.t("review"), p["review_on"]),
            (page.t("besides-needling"), "; ".join(p["complementary"] or [])),
            (page.t("at-home"), p["home_plan"]),
        ),
        *listing(
            "",
            page.head("muscle", "side", "safety", ""),
            (
                (
                    words(t["muscle"]),
                    t["side"],
                    words(t["decision"]),
                    page.t("left-out") if t["dropped"] else "",
                )
                for t in page.of("plantarget", plan=p["id"])
            ),
        ),
    ]


def _session(page: Page, s: Row) -> list[Block]:
    needles = {n["id"]: n for n in page.of("needle", session=s["id"])}
    entries = sorted(page.of("ledgerentry", session=s["id"]), key=lambda e: str(e["at"]))
    places = {e["id"]: e for e in entries}
    is_closed = s["state"] == "closed"
    counts = {name: s[name] for name in ("needles", "needles_out", "insertions")}
    counted = {name.replace("_", "-"): count for name, count in counts.items()}
    blocks = [
        heading(page.t("session", when=page.when(s["began_at"]))),
        facts(
            (page.t("needled-by"), page.who(s["needler"])),
            (page.t("supervised-by"), page.who(s["supervisor"]) if s["supervisor"] else ""),
            (page.t("told-before"), s["told_before"]),
            (page.t("count"), page.t("counted", **counted) if is_closed else page.t("not-closed")),
            (
                page.t("local-twitch-responses"),
                page.twitches(s["twitches"]) if is_closed else "",
            ),
            (page.t("reasons"), ", ".join(s["reasons"])),
            (page.t("remarks"), s["remarks"]),
        ),
    ]
    blocks += listing(
        "",
        page.head("muscle", "side", "safety", "why"),
        (
            (words(t["muscle"]), t["side"], words(t["decision"]), t["reason"])
            for t in page.of("sessiontarget", session=s["id"])
        ),
    )
    blocks += listing(
        "",
        page.head("when", "what", "where", "needle", "familiar-pain", "twitches"),
        (
            (
                page.when(e["at"]),
                e["kind"] + (f": {e['code']}" if e["code"] else ""),
                _place(e, places) or e["told"],
                needle_size(needles.get(e["needle"])),
                e["familiar_pain"],
                _twitches_of(page, e),
            )
            for e in entries
        ),
    )
    blocks += listing(
        "",
        page.head("measured", "value", "pain-0-10"),
        (
            (f"{r['movement']} ({r['when']})", page.amount(r["degrees"], page.t("degrees")),
             pain(r["pain"]))
            for r in page.of("retest", session=s["id"])
        ),
    )  # fmt: skip
    return blocks + listing(
        page.t("reactions"),
        page.head("what", "how-strong", "told"),
        (
            (words(r["kind"]), pain(r["severity"]), r["told"])
            for r in page.of("reaction", session=s["id"])
        ),
    )


def _twitches_of(page: Page, entry: Row) -> str:
    """What an entry says of twitches; an insertion need not: an entry of its own may count them."""
    if entry["kind"] == "twitches":
        return page.twitches(entry["twitches"])
    return "" if entry["twitches"] is None else str(entry["twitches"])


def _place(entry: Row, entries: dict[str, Row]) -> str:
    """Where it was: a removal happened where its needle went in."""
    at = entry if entry["muscle"] else entries.get(entry["about"] or "", entry)
    return f"{words(at['muscle'])} {at['side']}".strip()
