"""The note of a treatment: sentences that say what was recorded, and nothing else."""
