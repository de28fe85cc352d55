"""The couch: one session from its first muscle to the last needle out."""
