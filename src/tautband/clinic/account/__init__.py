"""Signing in and staying signed in: second factor, lockout, the lock of an idle screen."""
