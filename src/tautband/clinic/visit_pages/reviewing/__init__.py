"""The review of an episode: the numbers behind it, and keeping what was decided."""
