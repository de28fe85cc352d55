"""Needles in and out, what went wrong, how bad it was, and what a patient must do now."""
