"""The record's tables."""
