"""``tautband clinic``: open a clinic on this installation, and list those there are."""

import argparse

DEFAULT_ADDRESS = "http://localhost:8000"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("clinic", help="open a clinic, or list the clinics")
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    create = deeds.add_parser("create", help="open a clinic and invite its owner")
    create.add_argument("--name", required=True, help="as patients know it")
    create.add_argument(
        "--jurisdiction", required=True, metavar="CODE", help="where it stands: US-CO, IE"
    )
    create.add_argument("--owner", required=True, metavar="EMAIL", help="who gets the invitation")
    create.add_argument("--time-zone", default="UTC", metavar="ZONE", help="(%(default)s)")
    add_address(create)
    create.set_defaults(run=_create)
    listing = deeds.add_parser("list", help="the clinics of this installation")
    listing.set_defaults(run=_list)


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where the server is reached, for links."""
    parser.add_argument(
        "--address",
        default=DEFAULT_ADDRESS,
        metavar="URL",
        help="where people reach the server, for the link (%(default)s)",
    )


def begin() -> None:
    """Load the clinic and bring its database up to date."""
    from tautband.clinic.start import open_installation

    open_installation()


def invitation_link(address: str, secret: str) -> str:
    """The link that somebody follows to accept."""
    from django.urls import reverse

    return address.rstrip("/") + reverse("invitation", kwargs={"secret": secret})


def _create(chosen: argparse.Namespace) -> int:
    begin()
    from django.utils import timezone

    from tautband.clinic.people.opening import open_clinic

    clinic, secret = open_clinic(
        chosen.name, chosen.jurisdiction, chosen.time_zone, chosen.owner, timezone.now()
    )
    print(f"Clinic {clinic.id} is open: {clinic.name}, {clinic.jurisdiction}")
    print(f"Its owner, {chosen.owner.strip().lower()}, follows this link within seven days:")
    print(f"  {invitation_link(chosen.address, secret)}")
    return 0


def _list(chosen: argparse.Namespace) -> int:
    begin()
    from tautband.clinic.people.models import Clinic

    for clinic in Clinic.objects.order_by("name"):
        mark = "  (made up)" if clinic.is_synthetic else ""
        print(f"{clinic.id}  {clinic.jurisdiction:<6}  {clinic.name}{mark}")
    return 0
