"""May this person needle in this clinic, as far as their credential and the rules say.

The rules of profession and jurisdiction are data of `safety.practitioners`; what was not read there
is "not established", which is not allowed.  A student needles only where a rule that was read says
that students may; everywhere else they document, and a supervisor signs.
"""

from dataclasses import dataclass
from datetime import date

from tautband.clinic.access import Seat
from tautband.clinic.people.memberships import current
from tautband.clinic.people.models import Clinic, Credential, Membership, User
from tautband.clinic.policy import Action, Role, may
from tautband.safety.decision import Decision, strictest
from tautband.safety.people import Clinician
from tautband.safety.practitioners import Permission, Reason
from tautband.safety.practitioners import may_needle as rules_of


def clinician_of(credential: Credential | None, student: bool) -> Clinician:
    """The person as the rules of safety know them; what was not entered is not known."""
    if credential is None:
        return Clinician(student=student)
    areas = credential.trained_areas
    return Clinician(
        profession=credential.profession,
        jurisdiction=credential.jurisdiction,
        training_hours=credential.training_hours,
        trained_regions=None if areas is None else tuple(areas),
        student=student,
        supervised=credential.supervisor_id is not None if student else None,
    )


def permission(
    credential: Credential | None, clinic: Clinic, student: bool, on_date: date
) -> Permission:
    """What the rules say of the person at the place where the clinic stands, and why.

    A licence of another place does not count here, and neither does one that has run out.
    """
    person = clinician_of(credential, student)
    said = rules_of(person.profession, clinic.jurisdiction, person, on_date)
    return _with(said, _of_licence(credential, clinic, student, on_date))


def _with(said: Permission, more: list[Reason]) -> Permission:
    reasons = sorted((*said.reasons, *more), key=lambda reason: (-reason.decision, reason.id))
    return Permission(
        strictest(reason.decision for reason in reasons),
        tuple(reasons),
        said.confirm,
        said.warnings,
        said.rule,
    )


def _of_licence(
    credential: Credential | None, clinic: Clinic, student: bool, on_date: date
) -> list[Reason]:
    reasons: list[Reason] = []
    place = clinic.jurisdiction.strip().upper()
    if credential is None or not credential.jurisdiction:
        why = "The place that licensed the person is not entered."
        reasons.append(Reason("licence_place_not_known", Decision.ASK, why))
    elif credential.jurisdiction.strip().upper() != place:
        why = f"The licence is of {credential.jurisdiction}; the clinic stands in {place}."
        reasons.append(Reason("licence_of_another_place", Decision.DO_NOT_NEEDLE, why))
    if student:
        if credential is None or credential.supervisor_id is None:
            why = "A student needles under supervision, and no supervisor is entered."
            reasons.append(Reason("no_supervisor", Decision.DO_NOT_NEEDLE, why))
        return reasons
    if credential is None or not credential.licence_number:
        why = "No licence number is entered."
        reasons.append(Reason("licence_not_known", Decision.ASK, why))
    if credential is None or credential.expires_on is None:
        why = "The day on which the licence ends is not entered."
        reasons.append(Reason("licence_end_not_known", Decision.ASK, why))
    elif credential.expires_on < on_date:
        why = f"The licence ended on {credential.expires_on.isoformat()}."
        reasons.append(Reason("licence_ended", Decision.DO_NOT_NEEDLE, why))
    return reasons


def credential_of(user: User, clinic: Clinic) -> Credential | None:
    """What the person entered in this clinic, or None."""
    return Credential.objects.filter(user=user, clinic=clinic).first()


def may_needle(seat: Seat, on_date: date) -> Permission:
    """May the person in this seat record needles as placed by themselves on this day?

    A role that the policy does not let needle never may.  Whoever is a clinician as well as a
    student is judged as a clinician.
    """
    student = is_student(seat.roles)
    said = permission(credential_of(seat.user, seat.clinic), seat.clinic, student, on_date)
    if seat.may(Action.NEEDLE):
        return said
    why = "The person's role in this clinic does not needle."
    return _with(said, [Reason("role_does_not_needle", Decision.DO_NOT_NEEDLE, why)])


@dataclass(frozen=True)
class Person:
    """Somebody of a clinic with their memberships, and whether they may needle."""

    user: User
    memberships: tuple[Membership, ...]
    said: Permission | None  # None for a role that never needles


def permission_of_all(clinic: Clinic, on_date: date) -> list[Person]:
    """Everybody who belongs to the clinic now, in two queries."""
    credentials = {one.user_id: one for one in clinic.credentials.all()}
    of_user: dict[User, list[Membership]] = {}
    for one in current(clinic):
        of_user.setdefault(one.user, []).append(one)
    return [
        Person(user, tuple(held), _said(credentials.get(user.pk), clinic, held, on_date))
        for user, held in of_user.items()
    ]


def _said(
    credential: Credential | None, clinic: Clinic, held: list[Membership], on_date: date
) -> Permission | None:
    roles = frozenset(Role(one.role) for one in held)
    if not may(roles, Action.NEEDLE):
        return None
    return permission(credential, clinic, is_student(roles), on_date)


def is_student(roles: frozenset[Role]) -> bool:
    """True for a student; whoever is a clinician as well counts as one."""
    return Role.STUDENT in roles and Role.CLINICIAN not in roles
