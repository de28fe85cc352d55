"""A clinic's figures: a snapshot of what stands open in its record, and the pages made from it."""
