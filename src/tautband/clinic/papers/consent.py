"""The patient's copy of a consent: the text, who needles, the signature, how to end it."""

from tautband.clinic.papers.paper import Paper, Words, particulars, warning
from tautband.clinic.record.export.page import Block, facts, heading, paragraph, remark
from tautband.clinic.record.models import Consent, Withdrawal


def consent(words: Words, row: Consent) -> Paper:
    """A consent as it was signed."""
    ended = Withdrawal.objects.filter(consent=row).first()
    blocks: list[Block] = []
    if ended:
        told = words.t("withdrawn", when=words.when(ended.at))
        blocks.append(warning(told, str(ended.told)))
    blocks += [
        particulars(*words.of_patient(), (words.t("signed"), words.when(row.signed_at))),
        heading(words.t("agreed")),
        *(paragraph(one) for one in str(row.words).split("\n\n")),
        *_needler(words, row),
        heading(words.t("signature")),
        *_signature(words, row),
        heading(words.t("end-it")),
        paragraph(words.t(f"end-{row.kind}", clinic=words.at.seat.clinic.name)),
    ]
    return Paper(
        title=words.t(f"consent-{row.kind}"),
        subtitle=words.t("copy-for", name=words.at.patient.name),
        blocks=blocks,
        versions=_sheet(row),
    )


def _sheet(row: Consent) -> dict[str, str]:
    """The evidence sheet, whose version begins with the sheet's own name."""
    if not row.sheet:
        return {}
    return {row.sheet.replace("_", " "): row.sheet_version.removeprefix(f"{row.sheet}-")}


def _needler(words: Words, row: Consent) -> list[Block]:
    card = row.needler_card
    if not card:
        return []
    hours = card.get("training_hours")
    unknown = words.t("not-known")
    return [
        heading(words.t("who-needles")),
        facts(
            (words.t("name"), card.get("name")),
            (words.t("profession"), card.get("profession") or unknown),
            (words.t("licence-number"), card.get("licence_number") or unknown),
            (words.t("training"), unknown if hours is None else words.t("hours", hours=hours)),
        ),
    ]


def _signature(words: Words, row: Consent) -> list[Block]:
    guardian = row.guardian
    by = f"{guardian.name} ({guardian.relation})" if guardian else words.at.patient.name
    if row.strokes:
        return [{"kind": "signature", "strokes": row.strokes, "text": by}]
    return [
        paragraph(str(row.typed_name)),
        remark(words.t("typed", witness=str(row.witness), name=by)),
    ]
