"""The page of a treatment: what was done, what to expect and do, who did it, and the way out."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from tautband.clinic.account.later import send_later
from tautband.clinic.after import opening
from tautband.clinic.after.own import page_seat
from tautband.clinic.after.planning import muscles_of
from tautband.clinic.after.showing import own
from tautband.clinic.after.watch import told_of
from tautband.clinic.papers.home import sections
from tautband.clinic.policy import Action
from tautband.clinic.record.models import Consent, LedgerEntry, OwnLink, Plan, Session, Withdrawal
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.cards import card_of
from tautband.clinic.record_pages.presenting import named
from tautband.safety.planning.aftercare import PlainText, texts_for

WITHDRAW = "withdraw"
TOLD = "on the patient's own page"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do at home; ``picture`` is SVG of this package, empty where there is none."""

    kind: str
    text: str
    picture: SafeString
    shows: str


def page(request: HttpRequest, link: OwnLink, secret: str, part: str) -> HttpResponseBase:
    """Show it; under ``withdraw``, ask once more and take the consent back."""
    if part not in ("", WITHDRAW):
        raise Http404
    if part == WITHDRAW and request.method == "POST":
        return _withdraw(request, link)
    opening.opened(link)
    if part == WITHDRAW:
        back = reverse("own_page", kwargs={"secret": secret})
        return own(request, link, "withdraw.html", {"back": back})
    session = session_of(link)
    leave = reverse("own_part", kwargs={"secret": secret, "part": WITHDRAW})
    content = {"leave": leave, **_done(session), **_home(link, session)}
    return own(request, link, "care.html", content)


def session_of(link: OwnLink) -> Session | None:
    """The session of the link, else the patient's last one."""
    if link.session is not None:
        return link.session
    held = Session.objects.filter(patient=link.patient, state="closed").select_related("needler")
    return held.order_by("-closed_at").first()


def _done(session: Session | None) -> dict[str, Any]:
    if session is None:
        return {"needled": [], "expect": [], "warnings": []}
    places = LedgerEntry.objects.filter(session=session, kind="insertion")
    needled = dict.fromkeys(places.order_by("at").values_list("muscle", "side"))
    texts = texts_for(muscles_of(session)) if needled else []
    return {
        "session": session,
        "needled": [(named("muscle", muscle), side) for muscle, side in needled],
        "expect": [one for one in texts if not _is_warning(one)],
        "warnings": [one for one in texts if _is_warning(one)],
        "card": card_of(session.needler, session.clinic),
    }


def _is_warning(one: PlainText) -> bool:
    return one.id.startswith("warning")


def _home(link: OwnLink, session: Session | None) -> dict[str, Any]:
    """The newest plan with a page for home, of the episode where one is known."""
    plans = Plan.objects.filter(patient=link.patient)
    episode = link.episode or (session.episode if session else None)
    if episode is not None:
        plans = plans.filter(episode=episode)
    plan = plans.order_by("-written_at").first()
    if plan is None or not str(plan.home_plan).strip():
        return {"home": []}
    return {"home": [(title, [_step(*line) for line in lines]) for title, lines in sections(plan)]}


def _step(kind: str, text: str, picture: bytes, shows: str) -> Step:
    # A file of the package, which nobody outside can write.
    return Step(kind, text, mark_safe(picture.decode()), shows)  # noqa: S308


def _withdraw(request: HttpRequest, link: OwnLink) -> HttpResponseBase:
    """Take every standing consent to treatment back, and tell the clinic; twice is once."""
    seat = page_seat(link.clinic)
    session = session_of(link)
    standing = Consent.objects.filter(patient=link.patient, kind="treatment", withdrawal=None)
    for consent in standing:
        keeping.add(
            seat,
            Withdrawal(consent=consent, patient=link.patient, at=timezone.now(), told=TOLD),
            action=Action.OWN_PAGE,
        )
    for address in told_of(link.clinic, session.needler if session else None):
        send_later("after-withdrawal", address)
    return own(request, link, "withdrawn.html", {})
