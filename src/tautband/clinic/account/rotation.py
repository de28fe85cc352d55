"""A new session key whenever somebody proves again who they are.

Django changes the key at sign-in.  Unlocking, confirming the password and setting up a second
factor raise what a session may do as well, and allauth keeps its key; whoever had learnt the key
before must not rise with it.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tautband.clinic.boundary import GetResponse

PROOFS = "account_authentication_methods"  # where allauth lists what was proven, and when


class RotationMiddleware:
    """Changes the session's key when an answer has added a proof and kept the key."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then change the key where it is due."""
        before = request.session.session_key
        proofs = len(request.session.get(PROOFS, ())) if before else 0
        response = self.get_response(request)
        session = request.session
        is_same = before is not None and session.session_key == before
        if is_same and len(session.get(PROOFS, ())) > proofs:
            session.cycle_key()
        return response
