"""Who reads: a visitor who says to be a trained professional is shown how muscles are needled.

The word is kept in a cookie of this browser session, signed so that nobody can make one up without
having been asked.  It says just that; it holds no name and no patient.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

LASTS_S = 12 * 3600
_WORD = "trained"
_signer = signing.TimestampSigner(salt="tautband.trained")


def is_trained(request: HttpRequest) -> bool:
    """True when this browser was told so within the last twelve hours."""
    try:
        return (
            _signer.unsign(
                request.COOKIES.get(settings.TAUTBAND_TRAINED_COOKIE, ""), max_age=LASTS_S
            )
            == _WORD
        )
    except signing.BadSignature:
        return False


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the word until the browser is closed, twelve hours at most."""
    response.set_cookie(
        settings.TAUTBAND_TRAINED_COOKIE,
        _signer.sign(_WORD),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    """Take it back."""
    response.delete_cookie(settings.TAUTBAND_TRAINED_COOKIE, samesite="Strict")
