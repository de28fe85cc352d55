"""Outcome measures: scoring without licensed wording, change, and what is known of its size."""
