"""Tautband: from a pain drawing to the trigger points that would explain it."""
