"""Where the made-up clinic's easier way in holds, and for whom: nowhere else is it decided."""

from django.conf import settings
from django.http import HttpRequest

from tautband.clinic.account.address import is_from_this_computer
from tautband.clinic.people.models import Membership, User


def is_demonstration(request: HttpRequest) -> bool:
    """True where the setting allows it, for a browser that asks this computer directly."""
    return bool(settings.TAUTBAND_DEMO) and is_from_this_computer(request)


def is_demonstration_user(request: HttpRequest, user: User) -> bool:
    """True there, for a made-up person: one who belongs to made-up clinics and to no other."""
    if not is_demonstration(request):
        return False
    clinics = Membership.objects.filter(user=user, ended_at=None)
    return set(clinics.values_list("clinic__is_synthetic", flat=True)) == {True}
