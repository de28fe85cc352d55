"""The card of somebody who needles or signs, as it stands on that day."""

from typing import Any

from tautband.clinic.people.models import Clinic, Credential, User


def card_of(user: User, clinic: Clinic) -> dict[str, Any]:
    """Name, profession, licence, jurisdiction, training and expiry; what is not known is null."""
    held = Credential.objects.filter(user=user, clinic=clinic).first()
    return {
        "name": user.name,
        "profession": held.profession if held else None,
        "licence_number": held.licence_number if held else None,
        "jurisdiction": held.jurisdiction if held else None,
        "training_hours": held.training_hours if held else None,
        "trained_areas": held.trained_areas if held else None,
        "expires_on": held.expires_on.isoformat() if held and held.expires_on else None,
        "card": held.card if held else None,
    }
