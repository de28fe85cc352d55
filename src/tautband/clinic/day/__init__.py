"""The day: who comes when, and how a visit opens."""
