"""The code that an authenticator app would show (RFC 6238: SHA-1, six digits, half a minute)."""

import base64
import hmac
import time


def totp(secret: str, at: float | None = None) -> str:
    """The code of a secret as it is typed into an app, in base 32."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = int((time.time() if at is None else at) // 30)
    digest = hmac.digest(key, counter.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
