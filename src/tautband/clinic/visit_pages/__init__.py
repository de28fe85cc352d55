"""The pages of a visit: assessment, screening, consent and plan of one patient's episode."""
