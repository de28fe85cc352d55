"""Backing the whole installation up while it runs, and putting it back."""
