"""In whose name a patient's own page stores: nobody of the clinic wrote it, says the trail."""

from tautband.clinic.access import Seat
from tautband.clinic.people.models import Clinic, User
from tautband.clinic.policy import Role

NAME = "Patient's own page"


def page_seat(clinic: Clinic) -> Seat:
    """The seat of a clinic's own pages; nobody can sign in to its account."""
    # ".invalid" is no address on any network (RFC 2606).
    user, _ = User.objects.get_or_create(
        email=f"own-page@{clinic.pk}.invalid", defaults={"name": NAME, "is_active": False}
    )
    return Seat(user, clinic, frozenset({Role.PATIENT}))
