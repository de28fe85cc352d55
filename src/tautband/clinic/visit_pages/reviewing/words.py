"""A review in words, as its note keeps it."""

from collections.abc import Iterator
from typing import Any

from tautband.clinic import catalogue


def told_in_words(
    numbers: dict[str, Any], decision: str, cause: str, why: str, locale: str
) -> dict[str, str]:
    """The sections of the note: numbers, judgement, decision."""

    def t(message: str, /, **values: Any) -> str:
        return catalogue.text(f"reviewing-{message}", locale, **values)

    head = t("note-head", moment=t(f"moment-{_id(numbers['moment'])}"))
    return {
        "objective": "\n".join([head, *_numbers(numbers, t)]),
        "assessment": f"{why}\n{t('note-cause', cause=t(f'cause-{cause}'))}",
        "plan": t(f"decision-{_id(decision)}"),
    }


def _numbers(numbers: dict[str, Any], t: Any) -> Iterator[str]:
    done, planned = numbers["sessions"]["done"], numbers["sessions"]["planned"]
    yield t("sessions", done=done, planned=planned or 0)
    forecast = numbers["forecast"]
    if forecast is not None:
        yield from forecast["sentences"]["clinician"]
    for one in numbers["measures"]:
        if one["gain"] is None:
            continue
        yield t(
            "note-measure",
            name=one["name"],
            first=f"{one['first']['value']:g}",
            last=f"{one['last']['value']:g}",
            gain=f"{one['gain']:+g}",
        )
        for each in one["important"]:
            yield t(
                f"important-{each['reached']}",
                size=each["size"],
                population=each["population"],
            )
        yield one["real"]
    for one in numbers["events"]["events"]:
        yield t("note-event", kind=one["kind"], grade=one["grade"], day=one["day"])
    adherence = numbers["adherence"]
    yield t("visits", kept=adherence["kept"], missed=adherence["missed"])


def _id(code: str) -> str:
    return code.replace(" ", "-").replace("_", "-")
